import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AssessmentWorld, assessmentWorld, PROVEN } from "../../test/kit/assessment.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import type { Tier } from "../programs/index.ts";
import { defaultTiers } from "../programs/index.ts";
import { backdatePlan, previewBackdating } from "./backdate-plan.ts";

let world: AssessmentWorld;
beforeAll(async () => {
  world = await assessmentWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const day = (daysAgo: number): Date => new Date(world.clock.now().getTime() - daysAgo * DAY_MS);
const tiers = Object.fromEntries(
  Object.entries(defaultTiers("USD")).map(([tier, { recurringRateRange: _, ...terms }]) => [tier, terms]),
) as ReturnType<typeof defaultTiers>;

/** A draft in which the tiers earn these rates of payments. */
const draftOf = async (rates: Partial<Record<Tier, number>>, change: object = {}): Promise<string> => {
  const changed = Object.entries(rates).map(([tier, recurringRate]) => [
    tier,
    { ...tiers[tier as Tier], recurringRate, ...change },
  ]);
  const { id } = await world.programs.draftPlan(world.operator(), {
    tiers: { ...tiers, ...Object.fromEntries(changed) },
  });
  return id;
};
const preview = (planId: string, effectiveFrom: Date) =>
  previewBackdating(world.deps)(world.operator(), { planId, effectiveFrom });
const publish = (planId: string, effectiveFrom: Date, digest: string) =>
  backdatePlan(world.deps)(world.operator(), { planId, effectiveFrom, digest, reason: "promised" });
const seen = async (planId: string, effectiveFrom: Date) =>
  publish(planId, effectiveFrom, (await preview(planId, effectiveFrom)).digest);

/** A partner of tier 1 with a customer whose signup was long ago. */
async function newEarning() {
  const earner = await world.newEarner();
  const customer = await world.newCustomer(earner);
  const pay = (amount: bigint, daysAgo: number) =>
    world.record(customer, { externalId: newId(), amount, at: day(daysAgo).toISOString() });
  await pay(1_000n, 300);
  return { ...earner, customer, pay };
}
const of = <One extends { readonly partnerId: string }>(partnerId: string, all: readonly One[]): One[] =>
  all.filter((one) => one.partnerId === partnerId);

describe("a version that holds from a date in the past", () => {
  it("shows first what it would change, and books just that: later dates alone, and existing customers too", async () => {
    const { partnerId, pay } = await newEarning();
    await pay(2_000n, 100);
    await pay(4_000n, 10);
    const planId = await draftOf({ tier1: 0.15 });
    const before = await world.statements(partnerId);
    const shown = await preview(planId, day(50));
    expect(of(partnerId, shown.partners)).toEqual([
      { partnerId, currency: "USD", corrections: 1, difference: 200n, paid: 0, paidDifference: 0n },
    ]);
    expect(await world.statements(partnerId)).toEqual(before);
    expect(await publish(planId, day(50), shown.digest)).toEqual(shown);
    expect((await world.statements(partnerId)).toSorted()).toEqual([...before, "recurring 200 pending"].toSorted());
    await pay(1_000n, 5);
    expect(await world.statements(partnerId)).toContain("recurring 150 pending");
    expect(await world.prove(partnerId)).toEqual(PROVEN);
  });

  it("leaves what is paid or in a payout as it is, and names it", async () => {
    const { partnerId, pay } = await newEarning();
    await pay(2_000n, 40);
    await world.commissions.approveDue(world.system());
    const payout = await world.payouts.requestPayoutFor(world.operator(), { partnerId, currency: "USD" });
    await pay(4_000n, 10);
    const planId = await draftOf({ tier1: 0.05 });
    const result = await seen(planId, day(60));
    expect(of(partnerId, result.partners)).toEqual([
      { partnerId, currency: "USD", corrections: 1, difference: -200n, paid: 1, paidDifference: -100n },
    ]);
    const [named] = of(partnerId, result.leftAsPaid);
    const [row] = await asOwner<{ id: string }>(
      world.clone,
      "select id from commissions where partner_id = $1 and amount = 200 and status = 'approved'",
      [partnerId],
    );
    expect(named).toEqual({ partnerId, commissionId: row?.id, amount: -100n, currency: "USD" });
    expect(payout.amount).toBe(100n + 5_000n + 200n);
    expect(await world.prove(partnerId)).toEqual(PROVEN);
  });

  it("is refused where history has moved since it was shown, and nothing of it stays", async () => {
    const { partnerId, pay } = await newEarning();
    await pay(2_000n, 20);
    const planId = await draftOf({ tier1: 0.2 });
    const { digest } = await preview(planId, day(30));
    await pay(2_000n, 10);
    await expect(publish(planId, day(30), digest)).rejects.toMatchObject({ code: "assessment.difference_changed" });
    expect(await world.programs.getPlan(world.operator(), { planId })).toMatchObject({ state: "draft", version: null });
    expect(await world.prove(partnerId)).toEqual(PROVEN);
  });

  it("is refused another time, for a date to come, with other volume steps, and to another tenant", async () => {
    const planId = await draftOf({ tier1: 0.1 });
    await seen(planId, day(1));
    await expect(preview(planId, day(1))).rejects.toMatchObject({ code: "plan.already_published" });
    const draft = await draftOf({ tier1: 0.1 });
    await expect(preview(draft, day(-1))).rejects.toMatchObject({ code: "plan.not_backdated" });
    const steps = { volumeTrueUp: { period: "month", mode: "graduated", steps: [{ from: 1, rate: 0.01 }] } };
    await expect(preview(await draftOf({ tier2: 0.2 }, steps), day(9))).rejects.toMatchObject({
      code: "plan.backdated_true_up",
    });
    const other = await seedTenant(world.clone, { at: world.clock.now(), isOperator: false });
    const stranger = world.operator(["commissions:write", "program:write"], other);
    await expect(
      previewBackdating(world.deps)(stranger, { planId: draft, effectiveFrom: day(9) }),
    ).rejects.toMatchObject({ kind: "not_found" });
  });

  it("rates each date by the tier that the partner had then, and leaves what it agreed on of its own alone", async () => {
    const { partnerId, pay } = await newEarning();
    const own = await newEarning();
    for (const one of [{ pay }, own]) {
      await one.pay(1_000n, 20);
      await one.pay(1_000n, 5);
    }
    await giveTerms(partnerId, "tier2", {}, day(10));
    await giveTerms(own.partnerId, "tier1", { recurringRate: 0.12 }, day(15));
    await giveTerms(own.partnerId, "tier1", {}, day(7));
    await seen(await draftOf({ tier1: 0.3, tier2: 0.4 }), day(30));
    const added = async (id: string) =>
      (
        await asOwner<{ amount: bigint }>(
          world.clone,
          "select amount from commissions where partner_id = $1 and act <> ''",
          [id],
        )
      )
        .map(({ amount }) => Number(amount))
        .toSorted((a, b) => a - b);
    expect(await added(partnerId)).toEqual([200, 300]);
    expect(await added(own.partnerId)).toEqual([200]);
    expect(await world.prove(partnerId, own.partnerId)).toEqual(PROVEN);
  });

  it("never takes anything of a payout that is asked for meanwhile", async () => {
    for (let turn = 0; turn < 6; turn += 1) {
      const { partnerId, pay } = await newEarning();
      await pay(2_000n, 40);
      await world.commissions.approveDue(world.system());
      const planId = await draftOf({ tier1: turn % 2 === 0 ? 0.02 : 0.35 });
      const { digest } = await preview(planId, day(60));
      const [published, asked] = await Promise.allSettled([
        publish(planId, day(60), digest),
        world.payouts.requestPayoutFor(world.operator(), { partnerId, currency: "USD" }),
      ]);
      if (published.status === "rejected")
        expect(published.reason).toMatchObject({ code: "assessment.difference_changed" });
      expect(asked.status).toBe("fulfilled");
      const [books] = await asOwner<{ debt: string }>(
        world.clone,
        "select coalesce(sum(balance), 0)::text as debt from ledger_accounts where partner_id = $1 and kind = 'clawback_receivable'",
        [partnerId],
      );
      expect(books).toEqual({ debt: "0" });
      expect(await world.prove(partnerId)).toEqual(PROVEN);
    }
  });
});

/** A row of terms as an upgrade or an agreement keeps it. */
async function giveTerms(partnerId: string, tier: Tier, overrides: object, from: Date): Promise<void> {
  await asOwner(
    world.clone,
    `insert into partner_terms (tenant_id, id, partner_id, number, plan_id, tier, overrides, effective_from, created_at)
     select tenant_id, gen_random_uuid(), partner_id, max(number) + 1, $2, $3, $4, $5, $5
       from partner_terms where partner_id = $1 group by tenant_id, partner_id`,
    [partnerId, world.planId, tier, JSON.stringify(overrides), from],
  );
}

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LICENCE } from "../../test/kit/fee-terms.ts";
import { type FeeWorld, feeWorld } from "../../test/kit/fees.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import "../../test/kit/property-seed.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import type { Ctx } from "../platform/context.ts";
import { OPERATOR_SCOPES } from "../platform/scopes.ts";
import { feeCron } from "./fee-jobs.ts";

let world: FeeWorld;
beforeAll(async () => {
  world = await feeWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const PROOF = { name: "invoice.txt", content: Buffer.from("Invoice 17").toString("base64") };
const today = (): string => world.clock.now().toISOString().slice(0, 10);
const grant = (partnerId: string, amount: number) =>
  world.fees.grantBudget(world.operator(), { partnerId, period: "quarter", amount, currency: "USD", reason: "Fair" });
const claim = (partnerId: string, budgetId: string, amount: number, more: object = {}) =>
  world.fees.claimBudget(world.partner(partnerId), {
    budgetId,
    amount,
    spentOn: today(),
    description: "Newsletter",
    files: [PROOF],
    ...more,
  });
const approve = (claimId: string, amount?: number, as = world.operator()) =>
  world.fees.approveClaim(as, { claimId, ...(amount === undefined ? {} : { amount, reason: "In part" }) });
const budgetOf = async (partnerId: string) => (await world.fees.getBudgets(world.partner(partnerId), {})).data[0];
const codes = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled
    .map((one) => (one.status === "fulfilled" ? "done" : String((one.reason as { code?: string }).code)))
    .toSorted();
/** A key of the team, and with it whoever made it. */
const withKey = (keyId: string): Ctx => ({
  ...world.operator(),
  actor: { type: "key", keyId, partnerId: null, scopes: new Set(OPERATOR_SCOPES) },
});

describe("a budget", () => {
  it("is granted by the terms once for a quarter, however often and at once the job runs, and grows by what the team grants", async () => {
    world.told.terms = { ...LICENCE, coMarketingBudget: 40_000n };
    const partnerId = await world.newPartner();
    await Promise.allSettled([1, 2, 3].map(() => world.fees.grantDueBudgets(world.system())));
    await world.fees.grantDueBudgets(world.system());
    world.told.terms = LICENCE;
    expect(await budgetOf(partnerId)).toMatchObject({ granted: 40_000n, left: 40_000n, periodStart: "2026-01-01" });
    expect(await grant(partnerId, 10_000)).toMatchObject({ granted: 50_000n, periodEnd: "2026-03-31" });
    await world.expectProven(partnerId);
  });

  it("that the job grants is counted in its run, and one that was granted before is not", async () => {
    await world.fees.grantDueBudgets(world.system());
    world.told.terms = { ...LICENCE, coMarketingBudget: 40_000n };
    await world.newPartner();
    const job = feeCron(world.fees).find(({ name }) => name === "fees.grant_budgets");
    const done = async (): Promise<number | undefined> => {
      const told: number[] = [];
      await job?.handle(world.system(), async (count) => void told.push(count));
      return told.at(-1);
    };
    expect([(await done()) ?? 0, await done()]).toEqual([expect.toSatisfy((count: number) => count > 0), 0]);
    world.told.terms = LICENCE;
  });

  it("is granted to all others where one partner's cannot be, which is told", async () => {
    const broken = await world.newPartner();
    const partnerId = await world.newPartner();
    const refuse = `check (partner_id <> '${broken}') not valid`;
    await asOwner(world.clone, `alter table partner_budgets add constraint of_nobody_broken ${refuse}`);
    world.told.terms = { ...LICENCE, coMarketingBudget: 40_000n };
    await expect(world.fees.grantDueBudgets(world.system())).rejects.toThrow("1 partners could not be granted");
    expect([await budgetOf(broken), await budgetOf(partnerId)]).toMatchObject([undefined, { granted: 40_000n }]);
    await asOwner(world.clone, "alter table partner_budgets drop constraint of_nobody_broken");
    await world.fees.grantDueBudgets(world.system());
    world.told.terms = LICENCE;
    expect(await budgetOf(broken)).toMatchObject({ granted: 40_000n });
  });

  it("pays what is approved as earnings that payouts draw, and gives the rest back", async () => {
    const partnerId = await world.newPartner();
    const { id: budgetId } = await grant(partnerId, 30_000);
    const { id, files } = await claim(partnerId, budgetId, 12_000);
    expect(await budgetOf(partnerId)).toMatchObject({ waiting: 12_000n, used: 0n, left: 18_000n });
    expect(await approve(id, 9_000)).toMatchObject({ status: "approved", granted: 9_000n, reason: "In part" });
    expect(await budgetOf(partnerId)).toMatchObject({ waiting: 0n, used: 9_000n, left: 21_000n });
    await world.commissions.approveDue(world.system());
    const payout = await world.payouts.requestPayoutFor(world.operator(), { partnerId, currency: "USD" });
    expect(payout.amount).toBe(9_000n);
    await expect(approve(id)).rejects.toMatchObject({ code: "fee.claim_decided" });
    const proof = await world.fees.getProof(world.partner(partnerId), { fileId: files[0]?.id ?? "" });
    expect(proof.content.toString()).toBe("Invoice 17");
    await world.expectProven(partnerId);
  });

  it("is never exceeded by claims and decisions that come at once, and each claim is decided once", async () => {
    const partnerId = await world.newPartner();
    const { id: budgetId } = await grant(partnerId, 10_000);
    const claimed = await Promise.allSettled([1, 2, 3, 4, 5].map(() => claim(partnerId, budgetId, 4_000)));
    expect(codes(claimed)).toEqual(["done", "done", "fee.above_budget", "fee.above_budget", "fee.above_budget"]);
    const ids = claimed.flatMap((one) => (one.status === "fulfilled" ? [one.value.id] : []));
    const decided = await Promise.allSettled(
      ids.flatMap((claimId) => [
        approve(claimId),
        approve(claimId, 1_000),
        world.fees.rejectClaim(world.operator(), { claimId, reason: "No" }),
      ]),
    );
    expect(codes(decided).filter((code) => code === "done")).toHaveLength(2);
    expect(new Set(codes(decided))).toEqual(new Set(["done", "fee.claim_decided"]));
    await world.expectProven(partnerId);
  });

  it("is in balance after any claims and decisions", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            act: fc.constantFrom("claim", "approve", "reject", "grant"),
            amount: fc.integer({ min: 1, max: 9_000 }),
          }),
          {
            minLength: 4,
            maxLength: 12,
          },
        ),
        async (steps) => {
          const partnerId = await world.newPartner();
          const { id: budgetId } = await grant(partnerId, 10_000);
          const waiting: { id: string; amount: bigint }[] = [];
          for (const { act, amount } of steps) {
            if (act === "grant") await grant(partnerId, amount);
            else if (act === "claim") {
              const left = (await budgetOf(partnerId))?.left ?? 0n;
              const made = await claim(partnerId, budgetId, amount).catch((error: { code: string }) => error.code);
              expect(typeof made === "string" ? made : "done").toBe(
                BigInt(amount) > left ? "fee.above_budget" : "done",
              );
              if (typeof made !== "string") waiting.push(made);
            } else {
              const one = waiting.pop();
              if (one && act === "approve") await approve(one.id, Math.min(amount, Number(one.amount)));
              else if (one) await world.fees.rejectClaim(world.operator(), { claimId: one.id, reason: "No" });
            }
          }
          await world.expectProven(partnerId);
        },
      ),
      { numRuns: 6 },
    );
  }, 60_000);

  it("above the programme's limit is approved by two people, of whom the second is not the first", async () => {
    const partnerId = await world.newPartner();
    const { id: budgetId } = await grant(partnerId, 90_000);
    const { id } = await claim(partnerId, budgetId, 60_000);
    const [ann, bob] = [newId(), newId()];
    world.told.makers.set("ann's key", ann).set("bob's key", bob);
    world.told.limit = 50_000n;
    await expect(approve(id)).rejects.toMatchObject({ code: "access.person_required" });
    expect(await approve(id, undefined, withKey("ann's key"))).toMatchObject({ status: "escalated", granted: null });
    await expect(approve(id, undefined, withKey("ann's key"))).rejects.toMatchObject({
      code: "fee.second_person_needed",
    });
    expect(await approve(id, undefined, withKey("bob's key"))).toMatchObject({ status: "approved", granted: 60_000n });
    world.told.limit = null;
    await world.expectProven(partnerId);
  });

  it("ends with its period: nothing is claimed after it, its end is told once, and what waits is decided", async () => {
    const partnerId = await world.newPartner();
    const { id: budgetId, periodEnd } = await grant(partnerId, 10_000);
    const { id } = await claim(partnerId, budgetId, 4_000);
    await expect(claim(partnerId, budgetId, 1, { spentOn: "2025-12-31" })).rejects.toMatchObject({
      code: "fee.spent_outside",
    });
    const end = new Date(`${periodEnd}T00:00:00Z`).getTime() + DAY_MS;
    await world.advance(end - world.clock.now().getTime());
    await expect(claim(partnerId, budgetId, 1, { spentOn: periodEnd })).rejects.toMatchObject({
      code: "fee.budget_over",
    });
    await Promise.all([world.fees.expireBudgets(world.system()), world.fees.expireBudgets(world.system())]);
    const told = await asOwner(
      world.clone,
      "select data ->> 'left' as left from outbox_events where type = 'budget.expired' and object_id = $1",
      [budgetId],
    );
    expect(told).toEqual([{ left: "6000" }]);
    expect(await approve(id)).toMatchObject({ granted: 4_000n });
    await world.expectProven(partnerId);
  });

  it("is another partner's, and so are its claims and their proof: not found", async () => {
    const [partnerId, other] = [await world.newPartner(), await world.newPartner()];
    const { id: budgetId } = await grant(partnerId, 10_000);
    const { files } = await claim(partnerId, budgetId, 4_000);
    await expect(claim(other, budgetId, 1)).rejects.toMatchObject({ code: "fee.budget_not_found" });
    await expect(world.fees.getProof(world.partner(other), { fileId: files[0]?.id ?? "" })).rejects.toMatchObject({
      code: "file.not_found",
    });
    expect((await world.fees.getClaims(world.partner(other), {})).data).toEqual([]);
  });
});

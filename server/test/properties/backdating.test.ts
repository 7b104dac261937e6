import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backdatePlan, previewBackdating } from "../../src/commissions/backdate-plan.ts";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { CatalogueError } from "../../src/kernel/errors.ts";
import { newId } from "../../src/kernel/id.ts";
import { defaultTiers } from "../../src/programs/index.ts";
import { type AssessmentWorld, assessmentWorld, PROVEN } from "../kit/assessment.ts";
import { asOwner } from "../kit/postgres.ts";

let world: AssessmentWorld;
beforeAll(async () => {
  world = await assessmentWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 8);
const step = fc.record({
  act: fc.constantFrom("pay", "pay", "pay", "refund", "approve", "payOut", "payOut"),
  pick: fc.nat({ max: 1_000 }),
  amount: fc.integer({ min: 50, max: 5_000 }),
  daysAgo: fc.integer({ min: 0, max: 90 }),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
const published = fc.record({ rate: fc.integer({ min: 0, max: 60 }), signup: fc.integer({ min: 0, max: 9_000 }) });
const daysAgo = (days: number): Date => new Date(world.clock.now().getTime() - days * DAY_MS);

async function newHistory() {
  const earner = await world.newEarner();
  const customers = [await world.newCustomer(earner), await world.newCustomer(earner)];
  const paid: { externalId: string; amount: bigint; customer: (typeof customers)[number] }[] = [];
  const acts: Record<Step["act"], (one: Step) => Promise<unknown>> = {
    pay: async ({ pick, amount, daysAgo: days }) => {
      const customer = customers[pick % 2] as (typeof customers)[number];
      const sale = { externalId: newId(), amount: BigInt(amount) };
      await world.record(customer, { ...sale, at: daysAgo(days).toISOString() });
      paid.push({ ...sale, customer });
    },
    refund: async ({ pick, amount }) => {
      const original = paid[pick % Math.max(paid.length, 1)];
      if (original === undefined) return;
      await world.record(original.customer, {
        externalId: newId(),
        kind: "refund",
        originalExternalId: original.externalId,
        amount: pick % 2 === 0 ? original.amount : BigInt(Math.min(amount, Number(original.amount))),
      });
    },
    approve: async () => world.commissions.approveDue(world.system()),
    payOut: async ({ amount }) => {
      const asked = { partnerId: earner.partnerId, currency: "USD", amount };
      const { id } = await world.payouts.requestPayoutFor(world.operator(), asked);
      world.said.outcome = { kind: "confirmed", transferId: "" };
      await world.payouts.processPayout(world.operator(), { payoutId: id });
      if (amount % 2 === 0) await world.payouts.sendTransfer(world.system(), { payoutId: id, attempt: 1 });
    },
  };
  return { partnerId: earner.partnerId, acts };
}

/** What payouts hold of commissions, with what the commission and what lowers or ends it come to: what a correction must not touch. */
const heldByPayouts = (partnerId: string) =>
  asOwner<{ id: string; taken: bigint; comes_to: bigint; added: bigint }>(
    world.clone,
    `select c.id, sum(i.amount)::bigint as taken,
            (select coalesce(sum(f.amount), 0)::bigint from commissions f where f.id = c.id or f.reverses_id = c.id) as comes_to,
            (select count(*) from commissions b
              where b.transaction_id = c.transaction_id and b.rule = c.rule and b.reverses_id is null) as added
       from commissions c join payout_items i on i.commission_id = c.id and i.state <> 'released'
      where c.partner_id = $1 and c.reverses_id is null
      group by c.tenant_id, c.id order by c.id`,
    [partnerId],
  );

/** What the state of the world refuses is a part of any life; what our own books refuse is a failure. */
const attempt = (work: () => Promise<unknown>): Promise<unknown> =>
  work().catch((error: unknown) => {
    if (!(error instanceof CatalogueError) || error.code.startsWith("ledger.")) throw error;
  });

describe("a version that holds from a date in the past, after any history", () => {
  it("costs what was shown, touches nothing that a payout holds, and a replay gives the books", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 6, maxLength: 20, size: "max" }),
        published,
        fc.integer({ min: 1, max: 100 }),
        async (steps, { rate, signup }, days) => {
          const { partnerId, acts } = await newHistory();
          for (const one of steps) await attempt(() => acts[one.act](one));
          const { recurringRateRange: _, ...tier1 } = defaultTiers("USD").tier1;
          const { id: planId } = await world.programs.draftPlan(world.operator(), {
            tiers: { ...defaultTiers("USD"), tier1: { ...tier1, recurringRate: rate / 100, signupBonus: signup } },
          });
          const asked = { planId, effectiveFrom: daysAgo(days) };
          const [held, before] = [await heldByPayouts(partnerId), await costOf(partnerId)];
          const shown = await previewBackdating(world.deps)(world.operator(), asked);
          const told = { ...asked, digest: shown.digest, reason: "test" };
          expect(await backdatePlan(world.deps)(world.operator(), told)).toEqual(shown);

          expect(await heldByPayouts(partnerId)).toEqual(held);
          const mine = shown.partners.filter((one) => one.partnerId === partnerId);
          const difference = mine.reduce((sum, one) => sum + one.difference, 0n);
          expect((await costOf(partnerId)) - before).toBe(difference);
          const named = shown.leftAsPaid.filter((one) => one.partnerId === partnerId).map((one) => one.commissionId);
          const holdable = new Set(held.map(({ id }) => id));
          expect(named.filter((id) => !holdable.has(id))).toEqual([]);
          expect(await world.prove(partnerId)).toEqual(PROVEN);
          // Later versions are compared with the history of those who follow the plan.
          await asOwner(world.clone, "update partners set status = 'terminated' where id = $1", [partnerId]);
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 300_000);
});

async function costOf(partnerId: string): Promise<bigint> {
  const [row] = await asOwner<{ cost: bigint }>(
    world.clone,
    "select coalesce(sum(balance), 0)::bigint as cost from ledger_accounts where partner_id = $1 and kind = 'commission_expense'",
    [partnerId],
  );
  return BigInt(row?.cost ?? 0);
}

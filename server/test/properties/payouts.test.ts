import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../../src/kernel/clock.ts";
import { CatalogueError } from "../../src/kernel/errors.ts";
import { compareBooks } from "../kit/compare-books.ts";
import { type PayoutWorld, payoutWorld } from "../kit/payouts.ts";
import { asOwner } from "../kit/postgres.ts";

type Step = { readonly act: keyof typeof ACTS; readonly pick: number; readonly amount: number };

let world: PayoutWorld;
beforeAll(async () => {
  world = await payoutWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const NOBODY = "00000000-0000-4000-8000-000000000000";
const payoutOf = async (partnerId: string, { pick }: Step, statuses: readonly string[]): Promise<string> => {
  const rows = await asOwner<{ id: string }>(
    world.clone,
    "select id from partner_payouts where partner_id = $1 and status = any ($2) order by created_at, id",
    [partnerId, statuses],
  );
  return rows[pick % Math.max(rows.length, 1)]?.id ?? NOBODY;
};
const commissionOf = async (partnerId: string, { pick }: Step): Promise<string> => {
  const rows = await asOwner<{ id: string }>(
    world.clone,
    "select id from commissions where partner_id = $1 and reverses_id is null order by id",
    [partnerId],
  );
  return rows[pick % Math.max(rows.length, 1)]?.id ?? NOBODY;
};
const FAULTS = [
  { kind: "error_after_acting" },
  { kind: "error_before_acting" },
  { kind: "drop_after_acting" },
  { kind: "drop_before_acting" },
  { kind: "rate_limit" },
  { kind: "key_in_use" },
  { kind: "foreign_not_found" },
  { kind: "refuse", code: "balance_insufficient" },
  { kind: "refuse", code: "insufficient_capabilities_for_transfer" },
] as const;
const sendOf = async (partnerId: string, step: Step): Promise<unknown> => {
  const payoutId = await payoutOf(partnerId, step, ["processing"]);
  return payoutId === NOBODY ? undefined : world.send(payoutId);
};
const standing = (partnerId: string) =>
  world.stripe.transfers().filter((each) => each.metadata["partner_id"] === partnerId && !each.reversed);

const ACTS = {
  earn: (partnerId: string, { amount }: Step) => world.earn(partnerId, BigInt(amount) * 97n),
  refund: async (partnerId: string, step: Step) =>
    world.seedRefund(await commissionOf(partnerId, step), BigInt(step.amount) * 31n),
  request: (partnerId: string, { amount, pick }: Step) =>
    world.request(partnerId, pick % 2 === 0 ? undefined : amount * 53),
  schedule: (partnerId: string, { pick }: Step) =>
    world.payouts.scheduleAutoPayout(world.partner(partnerId), { currency: "USD", every: "week", isEnabled: pick > 2 }),
  runSchedules: async () => {
    await world.advance(7 * DAY_MS);
    await world.payouts.runDueSchedules(world.system());
  },
  process: async (partnerId: string, step: Step) =>
    world.payouts.processPayout(world.operator(), { payoutId: await payoutOf(partnerId, step, ["pending"]) }),
  processAll: () => world.payouts.processPayouts(world.operator(), {}),
  send: sendOf,
  sendBadly: async (partnerId: string, step: Step) => {
    const fault = FAULTS[step.amount % FAULTS.length] ?? FAULTS[0];
    world.stripe.faults.inject(fault, { on: "POST /v1/transfers", times: fault.kind.startsWith("drop") ? 2 : 1 });
    await sendOf(partnerId, step);
  },
  hear: async (partnerId: string, { pick }: Step) => {
    const made = world.stripe.transfers().filter((each) => each.metadata["partner_id"] === partnerId);
    const transfer = made[pick % Math.max(made.length, 1)];
    if (transfer) await world.hear(transfer.reversed ? "transfer.reversed" : "transfer.created", transfer);
  },
  reverse: async (partnerId: string, { pick }: Step) => {
    const made = standing(partnerId);
    const transfer = made[pick % Math.max(made.length, 1)];
    if (transfer === undefined) return;
    if (!(await world.reverse(transfer.id))) return;
    const [reversed] = world.stripe.transfers().filter(({ id }) => id === transfer.id);
    await world.hear("transfer.reversed", reversed ?? {});
  },
  cancel: async (partnerId: string, step: Step) =>
    world.payouts.cancelPayoutFor(world.operator(), { payoutId: await payoutOf(partnerId, step, ["pending"]) }),
  dispute: async (partnerId: string, step: Step) =>
    world.commissions.disputeCommission(world.partner(partnerId), {
      commissionId: await commissionOf(partnerId, step),
      reason: "because",
    }),
  hours: (_: string, { amount }: Step) => world.advance((amount % 30) * HOUR_MS),
  wake: () => world.payouts.wakeTransfers(world.system()),
  suspend: (partnerId: string) => world.setStatus(partnerId, "suspended"),
  reinstate: (partnerId: string) => world.setStatus(partnerId, "active"),
} as const satisfies Record<string, (partnerId: string, step: Step) => Promise<unknown>>;

const WEIGHTS: Partial<Record<keyof typeof ACTS, number>> = {
  earn: 5,
  request: 5,
  process: 5,
  processAll: 2,
  send: 6,
  sendBadly: 6,
  hear: 3,
  reverse: 2,
  hours: 3,
  schedule: 2,
  runSchedules: 2,
  reinstate: 4,
};
const steps = fc.array(
  fc.record({
    act: fc.oneof(
      ...(Object.keys(ACTS) as (keyof typeof ACTS)[]).map((act) => ({
        weight: WEIGHTS[act] ?? 1,
        arbitrary: fc.constant(act),
      })),
    ),
    pick: fc.nat({ max: 20 }),
    amount: fc.integer({ min: 1, max: 200 }),
  }),
  { minLength: 10, maxLength: 40, size: "max" },
);

const perform = (partnerId: string, step: Step): Promise<unknown> =>
  Promise.resolve(ACTS[step.act](partnerId, step)).catch((error: unknown) => {
    // A refusal of the catalogue leaves no trace; an overdrawn account is a fault, since verbs decide under locks.
    if (error instanceof CatalogueError && !error.code.startsWith("ledger.")) return;
    throw error;
  });

/** No payout has more than one transfer that stands, and those of settled payouts are what the books say. */
async function expectMoneyMatches(partnerId: string): Promise<void> {
  const groups = Map.groupBy(standing(partnerId), (each) => each.transfer_group ?? "");
  for (const [payoutId, made] of groups)
    expect({ payoutId, transfers: made.length }).toEqual({ payoutId, transfers: 1 });
  const payouts = await asOwner<{ id: string; status: string; amount: string }>(
    world.clone,
    "select id, status, amount::text from partner_payouts where partner_id = $1",
    [partnerId],
  );
  for (const { id, status, amount } of payouts) {
    const made = groups.get(id) ?? [];
    if (status === "completed") expect({ id, amount: String(made[0]?.amount) }).toEqual({ id, amount });
    if (status === "pending" || status === "cancelled" || status === "failed")
      expect({ id, status, made: made.length }).toEqual({ id, status, made: 0 });
  }
}

/** Everything that is open comes to its end, as jobs would bring it there. */
async function settleAll(partnerId: string): Promise<void> {
  world.stripe.faults.clear();
  world.stripe.addFunds({ amount: 10_000_000, currency: "usd" });
  await world.setStatus(partnerId, "active");
  for (let round = 0; round < 6; round += 1) {
    for (;;) {
      const payoutId = await payoutOf(partnerId, { act: "send", pick: 0, amount: 1 }, ["processing"]);
      if (payoutId === NOBODY) return;
      if ((await world.send(payoutId)) !== undefined) break;
    }
    await world.advance(DAY_MS);
  }
}

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 8);

describe("the life of payouts", () => {
  it("leaves the books equal to the rows after every act, and one transfer for each payout at Stripe", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const partnerId = await world.newPartner();
        for (const step of sequence) {
          await perform(partnerId, step);
          const { books, rows } = await compareBooks(world, partnerId);
          expect({ step, ...rows }).toEqual({ step, ...books });
          await expectMoneyMatches(partnerId);
        }
        await settleAll(partnerId);
        expect(await payoutOf(partnerId, { act: "send", pick: 0, amount: 1 }, ["processing"])).toBe(NOBODY);
        await expectMoneyMatches(partnerId);
        await world.expectProven(partnerId);
      }),
      { numRuns: RUNS, endOnFailure: RUNS > 15 },
    );
  }, 600_000);

  it("does so when acts come at once", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const partnerId = await world.newPartner();
        await world.earn(partnerId, 50_000n);
        for (let start = 0; start < sequence.length; start += 6) {
          await Promise.all(sequence.slice(start, start + 6).map((step) => perform(partnerId, step)));
          const { books, rows } = await compareBooks(world, partnerId);
          expect(rows).toEqual(books);
        }
        await settleAll(partnerId);
        await expectMoneyMatches(partnerId);
        await world.expectProven(partnerId);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 600_000);
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type PayoutWorld, payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import type { Database } from "../platform/database/index.ts";
import { runDueSchedules } from "./run-schedules.ts";

let world: PayoutWorld;
beforeAll(async () => {
  world = await payoutWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(() => {
  world.said.minimum = 5_000n;
});

const ask = (partnerId: string, amount?: number, currency = "USD") =>
  world.payouts.requestPayout(world.partner(partnerId), { currency, ...(amount === undefined ? {} : { amount }) });
const partnerWith = async (amount: bigint, currency?: string): Promise<string> => {
  const partnerId = await world.newPartner();
  await world.earn(partnerId, amount, currency);
  return partnerId;
};

describe("a request for a payout", () => {
  it.each<[string, () => Promise<unknown>, object]>([
    [
      "below the minimum",
      async () => ask(await partnerWith(4_999n)),
      { code: "payout.below_minimum", facts: { minimum: 5_000n } },
    ],
    [
      "above what is available",
      async () => ask(await partnerWith(10_000n), 10_001),
      { code: "payout.above_balance", facts: { available: 10_000n } },
    ],
    [
      "to an unfinished account",
      async () => {
        const partnerId = await world.newUnfinishedPartner();
        await world.earn(partnerId, 10_000n);
        return ask(partnerId);
      },
      { code: "payout.method_not_payable" },
    ],
    [
      "without a method",
      async () => {
        const partnerId = await world.newPartnerWithoutMethod();
        await world.earn(partnerId, 10_000n);
        return ask(partnerId);
      },
      { code: "payout.no_method" },
    ],
    ["of nothing", async () => ask(await partnerWith(10_000n), 0), { code: "payout.amount_invalid" }],
    ["of less than nothing", async () => ask(await partnerWith(10_000n), -1), { code: "payout.amount_invalid" }],
    ["of half a cent", async () => ask(await partnerWith(10_000n), 5_000.5), { code: "payout.amount_invalid" }],
    [
      "of more than JSON can say",
      async () => ask(await partnerWith(10_000n), 2 ** 53),
      { code: "payout.amount_invalid" },
    ],
    ["in no currency", async () => ask(await partnerWith(10_000n), 5_000, "XYZ"), { code: "payout.currency_unknown" }],
    [
      "in a currency of which there is nothing",
      async () => ask(await partnerWith(10_000n), 5_000, "EUR"),
      { code: "payout.nothing_available" },
    ],
  ])("%s is refused", async (_what, request, error) => {
    await expect(request()).rejects.toMatchObject(error);
  });

  it("opens no accounts for a partner or a currency that is none", async () => {
    const partnerId = newId();
    const wanted = { partnerId, currency: "USD" };
    await expect(world.payouts.requestPayoutFor(world.operator(), wanted)).rejects.toMatchObject({ kind: "not_found" });
    const rows = await asOwner(world.clone, "select from ledger_accounts where partner_id = $1 or currency = 'XYZ'", [
      partnerId,
    ]);
    expect(rows).toEqual([]);
  });

  it("twenty times at once is one, and the others find nothing left", async () => {
    const partnerId = await partnerWith(10_000n);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => ask(partnerId)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "payout.nothing_available" });
    expect(await world.balances(partnerId)).toMatchObject({ available: 0n, payout_in_transit: 10_000n });
    await world.expectProven(partnerId);
  });

  it("in parts at once never takes more than there is", async () => {
    const partnerId = await partnerWith(30_000n);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => ask(partnerId, 7_000)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
    expect(await world.balances(partnerId)).toMatchObject({ available: 2_000n, payout_in_transit: 28_000n });
    await world.expectProven(partnerId);
  });

  it("does not reach what a dispute holds", async () => {
    const partnerId = await partnerWith(10_000n);
    const disputed = await world.earn(partnerId, 8_000n);
    await world.commissions.disputeCommission(world.partner(partnerId), { commissionId: disputed, reason: "because" });
    await expect(ask(partnerId, 10_001)).rejects.toMatchObject({ facts: { available: 10_000n } });
    const { id } = await ask(partnerId);
    expect(await world.payouts.getPayout(world.partner(partnerId), { payoutId: id })).toMatchObject({
      amount: 10_000n,
    });
    await world.expectProven(partnerId);
  });

  it("by a terminated partner is for what is left, without a minimum; by the operator also below it", async () => {
    const [terminated, small] = [await partnerWith(80n), await partnerWith(90n)];
    await world.setStatus(terminated, "terminated");
    expect(await ask(terminated)).toMatchObject({ amount: 80n, requestedBy: "partner" });
    const paid = await world.payouts.requestPayoutFor(world.operator(), { partnerId: small, currency: "USD" });
    expect(paid).toMatchObject({ amount: 90n, requestedBy: "operator" });
  });
});

describe("each currency", () => {
  it("is paid from its own balance, in Stripe's units", async () => {
    world.said.minimum = 1n;
    const partnerId = await world.newPartner();
    const amounts: readonly [string, bigint, number][] = [
      ["JPY", 1_500n, 1_500],
      ["ISK", 1_500n, 150_000],
      ["EUR", 1_500n, 1_500],
    ];
    for (const [currency, amount] of amounts) await world.earn(partnerId, amount, currency);
    for (const [currency, amount, sent] of amounts) {
      world.stripe.addFunds({ amount: 1_000_000, currency: currency.toLowerCase() });
      const payoutId = await world.request(partnerId, undefined, currency);
      await world.payouts.processPayout(world.operator(), { payoutId });
      await world.send(payoutId);
      expect(world.transfersOf(payoutId)).toMatchObject([{ amount: sent, currency: currency.toLowerCase() }]);
      expect(await world.balances(partnerId, currency)).toMatchObject({ available: 0n, cash: -amount });
    }
    await world.expectProven(partnerId);
  });

  it("of three decimals is paid in tens; the rest stays in the balance", async () => {
    const partnerId = await partnerWith(12_345n, "KWD");
    await expect(ask(partnerId, 12_341, "KWD")).rejects.toMatchObject({ code: "payout.above_balance" });
    await expect(ask(partnerId, 12_335, "KWD")).rejects.toMatchObject({ code: "payout.amount_indivisible" });
    expect(await ask(partnerId, undefined, "KWD")).toMatchObject({ amount: 12_340n });
    expect(await world.balances(partnerId, "KWD")).toMatchObject({ available: 5n });
    await world.expectProven(partnerId);
  });

  it("without a minimum is paid on the operator's request alone", async () => {
    world.said.minimum = undefined;
    const partnerId = await partnerWith(10_000n, "EUR");
    await expect(ask(partnerId, undefined, "EUR")).rejects.toMatchObject({ code: "payout.no_minimum" });
    expect(await world.request(partnerId, undefined, "EUR")).toEqual(expect.any(String));
  });
});

describe("a schedule", () => {
  const schedule = (partnerId: string, minimum?: number) =>
    world.payouts.scheduleAutoPayout(world.partner(partnerId), {
      currency: "USD",
      every: "week",
      isEnabled: true,
      ...(minimum === undefined ? {} : { minimum }),
    });
  const payoutsOf = async (partnerId: string) =>
    (await world.payouts.findPayouts(world.operator(), { partnerId })).data;

  /** What requests have left behind. */
  const tracesOf = async (partnerIds: readonly string[]) => {
    const [traces] = await asOwner(
      world.clone,
      `with p as (select id from partner_payouts where partner_id = any ($1))
       select (select count(*)::integer from p) as payouts,
              (select count(*)::integer from audit_log a join p on p.id = a.target_id where a.action = 'payout.requested') as acts,
              (select count(*)::integer from outbox_events e join p on p.id = e.object_id where e.type = 'payout.requested') as news,
              (select count(*)::integer from ledger_transactions t
                where t.partner_id = any ($1) and t.kind = 'payout.requested') as entries`,
      [partnerIds],
    );
    return traces;
  };

  it("asks once when it is due, whatever its workers do; what it may not pay waits for the next time", async () => {
    const [rich, poor, modest] = [await partnerWith(10_000n), await partnerWith(10n), await partnerWith(6_000n)];
    await schedule(rich);
    await schedule(poor);
    await schedule(modest, 7_000);
    await world.payouts.runDueSchedules(world.system());
    expect(await payoutsOf(rich)).toEqual([]);
    await world.advance(8 * 86_400_000);
    await Promise.all(Array.from({ length: 5 }, () => world.payouts.runDueSchedules(world.system())));
    expect(await payoutsOf(rich)).toMatchObject([{ amount: 10_000n, requestedBy: "schedule", status: "pending" }]);
    expect([...(await payoutsOf(poor)), ...(await payoutsOf(modest))]).toEqual([]);
    await world.earn(modest, 1_000n);
    await world.advance(8 * 86_400_000);
    expect(await world.payouts.runDueSchedules(world.system())).toEqual({ requested: 1 });
    expect(await payoutsOf(modest)).toMatchObject([{ amount: 7_000n }]);
    await world.expectProven(rich, poor, modest);
  });

  it("that fails does not keep the others from their money, and is due again", async () => {
    const [broken, fine] = [await partnerWith(10_000n), await partnerWith(10_000n)];
    for (const partnerId of [broken, fine]) await schedule(partnerId);
    // A currency that is no more: not a refusal of the rules, but a fault.
    await asOwner(world.clone, "update payout_schedules set currency = 'XTS' where partner_id = $1", [broken]);
    await world.advance(8 * 86_400_000);
    await expect(world.payouts.runDueSchedules(world.system())).rejects.toThrow(/^1 of \d+ schedules failed$/);
    expect(await payoutsOf(fine)).toHaveLength(1);
    await asOwner(world.clone, "update payout_schedules set currency = 'USD' where partner_id = $1", [broken]);
    expect(await world.payouts.runDueSchedules(world.system())).toEqual({ requested: 0 });
    await world.advance(HOUR_MS);
    expect(await world.payouts.runDueSchedules(world.system())).toEqual({ requested: 1 });
  });

  it("that fails each time waits longer each time, and not at all once it has gone well", async () => {
    const partnerId = await partnerWith(10_000n);
    await schedule(partnerId);
    await world.advance(8 * DAY_MS);
    const outbox = { ...world.payoutDeps.outbox, publish: () => Promise.reject(new Error("killed")) };
    const failing = runDueSchedules({ ...world.payoutDeps, outbox });
    const stateOf = async () => {
      const [row] = await asOwner<{ failures: number; retry_at: Date | null }>(
        world.clone,
        "select failures, retry_at from payout_schedules where partner_id = $1",
        [partnerId],
      );
      return [row?.failures, row?.retry_at == null ? null : row.retry_at.getTime() - world.system().now.getTime()];
    };
    for (const [failures, wait] of [1, 2, 4, 8, 16, 24, 24].entries()) {
      await expect(failing(world.system())).rejects.toThrow(/^1 of \d+ schedules failed$/);
      expect(await stateOf()).toEqual([failures + 1, wait * HOUR_MS]);
      expect(await failing(world.system())).toEqual({ requested: 0 });
      await world.advance(wait * HOUR_MS);
    }
    expect(await world.payouts.runDueSchedules(world.system())).toEqual({ requested: 1 });
    expect(await stateOf()).toEqual([0, null]);
  });

  it("pays in one batch whoever may be paid, each in its own books and with its own act and news", async () => {
    const [rich, other, left] = [await partnerWith(10_000n), await partnerWith(20_000n), await partnerWith(10n)];
    const [suspended, unfinished] = [await partnerWith(10_000n), await world.newUnfinishedPartner()];
    await world.earn(unfinished, 10_000n);
    await world.earn(other, 7_000n, "EUR");
    const all = [rich, other, left, suspended, unfinished];
    for (const partnerId of all) await schedule(partnerId);
    await world.payouts.scheduleAutoPayout(world.partner(other), { currency: "EUR", every: "month", isEnabled: true });
    await world.setStatus(suspended, "suspended");
    // What is left to somebody who has gone is paid without a minimum.
    await world.setStatus(left, "terminated");
    await world.advance(40 * 86_400_000);
    expect(await world.payouts.runDueSchedules(world.system())).toEqual({ requested: 4 });
    expect(await payoutsOf(rich)).toMatchObject([{ amount: 10_000n, currency: "USD" }]);
    expect(await payoutsOf(left)).toMatchObject([{ amount: 10n }]);
    expect((await payoutsOf(other)).map(({ amount, currency }) => `${amount} ${currency}`).sort()).toEqual([
      "20000 USD",
      "7000 EUR",
    ]);
    expect([...(await payoutsOf(suspended)), ...(await payoutsOf(unfinished))]).toEqual([]);
    expect(await tracesOf(all)).toEqual({ payouts: 4, acts: 4, news: 4, entries: 4 });
    await world.expectProven(...all);
  });

  it("that is cut off half-way through its batch has asked for nothing, and does the next time", async () => {
    const partnerIds = [await partnerWith(10_000n), await partnerWith(20_000n)];
    for (const partnerId of partnerIds) await schedule(partnerId);
    await world.advance(8 * 86_400_000);
    // The news are the last that is written.
    const killed = { ...world.payoutDeps.outbox, publish: () => Promise.reject(new Error("killed")) };
    const dying = runDueSchedules({ ...world.payoutDeps, outbox: killed });
    await expect(dying(world.system())).rejects.toThrow(/^2 of \d+ schedules failed$/);
    expect(await tracesOf(partnerIds)).toEqual({ payouts: 0, acts: 0, news: 0, entries: 0 });
    await world.advance(HOUR_MS);
    expect(await world.payouts.runDueSchedules(world.system())).toEqual({ requested: 2 });
    expect(await world.payouts.runDueSchedules(world.system())).toEqual({ requested: 0 });
    expect(await tracesOf(partnerIds)).toEqual({ payouts: 2, acts: 2, news: 2, entries: 2 });
    await world.expectProven(...partnerIds);
  });

  it("whose commit is not answered pays once: what was done is no longer due", async () => {
    const partnerIds = [await partnerWith(10_000n), await partnerWith(20_000n)];
    for (const partnerId of partnerIds) await schedule(partnerId);
    await world.advance(8 * 86_400_000);
    let isLost = false;
    const db: Database = {
      ...world.db,
      transaction: async (ctx, work) => {
        const done = await world.db.transaction(ctx, work);
        if (isLost) return done;
        isLost = true;
        throw new Error("connection lost");
      },
    };
    await runDueSchedules({ ...world.payoutDeps, db })(world.system());
    expect(await tracesOf(partnerIds)).toEqual({ payouts: 2, acts: 2, news: 2, entries: 2 });
    await world.expectProven(...partnerIds);
  });
});

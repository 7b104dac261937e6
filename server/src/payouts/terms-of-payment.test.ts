import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPayer, type Payer, setCurrency } from "../../test/kit/payers.ts";
import { type PayoutWorld, payoutWorld, SHORT_SILENCE } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { HOUR_MS } from "../kernel/clock.ts";
import { runDueJobs } from "../platform/jobs/index.ts";
import { payoutJobs } from "./payout-jobs.ts";
import { createPayoutService } from "./payout-service.ts";

let world: PayoutWorld;
let payer: Payer;
beforeAll(async () => {
  world = await payoutWorld(SHORT_SILENCE);
  payer = await newPayer(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const BANK = { kind: "bank_file", holder: "Ada", iban: "DE89370400440532013000" } as const;
const waiting = async (amount: bigint, currency = "USD") => {
  const partnerId = await world.newPartner();
  await world.earn(partnerId, amount, currency);
  return { partnerId, payoutId: await world.request(partnerId, undefined, currency) };
};
const release = (payoutId: string) => world.payouts.processPayout(payer.ctx(), { payoutId });
/** Runs the jobs that wait, mails included; what a transfer has not settled is no matter here. */
const runJobs = () =>
  runDueJobs({ db: world.db, clock: world.clock, jobs: payoutJobs(world.payouts), onError: () => {} });
/** What notices tell a partner of: that it is paid another way. */
const replacedOf = (partnerId: string) =>
  asOwner<{ usable_at: string }>(
    world.clone,
    `select data ->> 'usableAt' as usable_at from outbox_events
      where type = 'partner_notice.payout_method_replaced' and object_id = $1`,
    [partnerId],
  );

describe("the ways of being paid", () => {
  it("are those by which the server can pay: without a Stripe key none by Stripe is named or taken", async () => {
    const partnerId = await world.newPartner();
    const ctx = () => world.partner(partnerId);
    expect(await world.payouts.findMethodKinds(ctx())).toEqual({ kinds: ["stripe_connect", "bank_file"] });
    const { bank_file: bank } = world.payoutDeps.providers;
    const providers = bank === undefined ? {} : { bank_file: bank };
    const without = createPayoutService({ ...world.payoutDeps, accounts: undefined, providers });
    expect(await without.findMethodKinds(ctx())).toEqual({ kinds: ["bank_file"] });
    const before = await without.getPaymentMethod(ctx());
    await expect(without.updatePaymentMethod(ctx(), { kind: "stripe_connect", country: "US" })).rejects.toMatchObject({
      code: "payout.method_unavailable",
      facts: { field: "kind", kind: "stripe_connect", offered: ["bank_file"] },
    });
    expect(await without.getPaymentMethod(ctx())).toEqual(before);
    expect(await without.updatePaymentMethod(ctx(), BANK)).toMatchObject({ kind: "bank_file" });
  });
});

describe("a changed payout method", () => {
  it("waits before it is paid to, and the partner is told until when", async () => {
    const { partnerId, payoutId } = await waiting(10_000n);
    const method = await world.payouts.updatePaymentMethod(world.partner(partnerId), BANK);
    expect(method.usableAt).toEqual(new Date(world.clock.now().getTime() + 72 * HOUR_MS));
    await expect(release(payoutId)).rejects.toMatchObject({
      code: "payout.method_cooling_off",
      facts: { until: method.usableAt },
    });
    await runJobs();
    expect(await replacedOf(partnerId)).toEqual([{ usable_at: method.usableAt?.toISOString() }]);
    await world.advance(72 * HOUR_MS - 1);
    await expect(release(payoutId)).rejects.toMatchObject({ code: "payout.method_cooling_off" });
    await world.advance(1);
    await release(payoutId);
    await world.send(payoutId);
    expect(await world.story(payoutId)).toMatchObject({ status: "completed" });
    await world.expectProven(partnerId);
  });

  it("does not wait where the programme says so, nor where there was none before", async () => {
    const first = await world.newBankPartner();
    await world.earn(first, 10_000n);
    await release(await world.request(first));
    await world.payouts.changePayoutSettings(world.operator(), { coolingOffHours: 0 });
    const { partnerId, payoutId } = await waiting(10_000n);
    expect(await world.payouts.updatePaymentMethod(world.partner(partnerId), BANK)).toMatchObject({ usableAt: null });
    await release(payoutId);
    await world.payouts.changePayoutSettings(world.operator(), { coolingOffHours: 72 });
    await runJobs();
    expect(await replacedOf(first)).toEqual([]);
    await world.expectProven(first, partnerId);
  });

  it("leaves alone what was sent to the one before", async () => {
    const { partnerId, payoutId } = await waiting(10_000n);
    await release(payoutId);
    world.stripe.faults.inject({ kind: "timeout_after_acting" }, { on: "POST /v1/transfers" });
    await world.send(payoutId);
    await world.payouts.updatePaymentMethod(world.partner(partnerId), BANK);
    await world.send(payoutId);
    expect(await world.story(payoutId)).toMatchObject({ status: "completed" });
    expect(world.transfersOf(payoutId)).toHaveLength(1);
    await world.expectProven(partnerId);
  });
});

describe("settings that two change at once", () => {
  it("are both kept: neither puts back what it had read of the other's", async () => {
    await world.payouts.changePayoutSettings(world.operator(), { coolingOffHours: 0 });
    const { audit } = world.payoutDeps;
    let second: Promise<unknown> = Promise.resolve();
    // The first has written and not committed; the second has read what was before, and waits for the row.
    const first = createPayoutService({
      ...world.payoutDeps,
      audit: {
        ...audit,
        record: async (tx, action, entry) => {
          await audit.record(tx, action, entry);
          second = world.payouts.changePayoutSettings(world.operator(), { approvalExpiresHours: 24 });
          await waitsForLock();
        },
      },
    });
    await first.changePayoutSettings(world.operator(), { coolingOffHours: 72 });
    await second;
    expect(await world.payouts.getPayoutSettings(world.operator())).toMatchObject({
      coolingOffHours: 72,
      approvalExpiresHours: 24,
    });
    const audits = await asOwner<{ after: object }>(
      world.clone,
      "select after from audit_log where action = 'payout_settings.changed' order by position desc limit 1",
      [],
    );
    expect(audits).toMatchObject([{ after: { coolingOffHours: 72, approvalExpiresHours: 24 } }]);
    await world.payouts.changePayoutSettings(world.operator(), { approvalExpiresHours: 168 });
  });

  const waitsForLock = async (): Promise<void> => {
    let waits = 0;
    while (waits === 0) {
      const [row] = await asOwner<{ waits: number }>(
        world.clone,
        `select count(*)::int as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        [],
      );
      waits = row?.waits ?? 0;
    }
  };
});

describe("fees", () => {
  it("that the partner bears are kept back, and stay with the operator's cost where the transfer comes back", async () => {
    await setCurrency(world, "USD", { feeBorneBy: "partner", feeFixed: 25, feeRate: 0.0025 });
    const { partnerId, payoutId } = await waiting(10_000n);
    expect(await world.payouts.getPayoutFor(payer.ctx(), { payoutId })).toMatchObject({ fee: 50n, netAmount: 9_950n });
    await release(payoutId);
    await world.send(payoutId);
    const [transfer] = world.transfersOf(payoutId);
    expect(transfer?.amount).toBe(9_950);
    expect(await world.balances(partnerId)).toMatchObject({ cash: -9_950n, payout_fee: 50n, payout_cost: 0n });
    await world.expectProven(partnerId);
    await world.reverse(transfer?.id ?? "");
    await world.hear("transfer.reversed", world.transfersOf(payoutId)[0] ?? {});
    expect(await world.balances(partnerId)).toMatchObject({ available: 10_000n, cash: 0n, payout_cost: 50n });
    await world.expectProven(partnerId);
  });

  it("that the programme bears are its cost beside the payout: the partner gets all of it", async () => {
    await setCurrency(world, "USD", { feeBorneBy: "programme", feeFixed: 25, feeRate: 0.0025 });
    const { partnerId, payoutId } = await waiting(10_000n);
    await release(payoutId);
    await world.send(payoutId);
    expect(world.transfersOf(payoutId)).toMatchObject([{ amount: 10_000 }]);
    expect(await world.balances(partnerId)).toMatchObject({ cash: -10_000n, payout_fee: 50n, payout_cost: 50n });
    await world.expectProven(partnerId);
  });

  it("of each currency are its own, and one that would take everything is refused", async () => {
    await setCurrency(world, "JPY", { feeBorneBy: "partner", feeFixed: 300 });
    const dollars = await waiting(10_000n);
    expect(await world.payouts.getPayoutFor(payer.ctx(), { payoutId: dollars.payoutId })).toMatchObject({ fee: 0n });
    const poor = await world.newPartner();
    await world.earn(poor, 300n, "JPY");
    await expect(world.request(poor, undefined, "JPY")).rejects.toMatchObject({ code: "payout.fee_exceeds_amount" });
    await world.earn(poor, 1n, "JPY");
    expect(await world.request(poor, undefined, "JPY")).toEqual(expect.any(String));
    await setCurrency(world, "USD", {});
    await world.expectProven(poor, dollars.partnerId);
  });
});

describe("currencies", () => {
  it("are paid each from its own balance: one that is empty at Stripe holds up no other", async () => {
    const partnerId = await world.newPartner();
    await world.earn(partnerId, 10_000n, "EUR");
    await world.earn(partnerId, 20_000n, "USD");
    const euros = await world.request(partnerId, undefined, "EUR");
    const dollars = await world.request(partnerId, undefined, "USD");
    await world.payouts.processPayouts(payer.ctx(), {});
    await world.send(euros);
    await world.send(dollars);
    expect(await world.story(dollars)).toMatchObject({ status: "completed" });
    expect(await world.story(euros)).toMatchObject({
      status: "processing",
      attempts: ["failed balance_insufficient", "created"],
    });
    expect(await world.balances(partnerId, "EUR")).toMatchObject({ payout_in_transit: 10_000n, cash: 0n });
    world.stripe.addFunds({ amount: 10_000, currency: "eur" });
    await world.hear("balance.available", {});
    await world.send(euros);
    expect(await world.story(euros)).toMatchObject({ status: "completed" });
    expect(world.transfersOf(euros)).toMatchObject([{ amount: 10_000, currency: "eur" }]);
    await world.expectProven(partnerId);
  });
});

describe("a transfer that fails", () => {
  it("is told to who pays, once, and to whoever listens, and the money is there again", async () => {
    // What was to be said before has been.
    await runJobs();
    const { partnerId: failing, payoutId: failed } = await waiting(10_000n);
    world.said.mails.length = 0;
    await release(failed);
    world.stripe.faults.inject({ kind: "refuse", code: "account_invalid" }, { on: "POST /v1/transfers" });
    await world.send(failed);
    await runJobs();
    await runJobs();
    expect(world.said.mails.map(({ to, subject }) => `${to}: ${subject}`).toSorted()).toEqual([
      "finance@team.test: A payout of 100.00 USD failed",
    ]);
    expect((await world.events(failed)).at(-1)).toBe("payout.failed");
    expect(await world.balances(failing)).toMatchObject({ available: 10_000n, payout_in_transit: 0n });
    await world.expectProven(failing);
  });
});

describe("the preview", () => {
  const preview = async (partnerId: string, currency: string) => {
    let cursor: string | undefined;
    do {
      const page = await world.payouts.previewPayouts(payer.ctx(), {
        currency,
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      });
      const found = page.data.find((one) => one.partnerId === partnerId);
      if (found !== undefined) return found;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return undefined;
  };
  const withheld = async (partnerId: string, currency = "CHF") =>
    (await preview(partnerId, currency))?.lines.map((line) => [line.isPayable, line.withheld, line.reason]);

  it("says of what nobody has asked for yet what a gate would hold it for as soon as somebody did", async () => {
    const partnerId = await world.newPartner();
    await world.earn(partnerId, 9_000n, "DKK");
    expect(await withheld(partnerId, "DKK")).toEqual([[true, null, null]]);
    world.said.gate = async () => ({ allowed: false, reason: "fraud_review", about: "payout", isLasting: false });
    expect(await withheld(partnerId, "DKK")).toEqual([[false, "payout.held", "fraud_review"]]);
    world.said.gate = async () => ({ allowed: true });
  });

  it("names who would be paid, how much, and what is withheld and why", async () => {
    await setCurrency(world, "CHF", { feeBorneBy: "partner", feeFixed: 100 });
    const rich = await waiting(20_000n, "CHF");
    await world.earn(rich.partnerId, 7_000n, "CHF");
    expect(await preview(rich.partnerId, "CHF")).toMatchObject({
      available: 7_000n,
      debt: 0n,
      method: "Stripe",
      lines: [
        { payoutId: rich.payoutId, amount: 20_000n, netAmount: 19_900n, isPayable: true, withheld: null },
        { payoutId: null, amount: 7_000n, netAmount: 6_900n, isPayable: true, withheld: null },
      ],
    });
    const [poor, nameless, unfinished] = [
      await world.newPartner(),
      await world.newPartnerWithoutMethod(),
      await world.newUnfinishedPartner(),
    ];
    for (const partnerId of [nameless, unfinished]) await world.earn(partnerId, 9_000n, "CHF");
    await world.earn(poor, 4_999n, "CHF");
    expect(await withheld(poor)).toEqual([[false, "payout.below_minimum", "5000"]]);
    expect(await withheld(nameless)).toEqual([[false, "payout.no_method", null]]);
    expect(await withheld(unfinished)).toEqual([[false, "payout.method_not_payable", "incomplete"]]);

    const cooling = await waiting(20_000n, "CHF");
    const method = await world.payouts.updatePaymentMethod(world.partner(cooling.partnerId), BANK);
    expect(await withheld(cooling.partnerId)).toEqual([
      [false, "payout.method_cooling_off", method.usableAt?.toISOString()],
    ]);
    // The same of what is available and nobody has asked for.
    const idle = await world.newPartner();
    await world.earn(idle, 9_000n, "CHF");
    const { usableAt } = await world.payouts.updatePaymentMethod(world.partner(idle), BANK);
    expect(await withheld(idle)).toEqual([[false, "payout.method_cooling_off", usableAt?.toISOString()]]);
    const held = await waiting(20_000n, "CHF");
    world.said.gate = async (_tx, { payoutId }) =>
      payoutId === held.payoutId
        ? { allowed: false, reason: "under review", about: "payout", isLasting: false }
        : { allowed: true };
    expect(await withheld(held.partnerId)).toEqual([[false, "payout.held", "under review"]]);
    world.said.gate = async () => ({ allowed: true });
  });

  it("of one partner is what an operator's request would be: the minimum does not stand against it, also where nothing is there", async () => {
    const of = async (partnerId: string) =>
      (await world.payouts.previewPayouts(payer.ctx(), { currency: "CHF", partnerId })).data;
    const [poor, nameless, empty] = [
      await world.newPartner(),
      await world.newPartnerWithoutMethod(),
      await world.newPartner(),
    ];
    await world.earn(poor, 4_999n, "CHF");
    await world.earn(nameless, 4_999n, "CHF");
    expect(await of(poor)).toMatchObject([{ partnerId: poor, available: 4_999n, lines: [{ isPayable: true }] }]);
    expect(await of(nameless)).toMatchObject([{ lines: [{ isPayable: false, withheld: "payout.no_method" }] }]);
    expect(await of(empty)).toMatchObject([{ available: 0n, lines: [] }]);
  });

  it("shows a partner who owes as withheld, by what it owes", async () => {
    const partnerId = await world.newPartner();
    const commissionId = await world.earn(partnerId, 10_000n, "CHF");
    const payoutId = await world.request(partnerId, undefined, "CHF");
    world.stripe.addFunds({ amount: 10_000_000, currency: "chf" });
    await release(payoutId);
    await world.send(payoutId);
    await world.seedRefund(commissionId, 4_000n);
    expect(await preview(partnerId, "CHF")).toMatchObject({
      debt: 4_000n,
      lines: [{ amount: -4_000n, isPayable: false, withheld: "payout.negative_balance" }],
    });
  });
});

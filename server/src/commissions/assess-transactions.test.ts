import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AssessmentWorld, assessmentWorld, PROVEN } from "../../test/kit/assessment.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";

let world: AssessmentWorld;
let partner: { partnerId: string; termsId: string };
let customer: { partnerId: string; referralId: string; externalId: string };

beforeAll(async () => {
  world = await assessmentWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  partner = await world.newEarner();
  customer = await world.newCustomer(partner);
});

const name = () => newId();
const endHold = async () => {
  world.clock.advance(31 * DAY_MS);
  await world.commissions.approveDue(world.system());
};
/** Releases a payout and sends its transfer, which ends as the world says. */
const send = async (payoutId: string) => {
  await world.payouts.processPayout(world.operator(), { payoutId });
  await world.payouts.sendTransfer(world.system(), { payoutId, attempt: 1 });
};
const balances = () => world.balances(partner.partnerId);
const proven = () => world.prove(partner.partnerId);
const referralStatus = async () =>
  (
    await asOwner<{ status: string }>(world.clone, "select status from referrals where id = $1", [customer.referralId])
  )[0]?.status;

describe("a sale that was recorded", () => {
  it("has been assessed and booked when its caller is answered: rows, receipt, ledger, referral, news", async () => {
    const [sale] = await world.record(customer, { externalId: name(), amount: 1_177n });
    expect(await world.statements(partner.partnerId)).toEqual(["recurring 118 pending", "signup 5000 pending"]);
    expect(await balances()).toMatchObject({ pending: 5_118n, commission_expense: 5_118n, available: 0n });
    expect(await referralStatus()).toBe("qualified");
    const receipts = await asOwner<{ receipt: { clauses: { clause: string }[] }; number: string }>(
      world.clone,
      "select receipt, number from commission_receipts where event_id = $1",
      [sale && "id" in sale ? sale.id : null],
    );
    expect(receipts[0]?.receipt).toMatchObject({
      terms: { id: partner.termsId, planVersion: 1, tier: "tier1" },
      currency: "USD",
      late: [],
      clauses: [
        { clause: "window", outcome: "applies" },
        { clause: "qualification", outcome: "applies", clients: 1 },
        { clause: "signup", outcome: "earned", amount: 5_000 },
        { clause: "recurring", outcome: "earned", product: "117.7", amount: 118, base: 1_177, rate: 0.1 },
        { clause: "share", outcome: "nothing" },
      ],
    });
    for (const { id } of await world.rows(partner.partnerId)) {
      expect(await world.events(id)).toEqual(["commission.created"]);
    }
    expect(await proven()).toEqual(PROVEN);
  });

  it("leaves no trace where nobody is credited", async () => {
    const stranger = { externalId: name() };
    const before = await asOwner(world.clone, "select count(*) from commission_receipts");
    await world.record(stranger, { externalId: name(), createCustomer: true });
    expect(await asOwner(world.clone, "select count(*) from commission_receipts")).toEqual(before);
  });

  it("is assessed once, however often it is reported", async () => {
    const externalId = name();
    await world.record(customer, { externalId });
    await world.record(customer, { externalId });
    expect(await world.rows(partner.partnerId)).toHaveLength(2);
    expect(await proven()).toEqual(PROVEN);
  });

  it("of one customer on two servers at once qualifies it once", async () => {
    await Promise.all([1, 2, 3, 4].map(() => world.record(customer, { externalId: name() })));
    const statements = await world.statements(partner.partnerId);
    expect(statements.filter((one) => one.startsWith("signup"))).toHaveLength(1);
    expect(statements).toHaveLength(5);
    expect(await proven()).toEqual(PROVEN);
  });

  it("raises the count once, where two customers qualify at once", async () => {
    const other = await world.newCustomer(partner);
    await Promise.all([customer, other].map((one) => world.record(one, { externalId: name() })));
    const [standing] = await asOwner<{ clients: number }>(
      world.clone,
      "select clients from partner_standings where partner_id = $1",
      [partner.partnerId],
    );
    expect(standing?.clients).toBe(2);
    expect(await proven()).toEqual(PROVEN);
  });
});

describe("an event that arrives late", () => {
  const lateOf = async (results: readonly object[]) => {
    const id = results[0] !== undefined && "id" in results[0] ? results[0].id : null;
    const [row] = await asOwner<{ late: string[] }>(
      world.clone,
      "select receipt->'late' as late from commission_receipts where event_id = $1",
      [id],
    );
    return row?.late;
  };

  it("says on its receipt what it would have changed: months, count, and the loss of a qualification", async () => {
    const reseller = await world.newEarner("tier2", { volumeBonuses: [{ threshold: 2, bonus: 0.05 }] });
    const [first, second] = [await world.newCustomer(reseller), await world.newCustomer(reseller)];
    await world.record(first, { externalId: name(), at: "2024-03-01T00:00:00Z" });
    expect(await lateOf(await world.record(second, { externalId: name(), at: "2024-02-01T00:00:00Z" }))).toEqual([
      "would_have_counted",
    ]);

    const sale = name();
    await world.record(customer, { externalId: sale, at: "2024-03-01T00:00:00Z" });
    expect(await lateOf(await world.record(customer, { externalId: name(), at: "2024-02-01T00:00:00Z" }))).toEqual([
      "would_have_qualified",
    ]);
    await world.record(customer, { externalId: name(), at: "2024-04-01T00:00:00Z" });
    const refund = { externalId: name(), kind: "refund" as const, originalExternalId: sale, amount: 1_000n };
    expect(await lateOf(await world.record(customer, { ...refund, at: "2024-03-20T00:00:00Z" }))).toEqual([
      "would_have_unqualified",
    ]);
    expect(await world.prove(partner.partnerId, reseller.partnerId)).toEqual(PROVEN);
  });
});

describe("the largest sales that there are", () => {
  it("are earned, taken back in part and paid to the unit, and so are their sums", async () => {
    const [most, sales] = [100_000_000_000_000n, [name(), name(), name()]];
    await world.record(customer, ...sales.map((externalId) => ({ externalId, amount: most })));
    await endHold();
    await world.record(
      customer,
      ...sales.map((originalExternalId) => ({
        externalId: name(),
        kind: "refund" as const,
        originalExternalId,
        amount: most - 1n,
      })),
    );
    // A tenth of all less one unit, rounded to all of it.
    expect(await balances()).toMatchObject({ available: 5_000n, clawback_receivable: 0n });
    expect(await proven()).toEqual(PROVEN);
  });
});

describe("a refund", () => {
  it("takes from pending while its commission is in hold", async () => {
    const [sale, refund] = [name(), name()];
    await world.record(customer, { externalId: sale, amount: 1_177n });
    await world.record(customer, { externalId: refund, kind: "refund", originalExternalId: sale, amount: 500n });
    expect(await balances()).toMatchObject({ pending: 5_068n, commission_expense: 5_068n });
    expect(await world.statements(partner.partnerId)).toContain("recurring.reversal -50 pending");
    expect(await proven()).toEqual(PROVEN);
  });

  it("in the batch of its payment, in two parts, takes exactly all", async () => {
    const sale = name();
    await world.record(
      customer,
      { externalId: sale, amount: 1_177n },
      { externalId: name(), kind: "refund", originalExternalId: sale, amount: 500n },
      { externalId: name(), kind: "refund", originalExternalId: sale, amount: 677n },
    );
    expect(await balances()).toMatchObject({ pending: 0n, commission_expense: 0n });
    expect(await referralStatus()).toBe("converted");
    expect(await proven()).toEqual(PROVEN);
  });

  it("before its payment waits, and is assessed right after it", async () => {
    const sale = name();
    await world.record(customer, { externalId: name(), kind: "refund", originalExternalId: sale, amount: 1_000n });
    expect(await world.rows(partner.partnerId)).toEqual([]);
    await world.record(customer, { externalId: sale });
    expect(await balances()).toMatchObject({ pending: 0n, commission_expense: 0n });
    expect(await proven()).toEqual(PROVEN);
  });

  it("of 10.00 paid out, with 50.00 available: available 40.00, debt 0", async () => {
    const [sale, other] = [name(), name()];
    await world.record(customer, { externalId: sale, amount: 10_000n });
    await endHold();
    world.said.outcome = { kind: "confirmed", transferId: "t" };
    const payout = await world.payouts.requestPayoutFor(world.operator(), {
      partnerId: partner.partnerId,
      currency: "USD",
    });
    await send(payout.id);
    await world.record(customer, { externalId: other, amount: 50_000n });
    await endHold();
    expect((await balances()).available).toBe(5_000n);
    await world.record(customer, { externalId: name(), kind: "refund", originalExternalId: sale, amount: 10_000n });
    expect(await balances()).toMatchObject({ available: 4_000n, clawback_receivable: 0n });
    expect(await world.statements(partner.partnerId)).toContain("recurring.reversal -1000 approved");
    expect(await proven()).toEqual(PROVEN);
  });

  it("of 1.18 in a requested payout: debt 1.18, available 0; the transfer fails: debt 0, available 0", async () => {
    const terms = await world.newTerms(partner.partnerId, "tier4");
    const plain = await world.newCustomer({ partnerId: partner.partnerId, termsId: terms });
    const sale = name();
    await world.record(plain, { externalId: sale, amount: 787n });
    await endHold();
    expect((await balances()).available).toBe(118n);
    const payout = await world.payouts.requestPayoutFor(world.operator(), {
      partnerId: partner.partnerId,
      currency: "USD",
    });
    await world.record(plain, { externalId: name(), kind: "refund", originalExternalId: sale, amount: 787n });
    expect(await balances()).toMatchObject({ available: 0n, clawback_receivable: 118n, payout_in_transit: 118n });
    world.said.outcome = { kind: "failed", code: "no_such_account", next: "give_up" };
    await send(payout.id);
    expect(await balances()).toMatchObject({ available: 0n, clawback_receivable: 0n, payout_in_transit: 0n });
    expect(await proven()).toEqual(PROVEN);
  });

  it("after all was paid out leaves a debt, and the next 0.80 that is approved recovers 0.80 and pays nothing", async () => {
    const terms = await world.newTerms(partner.partnerId, "tier4", { recurringRate: 0.2 });
    const plain = await world.newCustomer({ partnerId: partner.partnerId, termsId: terms });
    const sale = name();
    await world.record(plain, { externalId: sale, amount: 1_000n });
    await endHold();
    world.said.outcome = { kind: "confirmed", transferId: "t" };
    const payout = await world.payouts.requestPayoutFor(world.operator(), {
      partnerId: partner.partnerId,
      currency: "USD",
    });
    await send(payout.id);
    await world.record(plain, { externalId: name(), kind: "refund", originalExternalId: sale, amount: 1_000n });
    expect(await balances()).toMatchObject({ available: 0n, clawback_receivable: 200n });
    await world.record(plain, { externalId: name(), amount: 400n });
    await endHold();
    expect(await balances()).toMatchObject({ available: 0n, clawback_receivable: 120n });
    expect(await proven()).toEqual(PROVEN);
  });

  it("of several approved sales in one batch spends what is available once, and then makes debt", async () => {
    const sales = [name(), name(), name()];
    await world.record(customer, ...sales.map((externalId) => ({ externalId, amount: 10_000n })));
    await endHold();
    await world.payouts.requestPayoutFor(world.operator(), {
      partnerId: partner.partnerId,
      currency: "USD",
      amount: 6_500,
    });
    expect((await balances()).available).toBe(1_500n);
    const refunds = sales.map((sale) => ({
      externalId: name(),
      kind: "refund" as const,
      originalExternalId: sale,
      amount: 10_000n,
    }));
    await world.record(customer, ...refunds);
    expect(await balances()).toMatchObject({ available: 0n, clawback_receivable: 1_500n });
    expect(await proven()).toEqual(PROVEN);
  });
});

describe("a chargeback that was won", () => {
  it("after its commission was paid out repays the debt, once, however often it is won", async () => {
    const [sale, chargeback] = [name(), name()];
    await world.record(customer, { externalId: sale, amount: 10_000n });
    await endHold();
    const payout = await world.payouts.requestPayoutFor(world.operator(), {
      partnerId: partner.partnerId,
      currency: "USD",
    });
    world.said.outcome = { kind: "confirmed", transferId: "" };
    await send(payout.id);
    const taken = { kind: "chargeback", originalExternalId: sale, amount: 10_000n } as const;
    await world.record(customer, { externalId: chargeback, ...taken });
    expect(await balances()).toMatchObject({ available: 0n, clawback_receivable: 6_000n });
    const won = { kind: "chargeback_won", originalExternalId: chargeback } as const;
    await world.record(customer, { externalId: name(), ...won, amount: 4_000n });
    expect(await balances()).toMatchObject({ available: 0n, clawback_receivable: 5_600n });
    await world.record(customer, { externalId: name(), ...won, amount: 9_000n });
    await world.record(customer, { externalId: name(), ...won, amount: 10_000n });
    // The commission is whole again; the signup comes back by a row of its own, with a hold of its own that is over.
    expect(await balances()).toMatchObject({ available: 0n, clawback_receivable: 5_000n, pending: 5_000n });
    await endHold();
    expect(await balances()).toMatchObject({ available: 0n, clawback_receivable: 0n, pending: 0n });
    expect(await proven()).toEqual(PROVEN);
  });

  it("repays debt first, and the rest is available again", async () => {
    const [sale, chargeback] = [name(), name()];
    await world.record(customer, { externalId: sale, amount: 10_000n });
    await endHold();
    await world.payouts.requestPayoutFor(world.operator(), {
      partnerId: partner.partnerId,
      currency: "USD",
      amount: 5_600,
    });
    await world.record(customer, {
      externalId: chargeback,
      kind: "chargeback",
      originalExternalId: sale,
      amount: 10_000n,
    });
    expect(await balances()).toMatchObject({ available: 0n, clawback_receivable: 5_600n });
    expect(await referralStatus()).toBe("converted");
    await world.record(customer, {
      externalId: name(),
      kind: "chargeback_won",
      originalExternalId: chargeback,
      amount: 10_000n,
    });
    expect(await balances()).toMatchObject({ available: 0n, clawback_receivable: 4_600n, pending: 5_000n });
    expect(await referralStatus()).toBe("qualified");
    await endHold();
    expect(await balances()).toMatchObject({ available: 400n, clawback_receivable: 0n, pending: 0n });
    expect(await proven()).toEqual(PROVEN);
  });
});

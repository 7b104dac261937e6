import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type CommissionWorld, commissionWorld } from "../../test/kit/commissions.ts";
import { figureSeeds } from "../../test/kit/figures.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";

let world: CommissionWorld;
let partnerId: string;
let otherTenant: string;
beforeAll(async () => {
  world = await commissionWorld();
  otherTenant = await seedTenant(world.clone, { at: world.clock.now(), isOperator: false });
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  partnerId = await world.newPartner();
});

const own = () => world.partner(partnerId);
const approve = (commissionId: string) => world.commissions.approveCommission(world.operator(), { commissionId });
const seedReferral = async () => {
  const seeds = figureSeeds(world.clone, world.tenantId);
  const customerId = await seeds.customer(world.clock.now(), `ada-${crypto.randomUUID()}@example.com`);
  return seeds.referral(partnerId, world.clock.now(), { referred_user_id: customerId });
};

describe("the list", () => {
  it("shows a partner its own commissions, newest first, page by page", async () => {
    await world.seedCommission(await world.newPartner(), 1n);
    const ids: string[] = [];
    for (let made = 0; made < 5; made += 1) {
      ids.unshift((await world.seedCommission(partnerId, 100n)).id);
      world.clock.advance(1_000);
    }
    const seen: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page: { data: { id: string }[]; nextCursor: string | null } = await world.commissions.getCommissions(
        own(),
        {
          limit: 2,
          ...(cursor === undefined ? {} : { cursor }),
        },
      );
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(ids);
  });

  it("filters by state, type, currency, referral and time, and sorts by amount", async () => {
    const referral_id = await seedReferral();
    const start = world.clock.now();
    const small = await world.seedCommission(partnerId, 1n);
    const signup = await world.seedCommission(partnerId, 5_000n, { commission_type: "signup", rate_ppm: null });
    const euro = await world.seedCommission(partnerId, 7n, { currency: "EUR", referral_id });
    world.clock.advance(DAY_MS);
    const late = await world.seedCommission(partnerId, 3n);
    await approve(small.id);
    const ids = async (filters: Parameters<typeof world.commissions.getCommissions>[1]) =>
      (await world.commissions.getCommissions(own(), filters)).data.map(({ id }) => id);
    expect(await ids({ status: "approved" })).toEqual([small.id]);
    expect(await ids({ type: "signup" })).toEqual([signup.id]);
    expect(await ids({ currency: "EUR" })).toEqual([euro.id]);
    expect(await ids({ referralId: referral_id })).toEqual([euro.id]);
    expect(await ids({ from: world.clock.now().toISOString() })).toEqual([late.id]);
    expect(await ids({ to: world.clock.now().toISOString(), from: start.toISOString(), sort: "amount" })).toEqual([
      small.id,
      euro.id,
      signup.id,
    ]);
  });

  it("finds for the operator what was earned on one transaction, and for no other tenant", async () => {
    const transaction_id = newId();
    const at = world.clock.now();
    const customerId = await figureSeeds(world.clone, world.tenantId).customer(at, "joan@example.com");
    await asOwner(
      world.clone,
      `insert into transactions (tenant_id, id, external_id, user_id, kind, amount, currency, occurred_at, recorded_at)
       values ($1, $2, 'in_4711', $3, 'payment', 90, 'USD', $4, $4)`,
      [world.tenantId, transaction_id, customerId, at],
    );
    const earned = await world.seedCommission(partnerId, 9n, { transaction_id });
    await world.seedCommission(partnerId, 11n);
    const find = (ctx = world.operator()) => world.commissions.findCommissions(ctx, { transactionId: transaction_id });
    expect((await find()).data.map(({ id }) => id)).toEqual([earned.id]);
    expect((await find({ ...world.operator(), tenantId: otherTenant })).data).toEqual([]);
  });

  it("shows customers masked, and rates as decimal fractions", async () => {
    const referral_id = await seedReferral();
    await world.seedCommission(partnerId, 100n, { referral_id, rate_ppm: 250_000n });
    await world.seedCommission(partnerId, 5_000n, { commission_type: "signup", rate_ppm: null });
    const { data } = await world.commissions.getCommissions(own(), { sort: "amount" });
    expect(data).toMatchObject([
      { customer: "a…@e….com", rate: 0.25 },
      { customer: null, rate: null },
    ]);
  });

  it("shows an operator every partner's, and no one another tenant's", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    const all = await world.commissions.findCommissions(world.operator(), { partnerId });
    expect(all.data.map((row) => row.id)).toEqual([id]);
    const theirs = await world.commissions.findCommissions(world.operator(undefined, otherTenant), {});
    expect(theirs.data).toEqual([]);
  });

  it("refuses a credential without its scope", () => {
    expect(() => world.commissions.getCommissions(world.partner(partnerId, []), {})).toThrow(
      expect.objectContaining({ code: "access.scope_missing" }),
    );
    expect(() => world.commissions.findCommissions(own(), {})).toThrow(
      expect.objectContaining({ code: "access.scope_missing" }),
    );
  });
});

describe("one commission", () => {
  it("comes with its reversals, its dispute, and where it stands with payouts", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    const reversal = await world.seedRefund(id, 30n);
    await approve(id);
    await world.payouts.requestPayoutFor(world.operator(), { partnerId, currency: "USD", amount: 20 });
    await world.commissions.disputeCommission(own(), { commissionId: id, reason: "too little" });
    expect(await world.commissions.getCommission(own(), { commissionId: id })).toMatchObject({
      amount: 100n,
      status: "disputed",
      note: null,
      reversals: [{ id: reversal?.id, amount: -30n, reversesId: id }],
      disputes: [{ status: "open", reason: "too little", amountMoved: 50n }],
      // The payout of 20 draws the reversal first, and 50 of the commission.
      payout: { paid: 0n, inTransit: 50n, unpaid: 50n },
    });
    expect(await world.commissions.getCommission(own(), { commissionId: reversal?.id ?? "" })).toMatchObject({
      disputes: [{ status: "open" }],
    });
  });

  it("comes with the receipt of its event", async () => {
    const { id, event_id } = await world.seedCommission(partnerId, 100n);
    await asOwner(
      world.clone,
      `insert into commission_receipts (tenant_id, event_id, partner_id, number, kind, occurred_at, receipt, assessed_at)
       values ($1, $2, $3, 1, 'payment', $4, '{"clauses":[{"clause":"recurring","outcome":"earned","reason":"in_time","base":1000,"product":"100"}],"late":[]}', $4)`,
      [world.tenantId, event_id, partnerId, world.clock.now()],
    );
    expect(await world.commissions.getCommission(own(), { commissionId: id })).toMatchObject({
      receipt: { eventId: event_id, number: 1, clauses: [{ clause: "recurring", base: 1000, product: "100" }] },
    });
  });

  it("that was cancelled says by whom and why, to its partner too", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    expect(await world.commissions.getCommission(own(), { commissionId: id })).toMatchObject({ closing: null });
    await world.commissions.cancelCommission(world.operator(), { commissionId: id, reason: "Sold to yourself" });
    const told = { status: "cancelled", closing: { by: "person", reason: "Sold to yourself", event: null } };
    expect(await world.commissions.getCommission(own(), { commissionId: id })).toMatchObject(told);
    expect(await world.commissions.getCommissionFor(world.operator(), { commissionId: id })).toMatchObject(told);
  });

  it("that a person made says why", async () => {
    const { id } = await world.commissions.grantCommission(world.operator(), {
      partnerId,
      amount: 5,
      currency: "USD",
      reason: "true-up",
    });
    expect(await world.commissions.getCommissionFor(world.operator(), { commissionId: id })).toMatchObject({
      type: "bonus",
      rule: "grant",
      note: "true-up",
    });
  });

  it("of another partner, or of another tenant, is not found", async () => {
    const { id: commissionId } = await world.seedCommission(await world.newPartner(), 100n);
    const notFound = { code: "commission.not_found" };
    await expect(world.commissions.getCommission(own(), { commissionId })).rejects.toMatchObject(notFound);
    await expect(
      world.commissions.getCommissionFor(world.operator(undefined, otherTenant), { commissionId }),
    ).rejects.toMatchObject(notFound);
  });
});

describe("disputes", () => {
  it("are listed for their partner and for the operator, by state", async () => {
    const [first, second] = [await world.seedCommission(partnerId, 1n), await world.seedCommission(partnerId, 2n)];
    const open = (commissionId: string) =>
      world.commissions.disputeCommission(own(), { commissionId, reason: "too little" });
    const settled = await open(first.id);
    world.clock.advance(1);
    const waiting = await open(second.id);
    await world.commissions.resolveDispute(world.operator(), {
      disputeId: settled.id,
      outcome: "uphold",
      resolution: "right",
    });
    const ids = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id);
    expect(ids(await world.commissions.getDisputes(own(), {}))).toEqual([waiting.id, settled.id]);
    expect(ids(await world.commissions.findDisputes(world.operator(), { status: "open", partnerId }))).toEqual([
      waiting.id,
    ]);
    expect(ids(await world.commissions.getDisputes(world.partner(await world.newPartner()), {}))).toEqual([]);
    expect(ids(await world.commissions.findDisputes(world.operator(undefined, otherTenant), {}))).toEqual([]);
  });
});

describe("the summary", () => {
  it("sums by currency and state, shows the ledger's balances, and what becomes available when", async () => {
    // Holds end at 04:00Z on 31 January, which is 30 January in New York.
    world.clock.moveTo(new Date("2027-01-01T04:00:00Z"));
    const first = await world.seedCommission(partnerId, 100n);
    await world.seedRefund(first.id, 30n);
    world.clock.advance(DAY_MS);
    await world.seedCommission(partnerId, 50n);
    await world.seedCommission(partnerId, 7n, { currency: "EUR" });
    const done = await world.seedCommission(partnerId, 1_000n);
    await approve(done.id);
    await world.payouts.requestPayoutFor(world.operator(), { partnerId, currency: "USD", amount: 400 });
    const disputed = await world.seedCommission(partnerId, 9n);
    await world.commissions.disputeCommission(own(), { commissionId: disputed.id, reason: "too little" });
    const cancelled = await world.seedCommission(partnerId, 11n);
    await world.commissions.cancelCommission(world.operator(), { commissionId: cancelled.id, reason: "test" });

    expect(await world.commissions.getCommissionSummary(own(), {})).toEqual({
      currencies: [
        expect.objectContaining({ currency: "EUR", pending: 7n, commissions: 1n }),
        {
          currency: "USD",
          pending: 120n,
          approved: 1_000n,
          paid: 0n,
          disputed: 9n,
          commissions: 4n,
          balances: { pending: 120n, available: 600n, disputed: 9n, inTransit: 400n, debt: 0n, paidOut: 0n },
          upcoming: [
            { date: "2027-01-30", amount: 70n },
            { date: "2027-01-31", amount: 50n },
          ],
        },
      ],
    });
    const later = await world.commissions.getCommissionSummary(own(), { from: "2027-01-02T00:00:00Z" });
    expect(later.currencies[1]).toMatchObject({ pending: 50n, balances: { pending: 120n } });
  });

  it("has as paid what payouts have brought, of a commission that was paid in part too", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    await approve(id);
    world.said.outcome = { kind: "confirmed", transferId: "t" };
    const payout = await world.payouts.requestPayoutFor(world.operator(), { partnerId, currency: "USD", amount: 40 });
    await world.payouts.processPayout(world.operator(), { payoutId: payout.id });
    await world.payouts.sendTransfer(world.system(), { payoutId: payout.id, attempt: 1 });
    const { currencies } = await world.commissions.getCommissionSummary(own(), {});
    expect(currencies).toMatchObject([{ approved: 100n, paid: 0n, balances: { available: 60n, paidOut: 40n } }]);
  });

  it("is the same for the operator, of one partner, and of none of another tenant", async () => {
    const kept = await world.seedCommission(partnerId, 100n);
    await approve(kept.id);
    const seen = await world.commissions.getCommissionSummary(own(), {});
    expect(seen.currencies).toHaveLength(1);
    expect(await world.commissions.getCommissionSummaryFor(world.operator(), { partnerId })).toEqual(seen);
    await expect(
      world.commissions.getCommissionSummaryFor(world.operator(undefined, otherTenant), { partnerId }),
    ).rejects.toMatchObject({ code: "partner.not_found" });
    expect(() => world.commissions.getCommissionSummaryFor(own(), { partnerId })).toThrow(
      expect.objectContaining({ code: "access.scope_missing" }),
    );
  });

  it("counts what is past its hold and held as due today", async () => {
    await world.seedCommission(partnerId, 100n);
    world.clock.moveTo(new Date("2028-06-01T12:00:00Z"));
    const { currencies } = await world.commissions.getCommissionSummary(own(), {});
    expect(currencies[0]?.upcoming).toEqual([{ date: "2028-06-01", amount: 100n }]);
  });
});

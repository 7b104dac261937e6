import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AssessmentWorld, assessmentWorld, PROVEN, type Sale } from "../../test/kit/assessment.ts";
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

const reason = "test";
const record = (...sales: Sale[]) => world.record(customer, ...sales);
const endHold = async () => {
  world.clock.advance(31 * DAY_MS);
  await world.commissions.approveDue(world.system());
};
const idOf = async (rule: string): Promise<string> =>
  (await world.rows(partner.partnerId)).findLast((row) => row.rule === rule)?.id ?? "";
/** A payment, charged back in full; names of both. */
const chargedBack = async (): Promise<{ payment: string; chargeback: string }> => {
  const [payment, chargeback] = [newId(), newId()];
  await record({ externalId: payment, amount: 10_000n });
  await endHold();
  await record({ externalId: chargeback, kind: "chargeback", amount: 10_000n, originalExternalId: payment });
  return { payment, chargeback };
};
const win = (chargeback: string) =>
  record({ externalId: newId(), kind: "chargeback_won", amount: 10_000n, originalExternalId: chargeback });
const owed = async () => {
  const { available, pending, disputed, clawback_receivable: debt } = await world.balances(partner.partnerId);
  return available + pending + disputed - debt;
};

describe("what an event has ended", () => {
  const closedBy = async (rule: string) => {
    const commissionId = await idOf(rule);
    return (await world.commissions.getCommissionFor(world.operator(), { commissionId })).closing;
  };

  it("says by which: a refund of the payment that made the customer count, while it was in hold and after", async () => {
    const [early, late] = [newId(), newId()];
    await record({ externalId: early, amount: 10_000n });
    await record({ externalId: newId(), kind: "refund", amount: 10_000n, originalExternalId: early });
    expect(await closedBy("signup")).toEqual({ by: "event", reason: null, event: "refund" });
    await record({ externalId: late, amount: 10_000n });
    await endHold();
    expect(await closedBy("signup")).toBeNull();
    await record({ externalId: newId(), kind: "chargeback", amount: 10_000n, originalExternalId: late });
    expect(await closedBy("signup")).toEqual({ by: "event", reason: null, event: "chargeback" });
  });

  it("says by which: that its customer is not counted", async () => {
    await record({ externalId: newId(), amount: 10_000n });
    const data = { reason, takesBackApproved: true };
    await world.act({ partnerId: partner.partnerId, referralId: customer.referralId, kind: "rejection", data });
    expect(await closedBy("recurring")).toEqual({ by: "event", reason: null, event: "rejection" });
  });
});

describe("what was ended for good is not given back", () => {
  it("by a chargeback won after a rejection that took back what was approved", async () => {
    const { chargeback } = await chargedBack();
    await world.act({
      partnerId: partner.partnerId,
      referralId: customer.referralId,
      kind: "rejection",
      data: { reason, takesBackApproved: true },
    });
    await win(chargeback);
    expect(await owed()).toBe(0n);
    expect(await world.prove(partner.partnerId)).toEqual(PROVEN);
  });

  it("by a chargeback won after its dispute was settled against the partner, with nothing left then", async () => {
    const payment = newId();
    const chargeback = newId();
    await record({ externalId: payment, amount: 10_000n });
    await endHold();
    const dispute = await world.commissions.disputeCommission(world.partner(partner.partnerId), {
      commissionId: await idOf("recurring"),
      reason,
    });
    await record({ externalId: chargeback, kind: "chargeback", amount: 10_000n, originalExternalId: payment });
    await world.commissions.resolveDispute(world.operator(), {
      disputeId: dispute.id,
      outcome: "cancel",
      resolution: reason,
    });
    await win(chargeback);
    expect((await world.statements(partner.partnerId)).filter((row) => row.startsWith("recurring"))).toEqual([
      "recurring 1000 approved",
      "recurring.reversal -1000 approved",
    ]);
    expect(await world.prove(partner.partnerId)).toEqual(PROVEN);
  });

  it.each(["pending", "approved"])(
    "a signup that a person cancelled while it was %s, by a won chargeback",
    async (state) => {
      const [payment, chargeback] = [newId(), newId()];
      await record({ externalId: payment, amount: 10_000n });
      if (state === "approved") await endHold();
      await world.commissions.cancelCommission(world.operator(), { commissionId: await idOf("signup"), reason });
      await record({ externalId: chargeback, kind: "chargeback", amount: 10_000n, originalExternalId: payment });
      await win(chargeback);
      expect(await owed()).toBe(1_000n);
      const [referral] = await asOwner<{ status: string }>(world.clone, "select status from referrals where id = $1", [
        customer.referralId,
      ]);
      expect(referral?.status).toBe("qualified");
      expect(await world.prove(partner.partnerId)).toEqual(PROVEN);
    },
  );

  it("a signup that a person cancelled, by the end of a fraud hold under which the chargeback was won", async () => {
    const [payment, chargeback] = [newId(), newId()];
    await record({ externalId: payment, amount: 10_000n });
    await world.commissions.cancelCommission(world.operator(), { commissionId: await idOf("signup"), reason });
    await world.act({ ...named(), kind: "fraud_hold", data: {} });
    await record({ externalId: chargeback, kind: "chargeback", amount: 10_000n, originalExternalId: payment });
    await win(chargeback);
    await world.act({ ...named(), kind: "fraud_release", data: {} });
    expect(await owed()).toBe(1_000n);
    expect(await world.prove(partner.partnerId)).toEqual(PROVEN);
  });
});

const named = () => ({ partnerId: partner.partnerId, referralId: customer.referralId });

describe("a refund of an event of no amount", () => {
  it("is recorded and takes nothing, whatever its revenue earned", async () => {
    partner = await world.newEarner("tier3");
    customer = await world.newCustomer(partner);
    const card = newId();
    await record({ externalId: card, kind: "card", amount: 0n, revenue: 1_000n });
    const results = await record({ externalId: newId(), kind: "refund", amount: 500n, originalExternalId: card });
    expect(results).toMatchObject([{ status: "recorded" }]);
    expect(await world.statements(partner.partnerId)).toEqual(["share 500 pending"]);
    expect(await world.prove(partner.partnerId)).toEqual(PROVEN);
  });
});

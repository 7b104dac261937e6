import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type CommissionWorld, commissionWorld, HOLD_DAYS } from "../../test/kit/commissions.ts";
import { disputeDesk } from "../../test/kit/disputes.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";

let world: CommissionWorld;
let desk: ReturnType<typeof disputeDesk>;
let partnerId: string;
beforeAll(async () => {
  world = await commissionWorld();
  desk = disputeDesk(world);
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  partnerId = await world.newPartner();
  world.said.limit = null;
});

const [ana, ben] = [newId(), newId()];
const partner = () => world.partner(partnerId);
const missing = (reference: string, kind: "transaction" | "customer" | "referral" | "click" = "transaction") =>
  world.commissions.reportMissing(partner(), { missing: { kind, reference }, reason: "I sent them" });
/** What the sale's recurring commissions come to, reversals included. */
const left = async (externalId: string): Promise<number> => {
  const [row] = await asOwner<{ sum: string }>(
    world.clone,
    `select coalesce(sum(c.amount), 0)::text as sum from commissions c
      where c.status <> 'cancelled' and (c.transaction_id in (select id from transactions where external_id = $1) or c.reverses_id in (
            select r.id from commissions r join transactions t on t.id = r.transaction_id where t.external_id = $1))
        and c.rule like 'recurring%'`,
    [externalId],
  );
  return Number(row?.sum);
};

describe("an adjusted dispute", () => {
  it("raises a commission by one beside it, with its own receipt, and refunds take their part of both", async () => {
    const { commissionId, externalId, refund } = await desk.earn(partnerId);
    const settled = await desk.resolve(await desk.dispute(partnerId, commissionId), {
      outcome: "adjust",
      amount: 4_000,
    });
    expect(settled).toMatchObject({ status: "adjusted", adjustedBy: 1_500n, amountHeld: 0n });
    expect(settled.resultCommissionId).not.toBe(commissionId);
    const added = await world.commissions.getCommission(partner(), { commissionId: settled.resultCommissionId ?? "" });
    expect(added).toMatchObject({ amount: 1_500n, status: "pending" });
    expect(JSON.stringify(added.receipt)).toContain("earned_more");
    expect(await left(externalId)).toBe(4_000);
    await refund(5_000n);
    expect(await left(externalId)).toBe(2_000);
    await refund(5_000n);
    expect(await left(externalId)).toBe(0);
    await desk.expectProven(partnerId);
  });

  it("is rounded with the whole sale: refunds, and decisions after them, take what they would of one commission", async () => {
    const { commissionId, externalId, refund } = await desk.earn(partnerId);
    const adjustTo = async (amount: number) => {
      await desk.resolve(await desk.dispute(partnerId, commissionId), { outcome: "adjust", amount });
      world.clock.advance(1);
    };
    await adjustTo(2_501);
    await adjustTo(2_501);
    await refund(5_000n);
    // A half of 25.00, 0.01 and 0.01: 12.50 and twice 0.01 if each were rounded by itself.
    expect(await left(externalId)).toBe(1_251);
    await adjustTo(2_499);
    expect(await left(externalId)).toBe(1_250);
    await refund(5_000n);
    expect(await left(externalId)).toBe(0);
    await desk.expectProven(partnerId);
  });

  it("lowers a commission by a row, after what a refund took already", async () => {
    const { commissionId, externalId, refund } = await desk.earn(partnerId);
    await refund(4_000n);
    const settled = await desk.resolve(await desk.dispute(partnerId, commissionId), {
      outcome: "adjust",
      amount: 1_000,
    });
    expect(settled).toMatchObject({ adjustedBy: -1_500n, resultCommissionId: commissionId });
    expect(await left(externalId)).toBe(600);
    await refund(6_000n);
    expect(await left(externalId)).toBe(0);
    await desk.expectProven(partnerId);
  });

  it("of an approved one is booked out of what the dispute holds, and is paid once what it added has left its hold", async () => {
    const { commissionId } = await desk.earn(partnerId);
    world.clock.advance(HOLD_DAYS * DAY_MS);
    await world.commissions.approveDue(world.system());
    const before = (await world.balances(partnerId)).available;
    await desk.resolve(await desk.dispute(partnerId, commissionId), { outcome: "adjust", amount: 2_000 });
    expect((await world.balances(partnerId)).available).toBe(before - 500n);
    world.clock.advance(1);
    await desk.resolve(await desk.dispute(partnerId, commissionId), { outcome: "adjust", amount: 3_000 });
    await world.commissions.approveDue(world.system());
    expect((await world.balances(partnerId)).available).toBe(before + 500n);
    await desk.expectProven(partnerId);
  });

  it("stays what it is through a re-assessment of everything", async () => {
    const { commissionId, externalId } = await desk.earn(partnerId);
    await desk.resolve(await desk.dispute(partnerId, commissionId), { outcome: "adjust", amount: 4_000 });
    const preview = await world.commissions.previewReassessment(world.operator(), { partnerId });
    expect(preview).toMatchObject({ corrections: [] });
    expect(await left(externalId)).toBe(4_000);
  });

  it("of a signup falls with it: nothing of either is left once its payment is refunded in full", async () => {
    const { referralId, refund } = await desk.earn(partnerId);
    const signups = () =>
      asOwner<{ id: string; status: string }>(
        world.clone,
        "select id, status from commissions where referral_id = $1 and rule = 'signup' order by calculated_at",
        [referralId],
      );
    const [signup] = await signups();
    const { amount } = await world.commissions.getCommission(partner(), { commissionId: signup?.id ?? "" });
    const disputeId = await desk.dispute(partnerId, signup?.id ?? "");
    await desk.resolve(disputeId, { outcome: "adjust", amount: Number(amount) + 700 });
    await refund(10_000n);
    expect((await signups()).map(({ status }) => status)).toEqual(["cancelled", "cancelled"]);
    expect((await world.balances(partnerId)).pending).toBe(0n);
    await desk.expectProven(partnerId);
  });

  it("to what it is, or of what a person granted, is refused and leaves the dispute open", async () => {
    const { commissionId } = await desk.earn(partnerId);
    const disputeId = await desk.dispute(partnerId, commissionId);
    await expect(desk.resolve(disputeId, { outcome: "adjust", amount: 2_500 })).rejects.toMatchObject({
      code: "commission.dispute_same_amount",
    });
    await expect(desk.resolve(disputeId, { outcome: "adjust" })).rejects.toMatchObject({
      code: "commission.dispute_result",
    });
    const granted = await world.commissions.grantCommission(world.operator(), {
      partnerId,
      amount: 500,
      currency: "USD",
      reason: "launch",
    });
    const other = await desk.dispute(partnerId, granted.id);
    await expect(desk.resolve(other, { outcome: "adjust", amount: 600 })).rejects.toMatchObject({
      code: "commission.not_adjustable",
    });
    expect([(await desk.seen(disputeId)).status, (await desk.seen(other)).status]).toEqual(["open", "open"]);
  });

  it("above the approval limit takes two people; up to it one", async () => {
    world.said.limit = 1_000n;
    const { commissionId } = await desk.earn(partnerId);
    const disputeId = await desk.dispute(partnerId, commissionId);
    const tooMuch = { outcome: "adjust", amount: 3_501 };
    await expect(desk.resolve(disputeId, tooMuch, desk.person(ana))).rejects.toMatchObject({
      code: "commission.reviewer_second",
    });
    await world.commissions.escalateDispute(desk.person(ana), { disputeId, reason: "above my limit" });
    await expect(desk.resolve(disputeId, tooMuch, desk.person(ana))).rejects.toMatchObject({
      code: "commission.reviewer_same",
    });
    await expect(desk.resolve(disputeId, tooMuch)).rejects.toMatchObject({ code: "access.person_required" });
    expect(await desk.resolve(disputeId, tooMuch, desk.person(ben))).toMatchObject({
      status: "adjusted",
      firstReviewer: ana,
    });
    const second = await desk.earn(partnerId);
    expect(
      await desk.resolve(
        await desk.dispute(partnerId, second.commissionId),
        { outcome: "adjust", amount: 3_500 },
        desk.person(ana),
      ),
    ).toMatchObject({ status: "adjusted" });
    await desk.expectProven(partnerId);
  });
});

describe("what a person decides while the partner is suspended", () => {
  it("stays through its termination where the sale came before the suspension, and falls where it came after", async () => {
    const before = await desk.earn(partnerId);
    const unpaid = await desk.earn(partnerId);
    await desk.stand(partnerId, "suspension");
    const during = await desk.earn(partnerId);
    for (const { commissionId } of [before, during])
      await desk.resolve(await desk.dispute(partnerId, commissionId), { outcome: "adjust", amount: 4_000 });
    for (const { externalId } of [unpaid, during])
      await desk.resolve((await missing(externalId)).id, { outcome: "adjust", amount: 300 });
    await desk.stand(partnerId, "termination");

    expect([await left(before.externalId), await left(unpaid.externalId), await left(during.externalId)]).toEqual([
      4_000, 2_800, 0,
    ]);
    await desk.expectProven(partnerId);
  });
});

describe("a missing commission", () => {
  it("is earned by the sale of an own customer, with a receipt, and refunds take their part of it", async () => {
    const { externalId, refund } = await desk.earn(partnerId);
    await refund(2_500n);
    const { id } = await missing(externalId);
    const settled = await desk.resolve(id, { outcome: "adjust", amount: 400 });
    expect(settled).toMatchObject({ kind: "missing", status: "adjusted", adjustedBy: 400n });
    expect(
      await world.commissions.getCommission(partner(), { commissionId: settled.resultCommissionId ?? "" }),
    ).toMatchObject({ amount: 400n, reversals: [{ amount: -100n }] });
    await refund(7_500n);
    expect(await left(externalId)).toBe(0);
    await desk.expectProven(partnerId);
  });

  it("says the same of another's sale as of one that is not there: nothing", async () => {
    const { externalId } = await desk.earn(partnerId);
    const owner = partnerId;
    partnerId = await world.newPartner();
    const [theirs, nobodys] = [await missing(externalId), await missing(newId())];
    const shown = async (id: string) => {
      const { evidence, amountMoved, status, kind, commissionId } = await world.commissions.getDispute(partner(), {
        disputeId: id,
      });
      return { evidence, amountMoved, status, kind, commissionId };
    };
    expect(await shown(theirs.id)).toEqual(await shown(nobodys.id));
    expect((await desk.seen(theirs.id)).evidence).toMatchObject({ sale: { partnerId: owner } });
    await expect(desk.resolve(theirs.id, { outcome: "adjust", amount: 400 })).rejects.toMatchObject({
      code: "commission.dispute_sale_unknown",
    });
    await expect(desk.resolve(theirs.id, { outcome: "cancel" })).rejects.toMatchObject({
      code: "commission.dispute_of_missing",
    });
  });

  it("that is looked for by another's sale leaves nothing of that partner's customer in the records of who asked", async () => {
    const { externalId } = await desk.earn(partnerId);
    partnerId = await world.newPartner();
    await desk.resolve((await missing(externalId)).id, { outcome: "uphold" });
    const recorded = await asOwner<{ referral_id: string | null; receipt: { terms: unknown } }>(
      world.clone,
      "select referral_id, receipt from commission_receipts where partner_id = $1 and kind = 'dispute_resolved'",
      [partnerId],
    );
    expect(recorded).toMatchObject([{ referral_id: null, receipt: { terms: null } }]);
    expect((await world.commissions.getCommissionSummary(partner(), {})).currencies).toEqual([]);
    await desk.expectProven(partnerId);
  });

  it("is settled by naming the partner's own commission alone", async () => {
    const others = await desk.earn(partnerId);
    partnerId = await world.newPartner();
    const { id } = await missing(others.externalId);
    await expect(desk.resolve(id, { outcome: "adjust", commissionId: others.commissionId })).rejects.toMatchObject({
      code: "commission.dispute_result",
    });
    const granted = await world.commissions.grantCommission(world.operator(), {
      partnerId,
      amount: 500,
      currency: "USD",
      reason: "it was yours",
    });
    expect(await desk.resolve(id, { outcome: "adjust", commissionId: granted.id })).toMatchObject({
      status: "adjusted",
      adjustedBy: null,
      resultCommissionId: granted.id,
    });
  });

  it("is not settled by a commission that has been cancelled", async () => {
    const { commissionId } = await desk.earn(partnerId);
    await world.commissions.cancelCommission(world.operator(), { commissionId, reason: "not owed" });
    const { id } = await missing(newId());
    await expect(desk.resolve(id, { outcome: "adjust", commissionId })).rejects.toMatchObject({
      code: "commission.dispute_result",
    });
  });

  it("is asked about once at a time", async () => {
    const reference = newId();
    const asked = await Promise.allSettled([missing(reference), missing(reference)]);
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(missing(reference)).rejects.toMatchObject({ code: "commission.disputed_already" });
  });
});

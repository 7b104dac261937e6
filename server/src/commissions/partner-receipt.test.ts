import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommissionWorld, commissionWorld } from "../../test/kit/commissions.ts";
import { disputeDesk } from "../../test/kit/disputes.ts";

/** Figures that stand in nothing else. */
const MONTHLY = 613_871;
const EARNED_BEFORE = 613_000;
const LEFT = MONTHLY - EARNED_BEFORE;

let world: CommissionWorld;
let desk: ReturnType<typeof disputeDesk>;
let partnerId: string;
let earned: Awaited<ReturnType<typeof desk.earn>>;
beforeAll(async () => {
  world = await commissionWorld();
  desk = disputeDesk(world);
  const limit = (monthly: number) =>
    world.commissions.limitSpending(world.operator(), { currency: "USD", monthly, reason: "budget" });
  await limit(EARNED_BEFORE);
  await desk.earn(await world.newPartner(), 10_000_000n);
  partnerId = await world.newPartner();
  await limit(MONTHLY);
  earned = await desk.earn(partnerId, 10_000n);
});
afterAll(() => world?.[Symbol.asyncDispose]());

const partner = () => world.partner(partnerId);
const discloses = (shown: unknown): boolean =>
  /spendLimit|613871|613000/.test(
    JSON.stringify(shown, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
  );

describe("the programme's limit, and what others earned under it,", () => {
  it("stand in a receipt for the operator, and in none for the partner, who is told that the limit cut it and by how much", async () => {
    const { commissionId } = earned;
    const whole = await world.commissions.getCommissionFor(world.operator(), { commissionId });
    expect([whole.amount, discloses(whole)]).toEqual([BigInt(LEFT), true]);
    const own = await world.commissions.getCommission(partner(), { commissionId });
    expect(discloses(own)).toBe(false);
    expect(own.receipt).toMatchObject({
      clauses: expect.arrayContaining([
        expect.objectContaining({ reason: "spend_limited", uncapped: 2_500, amount: LEFT }),
      ]),
    });
  });

  it("stand in what is known of a dispute for the operator, and not in what the partner sees of it", async () => {
    const disputeId = await desk.dispute(partnerId, earned.commissionId);
    const { evidence, partnerEvidence } = await desk.seen(disputeId);
    expect([evidence, partnerEvidence].map(discloses)).toEqual([true, false]);
    const own = await world.commissions.getDispute(partner(), { disputeId });
    expect(own.evidence).toMatchObject({ receipt: { clauses: expect.any(Array) } });
    expect(discloses(own)).toBe(false);
  });

  it("cannot be found out by sales that a partner makes up, of whatever size", async () => {
    const { referralId } = earned;
    const sale = (amount: bigint) => ({ referralId, kind: "payment" as const, amount, currency: "USD" });
    for (const amount of [1_000n, 10_000n, 1_000_000_000n]) {
      const own = await world.commissions.calculateOwnCommission(partner(), sale(amount));
      expect([own.commissions.map((one) => one.amount), discloses(own)]).toEqual([[amount / 4n], false]);
    }
    const whole = await world.commissions.calculateCommission(world.operator(), sale(10_000n));
    expect([whole.commissions, discloses(whole)]).toEqual([[], true]);
  });
});

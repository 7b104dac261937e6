import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROVEN } from "../../test/kit/assessment.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { type ReattributionWorld, reattributionWorld } from "../../test/kit/reattribution.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { findArrival } from "../partners/index.ts";
import { findRecorded, findRecordedOfReferral } from "../sales/index.ts";
import { prepareHandover } from "./prepare-handover.ts";
import { previewReassessment } from "./reassess-partner.ts";

let world: ReattributionWorld;
beforeAll(async () => {
  world = await reattributionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** An affiliate with a customer, and a reseller: 50.00 and 10 % on the one side, 100.00 and 25 % and 0.1 % of volume on the other. */
const scene = async (options: { verificationRequired?: boolean } = {}) => {
  const from = await world.newEarner("tier1");
  const to = await world.newEarner("tier2");
  const customer = await world.newCustomer(from, options);
  return { from: from.partnerId, to: to.partnerId, customer };
};
type Scene = Awaited<ReturnType<typeof scene>>;

const sell = async ({ customer }: Pick<Scene, "customer">, amount: bigint, more: object = {}): Promise<string> => {
  const externalId = newId();
  expect(await world.record(customer, { externalId, amount, ...more })).toMatchObject([{ status: "recorded" }]);
  return externalId;
};
const refund = (of: Scene, originalExternalId: string, amount: bigint, kind = "refund") =>
  sell(of, amount, { kind, originalExternalId });
const payOut = async (partnerId: string): Promise<void> => {
  const payout = await world.payouts.requestPayoutFor(world.operator(), { partnerId, currency: "USD" });
  world.said.outcome = { kind: "confirmed", transferId: "" };
  await world.payouts.processPayout(world.operator(), { payoutId: payout.id });
  await world.payouts.sendTransfer(world.system(), { payoutId: payout.id, attempt: 1 });
};
const endHold = async (): Promise<void> => {
  world.clock.advance(31 * DAY_MS);
  await world.commissions.approveDue(world.system());
};
/** In alphabetical order: what an arrival books is of one instant. */
const rows = async (partnerId: string) => (await world.statements(partnerId)).toSorted();
const clients = async (partnerId: string) =>
  (
    await asOwner<{ clients: number }>(world.clone, "select clients from partner_standings where partner_id = $1", [
      partnerId,
    ])
  )[0]?.clients;
const expectProven = async ({ from, to }: Scene) => expect(await world.prove(from, to)).toEqual(PROVEN);

describe("a customer that is given to another partner", () => {
  it("takes along what is in hold: cancelled there, earned here under the new partner's terms, with its signup and count", async () => {
    const of = await scene();
    await sell(of, 10_000n);
    await sell(of, 2_000n);
    await sell(of, 500_000n, { kind: "card" });
    expect(await rows(of.from)).toEqual(["recurring 1000 pending", "recurring 200 pending", "signup 5000 pending"]);

    await world.give(of.customer, of.to);
    expect(await rows(of.from)).toEqual([
      "recurring 1000 cancelled",
      "recurring 200 cancelled",
      "signup 5000 cancelled",
    ]);
    // Card volume earned the affiliate nothing, so that there is nothing of it to move.
    expect(await rows(of.to)).toEqual(["recurring 2500 pending", "recurring 500 pending", "signup 10000 pending"]);
    expect([await clients(of.from), await clients(of.to)]).toEqual([0, 1]);
    await sell(of, 100n);
    expect(await rows(of.to)).toContain("recurring 25 pending");
    expect(await rows(of.from)).toHaveLength(3);
    await expectProven(of);
  });

  it("takes along what is approved: a row of its own takes it back there", async () => {
    const of = await scene();
    await sell(of, 10_000n);
    await endHold();
    await world.give(of.customer, of.to);
    expect(await rows(of.from)).toEqual([
      "recurring 1000 approved",
      "recurring.reattribution -1000 approved",
      "signup 5000 approved",
      "signup.reattribution -5000 approved",
    ]);
    expect(await world.balances(of.from)).toMatchObject({ available: 0n, clawback_receivable: 0n });
    await world.commissions.approveDue(world.system());
    expect(await world.balances(of.to)).toMatchObject({ available: 12_500n });
    await expectProven(of);
  });

  it("earns no more on a sale than the programme's limit left of it, wherever it goes", async () => {
    const of = await scene();
    await asOwner(
      world.clone,
      "insert into spend_limits (tenant_id, currency, monthly, updated_at) values ($1, 'USD', 1200, now())",
      [world.tenantId],
    );
    await sell(of, 10_000n);
    await sell(of, 10_000n);
    await asOwner(world.clone, "delete from spend_limits");
    // Its signup did not fit; of the second sale's commission a part did.
    expect(await rows(of.from)).toEqual(["recurring 1000 pending", "recurring 200 pending"]);
    await world.give(of.customer, of.to);
    expect(await rows(of.to)).toEqual(["recurring 200 pending", "recurring 2500 pending"]);
    await world.give(of.customer, of.from);
    expect(await rows(of.from)).toContain("recurring 200 pending");
    expect((await rows(of.from)).filter((row) => row.includes("signup"))).toEqual([]);
    await expectProven(of);
  });

  it("leaves what was paid: it earns there, its refunds fall there, and the months and the count go on here without a second signup", async () => {
    const of = await scene();
    const paid = await sell(of, 10_000n);
    await endHold();
    await payOut(of.from);
    const unpaid = await sell(of, 10_000n);
    await world.give(of.customer, of.to);
    expect(await rows(of.to)).toEqual(["recurring 2500 pending"]);
    expect([await clients(of.from), await clients(of.to)]).toEqual([0, 1]);

    await refund(of, paid, 5_000n);
    await refund(of, unpaid, 5_000n);
    expect(await rows(of.from)).toContain("recurring.reversal -500 approved");
    expect(await rows(of.to)).toEqual(["recurring 2500 pending", "recurring.reversal -1250 pending"].toSorted());
    expect(await world.balances(of.from)).toMatchObject({ clawback_receivable: 500n });
    await expectProven(of);
  });

  it("leaves a signup that was paid: a chargeback takes it there, and gives it back there when it is won, however often", async () => {
    const of = await scene();
    const paid = await sell(of, 10_000n);
    await endHold();
    await payOut(of.from);
    await world.give(of.customer, of.to);
    /** What stands of the bonus. */
    const signups = async (partnerId: string): Promise<number> =>
      (await world.rows(partnerId))
        .filter(({ rule, status }) => rule.startsWith("signup") && status !== "cancelled")
        .reduce((sum, { amount }) => sum + Number(amount), 0);
    // The second time what came back is in hold, and the third approved.
    for (const isApproved of [false, true, true]) {
      const chargeback = await refund(of, paid, 10_000n, "chargeback");
      expect(await signups(of.from)).toBe(0);
      await refund(of, chargeback, 10_000n, "chargeback_won");
      if (isApproved) await world.commissions.approveDue(world.system());
      expect([await signups(of.from), await signups(of.to)]).toEqual([5_000, 0]);
      expect([await clients(of.from), await clients(of.to)]).toEqual([0, 1]);
      await expectProven(of);
    }
  });

  it("does not give back there what was lost before it went: here another is earned", async () => {
    const of = await scene();
    const paid = await sell(of, 10_000n);
    await endHold();
    await payOut(of.from);
    const chargeback = await refund(of, paid, 10_000n, "chargeback");
    await world.give(of.customer, of.to);
    await sell(of, 2_000n);
    expect(await rows(of.to)).toContain("signup 10000 pending");
    await refund(of, chargeback, 10_000n, "chargeback_won");
    expect((await rows(of.from)).filter((row) => row.startsWith("signup "))).toHaveLength(1);
    await expectProven(of);
  });

  it("that is rejected there ends what had stayed here, too: what is pending, and what is paid where that is said", async () => {
    for (const takesBackApproved of [false, true]) {
      const of = await scene();
      await sell(of, 10_000n);
      await endHold();
      await payOut(of.from);
      await sell(of, 2_000n);
      const disputed = (await world.rows(of.from)).find(({ amount }) => amount === "200")?.id ?? "";
      await world.commissions.disputeCommission(world.partner(of.from), { commissionId: disputed, reason: "more" });
      await world.give(of.customer, of.to);
      const { referralId } = await world.attributionOf(of.customer);
      await world.referrals.rejectReferral(world.operator(), { referralId, reason: "forged", takesBackApproved });
      const left = await rows(of.from);
      expect(left).toContain("recurring 200 cancelled");
      expect(left.includes("signup.rejection -5000 approved")).toBe(takesBackApproved);
      expect(left.includes("recurring.rejection -1000 approved")).toBe(takesBackApproved);
      await expectProven(of);
    }
  });

  it("earns no second signup where one was paid, though under these terms another payment qualifies it", async () => {
    const from = await world.newEarner("tier1");
    const to = await world.newEarner("tier2", { qualifyingMinimum: 15_000 });
    const of = { from: from.partnerId, to: to.partnerId, customer: await world.newCustomer(from) };
    await sell(of, 10_000n);
    await endHold();
    await payOut(of.from);
    await world.give(of.customer, (await world.newEarner("tier3")).partnerId);
    await world.give(of.customer, of.to);
    expect(await clients(of.to)).toBe(0);
    await sell(of, 20_000n);
    expect(await clients(of.to)).toBe(1);
    expect(await rows(of.to)).toEqual(["recurring 5000 pending"]);
    await expectProven(of);
  });

  it("leaves what is in dispute, and what a person has ended", async () => {
    const of = await scene();
    for (const amount of [10_000n, 2_000n, 3_000n]) await sell(of, amount);
    const commissions = await world.rows(of.from);
    const idOf = (amount: string) => commissions.find((one) => one.amount === amount)?.id ?? "";
    await world.commissions.disputeCommission(world.partner(of.from), { commissionId: idOf("200"), reason: "more" });
    await world.commissions.cancelCommission(world.operator(), { commissionId: idOf("300"), reason: "no sale" });
    await world.give(of.customer, of.to);
    expect(await rows(of.to)).toEqual(["recurring 2500 pending", "signup 10000 pending"]);
    expect(await rows(of.from)).toContain("recurring 200 disputed");
    await expectProven(of);
  });

  it("leaves what was paid whatever the number of its commissions: they are looked at a page at a time", async () => {
    const of = await scene();
    for (const amount of [10_000n, 2_000n, 3_000n]) await sell(of, amount);
    await endHold();
    await payOut(of.from);
    const later = [await sell(of, 4_000n), await sell(of, 5_000n)];
    const { referralId } = await world.attributionOf(of.customer);
    const handoverBy = (familiesPage: number) =>
      world.db.transaction(world.system(), (tx) =>
        prepareHandover(
          {
            ledger: world.ledger,
            payouts: { takenParts: (all, ids) => world.payouts.takenParts(all, ids) },
            partners: { findArrival },
            sales: { findRecorded, findRecordedOfReferral },
          },
          { familiesPage },
        )(tx, { referralId, partnerIds: [of.from, of.to] }),
      );
    const whole = await handoverBy(2_000);
    expect(whole.moved).toHaveLength(later.length);
    for (const familiesPage of [1, 2, 3]) expect(await handoverBy(familiesPage)).toEqual(whole);
  });

  it("takes along refunds, and a chargeback that is won later gives back here", async () => {
    const of = await scene();
    const sale = await sell(of, 10_000n);
    await refund(of, sale, 1_000n);
    const chargeback = await refund(of, sale, 9_000n, "chargeback");
    await sell(of, 4_000n);
    await world.give(of.customer, of.to);
    await refund(of, chargeback, 9_000n, "chargeback_won");
    expect(await rows(of.to)).toContain("recurring.restoration 2250 pending");
    await expectProven(of);
  });

  it("waits for its verification here as it did there", async () => {
    const of = await scene({ verificationRequired: true });
    await sell(of, 10_000n);
    await world.give(of.customer, of.to);
    expect(await rows(of.to)).toEqual(["recurring 2500 pending"]);
    const { referralId, partnerId } = await world.attributionOf(of.customer);
    await world.act({ partnerId, referralId, kind: "verification", data: {} });
    expect(await rows(of.to)).toContain("signup 10000 pending");
    expect(await world.attributionOf(of.customer)).toMatchObject({ status: "qualified" });
    await expectProven(of);
  });

  it("leaves the rest of a payment of which a person has ended the signup, which nobody earns again", async () => {
    const of = await scene();
    await sell(of, 10_000n);
    const signup = (await world.rows(of.from)).find(({ rule }) => rule === "signup");
    await world.commissions.cancelCommission(world.operator(), { commissionId: signup?.id ?? "", reason: "no bonus" });
    await world.give(of.customer, of.to);
    await sell(of, 2_000n);
    expect(await rows(of.to)).toEqual(["recurring 500 pending"]);
    expect(await rows(of.from)).toEqual(["recurring 1000 pending", "signup 5000 cancelled"]);
    await expectProven(of);
  });

  it("is qualified here too where it was before a fraud hold was opened, and waits where it was not", async () => {
    for (const isHeldFirst of [false, true]) {
      const of = await scene();
      const hold = async () =>
        world.act({ partnerId: of.from, referralId: of.customer.referralId, kind: "fraud_hold", data: {} });
      if (isHeldFirst) await hold();
      await sell(of, 10_000n);
      if (!isHeldFirst) await hold();
      await world.give(of.customer, of.to);
      expect((await rows(of.to)).includes("signup 10000 pending")).toBe(!isHeldFirst);
      const { referralId, partnerId } = await world.attributionOf(of.customer);
      await world.act({ partnerId, referralId, kind: "fraud_release", data: {} });
      expect(await rows(of.to)).toEqual(["recurring 2500 pending", "signup 10000 pending"]);
      await expectProven(of);
    }
  });

  it("that comes back finds what stayed as it was refunded meanwhile", async () => {
    const of = await scene();
    const paid = await sell(of, 10_000n);
    await endHold();
    await payOut(of.from);
    await refund(of, paid, 1_000n);
    await world.give(of.customer, of.to);
    await refund(of, paid, 2_000n);
    await world.give(of.customer, of.from);
    await refund(of, paid, 3_000n);
    expect((await rows(of.from)).filter((row) => row.startsWith("recurring.reversal"))).toEqual([
      "recurring.reversal -100 approved",
      "recurring.reversal -200 approved",
      "recurring.reversal -300 approved",
    ]);
    await expectProven(of);
  });

  it("may come back: everything is earned once, and every step is taken back", async () => {
    const of = await scene();
    const sale = await sell(of, 10_000n);
    await world.give(of.customer, of.to);
    await sell(of, 2_000n);
    await world.give(of.customer, of.from);
    await refund(of, sale, 10_000n);
    const standing = (await rows(of.from)).filter((row) => !row.endsWith("cancelled"));
    expect(standing).toEqual(["recurring 1000 pending", "recurring 200 pending", "recurring.reversal -1000 pending"]);
    expect((await rows(of.to)).filter((row) => !row.endsWith("cancelled"))).toEqual([]);
    await expectProven(of);
  });

  it("keeps what it brought where its partner is suspended afterwards and terminated: it was earned before", async () => {
    const of = await scene();
    for (let sale = 0; sale < 12; sale += 1) await sell(of, 10_000n);
    await world.give(of.customer, of.to);
    await world.act({ partnerId: of.to, kind: "suspension", data: {} });
    await sell(of, 4_000n);
    await world.act({ partnerId: of.to, kind: "termination", data: {} });
    const standing = (await rows(of.to)).filter((row) => !row.endsWith("cancelled"));
    expect(standing).toHaveLength(13);
    expect(await rows(of.to)).toContain("recurring 1000 cancelled");
    await expectProven(of);
  });

  it("leaves nothing for a re-assessment of either to correct", async () => {
    const of = await scene();
    for (const amount of [10_000n, 2_000n]) await sell(of, amount);
    await endHold();
    await payOut(of.from);
    await sell(of, 3_000n);
    await world.give(of.customer, of.to);
    await sell(of, 4_000n, { at: "2020-02-01T00:00:00Z" });
    for (const partnerId of [of.from, of.to]) {
      const { corrections } = await previewReassessment(world.deps)(world.operator(), { partnerId });
      expect(corrections).toEqual([]);
    }
  });

  it("has a receipt for each event that it took along, which says by which act it earned here", async () => {
    const of = await scene();
    await sell(of, 10_000n);
    await world.give(of.customer, of.to);
    const [commission] = await asOwner<{ id: string; act: string }>(
      world.clone,
      "select id, act from commissions where partner_id = $1 and rule = 'recurring'",
      [of.to],
    );
    const { receipt } = await world.commissions.getCommissionFor(world.operator(), {
      commissionId: commission?.id ?? "",
    });
    expect(receipt).toMatchObject({
      kind: "payment",
      act: commission?.act,
      clauses: [{ clause: "window" }, {}, {}, {}, {}],
    });
    expect(commission?.act).not.toBe("");
  });
});

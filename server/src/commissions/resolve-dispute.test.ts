import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type CommissionWorld, commissionWorld, HOLD_DAYS } from "../../test/kit/commissions.ts";
import { compareBooks } from "../../test/kit/compare-books.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { findCommission } from "./commission-repository.ts";
import { findDisputesOf } from "./dispute-repository.ts";

let world: CommissionWorld;
let partnerId: string;
beforeAll(async () => {
  world = await commissionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  partnerId = await world.newPartner();
});

const rowOf = (id: string) => world.db.read(world.system(), (tx) => findCommission(tx, id));
const statusOf = async (id: string) => (await rowOf(id))?.status;
const dispute = (commissionId: string) =>
  world.commissions.disputeCommission(world.partner(partnerId), { commissionId, reason: "too little" });
const resolve = (disputeId: string, outcome: "uphold" | "cancel") =>
  world.commissions.resolveDispute(world.operator(), { disputeId, outcome, resolution: "looked into" });
const approved = async (amount: bigint) => {
  const { id } = await world.seedCommission(partnerId, amount);
  await world.commissions.approveCommission(world.operator(), { commissionId: id });
  world.clock.advance(1);
  return id;
};
const request = (amount?: number) =>
  world.payouts.requestPayoutFor(world.operator(), {
    partnerId,
    currency: "USD",
    ...(amount === undefined ? {} : { amount }),
  });
const send = async (payoutId: string, isConfirmed: boolean) => {
  await world.payouts.processPayout(world.operator(), { payoutId });
  world.said.outcome = isConfirmed
    ? { kind: "confirmed", transferId: "" }
    : { kind: "failed", code: "closed", next: "give_up" };
  await world.payouts.sendTransfer(world.system(), { payoutId, attempt: 1 });
};
const expectBooks = async (balances: Record<string, bigint>) => {
  expect(await world.balances(partnerId)).toMatchObject(balances);
  const { books, rows } = await compareBooks(world, partnerId);
  expect(rows).toEqual(books);
};

describe("a dispute of a pending commission", () => {
  it("sets aside what reversals left of it, and moves them with it", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    const reversal = await world.seedRefund(id, 30n);
    expect(await dispute(id)).toMatchObject({ amountMoved: 70n, amountHeld: 70n, status: "open" });
    expect([await statusOf(id), await statusOf(reversal?.id ?? "")]).toEqual(["disputed", "disputed"]);
    await expectBooks({ pending: 0n, disputed: 70n });
    expect(await world.events(id)).toEqual(["commission.disputed"]);
  });

  it("stops the clock: after the settlement the rest of the hold runs", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    world.clock.advance(10 * DAY_MS);
    const { id: disputeId } = await dispute(id);
    world.clock.advance(100 * DAY_MS);
    expect(await resolve(disputeId, "uphold")).toMatchObject({ status: "upheld", amountHeld: 0n, amountMoved: 100n });
    expect(await statusOf(id)).toBe("pending");
    world.clock.advance((HOLD_DAYS - 10) * DAY_MS - 1);
    await world.commissions.approveDue(world.system());
    expect(await statusOf(id)).toBe("pending");
    world.clock.advance(1);
    await world.commissions.approveDue(world.system());
    expect(await statusOf(id)).toBe("approved");
    await expectBooks({ available: 100n, disputed: 0n });
    expect(await world.events(id)).toEqual([
      "commission.disputed",
      "commission.dispute_resolved",
      "commission.approved",
    ]);
  });

  it("that is cancelled cancels it with its reversals, a refund meanwhile included", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    const { id: disputeId } = await dispute(id);
    const reversal = await world.seedRefund(id, 30n);
    await expectBooks({ disputed: 70n });
    await resolve(disputeId, "cancel");
    expect([await statusOf(id), await statusOf(reversal?.id ?? "")]).toEqual(["cancelled", "cancelled"]);
    await expectBooks({ pending: 0n, disputed: 0n, commission_expense: 0n });
  });

  it("may follow another one that was settled", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    await resolve((await dispute(id)).id, "uphold");
    world.clock.advance(1);
    const second = await dispute(id);
    const disputes = await world.db.read(world.system(), (tx) => findDisputesOf(tx, id));
    expect(disputes).toMatchObject([{ id: second.id, status: "open" }, { status: "upheld" }]);
  });
});

describe("a dispute of an approved commission", () => {
  it("that is upheld makes it available again, after debt", async () => {
    const [disputed, paid] = [await approved(100n), await approved(50n)];
    const { id: disputeId } = await dispute(disputed);
    await expectBooks({ available: 50n, disputed: 100n });
    await send((await request()).id, true);
    await world.seedRefund(paid, 50n);
    await expectBooks({ available: 0n, clawback_receivable: 50n, disputed: 100n });
    await resolve(disputeId, "uphold");
    expect(await statusOf(disputed)).toBe("approved");
    await expectBooks({ available: 50n, clawback_receivable: 0n, disputed: 0n });
  });

  it("that is cancelled takes it back by a row of its own", async () => {
    const id = await approved(100n);
    await resolve((await dispute(id)).id, "cancel");
    const [row] = await asOwner<{ id: string; amount: string; status: string; rule: string }>(
      world.clone,
      "select id, amount::text, status, rule from commissions where reverses_id = $1",
      [id],
    );
    expect(row).toMatchObject({ amount: "-100", status: "approved", rule: "cancellation" });
    expect(await statusOf(id)).toBe("approved");
    expect(await world.events(row?.id ?? "")).toEqual(["commission.reversed"]);
    await expectBooks({ available: 0n, disputed: 0n, clawback_receivable: 0n, commission_expense: 0n });
  });

  it("sets aside no more than no payout holds, and is paid where that payout is confirmed meanwhile", async () => {
    const id = await approved(100n);
    const payout = await request();
    const { id: disputeId, amountMoved } = await dispute(id);
    expect(amountMoved).toBe(0n);
    await send(payout.id, true);
    expect(await statusOf(id)).toBe("disputed");
    await resolve(disputeId, "uphold");
    expect(await statusOf(id)).toBe("paid");
    expect((await rowOf(id))?.paid_at).toEqual(world.clock.now());
    await expectBooks({ available: 0n, disputed: 0n });
  });

  it("whose payout failed meanwhile keeps that part out of payouts, and takes all of it back where it is cancelled", async () => {
    const id = await approved(100n);
    const payout = await request(40);
    const { id: disputeId, amountMoved } = await dispute(id);
    expect(amountMoved).toBe(60n);
    await send(payout.id, false);
    await expectBooks({ available: 40n, disputed: 60n });
    await expect(request()).rejects.toMatchObject({ code: "payout.nothing_available" });
    await resolve(disputeId, "cancel");
    await expectBooks({ available: 0n, disputed: 0n, clawback_receivable: 0n });
  });

  it("that is cancelled after a part was paid leaves that part as debt", async () => {
    const id = await approved(100n);
    await send((await request(40)).id, true);
    expect(await resolve((await dispute(id)).id, "cancel")).toMatchObject({ amountMoved: 60n });
    await expectBooks({ available: 0n, disputed: 0n, clawback_receivable: 40n });
  });

  it("gives back what a payout has collected already of its reversals", async () => {
    const other = await approved(50n);
    const id = await approved(100n);
    await world.seedRefund(id, 30n);
    // Draws the reversal and the older commission: −30 + 50.
    await send((await request(20)).id, true);
    expect(await statusOf(other)).toBe("paid");
    const { id: disputeId, amountMoved } = await dispute(id);
    expect(amountMoved).toBe(100n);
    await resolve(disputeId, "cancel");
    await expectBooks({ available: 30n, disputed: 0n, clawback_receivable: 0n });
  });
});

describe("who may dispute what", () => {
  it("another partner's commission is not found", async () => {
    const { id } = await world.seedCommission(await world.newPartner(), 100n);
    await expect(dispute(id)).rejects.toMatchObject({ code: "commission.not_found" });
  });

  it("a reversal is disputed through the commission that it reverses, which the refusal names", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    const reversal = await world.seedRefund(id, 30n);
    await expect(dispute(reversal?.id ?? "")).rejects.toMatchObject({
      code: "commission.is_reversal",
      facts: { commissionId: id },
    });
  });

  it("two disputes of one commission at once are one", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    const outcomes = await Promise.allSettled([dispute(id), dispute(id), dispute(id)]);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    await expectBooks({ disputed: 100n, pending: 0n });
  });

  it("two settlements at once are one", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    const { id: disputeId } = await dispute(id);
    const outcomes = await Promise.allSettled([resolve(disputeId, "uphold"), resolve(disputeId, "cancel")]);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    await expectBooks({ disputed: 0n });
  });

  it("a settlement is recorded in the partner's sequence", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    await resolve((await dispute(id)).id, "uphold");
    expect(
      await asOwner(world.clone, "select kind, number::int from partner_events where partner_id = $1", [partnerId]),
    ).toEqual([{ kind: "dispute_resolved", number: 1 }]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type CommissionWorld, commissionWorld } from "../../test/kit/commissions.ts";
import { compareBooks } from "../../test/kit/compare-books.ts";
import { findCommission } from "./commission-repository.ts";
import { approvedCommissions } from "./settle-paid.ts";

let world: CommissionWorld;
let partnerId: string;
beforeAll(async () => {
  world = await commissionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  partnerId = await world.newPartner();
});

const statusOf = async (id: string | undefined) =>
  (await world.db.read(world.system(), (tx) => findCommission(tx, id ?? "")))?.status;
const approved = async (amount: bigint) => {
  const { id } = await world.seedCommission(partnerId, amount);
  await world.commissions.approveCommission(world.operator(), { commissionId: id });
  world.clock.advance(1);
  return id;
};
const request = async (amount?: number) =>
  (
    await world.payouts.requestPayoutFor(world.operator(), {
      partnerId,
      currency: "USD",
      ...(amount === undefined ? {} : { amount }),
    })
  ).id;
const confirm = async (payoutId: string) => {
  await world.payouts.processPayout(world.operator(), { payoutId });
  world.said.outcome = { kind: "confirmed", transferId: "" };
  await world.payouts.sendTransfer(world.system(), { payoutId, attempt: 1 });
};
const fail = async (payoutId: string) => {
  await world.payouts.processPayout(world.operator(), { payoutId });
  world.said.outcome = { kind: "failed", code: "closed", next: "give_up" };
  await world.payouts.sendTransfer(world.system(), { payoutId, attempt: 1 });
};
const returned = (payoutId: string) =>
  world.payouts.applyStripeEvent(world.system(), {
    id: "evt",
    type: "transfer.reversed",
    data: { object: { id: `tr_${payoutId}`, reversed: true } },
  });
const expectBooks = async (balances: Record<string, bigint>) => {
  expect(await world.balances(partnerId)).toMatchObject(balances);
  const { books, rows } = await compareBooks(world, partnerId);
  expect(rows).toEqual(books);
};

describe("a payout", () => {
  it("draws reversals first, then the oldest approval", async () => {
    const [first, second] = [await approved(100n), await approved(50n)];
    const reversal = await world.seedRefund(second, 20n);
    const accounts = ["EUR", "USD"].map((currency) => ({ partnerId, currency }));
    const drawn = await world.db.read(world.system(), (tx) => approvedCommissions(tx, accounts, 10));
    expect(drawn).toEqual([
      [],
      [
        { id: reversal?.id, amount: -20n },
        { id: first, amount: 100n },
        { id: second, amount: 50n },
      ],
    ]);
  });

  it("that is confirmed pays the rows that it takes whole, reversals too; a part is not paid", async () => {
    const [first, second] = [await approved(100n), await approved(50n)];
    const reversal = await world.seedRefund(first, 20n);
    await confirm(await request(90));
    expect([await statusOf(first), await statusOf(second), await statusOf(reversal?.id)]).toEqual([
      "paid",
      "approved",
      "paid",
    ]);
    await confirm(await request());
    expect(await statusOf(second)).toBe("paid");
    expect(await world.events(first)).toEqual(["commission.approved", "commission.paid"]);
    await expectBooks({ available: 0n, cash: -130n });
  });

  it("that fails leaves the rows approved", async () => {
    const id = await approved(100n);
    await fail(await request());
    expect(await statusOf(id)).toBe("approved");
    expect(await world.events(id)).toEqual(["commission.approved"]);
    await expectBooks({ available: 100n });
  });

  it("that is returned makes the rows approved again", async () => {
    const id = await approved(100n);
    const payoutId = await request();
    await confirm(payoutId);
    await returned(payoutId);
    await returned(payoutId);
    expect(await statusOf(id)).toBe("approved");
    expect(await world.events(id)).toEqual(["commission.approved", "commission.paid", "commission.approved"]);
    await expectBooks({ available: 100n, cash: 0n });
  });

  it("that is returned while a commission is disputed keeps that commission's reversal out of the next payout", async () => {
    const old = await approved(50n);
    const disputed = await approved(100n);
    const reversal = await world.seedRefund(disputed, 30n);
    const payoutId = await request(20);
    await confirm(payoutId);
    await world.commissions.disputeCommission(world.partner(partnerId), { commissionId: disputed, reason: "why" });
    expect(await statusOf(reversal?.id)).toBe("paid");
    await returned(payoutId);
    expect([await statusOf(old), await statusOf(disputed), await statusOf(reversal?.id)]).toEqual([
      "approved",
      "disputed",
      "disputed",
    ]);
    await expectBooks({ available: 20n, disputed: 100n });
  });
});

describe("worked examples of the rules", () => {
  it("approved and in a requested payout, then refunded: debt; the transfer fails: no debt, nothing available", async () => {
    const id = await approved(118n);
    const payoutId = await request();
    await world.seedRefund(id, 118n);
    await expectBooks({ available: 0n, clawback_receivable: 118n });
    await fail(payoutId);
    expect(await statusOf(id)).toBe("approved");
    await expectBooks({ available: 0n, clawback_receivable: 0n });
  });

  it("available 50.00, a paid 10.00 is refunded: available 40.00, no debt", async () => {
    const paid = await approved(1_000n);
    await confirm(await request());
    await approved(5_000n);
    const reversal = await world.seedRefund(paid, 1_000n);
    expect(await statusOf(reversal?.id)).toBe("approved");
    await expectBooks({ available: 4_000n, clawback_receivable: 0n });
  });

  it("paid out, then wholly refunded: the next 0.80 approved recovers 0.80 and pays nothing", async () => {
    const paid = await approved(1_000n);
    await confirm(await request());
    await world.seedRefund(paid, 1_000n);
    await expectBooks({ available: 0n, clawback_receivable: 1_000n });
    await approved(80n);
    await expectBooks({ available: 0n, clawback_receivable: 920n });
    await expect(request()).rejects.toMatchObject({ code: "payout.nothing_available" });
  });
});

describe("a commission that an operator cancels", () => {
  const cancel = (commissionId: string) =>
    world.commissions.cancelCommission(world.operator(), { commissionId, reason: "fraud" });

  it("while pending, is cancelled with its reversals and counts in no sum", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    const reversal = await world.seedRefund(id, 30n);
    expect(await cancel(id)).toMatchObject({ status: "cancelled" });
    expect(await statusOf(reversal?.id)).toBe("cancelled");
    expect(await world.events(id)).toEqual(["commission.cancelled"]);
    await expectBooks({ pending: 0n, commission_expense: 0n });
  });

  it("once paid, stays paid; a reversal takes back what is there, the rest is debt", async () => {
    const id = await approved(100n);
    await confirm(await request());
    await approved(30n);
    expect(await cancel(id)).toMatchObject({ status: "paid" });
    await expectBooks({ available: 0n, clawback_receivable: 70n, commission_expense: 30n });
  });

  it("after a part was refunded, is taken back for the rest alone", async () => {
    const id = await approved(100n);
    await world.seedRefund(id, 30n);
    expect(await cancel(id)).toMatchObject({ status: "approved" });
    await expectBooks({ available: 0n, clawback_receivable: 0n, commission_expense: 0n });
  });

  it("never comes back: the database refuses it", async () => {
    const { id } = await world.seedCommission(partnerId, 100n);
    await cancel(id);
    await expect(
      world.db.transaction(world.system(), (tx) =>
        tx.updateTable("commissions").set({ status: "pending" }).where("id", "=", id).execute(),
      ),
    ).rejects.toThrow(/stays cancelled/);
  });
});

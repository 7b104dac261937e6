import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FeeWorld, feeWorld } from "../../test/kit/fees.ts";
import { asOwner } from "../../test/kit/postgres.ts";

let world: FeeWorld;
beforeAll(async () => {
  world = await feeWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const setOff = (invoiceId: string, amount?: number) =>
  world.fees.setOffInvoice(world.operator(), { invoiceId, ...(amount === undefined ? {} : { amount }) });
const outcomes = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.map((one) => (one.status === "fulfilled" ? "done" : String((one.reason as { code?: string }).code)));

describe("undoing a set-off", () => {
  const undo = (invoiceId: string, settlementId: string) =>
    world.fees.undoSetOff(world.operator(), { invoiceId, settlementId, reason: "They pay by wire" });
  /** A partner whose earnings have paid an invoice. */
  const setOffOf = async (earned: bigint, charged: number) => {
    const partnerId = await world.newDebtor();
    const commissionId = await world.earn(partnerId, earned);
    const invoiceId = await world.charge(partnerId, charged);
    const [setOffRow] = (await setOff(invoiceId)).settlements;
    return { partnerId, commissionId, invoiceId, settlementId: setOffRow?.id ?? "" };
  };

  it("opens the invoice again and gives the earnings back, once, by rows of its own", async () => {
    const { partnerId, invoiceId, settlementId } = await setOffOf(10_000n, 8_000);
    expect(await undo(invoiceId, settlementId)).toMatchObject({
      setOff: 0n,
      open: 8_000n,
      settlements: [
        { id: settlementId, amount: 8_000n, undoes: null },
        { amount: -8_000n, undoes: settlementId, reference: "They pay by wire" },
      ],
    });
    await expect(undo(invoiceId, settlementId)).rejects.toMatchObject({ code: "fee.set_off_undone" });
    expect(await world.balances(partnerId)).toMatchObject({ available: 10_000n, fee_receivable: 8_000n });
    await world.expectProven(partnerId);
    // It can be set off anew.
    expect(await setOff(invoiceId)).toMatchObject({ setOff: 8_000n, open: 0n });
    const payoutId = await world.request(partnerId);
    expect((await world.payouts.getPayoutFor(world.operator(), { payoutId })).amount).toBe(2_000n);
    await world.expectProven(partnerId);
  });

  it("after a payout has drawn it gives the earnings to the next", async () => {
    const { partnerId, invoiceId, settlementId } = await setOffOf(10_000n, 4_000);
    await world.request(partnerId);
    await undo(invoiceId, settlementId);
    expect(await world.balances(partnerId)).toMatchObject({ available: 4_000n, payout_in_transit: 6_000n });
    await world.expectProven(partnerId);
  });

  it("repays first what was taken back meanwhile", async () => {
    const { partnerId, commissionId, invoiceId, settlementId } = await setOffOf(10_000n, 8_000);
    await world.commissions.cancelCommission(world.operator(), { commissionId, reason: "Refunded" });
    expect(await world.balances(partnerId)).toMatchObject({ available: 0n, clawback_receivable: 8_000n });
    await undo(invoiceId, settlementId);
    expect(await world.balances(partnerId)).toMatchObject({ available: 0n, clawback_receivable: 0n });
    await world.expectProven(partnerId);
  });

  it("by two at once happens once", async () => {
    const { partnerId, invoiceId, settlementId } = await setOffOf(10_000n, 8_000);
    const both = await Promise.allSettled([undo(invoiceId, settlementId), undo(invoiceId, settlementId)]);
    expect(outcomes(both).sort()).toEqual(["done", "fee.set_off_undone"]);
    await world.expectProven(partnerId);
  });

  it("is refused for what is no set-off, and for one of another invoice; its row of earnings is not cancelled", async () => {
    const { partnerId, invoiceId, settlementId } = await setOffOf(10_000n, 4_000);
    const other = await world.charge(partnerId, 100);
    const paid = await world.fees.recordInvoicePayment(world.operator(), { invoiceId: other, reference: "Wire" });
    await expect(undo(other, settlementId)).rejects.toMatchObject({ code: "fee.settlement_unknown" });
    await expect(undo(other, paid.settlements[0]?.id ?? "")).rejects.toMatchObject({ code: "fee.not_set_off" });
    const undone = await undo(invoiceId, settlementId);
    await expect(undo(invoiceId, undone.settlements[1]?.id ?? "")).rejects.toMatchObject({ code: "fee.not_set_off" });
    const rows = await asOwner<{ id: string }>(
      world.clone,
      "select id from commissions where partner_id = $1 and rule = 'set_off' and amount > 0",
      [partnerId],
    );
    await expect(
      world.commissions.cancelCommission(world.operator(), { commissionId: rows[0]?.id ?? "", reason: "No" }),
    ).rejects.toMatchObject({ code: "commission.is_set_off" });
  });
});

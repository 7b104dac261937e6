import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PayoutWorld, payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import type { ImportedPayout } from "./import-payouts.ts";
import { findEverPaid } from "./waiting-payouts.ts";

let world: PayoutWorld;
beforeAll(async () => {
  world = await payoutWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** A partner from an earlier programme, who has earned here and is paid nowhere yet. */
async function oldPartner(...earned: readonly bigint[]) {
  const partnerId = await world.newPartnerWithoutMethod();
  const name = `old-${partnerId}`;
  await asOwner(world.clone, "update partners set external_id = $2 where id = $1", [partnerId, name]);
  for (const amount of earned) await world.earn(partnerId, amount);
  await world.advance(DAY_MS);
  return { partnerId, name };
}
const paid = (partnerExternalId: string, amount: bigint, fields: Partial<ImportedPayout> = {}): ImportedPayout => ({
  externalId: newId(),
  partnerExternalId,
  amount,
  currency: "USD",
  paidAt: new Date(world.clock.now().getTime() - HOUR_MS),
  ...fields,
});
const bring = (...rows: readonly ImportedPayout[]) => world.payouts.importPayouts(world.operator(), rows);
const codes = async (...rows: readonly ImportedPayout[]) =>
  (await bring(...rows)).map((result) => (result.status === "rejected" ? result.error.code : result.status));
const available = async (partnerId: string) =>
  (await world.db.read(world.system(), (tx) => world.ledger.balances(tx, { partnerId, currency: "USD" }))).available;

describe("a payout that an earlier programme has made", () => {
  it("is drawn from what is available, oldest first, and is paid on the day on which it was, in the tax year too", async () => {
    const { partnerId, name } = await oldPartner(6_000n, 5_000n);
    const row = paid(name, 8_000n);
    const [result] = await bring(row);
    expect(result).toMatchObject({ status: "imported" });
    const payoutId = result?.status === "imported" ? result.payoutId : "";
    expect(await available(partnerId)).toBe(3_000n);
    expect(await world.story(payoutId)).toEqual({ status: "completed", failure: null, attempts: ["succeeded"] });
    const detail = await world.payouts.getPayoutFor(world.operator(), { payoutId });
    expect(detail).toMatchObject({ paymentMethod: "elsewhere", processedAt: row.paidAt });
    expect(
      await asOwner(world.clone, "select amount, state from payout_items where payout_id = $1 order by line", [
        payoutId,
      ]),
    ).toEqual([
      { amount: "6000", state: "confirmed" },
      { amount: "2000", state: "confirmed" },
    ]);
    expect(
      await asOwner(world.clone, "select paid_at, recorded_at, amount, method from tax_payments where payout_id = $1", [
        payoutId,
      ]),
    ).toEqual([{ paid_at: row.paidAt, recorded_at: world.clock.now(), amount: "8000", method: "elsewhere" }]);
    const trail = await asOwner<{ action: string; occurred_at: Date }>(
      world.clone,
      "select action, occurred_at from audit_log where target_id = $1 order by action",
      [payoutId],
    );
    expect(trail).toEqual(
      ["payout.completed", "payout.imported"].map((action) => ({ action, occurred_at: world.clock.now() })),
    );
    await world.expectProven(partnerId);
  });

  it("is nothing that the partner is paid by now: what comes next asks for a method", async () => {
    const { partnerId, name } = await oldPartner(20_000n);
    await bring(paid(name, 5_000n));
    await expect(world.payouts.requestPayout(world.partner(partnerId), { currency: "USD" })).rejects.toMatchObject({
      code: "payout.no_method",
    });
  });

  it("is brought in once, however often and by how many at once", async () => {
    const { partnerId, name } = await oldPartner(10_000n);
    const rows = [paid(name, 3_000n), paid(name, 4_000n)];
    const both = await Promise.all([codes(...rows), codes(...rows)]);
    expect(both.flat().toSorted()).toEqual(["duplicate", "duplicate", "imported", "imported"]);
    expect(await codes(...rows)).toEqual(["duplicate", "duplicate"]);
    expect(await available(partnerId)).toBe(3_000n);
    await world.expectProven(partnerId);
  });

  it("is one partner's, where one name comes for two at once: the other is told so", async () => {
    const [one, two] = [await oldPartner(10_000n), await oldPartner(10_000n)];
    const row = paid(one.name, 3_000n);
    const both = await Promise.all([codes(row), codes({ ...row, partnerExternalId: two.name })]);
    expect(both.flat().toSorted()).toEqual(["imported", "payout.import_differs"]);
    const left = [await available(one.partnerId), await available(two.partnerId)];
    expect(new Set(left)).toEqual(new Set([10_000n, 7_000n]));
    await world.expectProven(one.partnerId, two.partnerId);
  });

  it("is refused where it cannot be, and the others are taken", async () => {
    const { partnerId, name } = await oldPartner(10_000n);
    const { name: other } = await oldPartner(10_000n);
    const first = paid(name, 4_000n);
    expect(
      await codes(
        first,
        { ...first, amount: 4_001n },
        { ...first, paidAt: new Date(first.paidAt.getTime() - 1) },
        { ...first, partnerExternalId: other },
        paid(name, 6_001n),
        paid("nobody", 1n),
        paid(name, 0n),
        paid(name, 1n, { currency: "XXY" }),
        paid(name, 1n, { externalId: "two\nlines" }),
        paid(name, 1n, { paidAt: new Date(world.clock.now().getTime() + 1) }),
        paid(name, 6_000n),
      ),
    ).toEqual([
      "imported",
      "payout.import_differs",
      "payout.import_differs",
      "payout.import_differs",
      "payout.above_balance",
      "payout.import_partner_unknown",
      "payout.amount_invalid",
      "payout.currency_unknown",
      "payout.import_id_invalid",
      "payout.import_in_future",
      "imported",
    ]);
    expect(await available(partnerId)).toBe(0n);
    await world.expectProven(partnerId);
  });

  it("is drawn from nothing that was earned after it, and leaves the first payout from here the first", async () => {
    const { partnerId, name } = await oldPartner(5_000n);
    const before = paid(name, 5_001n);
    await world.earn(partnerId, 10_000n);
    expect(await codes(before, { ...before, amount: 5_000n })).toEqual(["payout.above_balance", "imported"]);
    expect(await available(partnerId)).toBe(10_000n);
    expect(await world.db.read(world.system(), (tx) => findEverPaid(tx, [partnerId]))).toEqual(new Set());
    await world.expectProven(partnerId);
  });

  it("asks for the right to pay", async () => {
    const { partnerId, name } = await oldPartner(10_000n);
    await expect(world.payouts.importPayouts(world.partner(partnerId), [paid(name, 1n)])).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});

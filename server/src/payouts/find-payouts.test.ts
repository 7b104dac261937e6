import { afterAll, beforeAll, expect, it } from "vitest";
import { newPayer, newWaitingPayout } from "../../test/kit/payers.ts";
import { payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { HOUR_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";

let database: ClonedDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
  // There are no payouts, and Postgres would read them all: asked is how it reads many.
  const name = new URL(database.ownerUrl).pathname.slice(1);
  await asOwner(database, `alter database ${name} set enable_seqscan = off`);
});
afterAll(() => database?.drop());

it.each([
  ["in a rare currency", "and currency = 'JPY' order by requested_at desc, id desc", "partner_payouts_currency_index"],
  ["by amount", "order by amount desc, id desc", "partner_payouts_amount_index"],
])("payouts of all partners %s are read in the order of an index, and not sorted", async (_what, rest, index) => {
  const plan = JSON.stringify(
    await asOwner(
      database,
      `explain (costs off) select * from partner_payouts where tenant_id = '${newId()}' ${rest} limit 51`,
    ),
  );
  expect(plan).toContain(`using ${index}`);
  expect(plan).not.toContain("Sort");
});

it("a payout that failed is named as unpaid until its partner has asked again, and again once that was cancelled", async () => {
  await using world = await payoutWorld();
  const payer = await newPayer(world);
  const partnerId = await world.newBankPartner();
  const { payoutId } = await newWaitingPayout(world, "GBP", partnerId);
  await world.payouts.processPayout(payer.ctx(), { payoutId });
  const unpaid = async (): Promise<readonly string[]> =>
    (await world.payouts.findPayouts(payer.ctx(), { partnerId, isUnpaid: true })).data.map(({ id }) => id);
  expect(await unpaid()).toEqual([]);
  await world.payouts.settlePayout(payer.ctx(), { payoutId, outcome: "not_paid", reason: "The bank says so" });
  expect(await unpaid()).toEqual([payoutId]);
  world.clock.advance(HOUR_MS);
  const again = await newWaitingPayout(world, "GBP", partnerId);
  expect(await unpaid()).toEqual([]);
  await world.payouts.cancelPayoutFor(payer.ctx(), { payoutId: again.payoutId });
  expect(await unpaid()).toEqual([payoutId]);
});

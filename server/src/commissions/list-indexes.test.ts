import { afterAll, beforeAll, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";

let database: ClonedDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
  // There are no rows, and Postgres would read them all: asked is how it reads many.
  const name = new URL(database.ownerUrl).pathname.slice(1);
  await asOwner(database, `alter database ${name} set enable_seqscan = off`);
});
afterAll(() => database?.drop());

it.each([
  ["commissions", "by date", "", "occurred_at", "commissions_occurred_index"],
  ["commissions", "by amount", "", "amount", "commissions_amount_index"],
  ["commissions", "of a status", "and status = 'paid'", "occurred_at", "commissions_occurred_index"],
  ["commissions", "of a status by amount", "and status = 'paid'", "amount", "commissions_amount_index"],
  ["commissions", "in dispute", "and status = 'disputed'", "occurred_at", "commissions_disputed_index"],
  ["commissions", "of a type", "and commission_type = 'bonus'", "occurred_at", "commissions_occurred_index"],
  ["commissions", "of a type by amount", "and commission_type = 'bonus'", "amount", "commissions_amount_index"],
  ["commissions", "of a currency", "and currency = 'EUR'", "occurred_at", "commissions_currency_index"],
  ["transactions", "by date", "", "occurred_at", "transactions_occurred_index"],
  ["transactions", "of a currency", "and currency = 'EUR'", "occurred_at", "transactions_currency_index"],
])("%s %s are read in the order of an index, and not sorted", async (table, _what, where, column, index) => {
  const plan = JSON.stringify(
    await asOwner(
      database,
      `explain (costs off) select * from ${table} where tenant_id = '${newId()}' ${where} order by ${column} desc, id desc limit 51`,
    ),
  );
  expect(plan).toContain(`using ${index}`);
  expect(plan).not.toContain("Sort");
});

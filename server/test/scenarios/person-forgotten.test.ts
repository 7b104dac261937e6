import { afterAll, beforeAll, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { playJourney } from "../kit/journey.ts";
import { convert, fresh, must, ownBank, requestPayout, sale } from "../kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { openTwoTenants, type Side, type TwoTenants } from "../kit/two-tenants.ts";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** What does not hold of our books. */
async function broken(): Promise<unknown[]> {
  const { db, moduleChecks } = tenants.world.app;
  const found: unknown[] = [];
  for await (const finding of prove({ db, ctx: ours.ctx(), moduleChecks })) if (finding.broken > 0) found.push(finding);
  return found;
}

const personOf = async (query: object): Promise<string> => {
  const { data } = await must(ours, "GET", "/api/v1/admin/privacy/subjects", {
    auth: ours.operatorKey,
    query: { ...query },
  });
  return (data as { userId: string }[])[0]?.userId ?? "";
};
const erase = (userId: string) =>
  must(ours, "POST", "/api/v1/admin/privacy/erasures", { auth: ours.operatorKey, body: { userId } });
const pay = (customer: string, more: object = {}) =>
  must(ours, "POST", "/api/v1/transactions", {
    auth: ours.operatorKey,
    key: fresh("key"),
    body: sale(ours, customer, more),
  });

/** Every text of every row of the tenant in which a word stands, as table names. */
async function tablesWith(word: string): Promise<string[]> {
  const tables = await asOwner<{ name: string }>(
    database,
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where c.relnamespace = 'tributary'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await asOwner(database, `select 1 from ${name} t where tenant_id = $1 and t::text like $2 limit 1`, [
      ours.tenantId,
      `%${word}%`,
    ]);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

it("one person's export and erasure leave books that hold to the unit, and no word of who they were", async () => {
  await playJourney(tenants, ours);
  const { world } = tenants;

  // A partner with a history: customers, sales, a refund, a payout that was paid, a ticket, a webhook, a bank account.
  const partner = await ours.register("affiliate");
  const word = fresh("Wortlaut");
  const auth = partner.auth;
  await must(ours, "PUT", "/api/v1/partners/profile", { auth, body: { companyName: word } });
  await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth, body: { ...ownBank(), holder: word } });
  await must(ours, "POST", "/api/v1/partners/tickets", { auth, body: { subject: word, message: word } });
  await must(ours, "POST", "/api/v1/partners/referrals/link", { auth, body: { campaign: word } });
  const payoutId = await requestPayout(ours, partner);
  const process = { auth: ours.operatorKey, key: fresh("key"), body: { payoutId } };
  await must(ours, "POST", "/api/v1/admin/payouts/process", process);
  await world.settle();

  // A customer of another partner, who pays, is refunded in part and is forgotten before the rest comes back.
  const { customer } = await convert(ours, ours.rival);
  const externalId = fresh("sale");
  await pay(customer, { externalId });
  await pay(customer, { kind: "refund", amount: 2_000, originalExternalId: externalId });
  await world.settle();

  // What is paid by hand stands in a bank file before its bank details go.
  await ours.send("POST", "/api/v1/admin/payouts/bank-file", { auth: ours.operatorKey, body: {} });
  await must(ours, "DELETE", "/api/v1/partners/account", { auth });
  for (const userId of [await personOf({ email: partner.email }), await personOf({ externalId: customer })]) {
    const exported = await ours.send("GET", `/api/v1/admin/privacy/subjects/${userId}/export`, {
      auth: ours.operatorKey,
      query: { format: "json" },
    });
    expect(exported.status).toBe(200);
    expect(await erase(userId)).toMatchObject({ status: "done" });
  }
  await world.settle();
  expect(await broken()).toEqual([]);

  // What the operator still has to book of them is booked.
  await pay(customer, { kind: "chargeback", amount: 10_000, originalExternalId: externalId });
  await world.settle();
  world.clock.moveTo(new Date(world.clock.now().getTime() + 40 * DAY_MS));
  for (const { name } of world.app.cron) await world.wake(name);
  await world.settle();
  expect(await broken()).toEqual([]);

  expect(await tablesWith(word)).toEqual([]);
  expect(await tablesWith(partner.email)).toEqual([]);
  expect(await tablesWith(`${customer}@customers.test`)).toEqual([]);
}, 120_000);

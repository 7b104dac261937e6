import { afterAll, beforeAll, expect, it } from "vitest";
import { figureSeeds } from "../../test/kit/figures.ts";
import { type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedPartner, seedTenant } from "../../test/kit/seed.ts";
import { type Ctx, systemContext } from "../platform/context.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import { rollUpAnalytics } from "./roll-up-analytics.ts";

const NOW = new Date("2026-03-01T12:00:00Z");

let database: ClonedDatabase;
let db: Database;
let ctx: Ctx;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
  ctx = systemContext({ tenantId: await seedTenant(database, { at: NOW }), job: "test", now: NOW });
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await database.drop();
});

const days = () =>
  db.read(ctx, (tx) => tx.selectFrom("partner_analytics").selectAll().orderBy("metric_date").execute());

it("a roll-up takes reversals in the order of the customer's partners, not by numbers of two sequences", async () => {
  const seed = figureSeeds(database, ctx.tenantId);
  const programs = { getProgram: () => Promise.resolve({ timeZone: "UTC", currency: "USD" }) };
  const deps = { db, programs, maskEmail: () => "masked" };
  const partnerId = await seedPartner(database, { tenantId: ctx.tenantId, at: NOW });
  const at = (day: number) => new Date(Date.UTC(2026, 0, day));
  const second = await seedPartner(database, { tenantId: ctx.tenantId, at: NOW });
  const customerId = await seed.customer(at(1));
  const refer = (partner: string, row: object) =>
    seed.referral(partner, at(1), { referred_user_id: customerId, ...row });
  const over = { status: "rejected", rejected_at: at(3), reattributed_at: at(3) };
  const first = await refer(partnerId, over);
  const middle = await refer(second, { ...over, reattributed_from: first });
  const last = await refer(partnerId, { reattributed_from: middle });
  const of = (partner: string, referralId: string) => ({ partnerId: partner, referralId, customerId });
  const paid = await seed.transaction(of(partnerId, first), at(1), {
    kind: "payment",
    amount: 1_000n,
    tax: 333n,
    number: 100,
  });
  const charged = await seed.transaction(of(partnerId, first), at(2), {
    kind: "chargeback",
    amount: 400n,
    original_id: paid,
    number: 101,
  });
  await seed.transaction(of(second, middle), at(4), {
    kind: "chargeback_won",
    amount: 400n,
    original_id: charged,
    number: 7,
  });
  await seed.transaction(of(second, middle), at(5), { kind: "refund", amount: 900n, original_id: paid, number: 8 });
  // Given back: the first partner's sequence goes on.
  await seed.transaction(of(partnerId, last), at(6), {
    kind: "refund",
    amount: 900n,
    original_id: paid,
    number: 102,
  });
  await rollUpAnalytics(deps)(ctx);
  const figures = (await days()).filter(({ revenue }) => revenue !== 0n);
  expect(
    figures.map((day) => [
      day.metric_date,
      day.partner_id === partnerId,
      day.chargebacks,
      day.chargebacks_won,
      day.refunds,
    ]),
  ).toEqual([
    ["2026-01-01", true, 0n, 0n, 0n],
    ["2026-01-02", true, 267n, 0n, 0n],
    ["2026-01-04", false, 0n, 267n, 0n],
    ["2026-01-05", false, 0n, 0n, 600n],
    ["2026-01-06", true, 0n, 0n, 67n],
  ]);
});

import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FigureSeeds, figureSeeds } from "../../test/kit/figures.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedPartner, seedTenant } from "../../test/kit/seed.ts";
import { newId } from "../kernel/id.ts";
import { type Ctx, systemContext } from "../platform/context.ts";
import { type Database, openDatabase, type ReadTx, tenantsToRollUp } from "../platform/database/index.ts";
import { rebuildAnalytics, rollUpAnalytics } from "./roll-up-analytics.ts";

const NOW = new Date("2026-03-01T12:00:00Z");

let database: ClonedDatabase;
let db: Database;
let ctx: Ctx;
let seed: FigureSeeds;
let partnerId: string;
let frame: { timeZone: string; currency: string };
let deps: Parameters<typeof rollUpAnalytics>[0];

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl, poolMax: 8 });
  await seedTenant(database, { at: NOW });
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await database.drop();
});
beforeEach(async () => {
  const tenantId = await seedTenant(database, { at: NOW, isOperator: false });
  ctx = systemContext({ tenantId, job: "test", now: NOW });
  seed = figureSeeds(database, tenantId);
  partnerId = await seedPartner(database, { tenantId, at: NOW });
  frame = { timeZone: "UTC", currency: "USD" };
  deps = { db, programs: { getProgram: () => Promise.resolve(frame) }, maskEmail: () => "masked" };
});

const rollUp = () => rollUpAnalytics(deps)(ctx);
const days = () =>
  db.read(ctx, (tx: ReadTx) =>
    tx.selectFrom("partner_analytics").selectAll().orderBy("metric_date").orderBy("currency").execute(),
  );
const withoutTimes = (figures: Awaited<ReturnType<typeof days>>) =>
  figures.map(({ created_at, updated_at, ...figure }) => figure).sort((a, b) => (a.partner_id < b.partner_id ? -1 : 1));
const customerOf = async () => {
  const customerId = await seed.customer(NOW);
  const referralId = await seed.referral(partnerId, NOW, { referred_user_id: customerId });
  return { partnerId, customerId, referralId };
};

describe("a roll-up", () => {
  it("does nothing for a tenant that is not set up, and writes nothing about it", async () => {
    const bare = { ...ctx, tenantId: await seedTenant(database, { at: NOW, isOperator: false }) };
    const unset = { ...deps, programs: { getProgram: () => Promise.reject(new Error("no programme")) } };
    await expect(rollUpAnalytics(unset)(bare)).resolves.toEqual({ marks: 0 });
  });

  it("counts a click once, repeats beside it, each on its day in the programme's zone", async () => {
    frame = { timeZone: "America/New_York", currency: "USD" };
    const linkId = newId();
    await seed.click(partnerId, new Date("2026-02-01T04:59:59.999Z"), { linkId });
    await seed.click(partnerId, new Date("2026-02-01T05:00:00Z"), { linkId });
    await seed.click(partnerId, new Date("2026-02-01T06:00:00Z"), { linkId, isRepeat: true });
    await rollUp();
    expect((await days()).map((day) => [day.metric_date, day.clicks])).toEqual([
      ["2026-01-31", 1n],
      ["2026-02-01", 1n],
    ]);
    const funnel = await db.read(ctx, (tx) =>
      tx
        .selectFrom("partner_funnel_days")
        .select(["source_id", "repeat_clicks"])
        .where("metric_date", "=", "2026-02-01")
        .execute(),
    );
    expect(funnel).toEqual([{ source_id: linkId, repeat_clicks: 1n }]);
  });

  it.each([
    // The clock is set back at midnight: the hour before it comes twice, and the first midnight's minutes belong to the new day.
    ["America/Havana", "2025-11-02T04:30:00Z", "2025-11-02"],
    ["America/Havana", "2025-11-02T05:30:00Z", "2025-11-02"],
    ["America/Havana", "2025-11-02T03:59:59Z", "2025-11-01"],
    // Set back to the day before: 00:00 becomes 23:00, so that 1 November begins, ends and begins again.
    ["America/Sao_Paulo", "2018-02-18T02:30:00Z", "2018-02-17"],
    // The clock is set forward at midnight: the day begins at 01:00.
    ["Asia/Beirut", "2026-03-28T22:00:00Z", "2026-03-29"],
    ["Asia/Beirut", "2026-03-28T21:59:59Z", "2026-03-28"],
    // Offsets that are no whole hours, a change of half an hour, and the far ends of the world.
    ["Asia/Kathmandu", "2026-03-01T18:15:00Z", "2026-03-02"],
    ["Australia/Lord_Howe", "2026-04-04T14:45:00Z", "2026-04-05"],
    ["Pacific/Kiritimati", "2026-03-01T10:00:00Z", "2026-03-02"],
    ["Pacific/Pago_Pago", "2026-03-01T10:59:00Z", "2026-02-28"],
  ])("puts an event in %s at %s on %s", async (timeZone, at, day) => {
    frame = { timeZone, currency: "USD" };
    await seed.click(partnerId, new Date(at));
    await seed.commission(partnerId, new Date(at), { amount: 7n });
    await rollUp();
    expect((await days()).map((row) => [row.metric_date, row.clicks, row.commission_earned])).toEqual([[day, 1n, 7n]]);
  });

  it("gives back of a chargeback at most what it took, however often it is won", async () => {
    const customer = await customerOf();
    const paid = await seed.transaction(customer, NOW, { kind: "payment", amount: 1_000n });
    const charged = await seed.transaction(customer, NOW, { kind: "chargeback", amount: 400n, original_id: paid });
    for (const amount of [300n, 400n])
      await seed.transaction(customer, NOW, { kind: "chargeback_won", amount, original_id: charged });
    await seed.transaction(customer, NOW, { kind: "refund", amount: 600n, original_id: paid });
    await rollUp();
    expect((await days()).map((day) => [day.revenue, day.chargebacks, day.chargebacks_won, day.refunds])).toEqual([
      [400n, 400n, 400n, 600n],
    ]);
  });

  it("counts no debt that was written off as earned, nor its return", async () => {
    await seed.commission(partnerId, NOW, { amount: -100n });
    for (const amount of [100n, -40n]) {
      await seed.commission(partnerId, NOW, { amount, rule: "write_off", commission_type: "bonus" });
    }
    await seed.commission(partnerId, NOW, { amount: 7n, rule: "grant", commission_type: "bonus" });
    await rollUp();
    expect(
      (await days()).map((day) => [day.commission_earned, day.commission_recurring, day.commission_bonus]),
    ).toEqual([[-93n, -100n, 7n]]);
  });

  it("takes a refund off on its own day, in parts that add up to the whole, the tax left out", async () => {
    const customer = await customerOf();
    const paid = await seed.transaction(customer, new Date("2026-01-10T00:00:00Z"), {
      kind: "payment",
      amount: 1177n,
      tax: 177n,
    });
    const refund = (at: string, amount: bigint) =>
      seed.transaction(customer, new Date(at), { kind: "refund", amount, original_id: paid });
    await refund("2026-01-12T00:00:00Z", 500n);
    await rollUp();
    await refund("2026-02-12T00:00:00Z", 677n);
    await rollUp();
    expect(
      (await days()).filter((day) => day.metric_date < "2026-03-01").map((day) => [day.metric_date, day.revenue]),
    ).toEqual([
      ["2026-01-10", 1000n],
      // 1000 × 500 ÷ 1177 = 424.8
      ["2026-01-12", -425n],
      ["2026-02-12", -575n],
    ]);
  });

  it("never takes back more than the whole, and gives back what a chargeback won restores", async () => {
    const customer = await customerOf();
    const at = (day: number) => new Date(Date.UTC(2026, 0, day));
    const paid = await seed.transaction(customer, at(1), { kind: "card", amount: 10_000n, revenue: 100n });
    await seed.transaction(customer, at(2), { kind: "refund", amount: 3_000n, original_id: paid });
    const chargeback = await seed.transaction(customer, at(3), {
      kind: "chargeback",
      amount: 10_000n,
      original_id: paid,
    });
    await seed.transaction(customer, at(4), { kind: "chargeback_won", amount: 10_000n, original_id: chargeback });
    await rollUp();
    const money = (await days()).filter((day) => day.metric_date < "2026-03-01");
    expect(money.map((day) => [day.card_revenue, day.refunds, day.chargebacks, day.chargebacks_won])).toEqual([
      [100n, 0n, 0n, 0n],
      [0n, 30n, 0n, 0n],
      [0n, 0n, 70n, 0n],
      [0n, 0n, 0n, 70n],
    ]);
    expect(money.map((day) => day.card_volume)).toEqual([10_000n, 0n, 0n, 0n]);
  });

  it("keeps currencies apart, and leaves nobody's transactions out", async () => {
    const customer = await customerOf();
    await seed.transaction(customer, NOW, { kind: "payment", amount: 100n, currency: "EUR" });
    await seed.transaction(customer, NOW, { kind: "payment", amount: 7n, currency: "JPY" });
    await seed.transaction(customer, NOW, {
      kind: "payment",
      amount: 9_999n,
      partner_id: null,
      referral_id: null,
      number: null,
    });
    await rollUp();
    expect((await days()).map((day) => [day.currency, day.revenue, day.signups])).toEqual([
      ["EUR", 100n, 0n],
      ["JPY", 7n, 0n],
      ["USD", 0n, 1n],
    ]);
  });

  it("follows late changes to their day: a commission cancelled, a reversal tied, a referral rejected", async () => {
    const customer = await customerOf();
    await asOwner(
      database,
      "update referrals set status = 'converted', conversion_date = '2026-01-01T00:00:00Z' where id = $1",
      [customer.referralId],
    );
    const paid = await seed.transaction(customer, new Date("2026-01-01T00:00:00Z"), { kind: "payment", amount: 100n });
    const waiting = await seed.transaction(customer, new Date("2026-01-05T00:00:00Z"), {
      kind: "refund",
      amount: 40n,
      original_external_id: "t",
      partner_id: null,
      referral_id: null,
      number: null,
    });
    const earned = await seed.commission(partnerId, new Date("2026-01-01T00:00:00Z"), { amount: 10n });
    await rollUp();
    const figures = async () =>
      (await days()).map((day) => [day.metric_date, day.revenue, day.commission_earned, day.conversions]);
    // A sign-up is at the latest a conversion: both are of 1 January.
    expect(await figures()).toEqual([["2026-01-01", 100n, 10n, 1n]]);

    await asOwner(
      database,
      "update transactions set original_id = $1, partner_id = $2, referral_id = $3, number = 1000000 where id = $4",
      [paid, partnerId, customer.referralId, waiting],
    );
    await asOwner(database, "update commissions set status = 'cancelled' where id = $1", [earned]);
    await asOwner(database, "update referrals set status = 'rejected', rejected_at = $2 where id = $1", [
      customer.referralId,
      NOW,
    ]);
    await rollUp();
    expect(await figures()).toEqual([
      ["2026-01-01", 100n, 0n, 0n],
      ["2026-01-05", -40n, 0n, 0n],
    ]);
  });

  it("marks nothing where an update moves no figure", async () => {
    const id = await seed.commission(partnerId, NOW, { amount: 10n });
    await rollUp();
    await asOwner(database, "update commissions set status = 'approved', approved_at = $2 where id = $1", [id, NOW]);
    await expect(rollUp()).resolves.toEqual({ marks: 0 });
  });

  it("finds what was committed late with an early time", async () => {
    const slow = new Client({ connectionString: database.ownerUrl, options: "-c search_path=tributary" });
    await slow.connect();
    try {
      await slow.query("begin");
      await slow.query(
        "insert into clicks (tenant_id, id, link_id, partner_id, clicked_at) values ($1, $2, $2, $3, $4)",
        [ctx.tenantId, newId(), partnerId, new Date("2026-01-01T00:00:00Z")],
      );
      await seed.click(partnerId, NOW);
      await rollUp();
      expect((await days()).map((day) => day.metric_date)).toEqual(["2026-03-01"]);
      await slow.query("commit");
    } finally {
      await slow.end();
    }
    await rollUp();
    expect((await days()).map((day) => day.metric_date)).toEqual(["2026-01-01", "2026-03-01"]);
  });

  it("that is cut off half-way leaves nothing half done, and the next one does it all", async () => {
    await seed.click(partnerId, NOW);
    await seed.commission(partnerId, NOW, { amount: 5n });
    // The last source to be rolled up fails: what was done for the others goes with it.
    await asOwner(database, "revoke select on commissions from tributary_server");
    await expect(rollUp()).rejects.toThrow("permission denied");
    expect(await days()).toEqual([]);
    await asOwner(database, "grant select on commissions to tributary_server");
    await expect(rollUp()).resolves.toEqual({ marks: 2 });
    expect(await days()).toMatchObject([{ clicks: 1n, commission_earned: 5n }]);
  });

  it("counts once when several run at the same time, and when it is run again", async () => {
    for (let index = 0; index < 20; index += 1) await seed.click(partnerId, NOW);
    await Promise.all([rollUp(), rollUp(), rollUp(), rollUp()]);
    await rollUp();
    expect(await days()).toMatchObject([{ clicks: 20n }]);
  });

  it("says up to when it is whole", async () => {
    await seed.click(partnerId, NOW);
    await rollUp();
    const later = { ...ctx, now: new Date(NOW.getTime() + 60_000) };
    await rollUpAnalytics(deps)(later);
    const progress = await db.read(ctx, (tx) => tx.selectFrom("analytics_progress").selectAll().execute());
    expect(progress).toMatchObject([{ rolled_up_to: later.now, time_zone: "UTC", currency: "USD" }]);
  });

  it("is asked of all tenants at once where nothing has changed: it is whole up to now there, and nowhere else", async () => {
    await seed.click(partnerId, NOW);
    await rollUp();
    const later = new Date(NOW.getTime() + 60_000);
    const reach = async () =>
      (await db.read(ctx, (tx) => tx.selectFrom("analytics_progress").select("rolled_up_to").execute()))[0]
        ?.rolled_up_to;
    await seed.click(partnerId, NOW);
    expect(await tenantsToRollUp(db, later)).toContain(ctx.tenantId);
    expect(await reach()).toEqual(NOW);
    await rollUp();
    expect(await tenantsToRollUp(db, later)).not.toContain(ctx.tenantId);
    expect(await reach()).toEqual(later);
    await asOwner(database, "update programs set time_zone = 'Asia/Tokyo' where tenant_id = $1", [ctx.tenantId]);
    expect(await tenantsToRollUp(db, later)).toContain(ctx.tenantId);
  });

  it("cuts all days anew when the programme moves to another zone or currency", async () => {
    await seed.click(partnerId, new Date("2026-02-01T03:00:00Z"));
    await seed.commission(partnerId, new Date("2026-02-01T03:00:00Z"), { amount: 5n });
    await rollUp();
    frame = { timeZone: "America/New_York", currency: "EUR" };
    await rollUp();
    expect((await days()).map((day) => [day.metric_date, day.currency, day.clicks, day.commission_earned])).toEqual([
      ["2026-01-31", "EUR", 1n, 0n],
      ["2026-01-31", "USD", 0n, 5n],
    ]);
  });

  it("sees and touches no other tenant", async () => {
    const other = await seedTenant(database, { at: NOW, isOperator: false });
    const stranger = await seedPartner(database, { tenantId: other, at: NOW });
    await figureSeeds(database, other).click(stranger, NOW);
    await expect(rollUp()).resolves.toEqual({ marks: 0 });
    const marks = await asOwner(database, "select 1 from analytics_touched where tenant_id = $1", [other]);
    expect(marks).toHaveLength(1);
  });

  it("is not stopped by a click that names nobody", async () => {
    await seed.click(newId(), NOW);
    await seed.click(partnerId, NOW);
    await rollUp();
    expect(await days()).toMatchObject([{ clicks: 1n }]);
  });
});

describe("a rebuild", () => {
  it("repairs what was changed by hand", async () => {
    await seed.click(partnerId, NOW);
    await seed.commission(partnerId, NOW, { amount: 5n });
    await rollUp();
    const before = await days();
    await asOwner(
      database,
      "update partner_analytics set clicks = 77, commission_earned = 9, commission_bonus = 4 where tenant_id = $1",
      [ctx.tenantId],
    );
    await asOwner(database, "update partner_funnel_days set clicks = 77 where tenant_id = $1", [ctx.tenantId]);
    await asOwner(
      database,
      `insert into partner_analytics (tenant_id, partner_id, metric_date, currency, revenue, payments, created_at, updated_at)
       values ($1, $2, '2020-01-01', 'CHF', 5, 5, $3, $3)`,
      [ctx.tenantId, partnerId, NOW],
    );
    await rebuildAnalytics(deps)(ctx);
    expect(await days()).toEqual(before);
  });

  it("keeps the figures of days whose clicks have been disposed of", async () => {
    await seed.click(partnerId, new Date("2025-01-01T00:00:00Z"));
    await seed.click(partnerId, NOW);
    await rollUp();
    await asOwner(database, "delete from clicks where tenant_id = $1 and clicked_at < '2026-01-01'", [ctx.tenantId]);
    await seed.commission(partnerId, new Date("2025-01-01T00:00:00Z"), { amount: 3n });
    await rebuildAnalytics(deps)(ctx);
    expect((await days()).map((day) => [day.metric_date, day.clicks, day.commission_earned])).toEqual([
      ["2025-01-01", 1n, 3n],
      ["2026-03-01", 1n, 0n],
    ]);
  });

  it("of more partners than one transaction takes goes on where it was cut off", async () => {
    const others = await Promise.all(
      Array.from({ length: 45 }, () => seedPartner(database, { tenantId: ctx.tenantId, at: NOW })),
    );
    for (const id of others) await seed.click(id, NOW);
    await rollUp();
    const before = await days();
    await asOwner(database, "update partner_analytics set clicks = 77 where tenant_id = $1", [ctx.tenantId]);
    let transactions = 0;
    // The one that marks the partners, the first that takes some of them, and no more.
    const failing: Database = {
      ...db,
      transaction: (of, work) => {
        transactions += 1;
        return transactions > 2 ? Promise.reject(new Error("killed")) : db.transaction(of, work);
      },
    };
    await expect(rebuildAnalytics({ ...deps, db: failing })(ctx)).rejects.toThrow("killed");
    const left = await asOwner(
      database,
      "select 1 from analytics_touched where tenant_id = $1 and source = 'everything'",
      [ctx.tenantId],
    );
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(45);
    await rollUp();
    expect(withoutTimes(await days())).toEqual(withoutTimes(before));
    expect(await asOwner(database, "select 1 from analytics_touched where tenant_id = $1", [ctx.tenantId])).toEqual([]);
  });
});

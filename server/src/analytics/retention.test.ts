import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FigureSeeds, figureSeeds } from "../../test/kit/figures.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { serveRoutes } from "../../test/kit/routes.ts";
import { seedPartner, seedTenant } from "../../test/kit/seed.ts";
import { systemContext } from "../platform/context.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import { analyticsRoutes } from "./analytics-routes.ts";
import { createPartnerAnalyticsService, type PartnerAnalyticsService } from "./partner-analytics-service.ts";

const NOW = new Date("2026-03-10T12:00:00Z");

let database: ClonedDatabase;
let db: Database;
let app: Awaited<ReturnType<typeof serveRoutes>>;
let analytics: PartnerAnalyticsService;
let tenantId: string;
let partnerId: string;
let seed: FigureSeeds;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
  analytics = createPartnerAnalyticsService({
    db,
    programs: { getProgram: () => Promise.resolve({ timeZone: "Europe/Berlin", currency: "USD" }) },
    maskEmail: () => "masked",
  });
  app = await serveRoutes([analyticsRoutes(analytics)], () => NOW);
  await seedTenant(database, { at: NOW });
});
afterAll(async () => {
  await app.close();
  await db[Symbol.asyncDispose]();
  await database.drop();
});
beforeEach(async () => {
  tenantId = await seedTenant(database, { at: NOW, isOperator: false });
  partnerId = await seedPartner(database, { tenantId, at: NOW });
  seed = figureSeeds(database, tenantId);
  app.as({ tenantId, partnerId });
});

const rollUp = () => analytics.rollUpAnalytics(systemContext({ tenantId, job: "test", now: NOW }));

/** A customer that is tied to a partner, and what it pays when. */
async function customer(convertedAt: string, paysAt: readonly string[], of = partnerId) {
  const customerId = await seed.customer(new Date(convertedAt));
  const referralId = await seed.referral(of, new Date(convertedAt), {
    referred_user_id: customerId,
    status: "converted",
    conversion_date: new Date(convertedAt),
  });
  for (const at of paysAt)
    await seed.transaction({ partnerId: of, referralId, customerId }, new Date(at), {
      kind: "payment",
      amount: 1_000n,
    });
  return { customerId, referralId, partnerId: of };
}

type Told = { month: string; customers: number; months: { month: string; paying: number; isWhole: boolean }[] };
async function cohorts(url = "/api/v1/partners/analytics/retention"): Promise<[string, number, number[]][]> {
  const answer = await app.inject({ method: "GET", url });
  expect(answer.statusCode).toBe(200);
  return (answer.json().cohorts as Told[]).map((of) => [
    of.month,
    of.customers,
    of.months.map((month) => month.paying),
  ]);
}

describe("retention", () => {
  it("counts each customer once a month, in the months of the programme's zone", async () => {
    // Eleven in the evening of 31 December in London is January in Berlin.
    await customer("2025-12-31T23:30:00Z", ["2026-01-02T10:00:00Z", "2026-01-20T10:00:00Z", "2026-03-01T10:00:00Z"]);
    await customer("2026-01-15T10:00:00Z", ["2026-01-31T23:30:00Z"]);
    await customer("2026-02-01T10:00:00Z", []);
    await rollUp();
    expect(await cohorts()).toEqual([
      ["2026-01-01", 2, [1, 1, 1]],
      ["2026-02-01", 1, [0, 0]],
    ]);
    const answer = await app.inject({ method: "GET", url: "/api/v1/partners/analytics/retention" });
    expect(answer.json().cohorts[0].months).toMatchObject([
      { ahead: 0, rate: 0.5, isWhole: true },
      { ahead: 1, isWhole: true },
      { month: "2026-03-01", ahead: 2, isWhole: false },
    ]);
  });

  it("forgets a customer in every month when its referral is rejected, and a later payment does not bring it back", async () => {
    await customer("2026-01-10T10:00:00Z", ["2026-01-11T10:00:00Z"]);
    const gone = await customer("2026-01-12T10:00:00Z", ["2026-01-13T10:00:00Z", "2026-02-13T10:00:00Z"]);
    await rollUp();
    expect(await cohorts()).toEqual([["2026-01-01", 2, [2, 1, 0]]]);
    await asOwner(database, "update referrals set status = 'rejected', rejected_at = $2 where id = $1", [
      gone.referralId,
      NOW,
    ]);
    await rollUp();
    expect(await cohorts()).toEqual([["2026-01-01", 1, [1, 0, 0]]]);
    await seed.transaction(gone, new Date("2026-03-02T10:00:00Z"), { kind: "payment", amount: 5n });
    await rollUp();
    expect(await cohorts()).toEqual([["2026-01-01", 1, [1, 0, 0]]]);
  });

  it("shows a partner its own, the operator everybody's or one partner's, and another tenant nothing", async () => {
    const other = await seedPartner(database, { tenantId, at: NOW });
    await customer("2026-02-10T10:00:00Z", ["2026-02-11T10:00:00Z"]);
    await customer("2026-02-10T10:00:00Z", ["2026-03-01T10:00:00Z"], other);
    await rollUp();
    expect(await cohorts()).toEqual([["2026-02-01", 1, [1, 0]]]);
    app.as({ tenantId, partnerId: null });
    const url = "/api/v1/admin/partners/analytics/retention";
    expect(await cohorts(url)).toEqual([["2026-02-01", 2, [1, 1]]]);
    expect(await cohorts(`${url}?partnerId=${other}`)).toEqual([["2026-02-01", 1, [0, 1]]]);
    expect(await cohorts(`${url}?from=2025-01-01&to=2026-01-31`)).toEqual([]);
    app.as({ tenantId: await seedTenant(database, { at: NOW, isOperator: false }), partnerId: null });
    expect(await cohorts(`${url}?partnerId=${other}`)).toEqual([]);
  });
});

describe("times between the steps of the funnel", () => {
  it("are of those that reached the later step in the period, and forget who was rejected", async () => {
    const at = (minutes: number) => new Date(Date.parse("2026-03-02T08:00:00Z") + minutes * 60_000);
    const clickId = await seed.click(partnerId, at(0));
    const row = { click_id: clickId, status: "qualified", conversion_date: at(80), qualified_at: at(80 + 64 * 60) };
    const id = await seed.referral(partnerId, at(16), row);
    await seed.referral(partnerId, at(16), { source: "coupon" });
    await rollUp();
    const times = async () => {
      const answer = await app.inject({
        method: "GET",
        url: "/api/v1/partners/analytics/conversions?from=2026-03-01&to=2026-03-10",
      });
      return (answer.json().times as { step: string; referrals: number; medianSeconds: number | null }[]).map((of) => [
        of.step,
        of.referrals,
        of.medianSeconds,
      ]);
    };
    // 960 s lie between 2^(39/4) and 2^(40/4), 3840 s between 2^(47/4) and 2^(48/4), 230400 s between 2^(71/4) and 2^(72/4).
    expect(await times()).toEqual([
      ["click_to_signup", 1, 1_024],
      ["signup_to_conversion", 1, 4_096],
      ["conversion_to_payment", 1, 262_144],
    ]);
    await asOwner(database, "update referrals set status = 'rejected', rejected_at = $2 where id = $1", [id, NOW]);
    await rollUp();
    expect(await times()).toEqual([
      ["click_to_signup", 1, 1_024],
      ["signup_to_conversion", 0, null],
      ["conversion_to_payment", 0, null],
    ]);
  });
});

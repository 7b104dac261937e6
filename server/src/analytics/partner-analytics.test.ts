import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FigureSeeds, figureSeeds } from "../../test/kit/figures.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { serveRoutes } from "../../test/kit/routes.ts";
import { seedPartner, seedTenant } from "../../test/kit/seed.ts";
import { newId } from "../kernel/id.ts";
import { systemContext } from "../platform/context.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { analyticsRoutes } from "./analytics-routes.ts";
import { createPartnerAnalyticsService, type PartnerAnalyticsService } from "./partner-analytics-service.ts";

const NOW = new Date("2026-03-10T12:00:00Z");
const at = (day: string) => new Date(`2026-${day}T12:00:00Z`);

let database: ClonedDatabase;
let db: Database;
let app: Awaited<ReturnType<typeof serveRoutes>>;
let analytics: PartnerAnalyticsService;
let tenantId: string;
let partnerId: string;
let seed: FigureSeeds;
let links: { blog: string; shop: string };

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
  const deps: AnalyticsDeps = {
    db,
    programs: { getProgram: () => Promise.resolve({ timeZone: "UTC", currency: "USD" }) },
    maskEmail: () => "masked",
  };
  analytics = createPartnerAnalyticsService(deps);
  app = await serveRoutes([analyticsRoutes(analytics)], () => NOW);
  await seedTenant(database, { at: NOW });
});
afterAll(async () => {
  await app.close();
  await db[Symbol.asyncDispose]();
  await database.drop();
});

/** A partner with a busy February and March: two links, a coupon, two currencies, a refund on a later day. */
beforeEach(async () => {
  tenantId = await seedTenant(database, { at: NOW, isOperator: false });
  seed = figureSeeds(database, tenantId);
  partnerId = await seedPartner(database, { tenantId, at: at("01-01") });
  const blog = await seed.link(partnerId, at("01-01"), "blog", "spring");
  const shop = await seed.link(partnerId, at("01-01"), "shop");
  links = { blog, shop };
  for (const day of ["02-01", "03-01", "03-02", "03-02"]) await seed.click(partnerId, at(day), { linkId: blog });
  await seed.click(partnerId, at("03-02"), { linkId: blog, isRepeat: true });
  await seed.click(partnerId, at("03-03"), { linkId: shop });
  const customerId = await seed.customer(at("03-02"), "ada@example.com");
  const referralId = await seed.referral(partnerId, at("03-02"), {
    link_id: blog,
    referred_user_id: customerId,
    status: "qualified",
    conversion_date: at("03-03"),
    qualified_at: at("03-04"),
  });
  await seed.referral(partnerId, at("03-05"), { source: "partner_api" });
  const customer = { partnerId, customerId, referralId };
  const paid = await seed.transaction(customer, at("03-04"), { kind: "payment", amount: 12_000n, tax: 2_000n });
  await seed.transaction(customer, at("03-08"), { kind: "refund", amount: 3_000n, original_id: paid });
  await seed.transaction(customer, at("03-09"), { kind: "card", amount: 50_000n, revenue: 700n, currency: "EUR" });
  await seed.transaction(customer, at("02-05"), { kind: "payment", amount: 5_000n });
  await seed.commission(partnerId, at("03-04"), { amount: 1_000n });
  await seed.commission(partnerId, at("03-08"), { amount: -250n });
  await seed.commission(partnerId, at("03-09"), { amount: 50n, currency: "EUR", commission_type: "transaction" });
  await seed.commission(partnerId, at("03-04"), { amount: 9_999n, status: "cancelled" });
  await rollUp();
  app.as({ tenantId, partnerId });
});

const rollUp = () => analytics.rollUpAnalytics(systemContext({ tenantId, job: "test", now: NOW }));

async function get(path: string) {
  const answer = await app.inject({ method: "GET", url: `/api/v1${path}` });
  return { status: answer.statusCode, body: answer.json() };
}
const MARCH = "from=2026-03-01&to=2026-03-10";
const ROUTES = ["overview", "performance", "conversions", "revenue"].map((name) => `/partners/analytics/${name}`);

describe("the overview", () => {
  it("sets the period beside the one before, and says of which days, in which zone, up to when", async () => {
    const { status, body } = await get(`/partners/analytics/overview?${MARCH}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      period: { from: "2026-03-01", to: "2026-03-10", previous: { from: "2026-02-19", to: "2026-02-28" } },
      timeZone: "UTC",
      currency: "USD",
      upTo: NOW.toISOString(),
      totals: {
        counts: { clicks: { value: 4, previous: 0, change: null }, signups: { value: 2 }, conversions: { value: 1 } },
        rates: { clickToSignup: 0.25, clickToConversion: 0.25, signupToConversion: 0.5, conversionToQualified: 1 },
        amounts: [
          { currency: "EUR", revenue: { value: 700 }, commissionEarned: { value: 50 } },
          { currency: "USD", revenue: { value: 7_500 }, commissionEarned: { value: 750 } },
        ],
      },
      allTime: { counts: { clicks: 5, repeatClicks: 1 } },
      today: { counts: { clicks: 0 }, amounts: [] },
      topSources: [{ linkId: links.blog, code: "blog" }, { source: "partner_api" }, { linkId: links.shop }],
    });
  });

  it("includes today, through the last roll-up and no further", async () => {
    await seed.click(partnerId, NOW, { linkId: links.blog });
    expect((await get("/partners/analytics/overview")).body.today.counts.clicks).toBe(0);
    await rollUp();
    expect((await get("/partners/analytics/overview")).body.today.counts.clicks).toBe(1);
  });

  it("shows what the books have, by currency", async () => {
    const balance = (kind: string, amount: number) =>
      asOwner(
        database,
        "insert into ledger_accounts (tenant_id, partner_id, currency, kind, balance) values ($1, $2, 'USD', $3, $4)",
        [tenantId, partnerId, kind, amount],
      );
    for (const [kind, amount] of Object.entries({ pending: 5, available: 7, payout_in_transit: 11, cash: 13 }))
      await balance(kind, amount);
    expect((await get("/partners/analytics/overview")).body.balances).toEqual([
      { currency: "USD", pending: 5, available: 7, disputed: 0, inTransit: 11, owed: 0 },
    ]);
  });
});

describe("performance", () => {
  it.each(["day", "week", "month"])("by %s has every step of the period, and adds up to its totals", async (by) => {
    const { body } = await get(`/partners/analytics/performance?from=2026-01-30&to=2026-03-10&granularity=${by}`);
    const { series, totals } = body;
    expect(series[0].from).toBe("2026-01-30");
    expect(series.at(-1).to).toBe("2026-03-10");
    const sum = (of: (step: never) => number) => series.reduce((all: number, step: never) => all + of(step), 0);
    for (const name of ["clicks", "signups", "conversions", "qualified"] as const)
      expect(sum((step: { counts: Record<string, number> }) => step.counts[name] ?? 0)).toBe(totals.counts[name].value);
    for (const { currency, revenue, commissionEarned } of totals.amounts) {
      type Step = { amounts: { currency: string; revenue: number; commissionEarned: number }[] };
      const of = (step: Step) => step.amounts.find((amounts) => amounts.currency === currency);
      expect(sum((step: Step) => of(step)?.revenue ?? 0)).toBe(revenue.value);
      expect(sum((step: Step) => of(step)?.commissionEarned ?? 0)).toBe(commissionEarned.value);
    }
    expect(totals.amounts.map((amounts: { currency: string }) => amounts.currency)).toEqual(["EUR", "USD"]);
  });

  it("puts a refund on the day of the refund", async () => {
    const { body } = await get(`/partners/analytics/performance?${MARCH}&granularity=day`);
    const revenue = body.series.map((step: { amounts: { currency: string; revenue: number }[] }) =>
      step.amounts.map((amounts) => `${amounts.currency} ${amounts.revenue}`).join(),
    );
    expect(revenue).toEqual(["", "", "", "USD 10000", "", "", "", "USD -2500", "EUR 700", ""]);
  });
});

describe("earnings per click", () => {
  it("are what a hundred clicks earned, in each currency by itself, and nothing without clicks", async () => {
    const { totals } = (await get(`/partners/analytics/performance?${MARCH}`)).body;
    // Of four clicks.
    expect(totals.earningsPerHundredClicks).toEqual([
      { currency: "EUR", amount: 1_250 },
      { currency: "USD", amount: 18_750 },
    ]);
    const before = await get("/partners/analytics/performance?from=2020-01-01&to=2020-01-31");
    expect(before.body.totals.earningsPerHundredClicks).toEqual([]);
  });
});

describe("the forecast", () => {
  it("of a partner that is new is none, and says what is missing", async () => {
    const { body } = await get("/partners/analytics/forecast");
    expect(body.clicks).toMatchObject({ historyWeeksNeeded: 20, reason: "history_too_short", weeks: [] });
    expect(body.weeks).toHaveLength(4);
  });

  it("is made of whole weeks, the present one left out, and of the partner's own", async () => {
    const another = await seedPartner(database, { tenantId, at: NOW });
    for (let week = 1; week <= 30; week += 1) {
      const day = new Date(NOW.getTime() - week * 7 * 86_400_000);
      await seed.commission(another, day, { amount: 700n, currency: "CHF" });
    }
    await seed.commission(another, NOW, { amount: 1_000_000n, currency: "CHF" });
    await rollUp();
    app.as({ tenantId, partnerId: null });
    const ofAll = await app.inject({ method: "GET", url: "/api/v1/admin/partners/analytics/forecast" });
    const francs = ofAll.json().amounts.find((of: { currency: string }) => of.currency === "CHF");
    expect(francs.commissionEarned).toMatchObject({ historyWeeks: 30, reason: null });
    expect(francs.commissionEarned.weeks[0]).toMatchObject({ ahead: 1, value: 700, low: 700, high: 700, meanError: 0 });
    app.as({ tenantId, partnerId });
    const own = (await get("/partners/analytics/forecast")).body;
    expect(own.amounts.map((of: { currency: string }) => of.currency)).not.toContain("CHF");
  });
});

describe("the funnel", () => {
  it("lists its sources with their names, and they add up to the whole", async () => {
    const { body } = await get(`/partners/analytics/conversions?${MARCH}`);
    expect(body.counts).toEqual({ clicks: 4, repeatClicks: 1, signups: 2, conversions: 1, qualified: 1, rejected: 0 });
    expect(
      body.sources.map((source: { source: string; code: string | null; campaign: string | null }) => source),
    ).toMatchObject([
      { source: "click", code: "blog", campaign: "spring", counts: { clicks: 3, signups: 1 } },
      { source: "partner_api", code: null, linkId: null, counts: { clicks: 0, signups: 1 } },
      { source: "click", code: "shop", counts: { clicks: 1, signups: 0 } },
    ]);
  });

  it("sums what is beyond the list as one line", async () => {
    for (let index = 0; index < 120; index += 1) await seed.click(partnerId, at("03-06"), { linkId: newId() });
    await rollUp();
    const { sources, counts } = (await get(`/partners/analytics/conversions?${MARCH}`)).body;
    expect(sources).toHaveLength(101);
    expect(sources.at(-1)).toMatchObject({ source: "rest", linkId: null, counts: { clicks: 23 } });
    const clicks = sources.reduce(
      (sum: number, source: { counts: { clicks: number } }) => sum + source.counts.clicks,
      0,
    );
    expect(clicks).toBe(counts.clicks);
  });

  it("names a coupon", async () => {
    const couponId = newId();
    await asOwner(
      database,
      "insert into coupons (tenant_id, id, partner_id, code, created_at) values ($1, $2, $3, 'TEN', $4)",
      [tenantId, couponId, partnerId, NOW],
    );
    await seed.referral(partnerId, at("03-06"), { source: "coupon", coupon_id: couponId });
    await rollUp();
    const { sources } = (await get(`/partners/analytics/conversions?${MARCH}`)).body;
    expect(sources).toContainEqual(expect.objectContaining({ source: "coupon", couponId, linkId: null, code: "TEN" }));
  });
});

describe("the revenue breakdown", () => {
  it("shows of what revenue and commission are made, in each currency", async () => {
    const { body } = await get(`/partners/analytics/revenue?${MARCH}`);
    expect(body.totals).toMatchObject([
      {
        currency: "EUR",
        revenue: 700,
        cardRevenue: 700,
        cardVolume: 50_000,
        commissionEarned: 50,
        commissionTransaction: 50,
      },
      {
        currency: "USD",
        revenue: 7_500,
        payments: 10_000,
        refunds: 2_500,
        commissionEarned: 750,
        commissionRecurring: 750,
      },
    ]);
  });
});

describe("a partner without anything", () => {
  it.each(ROUTES)("gets zeros and empty lists from %s, not an error", async (route) => {
    const empty = await seedPartner(database, { tenantId, at: NOW });
    app.as({ tenantId, partnerId: empty });
    const { status, body } = await get(route);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/NaN|undefined/);
  });

  it("is answered before the first roll-up too, which says so", async () => {
    const fresh = await seedTenant(database, { at: NOW, isOperator: false });
    app.as({ tenantId: fresh, partnerId: await seedPartner(database, { tenantId: fresh, at: NOW }) });
    expect((await get("/partners/analytics/overview")).body).toMatchObject({ upTo: null, allTime: { amounts: [] } });
  });
});

describe("who may see figures", () => {
  it.each(ROUTES)("%s shows another partner nothing of these, and another tenant neither", async (route) => {
    const stranger = await seedPartner(database, { tenantId, at: NOW });
    const other = await seedTenant(database, { at: NOW, isOperator: false });
    await seedPartner(database, { tenantId: other, at: NOW });
    for (const caller of [
      { tenantId, partnerId: stranger },
      { tenantId: other, partnerId },
    ]) {
      app.as(caller);
      const { status, body } = await get(`${route}?${MARCH}`);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/"currency":"EUR"|blog|:7500\b/);
    }
  });

  it.each(ROUTES)("%s refuses nobody, an operator and a key without the scope", async (route) => {
    app.as(null);
    expect((await get(route)).status).toBe(401);
    app.as({ tenantId, partnerId: null });
    expect((await get(route)).status).toBe(403);
    app.as({ tenantId, partnerId, scopes: ["own:payouts:read"] });
    expect((await get(route)).status).toBe(403);
  });

  it.each(["period=forever", "from=2026-02-30&to=2026-03-01", "from=2026-03-01", "granularity=hour", "x=1"])(
    "a question that makes no sense is refused: %s",
    async (question) => {
      expect((await get(`/partners/analytics/performance?${question}`)).status).toBe(400);
    },
  );
});

it("figures are read without the clicks: the server needs no right to read those", async () => {
  await asOwner(database, "revoke select on clicks from tributary_server");
  try {
    for (const route of ROUTES) expect((await get(`${route}?${MARCH}`)).status).toBe(200);
    const file = await app.inject({
      method: "POST",
      url: "/api/v1/partners/analytics/export",
      payload: { format: "csv" },
    });
    expect(file.statusCode).toBe(200);
    app.as({ tenantId, partnerId: null });
    expect((await get(`/admin/partners/analytics?${MARCH}`)).status).toBe(200);
  } finally {
    await asOwner(database, "grant select on clicks to tributary_server");
  }
});

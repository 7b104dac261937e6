import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FigureSeeds, figureSeeds } from "../../test/kit/figures.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { serveRoutes } from "../../test/kit/routes.ts";
import { seedPartner, seedTenant } from "../../test/kit/seed.ts";
import { newId } from "../kernel/id.ts";
import { systemContext } from "../platform/context.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import { analyticsRoutes } from "./analytics-routes.ts";
import { createPartnerAnalyticsService, type PartnerAnalyticsService } from "./partner-analytics-service.ts";

const NOW = new Date("2026-03-31T12:00:00Z");
const at = (day: string) => new Date(`2026-${day}T12:00:00Z`);
const MARCH = "from=2026-03-01&to=2026-03-31";

let database: ClonedDatabase;
let db: Database;
let app: Awaited<ReturnType<typeof serveRoutes>>;
let analytics: PartnerAnalyticsService;
let tenantId: string;
let seed: FigureSeeds;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
  analytics = createPartnerAnalyticsService({
    db,
    programs: { getProgram: () => Promise.resolve({ timeZone: "UTC", currency: "USD" }) },
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
  seed = figureSeeds(database, tenantId);
  app.as({ tenantId, partnerId: null });
});

const partner = (day: string) => seedPartner(database, { tenantId, at: at(day) });
const rollUp = () => analytics.rollUpAnalytics(systemContext({ tenantId, job: "test", now: NOW }));
const change = (partnerId: string, columns: string, value: unknown) =>
  asOwner(database, `update partners set ${columns} where id = $1`, [partnerId, value]);

async function read(query: string) {
  const answer = await app.inject({ method: "GET", url: `/api/v1/admin/partners/analytics?${query}` });
  return { status: answer.statusCode, body: answer.json() };
}

describe("the programme's figures", () => {
  it("tell who joined, who is active, who left, and who brings nothing", async () => {
    const [busy, left, idle, suspended] = [
      await partner("01-01"),
      await partner("01-02"),
      await partner("01-03"),
      await partner("01-04"),
    ];
    await partner("02-10");
    const joined = await partner("03-05");
    await change(left, "status = 'terminated', terminated_at = $2", at("03-10"));
    await change(suspended, "status = 'suspended', suspended_at = $2", at("03-10"));
    await change(await partner("01-05"), "status = 'terminated', terminated_at = $2", at("02-20"));
    await change(await partner("03-06"), "status = 'pending', approved_at = $2", null);
    for (const partnerId of [busy, joined, suspended]) await seed.click(partnerId, at("03-20"));
    await seed.commission(left, at("03-02"), { amount: 10n });
    await rollUp();
    const { partners, churnRate, registrationRate } = (await read(MARCH)).body.program;
    expect(partners).toEqual({
      // Of 28 January to 28 February: the one of 10 February.
      registered: { value: 2, previous: 1, change: 1 },
      approved: 1,
      activeAtStart: 5,
      activeAtEnd: 5,
      activeDuring: 6,
      lost: 1,
      dormant: 2,
    });
    expect(churnRate).toBe(0.2);
    expect(registrationRate).toBe(0.064516);
    expect(idle).toBeDefined();
  });

  it("average what was earned over the partners of the period, in each currency by itself", async () => {
    const [first, second] = [await partner("01-01"), await partner("01-02")];
    await seed.commission(first, at("03-02"), { amount: 1_001n });
    await seed.commission(second, at("03-03"), { amount: 500n, currency: "EUR" });
    await seed.commission(second, at("03-03"), { amount: 500n, currency: "EUR", status: "cancelled" });
    await rollUp();
    const { averageCommission, amounts } = (await read(MARCH)).body.program;
    expect(averageCommission).toEqual([
      { currency: "EUR", amount: 250 },
      { currency: "USD", amount: 501 },
    ]);
    expect(
      amounts.map((row: { currency: string; commissionEarned: { value: number } }) => row.commissionEarned.value),
    ).toEqual([500, 1_001]);
  });

  it("time payouts from the request to the transfer, those completed in the period alone", async () => {
    const partnerId = await partner("01-01");
    const methodId = newId();
    await asOwner(
      database,
      `insert into payout_methods (tenant_id, id, partner_id, kind, summary, created_at, updated_at) values ($1, $2, $3, 'bank_file', 'x', $4, $4)`,
      [tenantId, methodId, partnerId, NOW],
    );
    const payout = (requested: Date, processed: Date | null, status = "completed") =>
      asOwner(
        database,
        `insert into partner_payouts (tenant_id, id, partner_id, method_id, amount, currency, payment_method, status, requested_by, requested_at, processed_at, created_at)
         values ($1, $2, $3, $4, 100, 'USD', 'bank_file', $5, 'partner', $6, $7, $6)`,
        [tenantId, newId(), partnerId, methodId, status, requested, processed],
      );
    const after = (start: Date, seconds: number) => new Date(start.getTime() + seconds * 1_000);
    for (const seconds of [10, 20, 90]) await payout(at("03-05"), after(at("03-05"), seconds));
    await payout(at("02-27"), at("02-28"));
    await payout(at("03-05"), null, "processing");
    await payout(at("03-05"), at("03-20"), "failed");
    expect((await read(MARCH)).body.program.payoutProcessing).toEqual({
      payouts: 3,
      averageSeconds: 40,
      medianSeconds: 20,
      slowestSeconds: 90,
    });
  });

  it("give revenue to the tier that a partner had on the day", async () => {
    const partnerId = await partner("01-01");
    const customerId = await seed.customer(at("01-01"));
    const referralId = await seed.referral(partnerId, at("01-01"), { referred_user_id: customerId });
    const customer = { partnerId, customerId, referralId };
    await change(partnerId, "tier = $2", "tier3");
    for (const [from, to, day] of [
      ["tier1", "tier2", "03-10"],
      ["tier2", "tier3", "03-20"],
    ])
      await asOwner(
        database,
        `insert into partner_tier_changes (tenant_id, id, partner_id, from_tier, to_tier, status, requested_at, decided_at)
         values ($1, $2, $3, $4, $5, 'approved', $6, $6)`,
        [tenantId, newId(), partnerId, from, to, at(day ?? "")],
      );
    for (const [day, amount] of [
      ["03-09", 1n],
      ["03-10", 20n],
      ["03-19", 300n],
      ["03-20", 4_000n],
      ["03-31", 50_000n],
    ] as const)
      await seed.transaction(customer, at(day), { kind: "payment", amount });
    await rollUp();
    expect((await read(MARCH)).body.program.tiers).toEqual([
      { tier: "tier1", currency: "USD", revenue: 1, commissionEarned: 0 },
      { tier: "tier2", currency: "USD", revenue: 320, commissionEarned: 0 },
      { tier: "tier3", currency: "USD", revenue: 54_000, commissionEarned: 0 },
    ]);
  });

  it("of a programme without anybody are zeros and nulls", async () => {
    await partner("03-31");
    await asOwner(database, "delete from partners where tenant_id = $1", [tenantId]);
    const { status, body } = await read(MARCH);
    expect(status).toBe(200);
    expect(body.program).toMatchObject({ churnRate: null, averageCommission: [], tiers: [], amounts: [] });
    expect(body.partners).toEqual({ data: [], nextCursor: null });
  });
});

describe("the list of partners", () => {
  let partners: string[];
  beforeEach(async () => {
    partners = [];
    for (let index = 0; index < 5; index += 1) {
      const partnerId = await partner("01-01");
      partners.push(partnerId);
      const customerId = await seed.customer(at("01-01"));
      const referralId = await seed.referral(partnerId, at("01-01"), { referred_user_id: customerId });
      const customer = { partnerId, customerId, referralId };
      await seed.transaction(customer, at("03-03"), { kind: "payment", amount: BigInt(100 * (index + 1)) });
      await seed.transaction(customer, at("03-03"), { kind: "payment", amount: BigInt(900 - index), currency: "EUR" });
      for (let click = 0; click < index; click += 1) await seed.click(partnerId, at("03-04"));
    }
    await rollUp();
  });
  const list = async (query: string): Promise<{ data: { partnerId: string }[]; nextCursor: string | null }> =>
    (await read(`${MARCH}&${query}`)).body.partners;
  const order = async (query: string) => (await list(query)).data.map((row) => partners.indexOf(row.partnerId));

  it("is ordered by any figure, amounts in the currency that is asked for", async () => {
    expect(await order("")).toEqual([4, 3, 2, 1, 0]);
    expect(await order("sort=revenue")).toEqual([0, 1, 2, 3, 4]);
    expect(await order("sort=-revenue&currency=EUR")).toEqual([0, 1, 2, 3, 4]);
    expect(await order("sort=-clicks")).toEqual([4, 3, 2, 1, 0]);
    expect(await order("sort=signups")).toHaveLength(5);
    expect(await order("sort=-joinedAt")).toHaveLength(5);
  });

  it("goes page by page, each partner once, with the same order", async () => {
    const seen: number[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof list>> = await list(
        `limit=2&sort=-clicks${cursor === "" ? "" : `&cursor=${cursor}`}`,
      );
      seen.push(...page.data.map((row) => partners.indexOf(row.partnerId)));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([4, 3, 2, 1, 0]);
  });

  it("shows each partner's figures, in each currency, and they add up to the programme's", async () => {
    const { partners: page, program } = (await read(MARCH)).body;
    expect(page.data[0]).toMatchObject({
      partnerId: partners[4],
      tier: "tier1",
      status: "active",
      clicks: 4,
      amounts: [
        { currency: "EUR", revenue: 896, commissionEarned: 0 },
        { currency: "USD", revenue: 500, commissionEarned: 0 },
      ],
    });
    type Row = { clicks: number; amounts: { currency: string; revenue: number }[] };
    const sum = (currency: string) =>
      page.data.reduce(
        (all: number, row: Row) => all + (row.amounts.find((a) => a.currency === currency)?.revenue ?? 0),
        0,
      );
    expect(program.amounts.map((row: { currency: string; revenue: { value: number } }) => row.revenue.value)).toEqual([
      sum("EUR"),
      sum("USD"),
    ]);
    expect(page.data.reduce((all: number, row: Row) => all + row.clicks, 0)).toBe(program.counts.clicks.value);
  });

  it("is narrowed by partner, tier and state, and the programme's totals are not", async () => {
    await change(partners[1] ?? "", "tier = $2", "tier2");
    await change(partners[2] ?? "", "status = $2", "suspended");
    expect(await order(`partnerId=${partners[3]}`)).toEqual([3]);
    expect(await order("tier=tier2")).toEqual([1]);
    expect(await order("status=suspended")).toEqual([2]);
    expect((await read(`${MARCH}&tier=tier2`)).body.program.counts.clicks.value).toBe(10);
  });

  it("shows another tenant nothing", async () => {
    app.as({ tenantId: await seedTenant(database, { at: NOW, isOperator: false }), partnerId: null });
    expect(await list("")).toEqual({ data: [], nextCursor: null });
  });

  it("refuses nobody, a partner, an operator without the scope, and a question that makes no sense", async () => {
    for (const question of ["sort=rank", "limit=0", "cursor=x", "currency=usd", "tier=tier9"])
      expect((await read(question)).status).toBe(400);
    app.as(null);
    expect((await read(MARCH)).status).toBe(401);
    app.as({ tenantId, partnerId: partners[0] ?? "" });
    expect((await read(MARCH)).status).toBe(403);
    app.as({ tenantId, partnerId: null, scopes: ["payouts:read"] });
    expect((await read(MARCH)).status).toBe(403);
  });
});

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type FigureSeeds, figureSeeds } from "../../test/kit/figures.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { serveRoutes } from "../../test/kit/routes.ts";
import { seedPartner, seedTenant } from "../../test/kit/seed.ts";
import { maskEmail } from "../identity/mask-email.ts";
import { type Ctx, systemContext } from "../platform/context.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import { PARTNER_SCOPES } from "../platform/scopes.ts";
import { analyticsRoutes } from "./analytics-routes.ts";
import { createPartnerAnalyticsService, type PartnerAnalyticsService } from "./partner-analytics-service.ts";
import { takeExportTurn } from "./take-export-turn.ts";

const NOW = new Date("2026-03-10T12:00:00Z");
const at = (day: string) => new Date(`2026-${day}T12:00:00Z`);
const MARCH = { from: "2026-03-01", to: "2026-03-10" };

let database: ClonedDatabase;
let db: Database;
let app: Awaited<ReturnType<typeof serveRoutes>>;
let analytics: PartnerAnalyticsService;
let tenantId: string;
let partnerId: string;
let seed: FigureSeeds;
let customer: { partnerId: string; customerId: string; referralId: string };

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
  analytics = createPartnerAnalyticsService({
    db,
    programs: { getProgram: () => Promise.resolve({ timeZone: "America/New_York", currency: "USD" }) },
    maskEmail,
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
  partnerId = await seedPartner(database, { tenantId, at: at("01-01") });
  await asOwner(database, "update partners set company_name = '=HYPERLINK(\"x\")' where id = $1", [partnerId]);
  const customerId = await seed.customer(at("03-02"), "ada@example.com");
  const linkId = await seed.link(partnerId, at("01-01"), undefined, "@SUM(A1:A9)");
  const referralId = await seed.referral(partnerId, at("03-02"), {
    referred_user_id: customerId,
    referral_code: "spring",
    link_id: linkId,
    status: "converted",
    conversion_date: at("03-03"),
  });
  customer = { partnerId, customerId, referralId };
  await seed.transaction(customer, at("03-04"), { kind: "payment", amount: 12_345n });
  await seed.transaction(customer, at("03-05"), { kind: "payment", amount: 7n, currency: "JPY" });
  await seed.transaction(customer, at("03-06"), { kind: "payment", amount: 1_234n, currency: "KWD" });
  await seed.commission(partnerId, at("03-04"), { amount: 1_235n, rate_ppm: 100_000n, referral_id: referralId });
  await seed.commission(partnerId, at("03-05"), { amount: -35n, referral_id: referralId });
  await seed.click(partnerId, at("03-04"), { linkId });
  await analytics.rollUpAnalytics(systemContext({ tenantId, job: "test", now: NOW }));
  app.as({ tenantId, partnerId });
});

async function download(payload: object, path = "/api/v1/partners/analytics/export") {
  const answer = await app.inject({ method: "POST", url: path, payload: { ...MARCH, ...payload } });
  return { status: answer.statusCode, headers: answer.headers, body: answer.body, bytes: answer.rawPayload };
}
const ADMIN = "/api/v1/admin/partners/analytics/export";

const csv = (body: string): Record<string, string>[] => parse(body, { columns: true });
async function sheetOf(bytes: Buffer): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  const [sheet] = workbook.worksheets;
  if (sheet === undefined) throw new Error("the workbook has a sheet");
  return sheet;
}
async function rowsOf(bytes: Buffer): Promise<Record<string, ExcelJS.CellValue>[]> {
  const [heading = [], ...rows] = (await sheetOf(bytes)).getSheetValues().slice(1) as ExcelJS.CellValue[][];
  return rows.map((row) => Object.fromEntries(heading.slice(1).map((name, index) => [name, row[index + 1] ?? null])));
}

describe("an export of figures by day", () => {
  it("is CSV with amounts in major units of each currency", async () => {
    const { status, headers, body } = await download({ format: "csv" });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": 'attachment; filename="daily-2026-03-01-2026-03-10.csv"',
      "content-length": `${Buffer.byteLength(body)}`,
    });
    expect(
      csv(body).map((row) => [row["date"], row["currency"], row["clicks"], row["revenue"], row["commission_earned"]]),
    ).toEqual([
      ["2026-03-02", "USD", "0", "0.00", "0.00"],
      ["2026-03-03", "USD", "0", "0.00", "0.00"],
      ["2026-03-04", "USD", "1", "123.45", "12.35"],
      ["2026-03-05", "JPY", "0", "7", "0"],
      ["2026-03-05", "USD", "0", "0.00", "-0.35"],
      ["2026-03-06", "KWD", "0", "1.234", "0.000"],
    ]);
  });

  it("is JSON with amounts in minor units, and says what it is of", async () => {
    const { body, headers } = await download({ format: "json" });
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    const file = JSON.parse(body);
    expect(file).toMatchObject({ report: "daily", ...MARCH, timeZone: "America/New_York", upTo: NOW.toISOString() });
    expect(file.rows[2]).toMatchObject({
      date: "2026-03-04",
      currency: "USD",
      revenue: 12_345,
      commissionEarned: 1_235,
    });
  });

  it("is a spreadsheet whose numbers are numbers, with the decimals of their currency", async () => {
    const { bytes, headers } = await download({ format: "xlsx" });
    expect(headers["content-type"]).toContain("spreadsheetml");
    const rows = await rowsOf(bytes);
    expect(rows.map((row) => [row["date"], row["currency"], row["revenue"]])).toContainEqual([
      "2026-03-04",
      "USD",
      123.45,
    ]);
    expect(rows).toContainEqual(expect.objectContaining({ currency: "KWD", revenue: 1.234 }));
    const sheet = await sheetOf(bytes);
    const column = (sheet.getRow(1).values as string[]).indexOf("revenue");
    expect([2, 5, 7].map((row) => sheet.getRow(row).getCell(column).numFmt)).toEqual([
      "#,##0.00",
      "#,##0",
      "#,##0.000",
    ]);
  });

  it("agrees over all formats, and with the page that it is exported from", async () => {
    const fromCsv = csv((await download({ format: "csv" })).body);
    const fromJson = JSON.parse((await download({ format: "json" })).body).rows;
    const fromSheet = await rowsOf((await download({ format: "xlsx" })).bytes);
    expect(fromCsv).toHaveLength(fromJson.length);
    expect(fromSheet.map((row) => Number(row["revenue"]))).toEqual(fromCsv.map((row) => Number(row["revenue"])));
    const page = await app.inject({ url: "/api/v1/partners/analytics/revenue", query: MARCH });
    for (const { currency, revenue } of page.json().totals) {
      const of = fromJson.filter((row: { currency: string }) => row.currency === currency);
      expect(of.reduce((sum: number, row: { revenue: number }) => sum + row.revenue, 0)).toBe(revenue);
    }
  });

  it("without a row is a heading, an empty list, a sheet", async () => {
    const none = { from: "2020-01-01", to: "2020-01-02" };
    expect((await download({ format: "csv", ...none })).body).toMatch(/^date,currency,[a-z_,]+\n$/);
    expect(JSON.parse((await download({ format: "json", ...none })).body).rows).toEqual([]);
    expect(await rowsOf((await download({ format: "xlsx", ...none })).bytes)).toEqual([]);
  });
});

describe("an export of referrals and commissions", () => {
  it.each(["referrals", "commissions"])("masks customers of %s for a partner, in each format", async (report) => {
    for (const format of ["csv", "json", "xlsx"]) {
      const { body, bytes } = await download({ format, report });
      const text = format === "xlsx" ? JSON.stringify(await rowsOf(bytes)) : body;
      expect(text).toContain("a…@e….com");
      expect(text).not.toMatch(/ada@example|external/i);
    }
  });

  it("shows the operator who they are", async () => {
    app.as({ tenantId, partnerId: null });
    const { body } = await download({ format: "csv", report: "referrals" }, ADMIN);
    expect(csv(body)).toMatchObject([{ customer: "ada@example.com", partner_id: partnerId }]);
  });

  it("makes text of what a spreadsheet would run, and leaves numbers numbers", async () => {
    app.as({ tenantId, partnerId: null });
    const [row] = csv((await download({ format: "csv", report: "referrals" }, ADMIN)).body);
    expect(row).toMatchObject({ company_name: '\'=HYPERLINK("x")', campaign: "'@SUM(A1:A9)" });
    const commissions = csv((await download({ format: "csv", report: "commissions" }, ADMIN)).body);
    expect(commissions.map((one) => [one["rule"], one["amount"], one["rate"]])).toEqual([
      ["recurring", "12.35", "0.1"],
      ["recurring", "-0.35", ""],
    ]);
    const sheet = await sheetOf((await download({ format: "xlsx", report: "referrals" }, ADMIN)).bytes);
    const cell = sheet.getRow(2).getCell((sheet.getRow(1).values as string[]).indexOf("company_name"));
    expect([cell.type, cell.value]).toEqual([ExcelJS.ValueType.String, '=HYPERLINK("x")']);
  });

  it("cuts its days in the programme's zone", async () => {
    await seed.commission(partnerId, new Date("2026-03-01T04:59:59Z"), { amount: 111n });
    await seed.commission(partnerId, new Date("2026-03-01T05:00:00Z"), { amount: 222n });
    const amounts = async (days: object) =>
      csv((await download({ format: "csv", report: "commissions", ...days })).body).map((row) => row["amount"]);
    expect(await amounts({ from: "2026-02-28", to: "2026-02-28" })).toEqual(["1.11"]);
    expect(await amounts({ from: "2026-03-01", to: "2026-03-01" })).toEqual(["2.22"]);
  });
});

describe("whose rows are in an export", () => {
  it.each(["daily", "referrals", "commissions"])(
    "of %s: a partner's own; the operator's all, or one's; never another tenant's",
    async (report) => {
      const second = await seedPartner(database, { tenantId, at: at("01-01") });
      await seed.referral(second, at("03-03"));
      await seed.commission(second, at("03-03"), { amount: 5n });
      await analytics.rollUpAnalytics(systemContext({ tenantId, job: "test", now: NOW }));
      const count = async (payload: object = {}, path?: string) =>
        JSON.parse((await download({ format: "json", report, ...payload }, path)).body).rows.length as number;
      const own = await count();
      app.as({ tenantId, partnerId: second });
      expect(await count()).toBe(1);
      app.as({ tenantId, partnerId: null });
      expect(await count({}, ADMIN)).toBe(own + 1);
      expect(await count({ partnerId: second }, ADMIN)).toBe(1);
      app.as({ tenantId: await seedTenant(database, { at: NOW, isOperator: false }), partnerId: null });
      expect(await count({ partnerId: second }, ADMIN)).toBe(0);
    },
  );

  it("is refused to nobody, to the wrong audience, and without the scope", async () => {
    const status = async (path?: string) => (await download({ format: "csv" }, path)).status;
    expect(await status(ADMIN)).toBe(403);
    app.as({ tenantId, partnerId: null });
    expect(await status()).toBe(403);
    app.as({ tenantId, partnerId, scopes: ["own:payouts:read"] });
    expect(await status()).toBe(403);
    app.as(null);
    expect(await status()).toBe(401);
  });

  it.each([
    {},
    { format: "pdf" },
    { format: "csv", report: "clicks" },
    { format: "csv", x: 1 },
    { format: "csv", to: "2026-02-30" },
  ])("is refused where it makes no sense: %o", async (payload) => {
    expect((await download(payload)).status).toBe(400);
  });
});

it("a partner's exports are made one at a time; the operator's, and other partners', do not wait for them", async () => {
  const status = async (path?: string) => (await download({ format: "csv" }, path)).status;
  app.as({ tenantId, partnerId });
  await db.read(systemContext({ tenantId, job: "test", now: NOW }), async (tx) => {
    await takeExportTurn(tx, partnerId);
    const { status: refused, body } = await download({ format: "csv" });
    expect([refused, JSON.parse(body).code]).toEqual([409, "analytics.export_running"]);
    app.as({ tenantId, partnerId: null });
    expect(await status(ADMIN)).toBe(200);
    app.as({ tenantId, partnerId: await seedPartner(database, { tenantId, at: at("01-01") }) });
    expect(await status()).toBe(200);
  });
  app.as({ tenantId, partnerId });
  expect(await status()).toBe(200);
});

it("an export leaves no file behind, neither when it is read nor when it fails", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tributary-test-"));
  vi.stubEnv("TMPDIR", folder);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });
  const ctx: Ctx = {
    ...systemContext({ tenantId, job: "test", now: NOW }),
    actor: { type: "key", keyId: partnerId, partnerId, scopes: new Set(PARTNER_SCOPES) },
  };
  const file = await analytics.exportAnalytics(ctx, { format: "csv", ...MARCH });
  expect(file.rows).toBe(6);
  expect(await readdir(folder)).toEqual([]);
  expect(csv(await text(file.content))).toHaveLength(6);

  await asOwner(database, "revoke select on users from tributary_server");
  try {
    await expect(analytics.exportAnalytics(ctx, { format: "xlsx", report: "referrals" })).rejects.toThrow("permission");
  } finally {
    await asOwner(database, "grant select on users to tributary_server");
  }
  expect(await readdir(folder)).toEqual([]);

  // A disk that takes nothing is an error of this request alone, whatever the format.
  await rm(folder, { recursive: true });
  for (const format of ["csv", "json", "xlsx"] as const)
    await expect(analytics.exportAnalytics(ctx, { format })).rejects.toThrow("ENOENT");
});

it("an export of many rows is whole, in order, in every format", async () => {
  const COUNT = 4_500;
  await asOwner(
    database,
    `insert into commissions (tenant_id, id, partner_id, event_id, rule, commission_type, amount, currency, occurred_at, hold_until, calculated_at, created_at)
     select $1, gen_random_uuid(), $2, gen_random_uuid(), 'recurring', 'recurring', n, 'USD', timestamptz '2026-02-03T00:00:00Z' + n * interval '1 second', $3, $3, $3
       from generate_series(1, $4::int) n`,
    [tenantId, partnerId, NOW, COUNT],
  );
  const february = { report: "commissions", from: "2026-02-01", to: "2026-02-28" };
  const wanted = Array.from({ length: COUNT }, (_, index) => index + 1);
  const json = JSON.parse((await download({ format: "json", ...february })).body);
  expect(json.rows.map((row: { amount: number }) => row.amount)).toEqual(wanted);
  const sheet = await rowsOf((await download({ format: "xlsx", ...february })).bytes);
  expect(sheet.map((row) => Number(row["amount"]))).toEqual(wanted.map((amount) => amount / 100));
  expect(csv((await download({ format: "csv", ...february })).body)).toHaveLength(COUNT);
});

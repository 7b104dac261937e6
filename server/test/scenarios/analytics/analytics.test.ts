import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invariant } from "../../../src/kernel/invariant.ts";
import { openApp, type WholeApp } from "../../kit/app.ts";
import { mustSend } from "../../kit/must-send.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../kit/postgres.ts";
import { EMAILS, liveStory } from "./live-story.ts";
import {
  type Days,
  isIn,
  LINES,
  type Line,
  type PartnerName,
  secondsBetween,
  stages,
  sums,
  TIER,
  VISITORS,
  type Visitor,
} from "./story.ts";

const APRIL = { from: "2026-04-01", to: "2026-04-30" };
/** As long as April, and before it. */
const BEFORE_APRIL = { from: "2026-03-02", to: "2026-03-31" };
const ALL = { from: "2026-03-01", to: "2026-10-31" };
const NAMES: readonly PartnerName[] = ["ada", "rex"];

let database: ClonedDatabase;
let world: WholeApp;
let exportFolder: string;
let ids: ReadonlyMap<PartnerName, string>;

beforeAll(async () => {
  exportFolder = await mkdtemp(join(tmpdir(), "tributary-analytics-"));
  database = await cloneDatabase();
  world = await openApp(database, { exportFolder });
  ids = await liveStory(world);
}, 240_000);
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
  await rm(exportFolder, { recursive: true, force: true });
});

const own = (name: PartnerName) => (line: { readonly partner: PartnerName }) => line.partner === name;
const ofAda = own("ada");
const query = (input: object): string => new URLSearchParams(input as Record<string, string>).toString();

async function ask<Body>(name: PartnerName | "operator", path: string, input: object = {}): Promise<Body> {
  const auth = name === "operator" ? world.operatorKey : await world.signIn(EMAILS[name]);
  const base = name === "operator" ? "/api/v1/admin/partners/analytics" : "/api/v1/partners/analytics";
  return mustSend(world, auth, "GET", `${base}${path}?${query(input)}`);
}

type Pair = { currency: string; revenue: number; commissionEarned: number };
const pairs = (amounts: readonly Pair[]) =>
  Object.fromEntries(amounts.map(({ currency, revenue, commissionEarned: earned }) => [currency, { revenue, earned }]));
const linesOf = (of: (line: Line) => boolean, days: Days): Line[] =>
  LINES.filter(of).filter(({ day }) => isIn(days, day));

type Compared = { value: number; previous: number; change: number | null };
const compared = (value: number, previous: number): Compared => ({
  value,
  previous,
  change: previous === 0 ? null : Math.round(((value - previous) / previous) * 1e6) / 1e6,
});
const countsCompared = (of: (visitor: Visitor) => boolean, days: Days, before: Days) => {
  const [now, then] = [stages(of, days), stages(of, before)];
  const stage = (name: keyof typeof now) => compared(now[name], then[name]);
  const [clicks, signups] = [stage("clicks"), stage("signups")];
  return {
    clicks,
    signups,
    conversions: stage("conversions"),
    qualified: stage("qualified"),
    rejected: compared(0, 0),
  };
};
const amountsCompared = (of: (line: Line) => boolean, days: Days, before: Days) => {
  const [now, then] = [sums(linesOf(of, days)), sums(linesOf(of, before))];
  return [...new Set([...Object.keys(now), ...Object.keys(then)])].sort().map((currency) => ({
    currency,
    revenue: compared(now[currency]?.revenue ?? 0, then[currency]?.revenue ?? 0),
    commissionEarned: compared(now[currency]?.earned ?? 0, then[currency]?.earned ?? 0),
  }));
};

describe("a small programme in Berlin, whose figures are known from plain sums of what happened", () => {
  it("the story reaches each side of midnight and of both changes of the clocks", () => {
    const dayOf = (visitor: string, revenue: number) =>
      LINES.find((line) => line.visitor === visitor && line.revenue === revenue)?.day;
    expect([dayOf("midnight", 17_000), dayOf("midnight", 30_000), dayOf("midnight", 7_000)]).toEqual([
      "2026-03-30",
      "2026-05-01",
      "2026-10-25",
    ]);
    expect(LINES.every(({ earned, revenue }) => Number.isInteger(earned) && Number.isInteger(revenue))).toBe(true);
  });

  it("the overview of each partner has them, beside the period before, and each currency by itself", async () => {
    for (const name of NAMES) {
      const body = await ask<{ allTime: { amounts: Pair[]; counts: object } }>(name, "/overview", APRIL);
      expect(body).toMatchObject({
        timeZone: "Europe/Berlin",
        period: { ...APRIL, previous: BEFORE_APRIL },
        totals: {
          counts: countsCompared(own(name), APRIL, BEFORE_APRIL),
          amounts: amountsCompared(own(name), APRIL, BEFORE_APRIL),
        },
      });
      const { amounts, counts } = body.allTime;
      expect(pairs(amounts)).toEqual(sums(LINES.filter(own(name))));
      expect(counts).toMatchObject(stages(own(name), ALL));
    }
  });

  it.each(["day", "week", "month"] as const)("performance has them by %s", async (granularity) => {
    type Step = Days & { counts: object; amounts: Pair[] };
    const { series } = await ask<{ series: Step[] }>("ada", "/performance", { ...ALL, granularity });
    for (const { from, to, counts, amounts } of series) {
      expect([from, pairs(amounts)]).toEqual([from, sums(linesOf(ofAda, { from, to }))]);
      expect([from, counts]).toMatchObject([from, stages(ofAda, { from, to })]);
    }
    expect(series.flatMap(({ amounts }) => amounts).length).toBeGreaterThan(8);
    expect([series[0]?.from, series.at(-1)?.to]).toEqual([ALL.from, ALL.to]);
  });

  it("what a hundred clicks earned is what was earned over the clicks, by currency", async () => {
    const { totals } = await ask<{ totals: { earningsPerHundredClicks: object[] } }>("ada", "/performance", ALL);
    const { clicks } = stages(ofAda, ALL);
    expect(totals.earningsPerHundredClicks).toEqual(
      Object.entries(sums(linesOf(ofAda, ALL)))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, { earned }]) => ({ currency, amount: Math.round((earned * 100) / clicks) })),
    );
  });

  it("the funnel has every stage by campaign, and how long half and nine tenths took from one to the next", async () => {
    type Source = { campaign: string; counts: object };
    type Time = { referrals: number; medianSeconds: number; ninthDecileSeconds: number };
    type Funnel = { counts: object; rates: object; sources: Source[]; times: Time[] };
    const { counts, rates, sources, times } = await ask<Funnel>("ada", "/conversions", ALL);
    const { clicks, signups, conversions, qualified } = stages(ofAda, ALL);
    expect(counts).toEqual({ clicks, repeatClicks: 1, signups, conversions, qualified, rejected: 0 });
    const rate = (part: number, whole: number) => Math.round((part / whole) * 1e6) / 1e6;
    expect(rates).toEqual({
      clickToSignup: rate(signups, clicks),
      clickToConversion: rate(conversions, clicks),
      signupToConversion: rate(conversions, signups),
      conversionToQualified: rate(qualified, conversions),
    });
    for (const campaign of ["spring", "autumn"]) {
      const ofCampaign = (visitor: Visitor) => ofAda(visitor) && visitor.campaign === campaign;
      expect(sources.find((one) => one.campaign === campaign)?.counts).toMatchObject(stages(ofCampaign, ALL));
    }
    const steps = [
      [(one: Visitor) => one.click, (one: Visitor) => one.signup],
      [(one: Visitor) => one.signup, (one: Visitor) => one.convert],
      [(one: Visitor) => one.convert, (one: Visitor) => one.paid?.[0]?.at],
    ] as const;
    for (const [index, step] of steps.entries()) {
      const seconds = secondsBetween(ofAda, ALL, step);
      const told = times[index];
      invariant(told, "every step is told");
      expect(told.referrals).toBe(seconds.length);
      for (const [part, value] of [
        [0.5, told.medianSeconds],
        [0.9, told.ninthDecileSeconds],
      ] as const) {
        const exact = seconds[Math.ceil(seconds.length * part) - 1] ?? Number.NaN;
        expect(value).toBeGreaterThanOrEqual(exact);
        expect(value).toBeLessThanOrEqual(exact * 1.2 + 1);
      }
    }
  });

  it.each(["product", "plan", "country", "campaign", "cohort"] as const)(
    "revenue by %s, of a partner and of all",
    async (dimension) => {
      for (const [asker, of] of [
        ["ada", ofAda],
        ["operator", () => true],
      ] as const) {
        type Value = { value: string | null; currency: string; sales: number; takenBack: number; revenue: number };
        const { values } = await ask<{ values: Value[] }>(asker, "/revenue/by", { ...ALL, dimension });
        const known = Map.groupBy(
          linesOf(of, ALL).filter(({ revenue }) => revenue !== 0),
          (line) => JSON.stringify([line.currency, line[dimension]]),
        );
        const sum = (lines: readonly Line[], isSale: boolean) =>
          lines.filter((line) => line.isSale === isSale).reduce((total, { revenue }) => total + revenue, 0);
        const plain = [...known].map(([key, lines]) => {
          const [currency, value] = JSON.parse(key) as [string, string | null];
          const [sales, takenBack] = [sum(lines, true), 0 - sum(lines, false)];
          return { value, currency, sales, takenBack, revenue: sales - takenBack };
        });
        const byKey = (a: Value, b: Value) => (`${a.currency} ${a.value}` < `${b.currency} ${b.value}` ? -1 : 1);
        expect(values.toSorted(byKey)).toEqual(plain.toSorted(byKey));
      }
    },
  );

  it("revenue by partner and by tier, on the operator's page", async () => {
    type Of = {
      partners: { data: { partnerId: string; amounts: Pair[] }[] };
      program: { tiers: (Pair & { tier: string })[] };
    };
    const { partners, program } = await ask<Of>("operator", "", ALL);
    for (const name of NAMES) {
      const plain = sums(linesOf(own(name), ALL));
      expect(pairs(partners.data.find(({ partnerId }) => partnerId === ids.get(name))?.amounts ?? [])).toEqual(plain);
      expect(pairs(program.tiers.filter(({ tier }) => tier === TIER[name]))).toEqual(plain);
    }
    expect(program).toMatchObject({
      counts: countsCompared(() => true, ALL, { from: "2025-06-29", to: "2026-02-28" }),
    });
  });

  it("retention has whom each month won and how many of them paid in each month since", async () => {
    type Cohort = { month: string; customers: number; months: { month: string; paying: number; rate: number }[] };
    const { cohorts } = await ask<{ cohorts: Cohort[] }>("ada", "/retention", ALL);
    const won = Map.groupBy(
      VISITORS.filter(ofAda).filter(({ convert }) => convert !== undefined),
      ({ convert = "" }) => `${convert.slice(0, 7)}-01`,
    );
    expect(cohorts.map(({ month, customers }) => [month, customers])).toEqual(
      [...won].map(([month, of]) => [month, of.length]),
    );
    for (const { month: cohort, customers, months } of cohorts) {
      const paying = (month: string): number =>
        new Set(
          LINES.filter(
            (one) =>
              ofAda(one) && one.cohort === cohort.slice(0, 7) && one.isSale && one.day.startsWith(month.slice(0, 7)),
          ).map(({ visitor }) => visitor),
        ).size;
      expect(months.map(({ month, paying: told, rate }) => [month, told, rate])).toEqual(
        months.map(({ month }) => [month, paying(month), Math.round((paying(month) / customers) * 1e6) / 1e6]),
      );
    }
    expect(cohorts[0]?.months.map(({ paying }) => paying)).toEqual([2, 1, 2, 1, 1, 1, 1, 2, 0]);
  });

  it("the forecast is the mean of eight whole weeks, with the error that this had at each distance", async () => {
    type Week = { ahead: number; value: number; meanError: number; low: number; high: number; trials: number };
    type Forecast = {
      amounts: { currency: string; revenue: { historyWeeks: number; weeks: Week[]; reason: string | null } }[];
    };
    const { amounts } = await ask<Forecast>("ada", "/forecast");
    const dollars = amounts.find(({ currency }) => currency === "USD")?.revenue;
    const weeks = Array.from({ length: 34 }, (_, index) => {
      const monday = Date.parse("2026-03-09T00:00:00Z") + index * 7 * 86_400_000;
      const [from, to] = [monday, monday + 6 * 86_400_000].map((at) => new Date(at).toISOString().slice(0, 10));
      return sums(linesOf(ofAda, { from: from ?? "", to: to ?? "" }))["USD"]?.revenue ?? 0;
    });
    expect(dollars).toMatchObject({ historyWeeks: 34, reason: null });
    const mean = (values: readonly number[]) => Math.round(values.reduce((sum, one) => sum + one, 0) / values.length);
    const guess = (end: number) => mean(weeks.slice(end - 8, end));
    for (const { ahead, value, meanError, trials, low, high } of dollars?.weeks ?? []) {
      const errors = Array.from({ length: 34 - 8 - ahead + 1 }, (_, index) =>
        Math.abs((weeks[index + 8 + ahead - 1] ?? 0) - guess(index + 8)),
      );
      const margin = errors.toSorted((a, b) => a - b)[Math.ceil(errors.length * 0.8) - 1] ?? 0;
      expect({ value, meanError, trials, low, high }).toEqual({
        value: guess(34),
        meanError: mean(errors),
        trials: errors.length,
        low: Math.max(0, guess(34) - margin),
        high: guess(34) + margin,
      });
      expect(meanError).toBeGreaterThan(0);
    }
    expect(dollars?.weeks).toHaveLength(4);
    // In euro there were two payments; the weeks are counted from the first, by themselves.
    expect(amounts.find(({ currency }) => currency === "EUR")?.revenue).toMatchObject({ reason: null });
  });

  it("plain SQL over the commissions agrees with what was earned by the plain sums", async () => {
    const rows = await asOwner<{ partner_id: string; currency: string; earned: number }>(
      database,
      "select partner_id, currency, sum(amount)::int as earned from commissions where status <> 'cancelled' group by 1, 2 order by 1, 2",
    );
    const plain = NAMES.flatMap((name) =>
      Object.entries(sums(LINES.filter(own(name)))).map(([currency, { earned }]) => ({
        partner_id: ids.get(name),
        currency,
        earned,
      })),
    );
    expect(rows).toHaveLength(plain.length);
    expect(rows).toEqual(expect.arrayContaining(plain));
  });
});

describe("exports of it", () => {
  type Row = { date: string; currency: string; revenue: number; earned: number };
  const plainDays = (of: (line: Line) => boolean, days: Days): Row[] =>
    [...Map.groupBy(linesOf(of, days), ({ day, currency }) => `${day} ${currency}`)]
      .map(([key, lines]) => {
        const [date = "", currency = ""] = key.split(" ");
        const { revenue, earned } = sums(lines)[currency] ?? { revenue: 0, earned: 0 };
        return { date, currency, revenue, earned };
      })
      .toSorted(inOrder);
  const inOrder = (a: Row, b: Row) => (`${a.date} ${a.currency}` < `${b.date} ${b.currency}` ? -1 : 1);
  const hasMoney = ({ revenue, earned }: Row) => revenue !== 0 || earned !== 0;
  const row = (one: Record<string, unknown>, [revenue, earned]: readonly [string, string], scale: number): Row => ({
    date: String(one["date"]),
    currency: String(one["currency"]),
    revenue: Math.round(Number(one[revenue]) * scale),
    earned: Math.round(Number(one[earned]) * scale),
  });
  const fromCsv = (text: string): Row[] =>
    (parse(text, { columns: true }) as Record<string, string>[]).map((one) =>
      row(one, ["revenue", "commission_earned"], 100),
    );
  async function fromSheet(bytes: Buffer): Promise<Row[]> {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
    const [heading = [], ...rows] = (workbook.worksheets[0]?.getSheetValues().slice(1) ?? []) as ExcelJS.CellValue[][];
    return rows.map((cells) =>
      row(
        Object.fromEntries(
          heading.slice(1).map((name, index) => [JSON.stringify(name).slice(1, -1), cells[index + 1]]),
        ),
        ["revenue", "commission_earned"],
        100,
      ),
    );
  }

  it.each(["csv", "xlsx", "json"] as const)("as %s has the same figures, day by day", async (format) => {
    const answer = await world.http.inject({
      method: "POST",
      url: "/api/v1/partners/analytics/export",
      headers: { host: "operator.test", authorization: await world.signIn(EMAILS.ada) },
      payload: { format, ...ALL },
    });
    expect(answer.statusCode).toBe(200);
    const rows: Row[] = await {
      csv: () => fromCsv(answer.body),
      xlsx: () => fromSheet(answer.rawPayload),
      json: () =>
        (answer.json().rows as Record<string, unknown>[]).map((one) => row(one, ["revenue", "commissionEarned"], 1)),
    }[format]();
    expect(rows.filter(hasMoney).toSorted(inOrder)).toEqual(plainDays(ofAda, ALL).filter(hasMoney));
  });

  it("by schedule: the partner's comes by mail, the operator's lies in the folder, of the month that has ended", async () => {
    const admin = await world.signIn("admin@team.test");
    const monthly = { report: "daily", format: "csv", rhythm: "monthly" };
    await mustSend(
      world,
      await world.signIn(EMAILS.ada),
      "POST",
      "/api/v1/partners/analytics/export-schedules",
      monthly,
    );
    await mustSend(world, admin, "POST", "/api/v1/admin/partners/analytics/export-schedules", {
      ...monthly,
      delivery: "folder",
    });
    // Of November, in which nothing came in but one payment.
    const occurredAt = "2026-11-30T22:45:00.000Z"; // 23:45 of the last day there
    world.clock.moveTo(new Date(occurredAt));
    const last = {
      externalId: "last",
      customerExternalId: "weekly",
      kind: "payment",
      amount: 9_900,
      currency: "USD",
      occurredAt,
    };
    await mustSend(world, world.operatorKey, "POST", "/api/v1/transactions", { transactions: [last] });
    world.clock.moveTo(new Date("2026-12-01T06:00:00Z"));
    for (const job of ["analytics.roll_up", "analytics.begin_exports", "analytics.begin_exports"])
      await world.wake(job);
    await world.settle();

    const expected = [{ date: "2026-11-30", currency: "USD", revenue: 9_900, earned: 990 }];
    const mails = world.mails.filter(({ attachments }) => attachments !== undefined);
    expect(mails).toMatchObject([{ to: EMAILS.ada, attachments: [{ filename: "daily-2026-11-01-2026-11-30.csv" }] }]);
    expect(fromCsv(mails[0]?.attachments?.[0]?.content.toString() ?? "")).toEqual(expected);

    const files = (await readdir(exportFolder, { recursive: true })).filter((file) => file.endsWith(".csv"));
    expect(files).toEqual([expect.stringMatching(/daily-2026-11-01-2026-11-30\.csv$/)]);
    expect(fromCsv(await readFile(join(exportFolder, files[0] ?? ""), "utf8"))).toEqual(expected);
  });
});

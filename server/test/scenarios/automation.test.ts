import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { defaultTiers } from "../../src/programs/index.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";

const START = new Date("2026-03-01T12:00:00Z");
const MONTHS = 13;
/** Each quarter's settlement is run twice at once or dies half-way; the review of the last month is run twice. */
const HOW: Readonly<Record<number, "twice" | "killed">> = {
  3: "killed",
  4: "twice",
  6: "twice",
  9: "killed",
  12: "twice",
};
/** Of the months in which it brings customers; the second partner stops after the third. */
const CUSTOMERS_A_MONTH = 1;

let database: ClonedDatabase;
let world: WholeApp;
const partners = new Map<string, string>();

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  const { app, ctx } = world;
  const tiers = defaultTiers("USD");
  const tier2 = {
    ...tiers.tier2,
    volumeBonuses: [],
    volumeTrueUp: {
      period: "quarter" as const,
      mode: "graduated" as const,
      steps: [
        { from: 500_000, rate: 0.02 },
        { from: 1_000_000, rate: 0.05 },
      ],
    },
  };
  const draft = await app.programs.draftPlan(ctx(), { tiers: { ...tiers, tier2 } });
  await app.programs.publishPlan(ctx(), { planId: draft.id });
  for (const name of ["steady", "fading"]) {
    const [result] = await app.partners.importPartners(ctx(), [
      {
        externalId: name,
        email: `${name}@partners.test`,
        partnerType: "reseller",
        tier: "tier2",
        referralCode: name,
        joinedAt: START,
      },
    ]);
    if (result === undefined || result.status === "rejected" || result.partnerId === null)
      throw new Error("the partner was not imported");
    partners.set(name, result.partnerId);
  }
}, 120_000);
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** Everything that wakes on a schedule in a day. `twice`: each twice at once, as by a second worker. `killed`: the same, and the database lets go of all of it. */
async function wakeEverything(how: "once" | "twice" | "killed"): Promise<void> {
  for (const { name } of world.app.cron) {
    const running = Array.from({ length: how === "once" ? 1 : 2 }, () => world.wake(name));
    if (how === "killed") {
      const ended = Promise.allSettled(running);
      await asOwner(
        database,
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      );
      await ended;
      await wakeAgain(name);
    } else await Promise.all(running);
  }
  await world.settle();
}

/** The next run; a connection of which the pool has not learned yet that it is gone may be handed out to it. */
async function wakeAgain(name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await world.wake(name);
    } catch (error) {
      if (attempt === 10) throw error;
    }
  }
}

const sale = (externalId: string, customerExternalId: string, more: object = {}) => ({
  externalId,
  customerExternalId,
  kind: "payment",
  amount: 120_000,
  currency: "USD",
  occurredAt: world.clock.now().toISOString(),
  ...more,
});

let batches = 0;
async function record(...transactions: object[]): Promise<void> {
  const { status, body } = await world.send("POST", "/api/v1/transactions", {
    auth: world.operatorKey,
    key: `sales-${(batches += 1)}`,
    body: { transactions },
  });
  expect([status, JSON.stringify(body)]).toEqual([200, expect.not.stringContaining("rejected")]);
}

/** Brings a customer, and has every customer of the partner pay for the month. */
async function liveAMonth(month: number): Promise<void> {
  const { app, ctx, clock } = world;
  for (const [name] of partners) {
    const isBringing = name === "steady" || month < 3;
    const rows = Array.from({ length: isBringing ? CUSTOMERS_A_MONTH : 0 }, (_, index) => ({
      externalId: `${name} ${month} ${index}`,
      referralCode: name,
      clickedAt: null,
      convertedAt: clock.now(),
      email: null,
    }));
    if (rows.length > 0) {
      const { results } = await app.referrals.importReferrals(ctx(), rows);
      expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["imported"]));
    }
    clock.advance(60_000);
    const customers = Array.from(
      { length: name === "steady" ? month + 1 : Math.min(month + 1, 3) },
      (_, since) => since,
    );
    await record(...customers.map((since) => sale(`${name} paid ${since} in ${month}`, `${name} ${since} 0`)));
  }
}

type Row = {
  rule?: string;
  type: string;
  amount: number;
  status: string;
  periodStart: string | null;
  periodEnd: string | null;
};
const bonuses = async (name: string): Promise<string[]> => {
  const { body } = await world.send<{ data: Row[] }>(
    "GET",
    `/api/v1/admin/commissions?partnerId=${partners.get(name)}&type=bonus&limit=100&sort=occurredAt`,
    { auth: world.operatorKey },
  );
  return body.data.map(
    ({ amount, periodStart, periodEnd, status }) => `${periodStart} ${periodEnd} ${amount} ${status}`,
  );
};

describe("a year that runs by itself", () => {
  it("approves, settles each quarter's volume, reviews tiers, and leaves books that hold", {
    timeout: 400_000,
  }, async () => {
    const { clock, send, operatorKey } = world;
    for (let month = 0; month < MONTHS; month += 1) {
      await liveAMonth(month);
      // A refund of the month before: half a payment of the first customer.
      if (month === 4)
        await record(
          sale("refunded", "steady 0 0", {
            kind: "refund",
            amount: 60_000,
            originalExternalId: "steady paid 0 in 3",
          }),
        );
      clock.moveTo(new Date(Date.UTC(2026, 3 + month, 1, 12)));
      await wakeEverything(HOW[month] ?? "once");
    }

    // Payments of 1,200.00 each. March: one, below the first step. April to June: 9, of one of which half was refunded in July: 600.00 at 5 %. Then 18, 27 and
    // 36 payments a quarter.
    expect(await bonuses("steady")).toEqual([
      "2026-04-01 2026-06-30 14000 approved",
      "2026-04-01 2026-06-30 -3000 approved",
      "2026-07-01 2026-09-30 68000 approved",
      "2026-10-01 2026-12-31 122000 approved",
      "2027-01-01 2027-03-31 176000 pending",
    ]);
    // 8 payments, and 9 a quarter since.
    expect(await bonuses("fading")).toEqual([
      "2026-04-01 2026-06-30 9200 approved",
      "2026-07-01 2026-09-30 14000 approved",
      "2026-10-01 2026-12-31 14000 approved",
      "2027-01-01 2027-03-31 14000 pending",
    ]);

    // Twelve customers in a year are enough, three are not.
    const { body } = await send<{ data: { partnerId: string; counted: number; status: string }[] }>(
      "GET",
      "/api/v1/admin/partners/tier-reviews?status=open",
      { auth: operatorKey },
    );
    expect(body.data.map(({ partnerId }) => partnerId)).toEqual([partners.get("fading")]);

    const jobs = await send<{ data: { name: string; succeededAt: string | null; error: string | null }[] }>(
      "GET",
      "/api/v1/admin/jobs",
      { auth: operatorKey },
    );
    expect(jobs.body.data.filter(({ error, succeededAt }) => error !== null || succeededAt === null)).toEqual([]);
    expect(jobs.body.data.map(({ name }) => name)).toEqual(world.app.cron.map(({ name }) => name).toSorted());

    // Nothing is due a second time.
    const before = await bonuses("steady");
    clock.advance(DAY_MS);
    await wakeEverything("twice");
    expect(await bonuses("steady")).toEqual(before);

    for await (const finding of prove({ db: world.app.db, ctx: world.ctx(), moduleChecks: world.app.moduleChecks }))
      expect(finding).toMatchObject({ broken: 0, breaks: [] });
  });
});

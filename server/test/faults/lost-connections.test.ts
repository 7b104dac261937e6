import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "../../src/platform/context.ts";
import { IdempotentReplay } from "../../src/platform/database/index.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { openProgram, type SitePartner } from "../kit/fault-site.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { until } from "../kit/server-process.ts";

/** Shorter than the program's own, and longer than Postgres takes to see a deadlock. */
const STATEMENT_TIMEOUT_MS = 4_000;
const PATIENCE_MS = 90_000;

let database: ClonedDatabase;
let world: WholeApp;
let partners: readonly SitePartner[];
beforeAll(async () => {
  database = await cloneDatabase();
  const url = new URL(database.serverUrl);
  const settings = ["search_path=tributary,pg_temp", "role=tributary_server", "timezone=UTC"];
  settings.push(`statement_timeout=${STATEMENT_TIMEOUT_MS}`);
  url.searchParams.set("options", settings.map((setting) => `-c ${setting}`).join(" "));
  world = await openApp({ ...database, serverUrl: url.href });
  partners = (await openProgram(world.app, world.ctx(), 2)).partners;
  const row = {
    externalId: "carl",
    referralCode: "code-0",
    clickedAt: null,
    convertedAt: world.clock.now(),
    email: null,
  };
  await world.app.referrals.importReferrals(world.ctx(), [row]);
}, PATIENCE_MS);
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

const report = (name: string) =>
  world.send("POST", "/api/v1/transactions", {
    auth: world.operatorKey,
    key: name,
    body: {
      externalId: name,
      customerExternalId: "carl",
      kind: "payment",
      amount: 12_000,
      currency: "USD",
      occurredAt: world.clock.now().toISOString(),
    },
  });

const tracesOf = async (name: string): Promise<number> => {
  const [row] = await asOwner<{ count: number }>(
    database,
    `select (select count(*) from transactions where external_id = $1)::int
          + (select count(*) from idempotency_keys where key = $1)::int as count`,
    [name],
  );
  return row?.count ?? -1;
};

/** While `work` runs, somebody else holds what every recording needs. */
async function whileSequencesAreHeld(work: () => Promise<void>): Promise<void> {
  const holder = new Client({ connectionString: database.ownerUrl });
  await holder.connect();
  try {
    await holder.query("begin; select 1 from tributary.partner_sequences for update");
    await work();
  } finally {
    await holder.end();
  }
}

/** The connections of the program that wait for somebody's lock. */
const waitingBackends = () =>
  asOwner<{ pid: number }>(
    database,
    "select pid from pg_stat_activity where datname = current_database() and application_name = 'tributary' and wait_event_type = 'Lock'",
  );

const UNAVAILABLE = { status: 503, body: { code: "database.unavailable" }, headers: { "retry-after": "5" } };

describe("a request that loses its connection in the midst of its transaction", () => {
  it("is told to come again, has changed nothing, and does what it asks the next time", async () => {
    await whileSequencesAreHeld(async () => {
      const reply = report("cut-off");
      await until(async () => (await waitingBackends()).length > 0);
      for (const { pid } of await waitingBackends()) await asOwner(database, "select pg_terminate_backend($1)", [pid]);
      expect(await reply).toMatchObject(UNAVAILABLE);
      expect(await tracesOf("cut-off")).toBe(0);
    });
    expect(await report("cut-off")).toMatchObject({ status: 200, body: { results: [{ status: "recorded" }] } });
  });

  it("takes none of the others with it: the pool is whole, and nobody is left within a transaction", async () => {
    await asOwner(
      database,
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    const crowd = () =>
      Promise.all(
        Array.from({ length: 60 }, () => world.send("GET", "/api/v1/admin/partners", { auth: world.operatorKey })),
      );
    await crowd();
    expect(new Set((await crowd()).map(({ status }) => status))).toEqual(new Set([200]));
    const { pool } = world.app.db;
    expect(pool.waitingCount).toBe(0);
    expect(pool.totalCount).toBe(pool.idleCount);
    expect(pool.totalCount).toBeLessThanOrEqual(20);
    expect(
      await asOwner(
        database,
        "select state from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
      ),
    ).toEqual([]);
  });
});

describe("a statement that runs out of time", () => {
  it(
    "is given up with 503 and leaves nothing; the same request works when the way is free",
    async () => {
      await whileSequencesAreHeld(async () => {
        expect(await report("slow")).toMatchObject(UNAVAILABLE);
        expect(await tracesOf("slow")).toBe(0);
      });
      expect(await report("slow")).toMatchObject({ status: 200, body: { results: [{ status: "recorded" }] } });
    },
    PATIENCE_MS,
  );
});

describe("two verbs that lock each other out", () => {
  it(
    "are both done, once: Postgres ends one of them, which begins again",
    async () => {
      const [one, another] = partners;
      if (one === undefined || another === undefined) throw new Error("two partners were made");
      const taken = async (): Promise<number[]> => {
        const rows = await asOwner<{ last: number }>(
          database,
          "select last_number::int as last from partner_sequences where partner_id in ($1, $2) order by partner_id",
          [one.id, another.id],
        );
        return rows.map(({ last }) => last);
      };
      const keyed = (name: string): Ctx => ({
        ...world.ctx(),
        idempotency: { key: name, route: "POST /test", requestHash: Buffer.from(name), isSecret: false },
      });
      const before = await taken();
      let attempts = 0;
      let held = 0;
      const bothHold = Promise.withResolvers<void>();
      const take = (name: string, [first, second]: readonly [string, string]) =>
        world.app.db.transaction(keyed(name), async (tx) => {
          attempts += 1;
          const numbers = [await world.app.partners.takeNumbers(tx, new Map([[first, 1]]))];
          held += 1;
          if (held === 2) bothHold.resolve();
          await bothHold.promise;
          numbers.push(await world.app.partners.takeNumbers(tx, new Map([[second, 1]])));
          return { taken: numbers.length };
        });
      const ways = { forth: [one.id, another.id], back: [another.id, one.id] } as const;
      expect(await Promise.all([take("forth", ways.forth), take("back", ways.back)])).toEqual([
        { taken: 2 },
        { taken: 2 },
      ]);
      expect(attempts).toBe(3);
      // Their keys were kept with the attempt that went through, and no verb is done again.
      await expect(take("forth", ways.forth)).rejects.toBeInstanceOf(IdempotentReplay);
      expect(await taken()).toEqual(before.map((last) => last + 2));
    },
    PATIENCE_MS,
  );
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { type Ctx, systemContext } from "../platform/context.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import { createInbox, type InboxEvent, type InboxHandler } from "./inbox.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const message = {
  source: "stripe_connect" as const,
  externalId: "evt_1",
  type: "account.updated",
  payload: { id: "evt_1" },
};

let database: ClonedDatabase;
let db: Database;
let ctx: Ctx;
let handle: InboxHandler;
let handled: InboxEvent[];

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await database.drop();
});
beforeEach(async () => {
  await asOwner(database, "truncate inbox_events; truncate tributary_jobs._private_jobs");
  const isOperator = (await asOwner(database, "select 1 from tenants")).length === 0;
  ctx = systemContext({ tenantId: await seedTenant(database, { at: NOW, isOperator }), job: "test", now: NOW });
  handled = [];
  handle = async (_, event) => void handled.push(event);
});

const inbox = () => createInbox({ db, handlers: () => ({ stripe_connect: (inner, event) => handle(inner, event) }) });
const store = () => db.transaction(ctx, (tx) => inbox().storeInboxEvent(tx, message));

/** The payload of each waiting job. */
const jobs = () =>
  asOwner<{ payload: { tenantId: string; payload: unknown } }>(
    database,
    "select payload from tributary_jobs._private_jobs",
  );

async function work(): Promise<void> {
  const [job] = inbox().jobs;
  for (const { payload } of await jobs()) await job?.handle(ctx, payload.payload);
}

const kept = () =>
  asOwner<{ processed_at: Date | null; failure: string | null; is_forgotten: boolean }>(
    database,
    "select processed_at, failure, payload = '{}' as is_forgotten from inbox_events",
  );

describe("a signed message", () => {
  it("delivered twice, or twice at once, is stored once and worked on once, and then forgotten but for its name", async () => {
    const stored = await Promise.all([store(), store(), store()]);
    expect(stored.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await store()).toEqual({ isNew: false });
    expect(await jobs()).toHaveLength(1);
    await work();
    await work();
    expect(handled).toMatchObject([{ ...message, receivedAt: NOW }]);
    expect(await kept()).toEqual([{ processed_at: NOW, failure: null, is_forgotten: true }]);
  });

  it("that could not be worked on says why, and is worked on when the job comes again", async () => {
    await store();
    handle = () => Promise.reject(new Error("Stripe is away"));
    await expect(work()).rejects.toThrow("Stripe is away");
    expect(await kept()).toEqual([{ processed_at: null, failure: "Error: Stripe is away", is_forgotten: false }]);
    handle = async (_, event) => void handled.push(event);
    await work();
    expect(handled).toHaveLength(1);
    expect(await kept()).toEqual([{ processed_at: NOW, failure: null, is_forgotten: true }]);
  });

  it("that its job gave up on is taken up again half a day later, once, and not before", async () => {
    await store();
    await asOwner(database, "truncate tributary_jobs._private_jobs");
    const wakeAt = (hours: number) =>
      inbox().cron[0]?.handle({ ...ctx, now: new Date(NOW.getTime() + hours * 3_600_000) });
    await wakeAt(11);
    expect(await jobs()).toEqual([]);
    await wakeAt(13);
    await wakeAt(13);
    expect(await jobs()).toHaveLength(1);
    await work();
    expect(handled).toHaveLength(1);
    await asOwner(database, "truncate tributary_jobs._private_jobs");
    await wakeAt(26);
    expect(await jobs()).toEqual([]);
  });

  it("is not stored, and no work is enqueued, when its transaction fails", async () => {
    const failing = db.transaction(ctx, async (tx) => {
      await inbox().storeInboxEvent(tx, message);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await kept()).toEqual([]);
    expect(await jobs()).toEqual([]);
  });

  it("of one tenant is not another's", async () => {
    await store();
    const [job] = await jobs();
    const elsewhere = systemContext({
      tenantId: await seedTenant(database, { at: NOW, isOperator: false }),
      job: "test",
      now: NOW,
    });
    await inbox().jobs[0]?.handle(elsewhere, job?.payload.payload);
    expect(handled).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { seedTenant } from "../../../test/kit/seed.ts";
import { DAY_MS, HOUR_MS, movableClock, systemClock } from "../../kernel/clock.ts";
import { systemContext } from "../context.ts";
import { type Database, openDatabase } from "../database/index.ts";
import { enqueue, type Job, runCronJob, runDueJobs, startWorker } from "./jobs.ts";

let database: ClonedDatabase;
let db: Database;
let tenantId: string;
beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
  tenantId = await seedTenant(database, { at: systemClock.now() });
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await database.drop();
});

const failing: Job = {
  name: "test.failing",
  handle: () => Promise.reject(new Error("Stripe is away")),
};
const waiting = () =>
  asOwner(
    database,
    "select attempts, last_error, locked_at is null as is_free, run_at > now() as is_later from tributary_jobs._private_jobs",
  );
const enqueueFailing = () =>
  db.transaction(systemContext({ tenantId, job: "test", now: systemClock.now() }), (tx) =>
    enqueue(tx, failing.name, {}),
  );
const FAILED = { attempts: 1, last_error: "Stripe is away", is_free: true, is_later: true };

describe("a job that fails", () => {
  it("is free again at once, says why, and comes later", async () => {
    await enqueueFailing();
    const errors: unknown[] = [];
    await runDueJobs({ db, clock: systemClock, jobs: [failing], onError: (error) => errors.push(error) });
    expect(errors).toHaveLength(1);
    expect(await waiting()).toEqual([FAILED]);
  });

  it("does so in a worker too, which leaves no connection when it stops", async () => {
    await asOwner(database, "delete from tributary_jobs._private_jobs");
    await enqueueFailing();
    const failed = Promise.withResolvers<void>();
    const worker = await startWorker({
      db,
      clock: systemClock,
      jobs: [failing],
      cron: [],
      concurrency: 2,
      onError: () => failed.resolve(),
    });
    await failed.promise;
    await worker.stop();
    await worker.promise;
    expect(await waiting()).toEqual([FAILED]);
  });
});

it("a worker stops when the machine's clock is set back: the next one wakes on schedules again", async () => {
  const clock = vi.spyOn(Date, "now").mockImplementation(() => systemClock.now().getTime() + HOUR_MS);
  onTestFinished(() => {
    clock.mockRestore();
  });
  const worker = await startWorker({ db, clock: systemClock, jobs: [], cron: [], concurrency: 1, onError: () => {} });
  clock.mockRestore();
  expect(await worker.promise).toBeUndefined();
});

describe("the time of a job", () => {
  it("is its tenant's, which may be moved in test mode", async () => {
    await asOwner(database, "delete from tributary_jobs._private_jobs");
    const moved = await seedTenant(database, { at: systemClock.now(), isOperator: false });
    await asOwner(database, "update tenants set mode = 'test', clock_offset_ms = 86400000 where id = $1", [moved]);
    const clock = movableClock(new Date("2026-01-01T00:00:00Z"));
    const seen: unknown[] = [];
    const note: Job = { name: "test.note", handle: async (ctx) => void seen.push([ctx.tenantId, ctx.now]) };
    for (const id of [tenantId, moved])
      await db.transaction(systemContext({ tenantId: id, job: "test", now: clock.now() }), (tx) =>
        enqueue(tx, note.name, {}),
      );
    await runDueJobs({ db, clock, jobs: [note], onError: () => {} });
    expect(seen).toEqual([
      [tenantId, new Date("2026-01-01T00:00:00Z")],
      [moved, new Date("2026-01-02T00:00:00Z")],
    ]);
  });
});

describe("a pause before a job", () => {
  it.each([-400, 400])("is one of the queue's clock, in a tenant that is %d days ahead as well", async (days) => {
    await asOwner(database, "delete from tributary_jobs._private_jobs");
    const now = new Date(systemClock.now().getTime() + days * DAY_MS);
    await db.transaction(systemContext({ tenantId, job: "test", now }), (tx) =>
      enqueue(tx, "test.later", {}, { delayMs: HOUR_MS }),
    );
    const waits = await asOwner(
      database,
      "select round(extract(epoch from run_at - created_at))::int as seconds from tributary_jobs._private_jobs",
    );
    expect(waits).toEqual([{ seconds: 3_600 }]);
  });
});

describe("work on a schedule", () => {
  it("is done in the other tenants too where it fails in one, and the failure is told", async () => {
    const others = await Promise.all(
      [1, 2].map(() => seedTenant(database, { at: systemClock.now(), isOperator: false })),
    );
    const reached: string[] = [];
    const handle = async ({ tenantId: id }: { tenantId: string }): Promise<void> => {
      reached.push(id);
      if (id === tenantId) throw new Error("this tenant's data is odd");
    };
    const running = runCronJob({ db, clock: systemClock, job: { name: "test.cron", schedule: "* * * * *", handle } });
    await expect(running).rejects.toThrow("this tenant's data is odd");
    expect(reached).toEqual(expect.arrayContaining([tenantId, ...others]));
  });

  it("does what is due of a tenant that is suspended, and nothing of one that was removed", async () => {
    const at = systemClock.now();
    const [suspended, removed] = [
      await seedTenant(database, { at, isOperator: false }),
      await seedTenant(database, { at, isOperator: false }),
    ];
    await asOwner(database, "update tenants set status = 'suspended' where id = $1", [suspended]);
    await asOwner(database, "update tenants set status = 'removed' where id = $1", [removed]);
    const reached: string[] = [];
    const handle = async ({ tenantId: id }: { readonly tenantId: string }) => void reached.push(id);
    await runCronJob({ db, clock: systemClock, job: { name: "test.cron", schedule: "* * * * *", handle } });
    expect(reached).toContain(suspended);
    expect(reached).not.toContain(removed);
  });
});

describe("a job whose worker", () => {
  const wait: Job = { name: "test.wait", handle: () => free.promise };
  let free = Promise.withResolvers<void>();
  const enqueueJob = (name: string, key: string) =>
    db.transaction(systemContext({ tenantId, job: "test", now: systemClock.now() }), (tx) =>
      enqueue(tx, name, {}, { key }),
    );
  const start = (jobs: readonly Job[]) =>
    startWorker({ db, clock: systemClock, jobs, cron: [], concurrency: 2, onError: () => {} });
  const age = "locked_at = now() - interval '1 hour'";

  it("has died is free for the others; that of a living one is left to it, however long it takes", async () => {
    await asOwner(database, "delete from tributary_jobs._private_jobs");
    free = Promise.withResolvers();
    const began: string[] = [];
    const begun = Promise.withResolvers<void>();
    const living = await start([
      {
        ...wait,
        handle: () => {
          begun.resolve();
          return free.promise;
        },
      },
    ]);
    await enqueueJob(wait.name, "of the living");
    await begun.promise;
    await enqueueJob("test.orphan", "of the dead");
    await asOwner(database, `update tributary_jobs._private_jobs set ${age}`);
    await asOwner(
      database,
      `update tributary_jobs._private_jobs set ${age}, locked_by = 'pool-dead' where key like '%of the dead'`,
    );
    // The living looks after the dead as soon as it shows itself again; itself it passes over.
    await asOwner(
      database,
      `select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = pg_locks.database
        where datname = current_database() and locktype = 'advisory'`,
    );
    const locked = () => asOwner(database, "select key from tributary_jobs._private_jobs where locked_by is not null");
    while ((await locked()).length === 2);
    expect(await locked()).toEqual([{ key: expect.stringContaining("of the living") }]);
    const done = Promise.withResolvers<void>();
    const other = await start([
      { name: "test.orphan", handle: async () => done.resolve() },
      { ...wait, handle: async () => void began.push("a second time") },
    ]);
    await done.promise;
    await other.stop();
    expect(began).toEqual([]);
    free.resolve();
    await living.stop();
    expect(await waiting()).toEqual([]);
  });

  it("is one of several does what none of the others does", async () => {
    await asOwner(database, "delete from tributary_jobs._private_jobs");
    const runs: string[] = [];
    const all = Promise.withResolvers<void>();
    const keys = Array.from({ length: 30 }, (_, index) => `job ${index}`);
    const shared: Job = {
      name: "test.shared",
      handle: async (_ctx, payload) => {
        runs.push((payload as { key: string }).key);
        if (new Set(runs).size === keys.length) all.resolve();
      },
    };
    await db.transaction(systemContext({ tenantId, job: "test", now: systemClock.now() }), async (tx) => {
      for (const key of keys) await enqueue(tx, shared.name, { key }, { key });
    });
    const workers = await Promise.all([1, 2].map(() => start([shared])));
    await all.promise;
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(runs.toSorted()).toEqual(keys.toSorted());
    expect(await waiting()).toEqual([]);
  });

  it("loses the database just then is done, once, and the process lives", async () => {
    await asOwner(database, "delete from tributary_jobs._private_jobs");
    const runs: string[] = [];
    const bothRun = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    const fatal: Job = {
      name: "test.fatal",
      handle: async () => {
        runs.push("run");
        if (runs.length === 2) bothRun.resolve();
        // No connection lives when these end: that they are done is written down over others.
        await left.promise;
      },
    };
    await enqueueJob(fatal.name, "one");
    await enqueueJob(fatal.name, "another");
    const worker = await start([fatal]);
    await bothRun.promise;
    await asOwner(
      database,
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    left.resolve();
    while ((await waiting()).length > 0);
    expect(runs).toHaveLength(2);
    await worker.stop();
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { seedTenant } from "../../../test/kit/seed.ts";
import { movableClock } from "../../kernel/clock.ts";
import { accessErrors, systemContext } from "../context.ts";
import { type Database, openDatabase } from "../database/index.ts";
import { createJobList } from "./find-jobs.ts";
import { failureCode, findJobRuns, recordRun } from "./job-runs.ts";
import { runCronJob } from "./jobs.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const clock = movableClock(NOW);
let database: ClonedDatabase;
let db: Database;
let tenantId: string;
let otherId: string;
beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
  tenantId = await seedTenant(database, { at: NOW });
  otherId = await seedTenant(database, { at: NOW, isOperator: false });
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await database.drop();
});
beforeEach(() => asOwner(database, "delete from job_runs"));

const ctx = (id = tenantId) => systemContext({ tenantId: id, job: "test", now: clock.now() });
const runOf = async (id = tenantId) => (await db.read(ctx(id), findJobRuns)).get("test.work");
const record = (work: Parameters<typeof recordRun>[1]) => recordRun({ db, clock, tenantId, name: "test.work" }, work);
const job = (handle: () => Promise<void>) => ({ name: "test.work", schedule: "* * * * *", handle });

describe("a run of a scheduled job", () => {
  it("is kept with its progress and its success, in each tenant alone", async () => {
    await runCronJob({ db, clock, job: { ...job(async () => {}), handle: async (_, report) => report?.(7) } });
    expect(await runOf()).toMatchObject({
      progress: 7,
      startedAt: NOW,
      finishedAt: NOW,
      succeededAt: NOW,
      error: null,
    });
    expect(await runOf(otherId)).toMatchObject({ progress: 7, succeededAt: NOW });
    expect(await asOwner(database, "select count(*)::int as rows from job_runs")).toEqual([{ rows: 2 }]);
  });

  it("is made in one tenant alone where one is named", async () => {
    await runCronJob({ db, clock, tenantId: otherId, job: job(async () => {}) });
    expect([await runOf(), (await runOf(otherId))?.succeededAt]).toEqual([undefined, NOW]);
  });

  it("of a job that says where there is anything to do is made there alone, or where one is named; in the others it has looked", async () => {
    const woken: string[] = [];
    const handle = async (of: { tenantId: string }) => void woken.push(of.tenantId);
    const due = { name: "test.work", schedule: "* * * * *", handle, dueIn: async () => [otherId] };
    await runCronJob({ db, clock, job: due });
    expect(woken).toEqual([otherId]);
    expect(await runOf()).toMatchObject({
      startedAt: clock.now(),
      durationMs: 0,
      succeededAt: clock.now(),
      error: null,
    });
    await runCronJob({ db, clock, job: due, tenantId });
    expect(woken).toEqual([otherId, tenantId]);
  });

  it("that fails keeps its code and no message, counts, and leaves the last success", async () => {
    await record(async () => {});
    clock.advance(60_000);
    const failing = record(async () => {
      throw new Error("ada@example.com has no account");
    });
    await expect(failing).rejects.toThrow("ada@example.com");
    expect(await runOf()).toMatchObject({ succeededAt: NOW, failures: 1, error: "Error", finishedAt: clock.now() });
    const [row] = await asOwner<{ text: string }>(database, "select job_runs::text as text from job_runs");
    expect(row?.text).not.toContain("ada@example.com");
    clock.moveTo(NOW);
  });

  it("whose process died is there as begun and not finished, and the next replaces it", async () => {
    const stuck = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    // The work of a process that is gone never comes back: nothing more is written of it.
    void record(async () => {
      begun.resolve();
      await stuck.promise;
    });
    await begun.promise;
    expect(await runOf()).toMatchObject({ startedAt: NOW, finishedAt: null, succeededAt: null });
    await record(async () => {});
    expect(await runOf()).toMatchObject({ finishedAt: NOW, succeededAt: NOW });
    stuck.resolve();
  });

  it("beside another tells of the one that began later, whichever ends first", async () => {
    const first = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const earlier = record(async (report) => {
      begun.resolve();
      await first.promise;
      await report(3);
    });
    await begun.promise;
    await record(async (report) => report(5));
    first.resolve();
    await earlier;
    expect(await runOf()).toMatchObject({ progress: 5, succeededAt: NOW, failures: 0 });
  });
});

describe("the list of jobs", () => {
  it("has for each its last success, its next run and its lag, and those that never ran", async () => {
    await record(async () => {});
    clock.advance(5 * 60_000);
    const cron = [job(async () => {}), { name: "other.work", schedule: "0 3 * * *" }];
    const jobs = await createJobList({ db, clock, cron: () => cron }).listJobs(ctx());
    expect(jobs).toMatchObject([
      {
        name: "other.work",
        startedAt: null,
        succeededAt: null,
        lagSeconds: null,
        nextRunAt: new Date("2026-03-02T03:00:00Z"),
      },
      { name: "test.work", succeededAt: NOW, lagSeconds: 240, nextRunAt: new Date("2026-03-01T12:06:00Z") },
    ]);
    clock.moveTo(NOW);
  });
});

describe("what made a run fail", () => {
  it.each([
    [accessErrors.scope_missing({ email: "ada@example.com" }), "access.scope_missing"],
    [Object.assign(new Error("deadlock"), { code: "40P01" }), "postgres.40P01"],
    [Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), "ECONNREFUSED"],
    [new AggregateError([new TypeError("x")]), "TypeError"],
    ["a text", "unknown"],
  ])("is told as a code: %s", (error, code) => {
    expect(failureCode(error)).toBe(code);
  });
});

import { EventEmitter } from "node:events";
import {
  Logger,
  parseCronItems,
  type Runner,
  type RunnerOptions,
  run,
  runOnce,
  type TaskList,
  type WorkerEvents,
} from "graphile-worker";
import { sql } from "kysely";
import { type Clock, instantOf } from "../../kernel/clock.ts";
import { type Ctx, systemContext } from "../context.ts";
import { type Database, JOBS_SCHEMA, listTenants, recordIdleRuns, type Tx } from "../database/index.ts";
import { createTenantClocks } from "../tenant-clocks.ts";
import { type ReportProgress, recordRun } from "./job-runs.ts";
import { PatientPool } from "./queue-pool.ts";
import { showPresence } from "./worker-presence.ts";

/** Work that is done later, at least once: it must be safe to do twice. `payload` is plain JSON. */
export type Job<Payload = unknown> = {
  readonly name: string;
  /** How often it is tried, with growing pauses, before it is left as failed. */
  readonly maxAttempts?: number;
  /**
   * Of work that is kept elsewhere and enqueued anew as long as it is open: to remove its job ends nothing. What does, in words for whoever looks after
   * the program.
   */
  readonly comesAgain?: string;
  readonly handle: (ctx: Ctx, payload: Payload) => Promise<void>;
};

/** Work that wakes on a schedule, once per tenant. What is due is data: a wake that finds nothing does nothing. */
export type CronJob = {
  readonly name: string;
  /** Five cron fields, UTC. */
  readonly schedule: string;
  /** It asks somebody outside: a tenant in test mode has nothing to ask them. */
  readonly isLiveOnly?: true;
  /** Work that takes long says with `report` how far it has come. */
  readonly handle: (ctx: Ctx, report?: ReportProgress) => Promise<void>;
  /** Of a job that wakes often: the tenants in which there is anything to do, asked once for all (docs/adr/0070). Every tenant when not given. */
  readonly dueIn?: (db: Database, now: Date) => Promise<readonly string[]>;
};

const MAX_ATTEMPTS_DEFAULT = 12;

export type EnqueueOptions = {
  /** Only one waiting job has this key: a second replaces it. */
  readonly key?: string;
  /**
   * Runs it so much later, by the queue's own clock: a pause. What is due at a date is data that a cron job looks for; the tenant's clock may be moved,
   * and a job that waited for its date would come a year early or never.
   */
  readonly delayMs?: number;
  readonly maxAttempts?: number;
};

export type NewJob = EnqueueOptions & { readonly payload: object };

/** Enqueues in the transaction of the change that needs the work: both happen or neither. */
export const enqueue = (tx: Tx, name: string, payload: object, options: EnqueueOptions = {}): Promise<void> =>
  enqueueAll(tx, name, [{ payload, ...options }]);

/** The same for many jobs of one kind, each with a key of its own if it has one. */
export async function enqueueAll(tx: Tx, name: string, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const { tenantId } = tx.ctx;
  await sql`
    select ${sql.id(JOBS_SCHEMA)}.add_jobs(array(
      select row(${name}, j.payload, null, now() + j.delay_ms * interval '1 millisecond', j.max_attempts, j.job_key, null, null)::${sql.id(JOBS_SCHEMA)}.job_spec
        from unnest(
          ${jobs.map(({ payload }) => JSON.stringify({ tenantId, payload }))}::json[],
          ${jobs.map(({ delayMs }) => delayMs ?? 0)}::bigint[],
          ${jobs.map(({ maxAttempts }) => maxAttempts ?? MAX_ATTEMPTS_DEFAULT)}::smallint[],
          ${jobs.map(({ key }) => (key === undefined ? null : `${tenantId}:${key}`))}::text[]
        ) as j (payload, delay_ms, max_attempts, job_key)))`.execute(tx);
}

type Envelope = { readonly tenantId: string; readonly payload: unknown };

const isEnvelope = (value: unknown): value is Envelope =>
  typeof value === "object" && value !== null && "tenantId" in value && typeof value.tenantId === "string";

export type WorkerOptions = {
  readonly db: Database;
  readonly clock: Clock;
  readonly jobs: readonly Job[];
  readonly cron: readonly CronJob[];
  readonly concurrency: number;
  readonly onError: (error: unknown, job: string) => void;
};

/**
 * Starts a worker on the shared queue. `stop()` waits for what is running. It stops by itself when the machine's clock is set back, since it would wake
 * nothing on a schedule until its time had come again: whoever started it starts another.
 */
export async function startWorker(options: WorkerOptions): Promise<Runner> {
  const { db, cron, concurrency } = options;
  let onSetBack = (): void => {};
  const queue = openQueue(db, concurrency, () => onSetBack());
  const runner = await run({
    ...queue.options,
    taskList: tasksOf(options),
    parsedCronItems: parseCronItems(cron.map(({ name, schedule }) => ({ task: name, match: schedule }))),
    concurrency,
    pollInterval: 1_000,
  }).catch(async (error: unknown) => {
    await queue.close();
    throw error;
  });
  // What is being written down about jobs that ended is waited for: the queue itself does not.
  const closed = runner.promise.catch(() => {}).then(queue.close);
  onSetBack = () => void runner.stop("the clock was set back").catch(() => {});
  return { ...runner, stop: (reason) => runner.stop(reason).then(() => closed) };
}

/** For the listener, the schedule and the clean-up that the queue runs beside its workers. */
const QUEUE_SPARE_CONNECTIONS = 3;

type Queue = { readonly options: RunnerOptions; readonly close: () => Promise<void> };

/**
 * The queue has connections of its own: it writes the ids of failed jobs into JSON, which has no bigint, so there 64-bit integers are text.
 * Over the program's connections no failure could be written down, and the job would be locked for hours.
 */
function openQueue({ pool }: Database, concurrency: number, onSetBack = (): void => {}): Queue {
  const { types: _, ...config } = pool.options;
  const queuePool = new PatientPool({ ...config, max: concurrency + QUEUE_SPARE_CONNECTIONS });
  const events: WorkerEvents = new EventEmitter();
  let endPresence = async (): Promise<void> => {};
  events.on("pool:create", ({ workerPool }) => {
    endPresence = showPresence(config, workerPool.id, onSetBack);
  });
  return {
    options: {
      pgPool: queuePool,
      schema: JOBS_SCHEMA,
      events,
      logger: SILENT,
      noHandleSignals: true,
      noPreparedStatements: true,
    },
    close: async () => {
      await endPresence();
      await queuePool.end();
    },
  };
}

/** Runs the jobs that are waiting and due, and those that they enqueue, until none is left: for the command line and for tests. */
export async function runDueJobs(options: Omit<WorkerOptions, "cron" | "concurrency">): Promise<void> {
  const queue = openQueue(options.db, 1);
  try {
    await runOnce({ ...queue.options, taskList: tasksOf({ ...options, cron: [] }) });
  } finally {
    await queue.close();
  }
}

/** What went wrong is told to `onError`; that a job went well is no news. */
const SILENT = new Logger(() => () => {});

function tasksOf({ db, clock, jobs, cron, onError }: Omit<WorkerOptions, "concurrency">): TaskList {
  const clocks = createTenantClocks({ db, clock });
  const observed = async (name: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      onError(error, name);
      throw error;
    }
  };
  return Object.fromEntries([
    ...jobs.map((job) => [
      job.name,
      (envelope: unknown) =>
        observed(job.name, async () => {
          if (!isEnvelope(envelope)) throw new TypeError(`job ${job.name} carries no tenant`);
          const { tenantId, payload } = envelope;
          await job.handle(systemContext({ tenantId, job: job.name, now: await clocks.nowIn(tenantId) }), payload);
        }),
    ]),
    ...cron.map((job) => [job.name, () => observed(job.name, () => runCronJob({ db, clock, job }))]),
  ]);
}

/**
 * Runs a cron job's work in each tenant that was not removed (or in one), now: also for the command line and for tests. In one that is suspended what
 * is due is done all the same (docs/adr/0061). What fails in one tenant is done in the
 * others all the same, and thrown at the end. Each tenant's run is kept (`job_runs`).
 */
export async function runCronJob(input: {
  readonly db: Database;
  readonly clock: Clock;
  readonly job: CronJob;
  readonly tenantId?: string;
}): Promise<void> {
  const { db, clock, job } = input;
  const failures: unknown[] = [];
  for (const tenant of await tenantsToWake(input)) {
    const now = instantOf(clock, Number(tenant.clock_offset_ms));
    const ctx = systemContext({ tenantId: tenant.id, job: job.name, now });
    try {
      await recordRun({ db, clock, tenantId: tenant.id, name: job.name }, (report) => job.handle(ctx, report));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, `${job.name} failed in ${failures.length} tenants`);
}

/** The tenants in which a job is to be run. In those that it need not wake in it has been, for all that is to be seen. */
async function tenantsToWake({ db, clock, job, tenantId }: Parameters<typeof runCronJob>[0]) {
  const tenants = (await listTenants(db)).filter(
    ({ status, mode }) => status !== "removed" && !(job.isLiveOnly === true && mode === "test"),
  );
  // Somebody who names a tenant wants to see it run there.
  if (tenantId !== undefined) return tenants.filter(({ id }) => id === tenantId);
  if (job.dueIn === undefined) return tenants;
  const at = clock.now();
  const due = new Set(await job.dueIn(db, at));
  const idle = tenants.flatMap(({ id }) => (due.has(id) ? [] : [id]));
  await recordIdleRuns(db, { name: job.name, tenantIds: idle, at });
  return tenants.filter(({ id }) => due.has(id));
}

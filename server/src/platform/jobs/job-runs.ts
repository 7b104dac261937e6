import { sql } from "kysely";
import type { Clock } from "../../kernel/clock.ts";
import { CatalogueError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/id.ts";
import { systemContext } from "../context.ts";
import { type Database, type ReadTx, sqlState, type Tx } from "../database/index.ts";

/** Called by a job as it goes on, with how many things the run has done so far. */
export type ReportProgress = (done: number) => Promise<void>;

/** The latest run of a job in a tenant. Times are the machine's. */
export type JobRun = {
  readonly name: string;
  readonly startedAt: Date;
  readonly progress: number;
  /** Null while it runs, and where its process died. */
  readonly finishedAt: Date | null;
  readonly durationMs: number | null;
  readonly succeededAt: Date | null;
  readonly failures: number;
  /** A code; null where the latest run has not failed. */
  readonly error: string | null;
};

/** How often a run that goes on says how far it has come. */
const PROGRESS_EVERY_MS = 1_000;

/**
 * Runs a job's work in one tenant and keeps beside it when it began, how far it came and how it ended. A run whose process dies leaves its beginning:
 * the next replaces it.
 */
export async function recordRun(
  input: { readonly db: Database; readonly clock: Clock; readonly tenantId: string; readonly name: string },
  work: (report: ReportProgress) => Promise<void>,
): Promise<void> {
  const { db, clock, tenantId, name } = input;
  const runId = newId();
  const write = (change: (tx: Tx) => Promise<unknown>): Promise<unknown> =>
    db.transaction(systemContext({ tenantId, job: name, now: clock.now() }), change);
  await write((tx) => begin(tx, { name, runId }));
  const startedAt = performance.now();
  let toldAt = startedAt;
  let done = 0;
  const report: ReportProgress = async (count) => {
    done = count;
    if (performance.now() - toldAt < PROGRESS_EVERY_MS) return;
    toldAt = performance.now();
    await write((tx) => goOn(tx, { name, runId, done }));
  };
  const end = (error: string | null): Promise<unknown> =>
    write((tx) => finish(tx, { name, runId, done, durationMs: Math.round(performance.now() - startedAt), error }));
  try {
    await work(report);
  } catch (error) {
    // That a failure could not be written down must not hide the failure.
    await end(failureCode(error)).catch(() => {});
    throw error;
  }
  await end(null);
}

/** What went wrong, as a code: the message of an error may repeat what somebody sent. */
export function failureCode(error: unknown): string {
  if (error instanceof CatalogueError) return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return failureCode(error.errors[0]);
  const state = sqlState(error);
  if (state !== undefined) return /^[0-9A-Z]{5}$/.test(state) ? `postgres.${state}` : state;
  return error instanceof Error ? error.constructor.name : "unknown";
}

type RunKey = { readonly name: string; readonly runId: string };

const begin = (tx: Tx, { name, runId }: RunKey) =>
  sql`
    insert into job_runs (tenant_id, name, run_id, started_at)
    values (${tx.ctx.tenantId}, ${name}, ${runId}, ${tx.ctx.now})
    on conflict (tenant_id, name) do update
       set run_id = excluded.run_id, started_at = excluded.started_at, progress = 0, finished_at = null, duration_ms = null, error = null
  `.execute(tx);

const goOn = (tx: Tx, { name, runId, done }: RunKey & { readonly done: number }) =>
  sql`
    update job_runs set progress = ${done}
     where tenant_id = ${tx.ctx.tenantId} and name = ${name} and run_id = ${runId}`.execute(tx);

/** A run that a later one has overtaken leaves that one's row as it is, but for its success or its failure. */
const finish = (
  tx: Tx,
  { name, runId, done, durationMs, error }: RunKey & { done: number; durationMs: number; error: string | null },
) =>
  sql`
    update job_runs
       set succeeded_at = case when ${error === null} then ${tx.ctx.now} else succeeded_at end,
           failures = failures + ${error === null ? 0 : 1},
           progress = case when run_id = ${runId} then ${done} else progress end,
           finished_at = case when run_id = ${runId} then ${tx.ctx.now} else finished_at end,
           duration_ms = case when run_id = ${runId} then ${durationMs} else duration_ms end,
           error = case when run_id = ${runId} then ${error}::text else error end
     where tenant_id = ${tx.ctx.tenantId} and name = ${name}`.execute(tx);

/** The latest run of each job of the transaction's tenant, by name. */
export async function findJobRuns(tx: ReadTx): Promise<Map<string, JobRun>> {
  const rows = await tx.selectFrom("job_runs").selectAll().where("tenant_id", "=", tx.ctx.tenantId).execute();
  return new Map(
    rows.map((row) => [
      row.name,
      {
        name: row.name,
        startedAt: row.started_at,
        progress: Number(row.progress),
        finishedAt: row.finished_at,
        durationMs: row.duration_ms === null ? null : Number(row.duration_ms),
        succeededAt: row.succeeded_at,
        failures: Number(row.failures),
        error: row.error,
      },
    ]),
  );
}

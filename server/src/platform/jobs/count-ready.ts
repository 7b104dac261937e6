import { sql } from "kysely";
import { JOBS_SCHEMA, type ReadTx } from "../database/index.ts";

/**
 * How many jobs of the transaction's tenant run or could run now, but the one under `exceptKey`. One that has failed and waits for its next attempt
 * could not.
 */
export async function countReadyJobs(tx: ReadTx, { exceptKey }: { readonly exceptKey: string }): Promise<number> {
  const { tenantId } = tx.ctx;
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
      from ${sql.id(JOBS_SCHEMA, "_private_jobs")}
     where payload ->> 'tenantId' = ${tenantId}
       and (locked_at is not null or (run_at <= now() and attempts < max_attempts))
       and key is distinct from ${`${tenantId}:${exceptKey}`}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Whether a job of the transaction's tenant under `key` runs, or will. */
export async function isQueued(tx: ReadTx, key: string): Promise<boolean> {
  const { rows } = await sql<{ is_queued: boolean }>`
    select exists (
      select from ${sql.id(JOBS_SCHEMA, "_private_jobs")}
       where key = ${`${tx.ctx.tenantId}:${key}`}
         and (locked_at is not null or attempts < max_attempts)) as is_queued`.execute(tx);
  return rows[0]?.is_queued === true;
}

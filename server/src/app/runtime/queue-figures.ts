import { sql } from "kysely";
import { type Database, JOBS_SCHEMA } from "../../platform/database/index.ts";

/** Jobs in the queue: those that are due or will be, and those that were given up after their last attempt. */
export async function countJobs(db: Database): Promise<{ waiting: number; failed: number }> {
  const { rows } = await sql<{ waiting: number; failed: number }>`
    select count(*) filter (where attempts < max_attempts)::int as waiting,
           count(*) filter (where attempts >= max_attempts)::int as failed
      from ${sql.id(JOBS_SCHEMA)}.jobs`.execute(db.unscoped);
  return rows[0] ?? { waiting: 0, failed: 0 };
}

import { sql } from "kysely";
import { type Database, JOBS_SCHEMA } from "../database/index.ts";
import type { Job } from "./jobs.ts";

/** A job that has failed in all its attempts. It stays in the queue until somebody decides. */
export type GivenUpJob = {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string | null;
  /** When the last attempt failed. */
  readonly failedAt: Date;
  readonly lastError: string | null;
};

const JOBS = sql.id(JOBS_SCHEMA, "_private_jobs");
/** One that is in its last attempt has not failed yet. */
const IS_GIVEN_UP = sql`job.attempts >= job.max_attempts and job.locked_at is null`;

/** The oldest of them, of every tenant. */
export async function findGivenUpJobs(db: Database, limit: number): Promise<GivenUpJob[]> {
  const { rows } = await sql<{ id: string; name: string; tenant_id: string | null; at: Date; error: string | null }>`
    select job.id::text as id, task.identifier as name, job.payload ->> 'tenantId' as tenant_id,
           job.updated_at as at, job.last_error as error
      from ${JOBS} job join ${sql.id(JOBS_SCHEMA, "_private_tasks")} task on task.id = job.task_id
     where ${IS_GIVEN_UP}
     order by job.updated_at, job.id
     limit ${limit}`.execute(db.unscoped);
  return rows.map(({ id, name, tenant_id, at, error }) => ({
    id,
    name,
    tenantId: tenant_id,
    failedAt: at,
    lastError: error,
  }));
}

/** Lets them run again now, with all their attempts before them: the one of that id, or all when none is given. Returns how many. */
export async function retryGivenUpJobs(db: Database, id?: string): Promise<number> {
  const { rows } = await sql`
    select job.id from ${sql.id(JOBS_SCHEMA)}.reschedule_jobs(
      ${givenUp(id)}, run_at => now(), attempts => 0) job`.execute(db.unscoped);
  return rows.length;
}

/** What became of the wish to remove a job; `comes_again`: it is there still, and `instead` says what ends its work (`Job.comesAgain`). */
export type Removal =
  | { readonly kind: "removed" | "none" }
  | { readonly kind: "comes_again"; readonly name: string; readonly instead: string };

/** Takes one out of the queue, so that it is never run again. Not one whose work would be enqueued anew: who removed it would take it for ended. */
export async function removeGivenUpJob(db: Database, id: string, jobs: readonly Job[]): Promise<Removal> {
  const name = await nameOfGivenUp(db, id);
  const instead = jobs.find((job) => job.name === name)?.comesAgain;
  if (name !== undefined && instead !== undefined) return { kind: "comes_again", name, instead };
  const { rows } = await sql`
    select job.id from ${sql.id(JOBS_SCHEMA)}.complete_jobs(${givenUp(id)}) job`.execute(db.unscoped);
  return { kind: rows.length > 0 ? "removed" : "none" };
}

async function nameOfGivenUp(db: Database, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select task.identifier as name
      from ${JOBS} job join ${sql.id(JOBS_SCHEMA, "_private_tasks")} task on task.id = job.task_id
     where ${IS_GIVEN_UP} and job.id = ${id}::bigint`.execute(db.unscoped);
  return rows[0]?.name;
}

const givenUp = (id: string | undefined) => sql`array(
  select job.id from ${JOBS} job where ${IS_GIVEN_UP} and (${id ?? null}::bigint is null or job.id = ${id ?? null}::bigint))`;

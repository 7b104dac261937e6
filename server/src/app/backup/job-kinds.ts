import type { Client } from "pg";
import { JOBS_SCHEMA } from "../../platform/database/index.ts";

const KINDS = `${JOBS_SCHEMA}._private_tasks`;
const JOBS = `${JOBS_SCHEMA}._private_jobs`;

/**
 * The queue numbers its kinds of job in the order of their first appearance, and a worker reads those numbers once, when it starts. A backup of
 * another installation has numbered them otherwise: a worker that runs on would take one kind for another. This notes the numbers before the
 * backup is read; `keepJobKinds` puts them back under what was read.
 */
export async function noteJobKinds(client: Client): Promise<void> {
  await client.query(`create temporary table job_kinds_here on commit drop as select id, identifier from ${KINDS}`);
}

/** Numbers the restored jobs as the database did before; kinds that it did not know keep theirs where it is free. */
export async function keepJobKinds(client: Client): Promise<void> {
  await client.query(`
    create temporary table job_kinds_moved on commit drop as
    select restored.id as id_before, restored.identifier,
           coalesce(here.id, case when taken.id is null then restored.id end,
                    greatest((select max(id) from job_kinds_here), (select max(id) from ${KINDS}))
                      + row_number() over (order by restored.id)) as id
      from ${KINDS} restored
      left join job_kinds_here here using (identifier)
      left join job_kinds_here taken on taken.id = restored.id`);
  await client.query(`
    update ${JOBS} job set task_id = moved.id
      from job_kinds_moved moved where job.task_id = moved.id_before and moved.id <> moved.id_before`);
  await client.query(`delete from ${KINDS}`);
  await client.query(`
    insert into ${KINDS} (id, identifier) overriding system value
    select id, identifier from job_kinds_moved union select id, identifier from job_kinds_here`);
  await client.query(
    `
    select setval(pg_get_serial_sequence($1, 'id'), max(id)) from ${KINDS} having max(id) is not null`,
    [KINDS],
  );
}

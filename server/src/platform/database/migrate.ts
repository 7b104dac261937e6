import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client, escapeLiteral } from "pg";

/** The Postgres schema that holds every table of ours, beside whatever else lives in the database. */
export const SCHEMA = "tributary";
/** The schema of the job queue (graphile-worker), kept apart from its default so that a host application may run its own. */
export const JOBS_SCHEMA = "tributary_jobs";
/** The role that the server runs as. It owns nothing and can bypass no policy. */
export const SERVER_ROLE = "tributary_server";

const MIGRATIONS_FOLDER = fileURLToPath(new URL("../../../migrations", import.meta.url));
const MIGRATIONS_TABLE = "migrations";

export type MigrateOptions = {
  /** Connection string of the role that owns (or will own) the schema. */
  readonly url: string;
  readonly direction?: "up" | "down";
  /** How many migrations to run; all of them when not given. */
  readonly count?: number;
  readonly log?: (line: string) => void;
};

/**
 * Brings the schema up to date (or takes it down) and installs the job queue's tables. Several processes may call it at once: they wait
 * for each other. Returns the names of the migrations that ran.
 */
export async function migrate({ url, direction = "up", count, log = () => {} }: MigrateOptions): Promise<string[]> {
  const { runner } = await import("node-pg-migrate");
  const ran = await runner({
    databaseUrl: url,
    dir: MIGRATIONS_FOLDER,
    direction,
    count: count ?? Number.POSITIVE_INFINITY,
    schema: SCHEMA,
    createSchema: true,
    migrationsTable: MIGRATIONS_TABLE,
    migrationsSchema: SCHEMA,
    createMigrationsSchema: true,
    advisoryLockMode: "wait",
    singleTransaction: true,
    log,
    logger: { debug: log, info: log, warn: log, error: log },
  });
  if (direction === "up") await installJobQueue(url);
  return ran.map((migration) => migration.name);
}

/** The migrations of this release, oldest first. */
export const knownMigrations = async (): Promise<string[]> =>
  (await readdir(MIGRATIONS_FOLDER))
    .filter((name) => name.endsWith(".sql"))
    .map((name) => name.slice(0, -".sql".length))
    .sort();

const JOB_RIGHTS = `
  -- A server sees whether a newer one has migrated the schema under it.
  grant select on ${SCHEMA}.${MIGRATIONS_TABLE} to ${SERVER_ROLE};
  grant usage on schema ${JOBS_SCHEMA} to ${SERVER_ROLE};
  grant select, insert, update, delete on all tables in schema ${JOBS_SCHEMA} to ${SERVER_ROLE};
  revoke insert, update, delete on ${JOBS_SCHEMA}.migrations, ${JOBS_SCHEMA}.jobs from ${SERVER_ROLE};
  grant usage, select on all sequences in schema ${JOBS_SCHEMA} to ${SERVER_ROLE};
  grant execute on all functions in schema ${JOBS_SCHEMA} to ${SERVER_ROLE};
  -- The queue's tables come with row-level security and no policy, for nobody but their owner. A worker serves every tenant.
  do $$
  declare queue_table text;
  begin
    for queue_table in select tablename from pg_tables where schemaname = '${JOBS_SCHEMA}' and rowsecurity loop
      execute format('drop policy if exists every_tenant on ${JOBS_SCHEMA}.%I', queue_table);
      execute format('create policy every_tenant on ${JOBS_SCHEMA}.%I to ${SERVER_ROLE} using (true) with check (true)', queue_table);
    end loop;
  end $$;
`;

/** As what the job queue is installed: the release of its library, and the rights that the server has on it. Kept as the comment on its schema. */
async function jobQueueMark(): Promise<string> {
  // The package has no door to its package.json: its folder is found from its code.
  const manifest = join(dirname(createRequire(import.meta.url).resolve("graphile-worker")), "..", "package.json");
  const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version: string };
  return `graphile-worker ${version}, rights ${createHash("sha256").update(JOB_RIGHTS).digest("hex").slice(0, 16)}`;
}

/** Whether the job queue is there as this release installs it: then a start has nothing to do about it. */
export async function isJobQueueInstalled(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ mark: string | null }>(
    "select obj_description(oid, 'pg_namespace') as mark from pg_namespace where nspname = $1",
    [JOBS_SCHEMA],
  );
  return rows[0]?.mark === (await jobQueueMark());
}

/** The job queue's own migrations, and the server's rights on it. */
async function installJobQueue(url: string): Promise<void> {
  const { runMigrations } = await import("graphile-worker");
  await runMigrations({ connectionString: url, schema: JOBS_SCHEMA });
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("begin");
    await client.query(JOB_RIGHTS);
    await client.query(`comment on schema ${JOBS_SCHEMA} is ${escapeLiteral(await jobQueueMark())}`);
    await client.query("commit");
  } finally {
    await client.end();
  }
}

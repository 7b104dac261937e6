import { randomBytes } from "node:crypto";
import { chmodSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { loadConfig } from "../../server/src/app/config/config.ts";
import type { Cluster as StoredCluster } from "../../server/src/app/database/cluster-place.ts";
import { type DatabaseUrls, urlsOf } from "../../server/src/app/database/embedded-postgres.ts";
import { openDatabaseOf } from "../../server/src/app/database/open-database.ts";
import { DATABASE, OWNER_LOGIN, SERVER_LOGIN } from "../../server/src/app/database/prepare-cluster.ts";
import { readPrivateFile } from "../../server/src/app/runtime/private-file.ts";
import { SCHEMA, SERVER_ROLE } from "../../server/src/platform/database/migrate.ts";
import { cpuOfFamily } from "./processes.ts";

/** A database of the cluster. */
export type BenchDatabase = AsyncDisposable & {
  readonly name: string;
  /** As the server signs in. */
  readonly serverUrl: string;
  /** Past every policy and, in a session that says so, past triggers: for set-up alone. */
  asSuperuser<Result>(work: (client: Client) => Promise<Result>): Promise<Result>;
  /** Gives the planner the statistics that a database which has run for a minute has. */
  analyze(): Promise<void>;
  /** For a connection to `serverUrl`: the server's role, under its policies, with the tenant set for the session. */
  serverOptions(tenantId: string): string;
};

/** A Postgres of its own, as an installation runs it: every commit reaches the disk. */
export type Cluster = AsyncDisposable & {
  readonly version: string;
  /** What it has used of the processor so far, in µs; NaN where the system does not tell. */
  cpu(): number;
  /** A copy of another database of the cluster, which nobody is connected to; of the migrated, empty one when not given. */
  createDatabase(template?: string): Promise<BenchDatabase>;
};

const CONNECTIONS_MAX = 120;

/** Starts the embedded Postgres in a temporary folder; disposing stops it and removes the folder. */
export async function startCluster(say: (line: string) => void): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-bench-"));
  // Under root, Postgres runs as another user, who has to pass through here.
  chmodSync(folder, 0o755);
  const config = loadConfig({ TRIBUTARY_HOME: join(folder, "home"), DATABASE_POOL_MAX: `${CONNECTIONS_MAX}` });
  const database = await openDatabaseOf(config, { what: "the benchmarks", now: new Date(), say });
  const leave = (): void => {
    database.abandon();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", leave);
  const stored = readPrivateFile(database.home.postgres) as StoredCluster;
  const { rows } = await onSuperuser(stored, DATABASE, (client) =>
    client.query<{ version: string; pid: number }>(
      "select current_setting('server_version') as version, split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::integer as pid",
    ),
  );
  const { version = "", pid = Number.NaN } = rows[0] ?? {};
  return {
    version,
    cpu: () => cpuOfFamily(pid),
    createDatabase: async (template = DATABASE) => {
      const name = `bench_${randomBytes(6).toString("hex")}`;
      await onSuperuser(stored, "postgres", async (client) => {
        await client.query(`create database ${name} template ${template} owner ${OWNER_LOGIN} strategy file_copy`);
        await client.query(`grant connect on database ${name} to ${SERVER_LOGIN}`);
      });
      return openCopy(stored, name);
    },
    [Symbol.asyncDispose]: async () => {
      process.removeListener("exit", leave);
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function openCopy(stored: StoredCluster, name: string): BenchDatabase {
  const serverUrl = inDatabase(urlsOf(stored), name);
  return {
    name,
    serverUrl,
    analyze: () => onSuperuser(stored, name, async (client) => void (await client.query("vacuum analyze"))),
    asSuperuser: (work) => onSuperuser(stored, name, work),
    serverOptions: (tenantId) =>
      `-c search_path=${SCHEMA},pg_temp -c role=${SERVER_ROLE} -c timezone=UTC -c tributary.tenant_id=${tenantId}`,
    [Symbol.asyncDispose]: () =>
      onSuperuser(
        stored,
        "postgres",
        async (client) => void (await client.query(`drop database ${name} with (force)`)),
      ),
  };
}

const inDatabase = ({ serverUrl }: DatabaseUrls, name: string): string => serverUrl.replace(/\/[^/]*$/, `/${name}`);

function onSuperuser<Result>(
  { folder, tcpPort, passwords }: StoredCluster,
  database: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const where = tcpPort === 0 ? { host: folder } : { host: "127.0.0.1", port: tcpPort };
  const options = `-c search_path=${SCHEMA},public`;
  const client = new Client({ ...where, user: "postgres", password: passwords.superuser, database, options });
  return withClient(client, work);
}

async function withClient<Result>(client: Client, work: (client: Client) => Promise<Result>): Promise<Result> {
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

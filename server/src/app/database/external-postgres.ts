import { Client, escapeIdentifier } from "pg";
import { SERVER_ROLE } from "../../platform/database/index.ts";
import type { ExternalDatabase } from "../config/config.ts";
import { StartError, systemCode } from "../runtime/start-error.ts";

const VERSION_MIN = 150_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** Sees that a Postgres of the operator's can be reached under both logins and is new enough. */
export async function checkExternalPostgres({ serverUrl, migrateUrl }: ExternalDatabase): Promise<void> {
  for (const [variable, url] of [
    ["DATABASE_MIGRATE_URL", migrateUrl],
    ["DATABASE_URL", serverUrl],
  ] as const) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
    try {
      await client.connect();
      const { rows } = await client.query<{ number: number; version: string }>(
        "select current_setting('server_version_num')::int as number, current_setting('server_version') as version",
      );
      const [found] = rows;
      if (found && found.number < VERSION_MIN) {
        throw new StartError(
          `The database is Postgres ${found.version}; Tributary needs 15 or newer.`,
          "Upgrade it, or leave DATABASE_URL out to use the embedded Postgres.",
        );
      }
    } catch (error) {
      if (error instanceof StartError) throw error;
      throw unreachable(migrateUrl === serverUrl ? "DATABASE_URL" : variable, url, error);
    } finally {
      await client.end();
    }
  }
}

function unreachable(variable: string, url: string, error: unknown): StartError {
  const { hostname, port, username, pathname } = new URL(url);
  const where = `${decodeURIComponent(hostname)}${port ? `:${port}` : ""}`;
  const [reason, remedy] = reasonOf(error, { where, login: decodeURIComponent(username), database: pathname.slice(1) });
  return new StartError(`The database of ${variable} cannot be used: ${reason}.`, remedy, error);
}

type Target = { readonly where: string; readonly login: string; readonly database: string };

function reasonOf(error: unknown, { where, login, database }: Target): [string, string] {
  switch (systemCode(error)) {
    case "ECONNREFUSED":
      return [`nothing listens at ${where}`, "Is it running, and are host and port right?"];
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return [`there is no host ${where}`, "Is the host's name right?"];
    case "28P01":
    case "28000":
      return [
        `it does not let ${login} in`,
        "Are user and password right? Signs such as @ and / are written as %40 and %2F.",
      ];
    case "3D000":
      return [`it has no database ${database}`, `Make it: create database ${escapeIdentifier(database)};`];
    default:
      return [
        error instanceof Error && error.message ? error.message : String(error),
        `Try the same address with psql.`,
      ];
  }
}

/** Makes the server's login a member of the server's role, where the owner of the schema may do that and it is none yet. */
export async function admitServerLogin({ serverUrl, migrateUrl }: ExternalDatabase): Promise<void> {
  const login = decodeURIComponent(new URL(serverUrl).username);
  const client = new Client({ connectionString: migrateUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ is_member: boolean }>(
      "select pg_has_role(rolname, $2, 'member') as is_member from pg_roles where rolname = $1",
      [login, SERVER_ROLE],
    );
    if (rows[0]?.is_member === false) {
      // Where this owner may not, the check of the role says what an administrator has to do.
      await client.query(`grant ${SERVER_ROLE} to ${escapeIdentifier(login)}`).catch(() => {});
    }
  } finally {
    await client.end();
  }
}

import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { SERVER_ROLE } from "../../platform/database/index.ts";
import type { Cluster } from "./cluster-place.ts";

export const DATABASE = "tributary";
/** Owns the schema and migrates it. No superuser. */
export const OWNER_LOGIN = "tributary_owner";
/** What the server signs in as; a member of the server's role and of nothing else. */
export const SERVER_LOGIN = "tributary_app";

/** Makes the roles and the database of a new cluster. Safe to do again: a start that was cut off half-way begins it anew. */
export async function prepareCluster(superuserUrl: string, passwords: Cluster["passwords"]): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(makeRole(SERVER_ROLE, "nologin"));
    await client.query(makeRole(OWNER_LOGIN, `login password ${escapeLiteral(passwords.owner)}`));
    await client.query(makeRole(SERVER_LOGIN, `login password ${escapeLiteral(passwords.server)}`));
    await client.query(`grant ${SERVER_ROLE} to ${SERVER_LOGIN}`);
    const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER_LOGIN}`);
    await client.query(`revoke all on database ${DATABASE} from public`);
    await client.query(`grant connect on database ${DATABASE} to ${SERVER_LOGIN}`);
  } finally {
    await client.end();
  }
}

const makeRole = (name: string, attributes: string): string => `
  do $$ begin
    if not exists (select from pg_roles where rolname = ${escapeLiteral(name)}) then create role ${escapeIdentifier(name)}; end if;
  end $$;
  alter role ${escapeIdentifier(name)} ${attributes} nosuperuser nobypassrls nocreatedb nocreaterole noreplication`;

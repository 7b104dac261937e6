import { Client } from "pg";
import { SCHEMA, SERVER_ROLE } from "../../platform/database/index.ts";
import { StartError, systemCode } from "../runtime/start-error.ts";

/**
 * Refuses to serve as a role that row-level security does not bind: a superuser, one that bypasses policies, or the owner of a table. Asked
 * over a connection like those of the server.
 */
export async function checkServerRole(serverUrl: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl, options: `-c role=${SERVER_ROLE}` });
  try {
    await client.connect();
    const { rows } = await client.query<{ role: string; reason: string | null }>(
      `select r.rolname as role,
              case when r.rolsuper then 'it is a superuser'
                   when r.rolbypassrls then 'it bypasses row-level security'
                   when exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                                 where n.nspname = $1 and c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'member'))
                     then 'it owns tables, or is a member of the role that does'
              end as reason
         from pg_roles r
        where r.rolname = current_user`,
      [SCHEMA],
    );
    const [found] = rows;
    if (found?.reason === null && found.role === SERVER_ROLE) return;
    throw new StartError(
      `The server would work as the database role ${found?.role}, which no policy binds: ${found?.reason ?? `it is not ${SERVER_ROLE}`}.`,
      `Let ${SERVER_ROLE} be what migrations make of it: alter role ${SERVER_ROLE} nosuperuser nobypassrls; and no member of another role.`,
    );
  } catch (error) {
    if (error instanceof StartError) throw error;
    const login = decodeURIComponent(new URL(serverUrl).username);
    if (systemCode(error) === "42501" || systemCode(error) === "22023") {
      throw new StartError(
        `The login ${login} of DATABASE_URL may not work as ${SERVER_ROLE}: ${error instanceof Error ? error.message : String(error)}.`,
        `Run as an administrator of the database: grant ${SERVER_ROLE} to "${login}";`,
        error,
      );
    }
    throw error;
  } finally {
    await client.end();
  }
}

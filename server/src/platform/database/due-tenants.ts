import { type RawBuilder, sql } from "kysely";
import type { Database } from "./database.ts";

/** In which tenants a job has anything to do: crossings like the others (`crossings.ts`), for who wakes in all of them. */

/** Writes down that a job has looked in some tenants and found nothing to do. */
export async function recordIdleRuns(
  db: Database,
  { name, tenantIds, at }: { readonly name: string; readonly tenantIds: readonly string[]; readonly at: Date },
): Promise<void> {
  if (tenantIds.length === 0) return;
  await sql`select record_idle_runs(${name}, ${[...tenantIds]}::uuid[], ${at})`.execute(db.unscoped);
}

/** Tenants with acts that are not sealed, looking back so many positions. */
export const tenantsToSeal = (db: Database, lookback: bigint): Promise<string[]> =>
  idsOf(sql<{ id: string }>`select tenants_to_seal(${lookback}) as id`, db);

/** Tenants in which something waits to be rolled up; of the others it is noted that nothing does. */
export const tenantsToRollUp = (db: Database, at: Date): Promise<string[]> =>
  idsOf(sql<{ id: string }>`select tenants_to_roll_up(${at}) as id`, db);

/** Tenants with a domain that is to be checked. */
export const tenantsToCheckDomains = (db: Database, at: Date): Promise<string[]> =>
  idsOf(sql<{ id: string }>`select tenants_to_check_domains(${at}) as id`, db);

const idsOf = async (query: RawBuilder<{ id: string }>, db: Database): Promise<string[]> =>
  (await query.execute(db.unscoped)).rows.map(({ id }) => id);

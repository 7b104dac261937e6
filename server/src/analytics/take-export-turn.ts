import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import { analyticsErrors } from "./analytics-errors.ts";

/**
 * Lets a partner make one export at a time, on all servers together, until the transaction ends: each holds a connection while it is made.
 * Throws `analytics.export_running`.
 */
export async function takeExportTurn(tx: ReadTx, partnerId: string): Promise<void> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`export ${tx.ctx.tenantId} ${partnerId}`}, 0)) as taken`.execute(
    tx,
  );
  if (rows[0]?.taken !== true) throw analyticsErrors.export_running();
}

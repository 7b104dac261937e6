import { sql } from "kysely";
import type { ReadTx } from "../database/index.ts";

/** How many events of the transaction's tenant are to be told now. `at` is the machine's time, by which they wait to be told again. */
export async function countUntold(tx: ReadTx, at: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
      from outbox_events
     where tenant_id = ${tx.ctx.tenantId}
       and dispatched_at is null
       and given_up_at is null
       and (retry_at is null or retry_at <= ${at})`.execute(tx);
  return rows[0]?.count ?? 0;
}

import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";

/** How many sales of partners' customers there were, and how many were taken back. */
export type SalesCount = { readonly sales: bigint; readonly refunds: bigint; readonly chargebacks: bigint };

/** Of partners, what is dated at or after an instant; by partner. Who has sold nothing is left out. */
export async function countReversals(
  tx: ReadTx,
  { partnerIds, since }: { readonly partnerIds: readonly string[]; readonly since: Date },
): Promise<ReadonlyMap<string, SalesCount>> {
  const { rows } = await sql<SalesCount & { partner_id: string }>`
    select partner_id,
           count(*) filter (where kind = 'payment') as sales,
           count(*) filter (where kind = 'refund') as refunds,
           count(*) filter (where kind = 'chargeback') as chargebacks
      from transactions
     where tenant_id = ${tx.ctx.tenantId}
       and partner_id = any (${[...partnerIds]}::uuid[])
       and occurred_at >= ${since}
     group by partner_id`.execute(tx);
  return new Map(rows.map(({ partner_id, ...count }) => [partner_id, count]));
}

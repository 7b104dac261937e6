import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";

/** What of a partner is on its way: the sum of its payouts that wait or were released and are not settled, by currency. */
export async function sumOpen(tx: ReadTx, partnerId: string): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ currency: string; amount: bigint }>`
    select currency, sum(amount)::bigint as amount
      from partner_payouts
     where tenant_id = ${tx.ctx.tenantId} and partner_id = ${partnerId} and status in ('pending', 'processing')
     group by currency`.execute(tx);
  return new Map(rows.map((row) => [row.currency, row.amount]));
}

/** What is to be paid by hand and has not been handed out, by currency: the books have it as paid, and the bank does not know of it yet. */
export async function sumNotHandedOut(tx: ReadTx, partnerId: string): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ currency: string; amount: bigint }>`
    select currency, sum(amount - fee - tax_withheld)::bigint as amount
      from partner_payouts
     where tenant_id = ${tx.ctx.tenantId} and partner_id = ${partnerId}
       and payment_method = 'bank_file' and status = 'completed' and exported_at is null
     group by currency`.execute(tx);
  return new Map(rows.map((row) => [row.currency, row.amount]));
}

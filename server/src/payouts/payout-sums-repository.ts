import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";

/** A sum of a partner in a currency, minor units. */
export type PartnerSum = { readonly partnerId: string; readonly currency: string; readonly amount: bigint };

/** What of partners is on its way: the sums of their payouts that wait or were released and are not settled. */
export async function sumOpen(tx: ReadTx, partnerIds: readonly string[]): Promise<readonly PartnerSum[]> {
  const { rows } = await sql<PartnerSum>`
    select partner_id as "partnerId", currency, sum(amount)::bigint as amount
      from partner_payouts
     where tenant_id = ${tx.ctx.tenantId} and partner_id = any (${[...partnerIds]}::uuid[]) and status in ('pending', 'processing')
     group by partner_id, currency`.execute(tx);
  return rows;
}

/** What a partner has been paid, by currency: whole payouts, so that what one took of a commission in part counts as well. Of what came back, nothing. */
export async function sumCompleted(tx: ReadTx, partnerId: string): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ currency: string; amount: bigint }>`
    select currency, sum(amount)::bigint as amount
      from partner_payouts
     where tenant_id = ${tx.ctx.tenantId} and partner_id = ${partnerId} and status = 'completed'
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

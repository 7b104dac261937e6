import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import { asCommission, type CommissionRow, selectCommissions } from "./commission-repository.ts";

export type DueAccount = { readonly partnerId: string; readonly currency: string };

/** Accounts with a commission whose hold is over, in key order, after the given one. */
export async function findDueAccounts(
  tx: ReadTx,
  { after, limit }: { readonly after: DueAccount | undefined; readonly limit: number },
): Promise<DueAccount[]> {
  const { rows } = await sql<DueAccount>`
    select distinct partner_id as "partnerId", currency
      from commissions
     where tenant_id = ${tx.ctx.tenantId}
       and status = 'pending'
       and reverses_id is null
       and hold_until <= ${tx.ctx.now}
       and (${after === undefined} or (partner_id, currency) > (${after?.partnerId ?? null}::uuid, ${after?.currency ?? null}::text))
     order by partner_id, currency
     limit ${limit}`.execute(tx);
  return rows;
}

/** Commissions of one account whose hold is over, oldest first, after the given one. Their reversals are not among them: they follow. */
export async function findDueRoots(
  tx: ReadTx,
  question: DueAccount & { readonly after: CommissionRow | undefined; readonly limit: number },
): Promise<CommissionRow[]> {
  const { after } = question;
  let query = selectCommissions(tx)
    .where("partner_id", "=", question.partnerId)
    .where("currency", "=", question.currency)
    .where("status", "=", "pending")
    .where("reverses_id", "is", null)
    .where("hold_until", "<=", tx.ctx.now);
  if (after !== undefined) {
    query = query.where(sql<boolean>`(hold_until, id) > (${after.hold_until}::timestamptz, ${after.id}::uuid)`);
  }
  const rows = await query.orderBy("hold_until").orderBy("id").limit(question.limit).execute();
  return rows.map(asCommission);
}

/** Those of the referrals for which a fraud hold is open. */
export async function findHeldReferrals(tx: ReadTx, referralIds: readonly string[]): Promise<Set<string>> {
  if (referralIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom("referral_standings")
    .select("referral_id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("referral_id", "=", sql<string>`any (${[...new Set(referralIds)]}::uuid[])`)
    .where("is_held", "=", true)
    .execute();
  return new Set(rows.map((row) => row.referral_id));
}

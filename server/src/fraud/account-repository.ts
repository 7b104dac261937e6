import { type RawBuilder, sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";

/** That a partner is, or was, paid to an account, or to one of several. */
export type AccountClaim = {
  readonly partnerId: string;
  /** Since when it has it without a break. */
  readonly since: Date;
  readonly isCurrent: boolean;
  /** Payouts to it that were made and stand: with one the account is proven, before it is only entered. */
  readonly paid: number;
};

/**
 * Writes down that a partner is paid to accounts from now on, and no longer to others: it has left them, or has lost them (`isLost`) because their
 * provider cannot be asked any more. Whoever comes back to what it has left comes later; what was lost and is found again is as old as it was.
 */
export async function claimAccounts(
  tx: Tx,
  of: { readonly partnerId: string; readonly values: readonly Buffer[]; readonly isLost: boolean },
): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await sql`
    update fraud_accounts
       set is_current = false, is_lost = ${of.isLost}
     where tenant_id = ${tenantId}
       and partner_id = ${of.partnerId}
       and value <> all (${[...of.values]}::bytea[])
       and (is_current or is_lost)`.execute(tx);
  await sql`
    insert into fraud_accounts as a (tenant_id, value, partner_id, since, is_current)
    select ${tenantId}, v.value, ${of.partnerId}, ${now}, true
      from unnest(${[...of.values]}::bytea[]) as v (value)
     order by v.value
        on conflict (tenant_id, value, partner_id) do update
       set is_current = true, is_lost = false,
           since = case when a.is_current or a.is_lost then a.since else excluded.since end`.execute(tx);
}

/** Counts a payout to an account that was made, or that came back. */
export async function countPaid(
  tx: Tx,
  of: { readonly partnerId: string; readonly value: Buffer; readonly change: 1 | -1 },
): Promise<void> {
  await sql`
    update fraud_accounts
       set paid = greatest(paid + ${of.change}::integer, 0)
     where tenant_id = ${tx.ctx.tenantId} and value = ${of.value} and partner_id = ${of.partnerId}`.execute(tx);
}

type AskedAccount = { readonly partnerId: string; readonly value: Buffer };

/**
 * By partner, for how many others one of its accounts is established more than for it; for whom there is none is left out. Proven goes before entered, and
 * earlier before later; whoever was paid to it is not asked again, and who has left it unpaid counts for nothing. So nobody holds another's money by
 * entering its account.
 */
export async function countEstablished(
  tx: ReadTx,
  accounts: readonly AskedAccount[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await establishedBy(tx, accounts).execute(tx);
  return new Map(rows.map((row) => [row.partnerId, row.partners]));
}

/** The query of it. */
export function establishedBy(
  tx: ReadTx,
  accounts: readonly AskedAccount[],
): RawBuilder<{ partnerId: string; partners: number }> {
  const { tenantId } = tx.ctx;
  return sql`
    select asked.partner_id as "partnerId", count(distinct other.partner_id)::integer as partners
      from unnest(
             ${accounts.map(({ partnerId }) => partnerId)}::uuid[],
             ${accounts.map(({ value }) => value)}::bytea[]
           ) as asked (partner_id, value)
      join fraud_accounts other on (other.tenant_id, other.value) = (${tenantId}::uuid, asked.value)
      left join fraud_accounts own on (own.tenant_id, own.value, own.partner_id) = (${tenantId}::uuid, asked.value, asked.partner_id)
     where other.partner_id <> asked.partner_id
       and (other.is_current or other.paid > 0)
       and coalesce(own.paid, 0) = 0
       and (other.paid > 0 or own.since is null or (other.since, other.partner_id) < (own.since, own.partner_id))
     group by asked.partner_id`;
}

/** Other partners that were paid to an account. */
export async function findProvenOthers(
  tx: ReadTx,
  of: { readonly partnerId: string; readonly value: Buffer },
): Promise<string[]> {
  const rows = await tx
    .selectFrom("fraud_accounts")
    .select("partner_id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("value", "=", of.value)
    .where("partner_id", "<>", of.partnerId)
    .where("paid", ">", 0)
    .execute();
  return rows.map((row) => row.partner_id);
}

/** Who is, or was, paid to one of the accounts, for whom it is established most first. */
export async function findClaims(tx: ReadTx, values: readonly Buffer[], limit: number): Promise<AccountClaim[]> {
  const { rows } = await sql<AccountClaim>`
    select partner_id as "partnerId", min(since) as since, bool_or(is_current) as "isCurrent", sum(paid)::integer as paid
      from fraud_accounts
     where tenant_id = ${tx.ctx.tenantId}
       and value = any (${[...values]}::bytea[])
     group by partner_id
     order by sum(paid) > 0 desc, min(since), partner_id
     limit ${limit}`.execute(tx);
  return rows;
}

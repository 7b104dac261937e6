import { type Selectable, sql } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { Referral, ReferralMetadata, ReferralSource, ReferralStatus } from "./referral.ts";

export type ReferralRow = Selectable<DB["referrals"]>;

/** A row as a referral. The check constraints make the casts of status and source true; `metadata` is written by this module alone. */
export const toReferral = (row: ReferralRow): Referral => ({
  id: row.id,
  partnerId: row.partner_id,
  referredUserId: row.referred_user_id,
  referralCode: row.referral_code,
  clickId: row.click_id,
  couponId: row.coupon_id,
  linkId: row.link_id,
  source: row.source as ReferralSource,
  status: row.status as ReferralStatus,
  createdAt: row.created_at,
  convertedAt: row.conversion_date,
  qualifiedAt: row.qualified_at,
  rejectedAt: row.rejected_at,
  rejectionReason: row.rejection_reason,
  verificationRequired: row.verification_required,
  verifiedAt: row.verified_at,
  termsId: row.terms_id,
  reattributedAt: row.reattributed_at,
  reattributedFrom: row.reattributed_from,
  metadata: row.metadata as ReferralMetadata,
});

/** A tenant's referrals, for lists: filters and order are the caller's. */
export const selectReferrals = (tx: ReadTx) =>
  tx.selectFrom("referrals").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

export async function findReferral(tx: ReadTx, id: string): Promise<Referral | undefined> {
  const row = await selectReferrals(tx).where("id", "=", id).executeTakeFirst();
  return row && toReferral(row);
}

/** Referrals by id; what is not there is left out. */
export async function findReferrals(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, Referral>> {
  const { rows } = await sql<ReferralRow>`
    select *
      from referrals
     where tenant_id = ${tx.ctx.tenantId}
       and id = any (${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, toReferral(row)]));
}

/** The referrals of customers, by customer: of one that was re-attributed, the last. */
export async function findReferralsOfCustomers(
  tx: ReadTx,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Referral>> {
  const { rows } = await sql<ReferralRow>`
    select *
      from referrals
     where tenant_id = ${tx.ctx.tenantId}
       and referred_user_id = any (${customerIds}::uuid[])
       and reattributed_at is null`.execute(tx);
  return new Map(rows.map((row) => [row.referred_user_id ?? "", toReferral(row)]));
}

/** All referrals of customers: of each the former ones in the order in which they ended, and the current one last. */
export async function findAllReferralsOf(tx: ReadTx, customerIds: readonly string[]): Promise<Referral[]> {
  const { rows } = await sql<ReferralRow>`
    select *
      from referrals
     where tenant_id = ${tx.ctx.tenantId}
       and referred_user_id = any (${customerIds}::uuid[])
     order by reattributed_at nulls last, id`.execute(tx);
  return rows.map(toReferral);
}

/** What a customer was before it was re-attributed, the first referral first. */
export async function findFormerReferrals(tx: ReadTx, customerId: string): Promise<Referral[]> {
  const rows = await selectReferrals(tx)
    .where("referred_user_id", "=", customerId)
    .where("reattributed_at", "is not", null)
    .orderBy("reattributed_at")
    .orderBy("id")
    .execute();
  return rows.map(toReferral);
}

/**
 * Whose each customer is; who belongs to nobody, or has only signed up, is left out. Rejected referrals are in: what was earned before the
 * rejection is still theirs to lose.
 */
export async function findAttributions(
  tx: ReadTx,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly referralId: string; readonly partnerId: string }>> {
  const { rows } = await sql<{ id: string; partner_id: string; referred_user_id: string }>`
    select id, partner_id, referred_user_id
      from referrals
     where tenant_id = ${tx.ctx.tenantId}
       and referred_user_id = any (${customerIds}::uuid[])
       and conversion_date is not null
       and reattributed_at is null`.execute(tx);
  return new Map(rows.map((row) => [row.referred_user_id, { referralId: row.id, partnerId: row.partner_id }]));
}

/** Marks converted referrals as qualified; those that are not converted stay as they are. Returns what changed. */
export async function qualifyRows(
  tx: Tx,
  qualified: readonly { readonly referralId: string; readonly at: Date }[],
): Promise<Referral[]> {
  const { rows } = await sql<ReferralRow>`
    update referrals r
       set status = 'qualified', qualified_at = q.at
      from unnest(
             ${qualified.map((one) => one.referralId)}::uuid[],
             ${qualified.map((one) => one.at.toISOString())}::timestamptz[]
           ) as q (id, at)
     where r.tenant_id = ${tx.ctx.tenantId}
       and r.id = q.id
       and r.status = 'converted'
    returning r.*`.execute(tx);
  return rows.map(toReferral);
}

/** Makes qualified referrals converted again. Returns what changed. */
export async function unqualifyRows(tx: Tx, ids: readonly string[]): Promise<Referral[]> {
  const { rows } = await sql<ReferralRow>`
    update referrals
       set status = 'converted', qualified_at = null
     where tenant_id = ${tx.ctx.tenantId}
       and id = any (${ids}::uuid[])
       and status = 'qualified'
    returning *`.execute(tx);
  return rows.map(toReferral);
}

/**
 * Writes a referral as it is to be: a new one, or a sign-up that becomes a conversion. Undefined where the customer has another referral, or
 * this one has been converted meanwhile.
 */
export async function saveReferral(tx: Tx, referral: Referral): Promise<Referral | undefined> {
  const [saved] = await saveReferrals(tx, [referral]);
  return saved;
}

/** The same for many, of different customers. Those whose customer has another referral are left out. */
export async function saveReferrals(tx: Tx, referrals: readonly Referral[]): Promise<Referral[]> {
  // In one order, so that two batches that share a customer wait for each other in a line and not in a circle.
  const rows = referrals.toSorted((a, b) => ((a.referredUserId ?? "") < (b.referredUserId ?? "") ? -1 : 1));
  const column = (read: (row: Referral) => string | null) => rows.map(read);
  const instants = (read: (row: Referral) => Date | null) => rows.map((row) => read(row)?.toISOString() ?? null);
  const { rows: saved } = await sql<ReferralRow>`
    insert into referrals as r (
           tenant_id, id, partner_id, referred_user_id, referral_code, click_id, coupon_id, link_id, source, status, conversion_date,
           verification_required, verified_at, terms_id, reattributed_from, metadata, created_at)
    select ${tx.ctx.tenantId}, n.id, n.partner_id, n.referred_user_id, n.referral_code, n.click_id, n.coupon_id, n.link_id, n.source, n.status,
           n.conversion_date, n.verification_required, n.verified_at, n.terms_id, n.reattributed_from, n.metadata, n.created_at
      from unnest(
             ${column((row) => row.id)}::uuid[],
             ${column((row) => row.partnerId)}::uuid[],
             ${column((row) => row.referredUserId)}::uuid[],
             ${column((row) => row.referralCode)}::text[],
             ${column((row) => row.clickId)}::uuid[],
             ${column((row) => row.couponId)}::uuid[],
             ${column((row) => row.linkId)}::uuid[],
             ${column((row) => row.source)}::text[],
             ${column((row) => row.status)}::text[],
             ${instants((row) => row.convertedAt)}::timestamptz[],
             ${rows.map((row) => row.verificationRequired)}::boolean[],
             ${instants((row) => row.verifiedAt)}::timestamptz[],
             ${column((row) => row.termsId)}::uuid[],
             ${column((row) => row.reattributedFrom)}::uuid[],
             ${rows.map((row) => JSON.stringify(row.metadata))}::jsonb[],
             ${instants((row) => row.createdAt)}::timestamptz[]
           ) as n (id, partner_id, referred_user_id, referral_code, click_id, coupon_id, link_id, source, status, conversion_date,
                   verification_required, verified_at, terms_id, reattributed_from, metadata, created_at)
        on conflict (tenant_id, referred_user_id) where reattributed_at is null do update
       set partner_id = excluded.partner_id, referral_code = excluded.referral_code, click_id = excluded.click_id,
           coupon_id = excluded.coupon_id, link_id = excluded.link_id, source = excluded.source, status = excluded.status,
           conversion_date = excluded.conversion_date, verification_required = excluded.verification_required,
           verified_at = excluded.verified_at, terms_id = excluded.terms_id, metadata = excluded.metadata
     where r.id = excluded.id
       and r.status = 'pending'
    returning r.*`.execute(tx);
  return saved.map(toReferral);
}

/** Notes that a referral's customer has verified its e-mail. The caller holds the customer and has seen that it had not. */
export async function markVerified(tx: Tx, id: string, at: Date): Promise<Referral> {
  const row = await tx
    .updateTable("referrals")
    .set({ verified_at: at })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toReferral(row);
}

/** Rejects a referral; undefined where it was rejected before. */
export async function markRejected(
  tx: Tx,
  { id, reason, at }: { readonly id: string; readonly reason: string; readonly at: Date },
): Promise<Referral | undefined> {
  const row = await tx
    .updateTable("referrals")
    .set({ status: "rejected", rejected_at: at, rejection_reason: reason })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "in", ["pending", "converted", "qualified"])
    .returningAll()
    .executeTakeFirst();
  return row && toReferral(row);
}

/** Ends a referral whose customer goes to another partner. The caller holds the customer and has seen that it is converted. */
export async function markReattributed(
  tx: Tx,
  { id, reason, at }: { readonly id: string; readonly reason: string; readonly at: Date },
): Promise<Referral> {
  const row = await tx
    .updateTable("referrals")
    .set({ status: "rejected", rejected_at: at, rejection_reason: reason, reattributed_at: at })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toReferral(row);
}

/** Notes who earns from now on on transactions that were recorded for an earlier partner. */
export async function saveReattributed(
  tx: Tx,
  transactionIds: readonly string[],
  to: { readonly referralId: string; readonly partnerId: string },
): Promise<void> {
  await sql`
    insert into reattributed_transactions (tenant_id, transaction_id, referral_id, partner_id)
    select ${tx.ctx.tenantId}, t.id, ${to.referralId}, ${to.partnerId}
      from unnest(${[...transactionIds]}::uuid[]) as t (id)
        on conflict (tenant_id, transaction_id) do update
       set referral_id = excluded.referral_id, partner_id = excluded.partner_id`.execute(tx);
}

/** Who earns on transactions that were recorded for an earlier partner of their customer; the others are left out. */
export async function findReattributed(
  tx: ReadTx,
  transactionIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly referralId: string; readonly partnerId: string }>> {
  const rows = await tx
    .selectFrom("reattributed_transactions")
    .select(["transaction_id", "referral_id", "partner_id"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("transaction_id", "=", sql<string>`any (${[...transactionIds]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.transaction_id, { referralId: row.referral_id, partnerId: row.partner_id }]));
}

/** How many of a partner's referrals began, converted, qualified and were rejected in a period. */
export async function countReferrals(
  tx: ReadTx,
  of: { readonly partnerId: string; readonly from: Date; readonly to: Date },
): Promise<{ signups: bigint; conversions: bigint; qualified: bigint; rejected: bigint }> {
  const during = (column: string) => sql`${sql.ref(column)} >= ${of.from} and ${sql.ref(column)} < ${of.to}`;
  const { rows } = await sql<{ signups: bigint; conversions: bigint; qualified: bigint; rejected: bigint }>`
    select count(*) filter (where ${during("created_at")}) as signups,
           count(*) filter (where ${during("conversion_date")}) as conversions,
           count(*) filter (where ${during("qualified_at")}) as qualified,
           count(*) filter (where ${during("rejected_at")}) as rejected
      from referrals
     where tenant_id = ${tx.ctx.tenantId}
       and partner_id = ${of.partnerId}
       and created_at < ${of.to}`.execute(tx);
  return rows[0] ?? { signups: 0n, conversions: 0n, qualified: 0n, rejected: 0n };
}

/** Referrals that a click decided. */
export async function findReferralOfClick(tx: ReadTx, clickId: string): Promise<Referral | undefined> {
  const row = await selectReferrals(tx)
    .where("click_id", "=", clickId)
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst();
  return row && toReferral(row);
}

/** How many of a partner's referrals have qualified since an instant and count still: asked where a tier has a condition. */
export async function countQualified(
  tx: ReadTx,
  of: { readonly partnerId: string; readonly since: Date },
): Promise<number> {
  const { count } = await tx
    .selectFrom("referrals")
    .select((row) => row.fn.countAll<bigint>().as("count"))
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", of.partnerId)
    .where("status", "=", "qualified")
    .where("qualified_at", ">=", of.since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

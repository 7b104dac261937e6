import { type Selectable, sql } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import { capKey } from "./engine/caps.ts";
import type { CapStanding, PartnerStanding, ReferralStanding, RetroactiveTerms } from "./engine/standing.ts";

type StoredTerms = { readonly number: string; readonly at: string; readonly termsId: string };

export async function findPartnerStandings(
  tx: ReadTx,
  partnerIds: readonly string[],
): Promise<Map<string, PartnerStanding>> {
  const rows = await tx
    .selectFrom("partner_standings")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", sql<string>`any (${[...partnerIds]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.partner_id, partnerStandingOf(row)]));
}

const partnerStandingOf = (row: Selectable<DB["partner_standings"]>): PartnerStanding => ({
  partnerId: row.partner_id,
  approvedAt: row.approved_at,
  terminatedAt: row.terminated_at,
  suspendedBy: row.suspended_by,
  clients: row.clients,
  roundsSales: row.rounds_sales,
  retroactive: (row.retroactive_terms as StoredTerms[]).map(readTerms),
});

const readTerms = ({ number, at, termsId }: StoredTerms): RetroactiveTerms => ({
  number: BigInt(number),
  at: new Date(at),
  termsId,
});

const writeTerms = (retroactive: readonly RetroactiveTerms[]): string =>
  JSON.stringify(retroactive.map(({ number, at, termsId }) => ({ number: String(number), at, termsId })));

export async function savePartnerStandings(tx: Tx, standings: readonly PartnerStanding[]): Promise<void> {
  if (standings.length === 0) return;
  await sql`
    insert into partner_standings (tenant_id, partner_id, approved_at, terminated_at, suspended_by, clients, rounds_sales, retroactive_terms)
    select ${tx.ctx.tenantId}, s.partner_id, s.approved_at, s.terminated_at, s.suspended_by, s.clients, s.rounds_sales, s.retroactive_terms
      from unnest(
        ${standings.map((one) => one.partnerId)}::uuid[],
        ${standings.map((one) => one.approvedAt)}::timestamptz[],
        ${standings.map((one) => one.terminatedAt)}::timestamptz[],
        ${standings.map((one) => one.suspendedBy?.toString() ?? null)}::bigint[],
        ${standings.map((one) => one.clients)}::integer[],
        ${standings.map((one) => one.roundsSales)}::boolean[],
        ${standings.map((one) => writeTerms(one.retroactive))}::jsonb[]
      ) as s (partner_id, approved_at, terminated_at, suspended_by, clients, rounds_sales, retroactive_terms)
        on conflict (tenant_id, partner_id) do update
       set approved_at = excluded.approved_at,
           terminated_at = excluded.terminated_at,
           suspended_by = excluded.suspended_by,
           clients = excluded.clients,
           rounds_sales = excluded.rounds_sales,
           retroactive_terms = excluded.retroactive_terms`.execute(tx);
}

export async function findReferralStandings(
  tx: ReadTx,
  where: { readonly referralIds: readonly string[] } | { readonly partnerId: string },
): Promise<Map<string, ReferralStanding>> {
  const select = tx.selectFrom("referral_standings").selectAll().where("tenant_id", "=", tx.ctx.tenantId);
  const rows = await ("partnerId" in where
    ? select.where("partner_id", "=", where.partnerId)
    : select.where("referral_id", "=", sql<string>`any (${[...where.referralIds]}::uuid[])`)
  ).execute();
  return new Map(rows.map((row) => [row.referral_id, referralStandingOf(row)]));
}

const referralStandingOf = (row: Selectable<DB["referral_standings"]>): ReferralStanding => ({
  referralId: row.referral_id,
  partnerId: row.partner_id,
  convertedAt: row.converted_at,
  agreedAt: row.agreed_at,
  conversionNumber: row.conversion_number,
  termsId: row.terms_id,
  isVerificationOpen: row.is_verification_open,
  isHeld: row.is_held,
  isRejected: row.is_rejected,
  qualification:
    row.payment_id === null || row.payment_at === null
      ? null
      : { paymentId: row.payment_id, at: row.payment_at, isSettled: row.is_settled, signupId: row.signup_id },
  lostPaymentId: row.lost_payment_id,
  lostSignup: row.lost_signup,
  isSignupTaken: row.is_signup_taken,
});

export async function saveReferralStandings(tx: Tx, standings: readonly ReferralStanding[]): Promise<void> {
  if (standings.length === 0) return;
  await sql`
    insert into referral_standings (
           tenant_id, referral_id, partner_id, converted_at, agreed_at, conversion_number, terms_id, is_verification_open, is_held, is_rejected,
           payment_id, payment_at, is_settled, signup_id, lost_payment_id, lost_signup, is_signup_taken)
    select ${tx.ctx.tenantId}, s.*
      from unnest(
        ${standings.map((one) => one.referralId)}::uuid[],
        ${standings.map((one) => one.partnerId)}::uuid[],
        ${standings.map((one) => one.convertedAt)}::timestamptz[],
        ${standings.map((one) => one.agreedAt)}::timestamptz[],
        ${standings.map((one) => String(one.conversionNumber))}::bigint[],
        ${standings.map((one) => one.termsId)}::uuid[],
        ${standings.map((one) => one.isVerificationOpen)}::boolean[],
        ${standings.map((one) => one.isHeld)}::boolean[],
        ${standings.map((one) => one.isRejected)}::boolean[],
        ${standings.map((one) => one.qualification?.paymentId ?? null)}::uuid[],
        ${standings.map((one) => one.qualification?.at ?? null)}::timestamptz[],
        ${standings.map((one) => one.qualification?.isSettled ?? false)}::boolean[],
        ${standings.map((one) => one.qualification?.signupId ?? null)}::uuid[],
        ${standings.map((one) => one.lostPaymentId)}::uuid[],
        ${standings.map((one) => one.lostSignup?.toString() ?? null)}::bigint[],
        ${standings.map((one) => one.isSignupTaken)}::boolean[]
      ) as s
        on conflict (tenant_id, referral_id) do update
       set partner_id = excluded.partner_id,
           converted_at = excluded.converted_at,
           agreed_at = excluded.agreed_at,
           conversion_number = excluded.conversion_number,
           terms_id = excluded.terms_id,
           is_verification_open = excluded.is_verification_open,
           is_held = excluded.is_held,
           is_rejected = excluded.is_rejected,
           payment_id = excluded.payment_id,
           payment_at = excluded.payment_at,
           is_settled = excluded.is_settled,
           signup_id = excluded.signup_id,
           lost_payment_id = excluded.lost_payment_id,
           lost_signup = excluded.lost_signup,
           is_signup_taken = excluded.is_signup_taken`.execute(tx);
}

const CAPS_KEPT: readonly CapStanding["cap"][] = ["customer", "month"];

/** What has been earned under caps, by `capKey`: of whole partners, or of these customers and months of theirs. */
export async function findCapStandings(
  tx: ReadTx,
  { partnerIds, scopes }: { readonly partnerIds: readonly string[]; readonly scopes?: readonly string[] },
): Promise<Map<string, CapStanding>> {
  if (partnerIds.length === 0) return new Map();
  let select = tx
    .selectFrom("cap_standings")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", sql<string>`any (${[...partnerIds]}::uuid[])`);
  // Both kinds are named so that the key finds each scope, however many customers a partner has.
  if (scopes !== undefined)
    select = select
      .where("cap", "=", sql<string>`any (${[...CAPS_KEPT]}::text[])`)
      .where("scope", "=", sql<string>`any (${[...scopes]}::text[])`);
  const standings = (await select.execute()).map(
    // The check constraint on cap makes the cast true.
    ({ partner_id: partnerId, cap, scope, currency, earned }): CapStanding => ({
      partnerId,
      cap: cap as CapStanding["cap"],
      scope,
      currency,
      earned,
    }),
  );
  return new Map(standings.map((one) => [capKey(one), one]));
}

export async function saveCapStandings(tx: Tx, standings: readonly CapStanding[]): Promise<void> {
  if (standings.length === 0) return;
  await sql`
    insert into cap_standings (tenant_id, partner_id, cap, scope, currency, earned)
    select ${tx.ctx.tenantId}, s.*
      from unnest(
        ${standings.map((one) => one.partnerId)}::uuid[],
        ${standings.map((one) => one.cap)}::text[],
        ${standings.map((one) => one.scope)}::text[],
        ${standings.map((one) => one.currency)}::text[],
        ${standings.map((one) => String(one.earned))}::bigint[]
      ) as s
        on conflict (tenant_id, partner_id, cap, scope, currency) do update
       set earned = excluded.earned`.execute(tx);
}

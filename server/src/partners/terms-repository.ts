import { type Selectable, sql } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { TermsOverrides, Tier } from "../programs/index.ts";

/** A partner's terms as they are kept: a tier of a plan version, and what differs from it. */
export type TermsRow = {
  readonly id: string;
  readonly partnerId: string;
  readonly number: bigint;
  readonly planId: string;
  readonly tier: Tier;
  readonly overrides: TermsOverrides;
  readonly reason: string | null;
  readonly effectiveFrom: Date | null;
  readonly createdAt: Date;
};

type StoredTerms = Omit<Selectable<DB["partner_terms"]>, "tenant_id">;

const COLUMNS = [
  "id",
  "partner_id",
  "number",
  "plan_id",
  "tier",
  "overrides",
  "reason",
  "effective_from",
  "created_at",
] as const;

/** The check on `tier`, and that only overrides which were resolved are stored, make the casts true. */
const termsOf = (row: StoredTerms): TermsRow => ({
  id: row.id,
  partnerId: row.partner_id,
  number: row.number,
  planId: row.plan_id,
  tier: row.tier as Tier,
  overrides: row.overrides as TermsOverrides,
  reason: row.reason,
  effectiveFrom: row.effective_from,
  createdAt: row.created_at,
});

export async function findTermsRows(tx: ReadTx, ids: readonly string[]): Promise<TermsRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<StoredTerms>`
    select ${sql.join(COLUMNS.map((column) => sql.ref(column)))}
      from partner_terms
     where tenant_id = ${tx.ctx.tenantId}
       and id = any (${[...ids]}::uuid[])`.execute(tx);
  return rows.map(termsOf);
}

/** Of each partner's rows in force at `at`, the one with the highest number. */
export async function findCurrentTermsRows(tx: ReadTx, partnerIds: readonly string[], at: Date): Promise<TermsRow[]> {
  if (partnerIds.length === 0) return [];
  const { rows } = await sql<StoredTerms>`
    select distinct on (partner_id) ${sql.join(COLUMNS.map((column) => sql.ref(column)))}
      from partner_terms
     where tenant_id = ${tx.ctx.tenantId}
       and partner_id = any (${[...partnerIds]}::uuid[])
       and (effective_from is null or effective_from <= ${at})
     order by partner_id, number desc`.execute(tx);
  return rows.map(termsOf);
}

/** All of a partner's terms, newest first. A partner has few. */
export async function findTermsHistory(tx: ReadTx, partnerId: string, limit: number): Promise<TermsRow[]> {
  const rows = await tx
    .selectFrom("partner_terms")
    .select(COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .orderBy("number", "desc")
    .limit(limit)
    .execute();
  return rows.map(termsOf);
}

/** Every row of terms of partners. */
export async function findTermsOfPartners(tx: ReadTx, partnerIds: readonly string[]): Promise<TermsRow[]> {
  const { rows } = await sql<StoredTerms>`
    select ${sql.join(COLUMNS.map((column) => sql.ref(column)))}
      from partner_terms
     where tenant_id = ${tx.ctx.tenantId}
       and partner_id = any (${[...partnerIds]}::uuid[])
     order by partner_id, number`.execute(tx);
  return rows.map(termsOf);
}

export async function insertTerms(tx: Tx, terms: readonly Omit<TermsRow, "createdAt">[]): Promise<void> {
  await sql`
    insert into partner_terms (tenant_id, id, partner_id, number, plan_id, tier, overrides, reason, effective_from, created_at)
    select ${tx.ctx.tenantId}, t.id, t.partner_id, t.number, t.plan_id, t.tier, t.overrides, t.reason, t.effective_from, ${tx.ctx.now}
      from unnest(
        ${terms.map((row) => row.id)}::uuid[],
        ${terms.map((row) => row.partnerId)}::uuid[],
        ${terms.map((row) => String(row.number))}::bigint[],
        ${terms.map((row) => row.planId)}::uuid[],
        ${terms.map((row) => row.tier)}::text[],
        ${terms.map((row) => JSON.stringify(row.overrides))}::jsonb[],
        ${terms.map((row) => row.reason)}::text[],
        ${terms.map((row) => row.effectiveFrom?.toISOString() ?? null)}::timestamptz[]
      ) as t (id, partner_id, number, plan_id, tier, overrides, reason, effective_from)`.execute(tx);
}

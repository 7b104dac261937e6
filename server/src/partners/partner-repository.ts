import { type RawBuilder, type Selectable, sql } from "kysely";
import { type DB, type ReadTx, type Tx, violatedConstraint } from "../platform/database/index.ts";
import type { Tier } from "../programs/index.ts";
import { partnerErrors } from "./partner-errors.ts";
import type { PartnerStatus, PartnerType } from "./partner-rules.ts";

export type Partner = {
  readonly id: string;
  readonly programId: string;
  readonly userId: string;
  readonly externalId: string | null;
  readonly partnerType: PartnerType;
  readonly tier: Tier;
  readonly companyName: string | null;
  readonly referralCode: string;
  readonly wishedReferralCode: string | null;
  /** Per cent, for display alone. */
  readonly commissionRate: string | null;
  readonly status: PartnerStatus;
  readonly statusReason: string | null;
  /** What a refused applicant is told of why. */
  readonly toldReason: string | null;
  readonly country: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly joinedAt: Date;
  readonly approvedAt: Date | null;
  readonly suspendedAt: Date | null;
  readonly terminatedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

type PartnerRow = Omit<Selectable<DB["partners"]>, "tenant_id" | "branding">;

export const PARTNER_COLUMNS = [
  "id",
  "program_id",
  "user_id",
  "external_id",
  "partner_type",
  "tier",
  "company_name",
  "referral_code",
  "wished_referral_code",
  "commission_rate",
  "status",
  "status_reason",
  "told_reason",
  "country",
  "settings",
  "joined_at",
  "approved_at",
  "suspended_at",
  "terminated_at",
  "created_at",
  "updated_at",
] as const;

/** The checks on type, tier and status make the casts true; settings are what the schema of the profile admits. */
export const partnerOf = (row: PartnerRow): Partner => ({
  id: row.id,
  programId: row.program_id,
  userId: row.user_id,
  externalId: row.external_id,
  partnerType: row.partner_type as PartnerType,
  tier: row.tier as Tier,
  companyName: row.company_name,
  referralCode: row.referral_code,
  wishedReferralCode: row.wished_referral_code,
  commissionRate: row.commission_rate,
  status: row.status as PartnerStatus,
  statusReason: row.status_reason,
  toldReason: row.told_reason,
  country: row.country,
  settings: row.settings as Readonly<Record<string, unknown>>,
  joinedAt: row.joined_at,
  approvedAt: row.approved_at,
  suspendedAt: row.suspended_at,
  terminatedAt: row.terminated_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** The base of every read of partners; callers add filters. */
export const selectPartners = (tx: ReadTx) =>
  tx.selectFrom("partners").select(PARTNER_COLUMNS).where("partners.tenant_id", "=", tx.ctx.tenantId);

export async function findPartner(tx: ReadTx, id: string): Promise<Partner | undefined> {
  const row = await selectPartners(tx).where("id", "=", id).executeTakeFirst();
  return row && partnerOf(row);
}

/** The partners that people are; people who are none are left out. */
export async function findPartnersOfUsers(tx: ReadTx, userIds: readonly string[]): Promise<Partner[]> {
  const rows = await selectPartners(tx)
    .where(sql<boolean>`user_id = any (${[...userIds]}::uuid[])`)
    .execute();
  return rows.map(partnerOf);
}

/** One partner. Throws `partner.not_found`. */
export async function getPartner(tx: ReadTx, id: string): Promise<Partner> {
  const partner = await findPartner(tx, id);
  if (partner === undefined) throw partnerErrors.not_found();
  return partner;
}

/** The status of the partner that an expression names, as a part of another module's statement: for what must take no round trip more. */
export const partnerStatusOf = (tenantId: string, partnerId: RawBuilder<unknown>): RawBuilder<PartnerStatus | null> =>
  sql<PartnerStatus | null>`(select p.status from partners p where p.tenant_id = ${tenantId} and p.id = ${partnerId})`;

/** Partners by id; ids of nobody are left out. */
export async function findPartners(tx: ReadTx, ids: readonly string[]): Promise<Map<string, Partner>> {
  if (ids.length === 0) return new Map();
  const rows = await selectPartners(tx)
    .where(sql<boolean>`id = any (${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, partnerOf(row)]));
}

/** What has become of partners, by id; ids of nobody are left out. */
export async function findStatuses(tx: ReadTx, ids: readonly string[]): Promise<Map<string, PartnerStatus>> {
  const rows = await tx
    .selectFrom("partners")
    .select(["id", "status"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, status }) => [id, status as PartnerStatus]));
}

export type NewPartner = Pick<
  Partner,
  | "id"
  | "programId"
  | "userId"
  | "externalId"
  | "partnerType"
  | "tier"
  | "companyName"
  | "referralCode"
  | "wishedReferralCode"
  | "commissionRate"
  | "status"
  | "country"
  | "joinedAt"
  | "approvedAt"
>;

/** Adds partners, and leaves out those whose code, external id or user another has; returns those that it added. */
export async function insertPartners(tx: Tx, partners: readonly NewPartner[]): Promise<Partner[]> {
  const { tenantId, now } = tx.ctx;
  const { rows } = await sql<PartnerRow>`
    insert into partners (
           tenant_id, id, program_id, user_id, external_id, partner_type, tier, company_name, referral_code, wished_referral_code,
           commission_rate, status, country, joined_at, approved_at, created_at, updated_at)
    select ${tenantId}, p.*, ${now}, ${now}
      from unnest(
           ${partners.map((row) => row.id)}::uuid[],
           ${partners.map((row) => row.programId)}::uuid[],
           ${partners.map((row) => row.userId)}::uuid[],
           ${partners.map((row) => row.externalId)}::text[],
           ${partners.map((row) => row.partnerType)}::text[],
           ${partners.map((row) => row.tier)}::text[],
           ${partners.map((row) => row.companyName)}::text[],
           ${partners.map((row) => row.referralCode)}::text[],
           ${partners.map((row) => row.wishedReferralCode)}::text[],
           ${partners.map((row) => row.commissionRate)}::numeric[],
           ${partners.map((row) => row.status)}::text[],
           ${partners.map((row) => row.country)}::text[],
           ${partners.map((row) => row.joinedAt.toISOString())}::timestamptz[],
           ${partners.map((row) => row.approvedAt?.toISOString() ?? null)}::timestamptz[]
         ) as p
        on conflict do nothing
    returning ${sql.join(PARTNER_COLUMNS.map((column) => sql.ref(column)))}`.execute(tx);
  return rows.map(partnerOf);
}

type PartnerChange = {
  readonly user_id?: string;
  readonly status?: PartnerStatus;
  readonly status_reason?: string | null;
  readonly told_reason?: string | null;
  readonly approved_at?: Date;
  readonly suspended_at?: Date | null;
  readonly terminated_at?: Date;
  readonly tier?: Tier;
  readonly commission_rate?: string;
  readonly referral_code?: string;
  readonly wished_referral_code?: null;
  readonly company_name?: string | null;
  readonly country?: string | null;
  readonly settings?: string;
};

/** Another transaction has just taken a code, an external id or a user that was free when this one looked: it is run again and sees it. */
export class TakenMeanwhile extends Error {
  override name = "TakenMeanwhile";
  /** `serialization_failure`: the database layer repeats the transaction. */
  readonly code = "40001";
}

/** Changes a partner that is still in the state in which the caller read it; undefined where it is not. */
export async function updatePartnerIn(
  tx: Tx,
  { id, status }: Pick<Partner, "id" | "status">,
  change: PartnerChange,
): Promise<Partner | undefined> {
  try {
    const row = await tx
      .updateTable("partners")
      .set({ ...change, updated_at: tx.ctx.now })
      .where("tenant_id", "=", tx.ctx.tenantId)
      .where("id", "=", id)
      .where("status", "=", status)
      .returning(PARTNER_COLUMNS)
      .executeTakeFirst();
    return row && partnerOf(row);
  } catch (error) {
    if (violatedConstraint(error) === "partners_referral_code_unique") throw new TakenMeanwhile();
    throw error;
  }
}

/** Ids by external id; who has none of these is left out. */
export const findByExternalIds = async (
  tx: ReadTx,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, string>> => (await findTaken(tx, { codes: [], externalIds })).idsByExternalId;

/** Those of the codes that partners have, or of the external ids. */
export async function findTaken(
  tx: ReadTx,
  { codes, externalIds }: { readonly codes: readonly string[]; readonly externalIds: readonly string[] },
): Promise<{ readonly codes: ReadonlySet<string>; readonly idsByExternalId: ReadonlyMap<string, string> }> {
  const { rows } = await sql<{ id: string; referral_code: string; external_id: string | null }>`
    select id, referral_code, external_id
      from partners
     where tenant_id = ${tx.ctx.tenantId}
       and (referral_code = any (${[...codes]}::text[]) or external_id = any (${[...externalIds]}::text[]))`.execute(
    tx,
  );
  return {
    codes: new Set(rows.map((row) => row.referral_code)),
    idsByExternalId: new Map(rows.flatMap((row) => (row.external_id === null ? [] : [[row.external_id, row.id]]))),
  };
}

/** How many partners there are: active, or suspended. */
export async function countPartners(tx: ReadTx): Promise<number> {
  const { count } = await tx
    .selectFrom("partners")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("status", "in", ["active", "suspended"])
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Ids of active partners in order, `limit` of them after `after`. */
export async function findActivePartners(
  tx: ReadTx,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<string[]> {
  let query = tx
    .selectFrom("partners")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("status", "=", "active");
  if (after !== undefined) query = query.where("id", ">", after);
  return (await query.orderBy("id").limit(limit).execute()).map(({ id }) => id);
}

export type Follower = { readonly id: string; readonly tier: Tier };

/** Partners whose newest terms follow the plan, in the order of their ids, `limit` of them after `after`. Who is terminated follows nothing. */
export async function findFollowers(
  tx: ReadTx,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<Follower[]> {
  const { rows } = await sql<{ id: string; tier: string }>`
    select p.id, p.tier
      from partners p
     cross join lateral (
           select t.overrides
             from partner_terms t
            where (t.tenant_id, t.partner_id) = (p.tenant_id, p.id)
            order by t.number desc
            limit 1) newest
     where p.tenant_id = ${tx.ctx.tenantId}
       and p.status <> 'terminated'
       and newest.overrides = '{}'
       and (${after ?? null}::uuid is null or p.id > ${after ?? null}::uuid)
     order by p.id
     limit ${limit}`.execute(tx);
  return rows.map((row) => ({ id: row.id, tier: row.tier as Tier }));
}

/** Shows other rates, by partner. */
export async function updateShownRates(tx: Tx, rates: ReadonlyMap<string, string>): Promise<void> {
  await sql`
    update partners p
       set commission_rate = r.rate
      from unnest(${[...rates.keys()]}::uuid[], ${[...rates.values()]}::numeric[]) as r (id, rate)
     where p.tenant_id = ${tx.ctx.tenantId}
       and p.id = r.id
       and p.commission_rate is distinct from r.rate`.execute(tx);
}

/** How many of the newest partners are looked at, and of how many of a tier at least something is said. */
const LOOKED_AT = 200;
const TELLING = 5;

/** Days from an application to its approval, the median by tier, rounded up; who was entered from another system is left out. */
export async function usualApprovalDays(tx: ReadTx): Promise<ReadonlyMap<Tier, number>> {
  const { rows } = await sql<{ tier: string; days: number }>`
    select tier, ceil(percentile_disc(0.5) within group (order by extract(epoch from approved_at - joined_at)) / 86400)::int as days
      from (select tier, joined_at, approved_at, external_id
              from partners
             where tenant_id = ${tx.ctx.tenantId}
               and status = 'active'
             order by created_at desc, id desc
             limit ${LOOKED_AT}) newest
     where external_id is null
       and approved_at is not null
     group by tier
    having count(*) >= ${TELLING}`.execute(tx);
  return new Map(rows.map(({ tier, days }) => [tier as Tier, days]));
}

import { type SelectQueryBuilder, sql } from "kysely";
import type { PartnerTier } from "../platform/context.ts";
import { type DB, type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import type { Days } from "./period-rules.ts";

/** Orders of the list of partners; amounts are compared in one currency. */
export const PARTNER_SORTS = [
  "revenue",
  "-revenue",
  "commissionEarned",
  "-commissionEarned",
  "clicks",
  "-clicks",
  "signups",
  "-signups",
  "conversions",
  "-conversions",
  "joinedAt",
  "-joinedAt",
] as const;

export type PartnerFilters = PageRequest & {
  readonly partnerId?: string;
  readonly tier?: PartnerTier;
  readonly status?: string;
};

type PartnerFigures = {
  readonly partnerId: string;
  readonly companyName: string | null;
  readonly referralCode: string;
  readonly tier: string;
  readonly status: string;
  readonly joinedAt: Date;
  readonly clicks: bigint;
  readonly signups: bigint;
  readonly conversions: bigint;
  readonly qualified: bigint;
  readonly amounts: { currency: string; revenue: bigint; commissionEarned: bigint }[];
};

type RankedRow = {
  id: string;
  company_name: string | null;
  referral_code: string;
  tier: string;
  status: string;
  joined_at: Date;
  clicks: bigint;
  signups: bigint;
  conversions: bigint;
  qualified: bigint;
};

/** Partners with their sums over a period, in any of the orders, page by page. `currency` is the one that amounts are ordered in. */
export async function findPartnerFigures(
  tx: ReadTx,
  { filters, days, currency }: { readonly filters: PartnerFilters; readonly days: Days; readonly currency: string },
): Promise<Page<PartnerFigures>> {
  const page = await selectPage(rankedPartners(tx, { filters, days, currency }), filters, {
    sorts: {
      revenue: { column: "ranked.revenue", type: "bigint" },
      commissionEarned: { column: "ranked.commission_earned", type: "bigint" },
      clicks: { column: "ranked.clicks", type: "bigint" },
      signups: { column: "ranked.signups", type: "bigint" },
      conversions: { column: "ranked.conversions", type: "bigint" },
      joinedAt: { column: "ranked.joined_at", type: "timestamptz" },
    },
    defaultSort: "-revenue",
    idColumn: "ranked.id",
  });
  const amounts = await amountsOf(tx, { partnerIds: page.data.map((row) => row.id), days });
  return {
    nextCursor: page.nextCursor,
    data: page.data.map((row) => ({
      partnerId: row.id,
      companyName: row.company_name,
      referralCode: row.referral_code,
      tier: row.tier,
      status: row.status,
      joinedAt: row.joined_at,
      clicks: row.clicks,
      signups: row.signups,
      conversions: row.conversions,
      qualified: row.qualified,
      amounts: amounts.get(row.id) ?? [],
    })),
  };
}

function rankedPartners(
  tx: ReadTx,
  { filters, days, currency }: { readonly filters: PartnerFilters; readonly days: Days; readonly currency: string },
) {
  const { tenantId } = tx.ctx;
  const ranked = sql<RankedRow>`(
    select p.id, p.company_name, p.referral_code, p.tier, p.status, p.joined_at,
           coalesce(f.clicks, 0) as clicks, coalesce(f.signups, 0) as signups, coalesce(f.conversions, 0) as conversions,
           coalesce(f.qualified, 0) as qualified, coalesce(a.revenue, 0) as revenue, coalesce(a.commission_earned, 0) as commission_earned
      from partners p
      left join (
             select partner_id, sum(clicks)::bigint as clicks, sum(signups)::bigint as signups, sum(conversions)::bigint as conversions,
                    sum(qualified)::bigint as qualified
               from partner_funnel_days
              where tenant_id = ${tenantId} and metric_date between ${days.from} and ${days.to}
              group by partner_id
           ) f on f.partner_id = p.id
      left join (
             select partner_id, sum(revenue)::bigint as revenue, sum(commission_earned)::bigint as commission_earned
               from partner_analytics
              where tenant_id = ${tenantId} and currency = ${currency} and metric_date between ${days.from} and ${days.to}
              group by partner_id
           ) a on a.partner_id = p.id
     where p.tenant_id = ${tenantId}
       ${filters.partnerId === undefined ? sql`` : sql`and p.id = ${filters.partnerId}`}
       ${filters.tier === undefined ? sql`` : sql`and p.tier = ${filters.tier}`}
       ${filters.status === undefined ? sql`` : sql`and p.status = ${filters.status}`}
  )`.as("ranked");
  return asTableQuery(tx.selectFrom(ranked).selectAll());
}

/** `selectPage` names its columns as texts and takes any query; its type knows tables alone, and this one reads a sub-select. */
const asTableQuery = (query: unknown) => query as SelectQueryBuilder<DB, keyof DB, RankedRow>;

async function amountsOf(
  tx: ReadTx,
  { partnerIds, days }: { readonly partnerIds: readonly string[]; readonly days: Days },
): Promise<ReadonlyMap<string, PartnerFigures["amounts"]>> {
  const { rows } = await sql<{ partner_id: string; currency: string; revenue: bigint; commission_earned: bigint }>`
    select partner_id, currency, sum(revenue)::bigint as revenue, sum(commission_earned)::bigint as commission_earned
      from partner_analytics
     where tenant_id = ${tx.ctx.tenantId}
       and partner_id = any (${partnerIds}::uuid[])
       and metric_date between ${days.from} and ${days.to}
     group by partner_id, currency
    having bool_or(revenue <> 0 or commission_earned <> 0)
     order by partner_id, currency`.execute(tx);
  const byPartner = Map.groupBy(rows, (row) => row.partner_id);
  return new Map(
    [...byPartner].map(([partnerId, amounts]) => [
      partnerId,
      amounts.map(({ currency, revenue, commission_earned: commissionEarned }) => ({
        currency,
        revenue,
        commissionEarned,
      })),
    ]),
  );
}

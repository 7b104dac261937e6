import { type RawBuilder, type SelectQueryBuilder, sql } from "kysely";
import { type DB, type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import type { YearPeriod } from "./payment-repository.ts";
import type { TinType } from "./tin-rules.ts";

/**
 * What becomes of a partner's year.
 * `report`: a return is filed. `below`: too little for one. `form_missing`: it would be filed, and nobody knows as whose. `rate_missing`: paid
 * in a currency whose rate has not been entered. `exempt`, `foreign`: not reported. `foreign_review`: foreign, with work in the United States
 * or tax kept back: Form 1042-S, which the program does not file.
 */
export const LINE_STATES = [
  "report",
  "below",
  "form_missing",
  "rate_missing",
  "exempt",
  "foreign",
  "foreign_review",
] as const;
export type LineState = (typeof LINE_STATES)[number];

/** What a partner was paid in a year, and as whose. Amounts in US cents. */
export type LineRow = {
  readonly id: string;
  readonly amount: bigint;
  readonly withheld: bigint;
  readonly transfers: number;
  readonly form_id: string | null;
  readonly form_kind: string | null;
  readonly tin_type: TinType | null;
  readonly tin_last4: string | null;
  readonly identity_index: Buffer | null;
  readonly consented_at: Date | null;
  readonly asked_at: Date | null;
  readonly state: LineState;
};

export type LineQuery = YearPeriod & {
  /** US cents. */
  readonly threshold: bigint;
  /** Payout methods that somebody else reports. */
  readonly elsewhere: readonly string[];
};

/** US cents of a sum in another currency: the same as `inCents`. */
const cents = (column: "amount" | "withheld"): RawBuilder<unknown> => sql`
  coalesce(sum(case s.currency
                 when 'USD' then s.${sql.ref(column)}
                 else round(s.${sql.ref(column)} * 100 * 1000000 / (power(10::numeric, r.exponent) * r.units_ppm)) end), 0)::bigint`;

/**
 * One line for each partner who was paid in a year. The form is the last that was signed; where the signer has become a person of the United
 * States, or has ceased to be one, since the year ended, the last of the kind that was in force then.
 */
export const linesOf = (tx: ReadTx, of: LineQuery, partnerId?: string): RawBuilder<LineRow> => {
  const { tenantId } = tx.ctx;
  return sql<LineRow>`
    select l.*,
           case
             when l.lacks_rate then 'rate_missing'
             when l.form_kind is null or l.valid_until < make_date(${of.year}::int, 12, 31)
               then case when l.amount >= ${of.threshold}::bigint or l.withheld <> 0 then 'form_missing' else 'below' end
             when l.form_kind <> 'w9'
               then case when l.services = 'outside_us' and l.withheld = 0 then 'foreign' else 'foreign_review' end
             when l.withheld <> 0 then 'report'
             when l.is_exempt then 'exempt'
             when l.amount >= ${of.threshold}::bigint then 'report'
             else 'below'
           end as state
      from (
        select d.partner_id as id, d.amount, d.withheld, d.transfers, d.lacks_rate, f.id as form_id, f.kind as form_kind, f.services,
               f.is_exempt, f.valid_until, f.tin_type, f.tin_last4, f.identity_index, t.consented_at, t.asked_at
          from (
            select s.partner_id, ${cents("amount")} as amount, ${cents("withheld")} as withheld, sum(s.transfers)::int as transfers,
                   coalesce(bool_or(s.currency <> 'USD' and r.units_ppm is null and (s.amount <> 0 or s.withheld <> 0)), false) as lacks_rate
              from (
                select p.partner_id, p.currency, sum(p.amount) as amount, sum(p.withheld) as withheld,
                       sum(case p.act when 'paid' then 1 else -1 end) as transfers
                  from tax_payments p
                 where p.tenant_id = ${tenantId} and p.paid_at >= ${of.from} and p.paid_at < ${of.to}
                   and p.method <> all (${[...of.elsewhere]}::text[])
                   ${partnerId === undefined ? sql`` : sql`and p.partner_id = ${partnerId}`}
                 group by p.partner_id, p.currency) s
              left join tax_exchange_rates r on (r.tenant_id, r.year, r.currency) = (${tenantId}, ${of.year}, s.currency)
             group by s.partner_id) d
          left join tax_partners t on (t.tenant_id, t.partner_id) = (${tenantId}, d.partner_id)
          left join lateral (
            select c.*
              from tax_forms c
             where c.tenant_id = ${tenantId}
               and c.partner_id = d.partner_id
               and (c.kind = 'w9') = coalesce((
                     select g.kind = 'w9'
                       from tax_forms g
                      where g.tenant_id = ${tenantId} and g.partner_id = d.partner_id and g.signed_at < ${of.to}
                      order by g.version desc limit 1), c.kind = 'w9')
             order by c.version desc
             limit 1) f on true) l`;
};

export const LINE_SORTS = ["amount", "-amount"] as const;

/** Lines of a year by pages. Each page sums the whole year: a second for a hundred thousand partners. */
export function pageOfLines(
  tx: ReadTx,
  of: LineQuery,
  { state, ...page }: PageRequest & { readonly state?: LineState },
): Promise<Page<LineRow>> {
  let query = tx.selectFrom(sql<LineRow>`(${linesOf(tx, of)})`.as("lines")).selectAll();
  if (state !== undefined) query = query.where("state", "=", state);
  return selectPage(asListed<LineRow>(query), page, {
    sorts: { amount: { column: "amount", type: "bigint" } },
    defaultSort: "-amount",
    idColumn: "id",
  });
}

/** What a statement computes is no table; pages need of it no more than its columns. */
export const asListed = <Row>(query: unknown): SelectQueryBuilder<DB, keyof DB, Row> =>
  query as SelectQueryBuilder<DB, keyof DB, Row>;

/** The line of one partner; undefined where it was not paid. */
export async function findLine(tx: ReadTx, of: LineQuery, partnerId: string): Promise<LineRow | undefined> {
  const { rows } = await linesOf(tx, of, partnerId).execute(tx);
  return rows[0];
}

export type YearSums = {
  readonly state: LineState;
  readonly partners: number;
  readonly amount: bigint;
  readonly withheld: bigint;
};

/** The lines of a year together, by what becomes of them. */
export async function sumLines(tx: ReadTx, of: LineQuery): Promise<YearSums[]> {
  const { rows } = await sql<YearSums>`
    select state, count(*)::int as partners, sum(amount)::bigint as amount, sum(withheld)::bigint as withheld
      from (${linesOf(tx, of)}) lines
     group by state`.execute(tx);
  return rows;
}

/** Currencies in which partners were paid in a year and that lack a rate. */
export async function currenciesWithoutRate(tx: ReadTx, of: LineQuery): Promise<string[]> {
  const { rows } = await sql<{ currency: string }>`
    select distinct p.currency
      from tax_payments p
     where p.tenant_id = ${tx.ctx.tenantId} and p.paid_at >= ${of.from} and p.paid_at < ${of.to} and p.currency <> 'USD'
       and p.method <> all (${[...of.elsewhere]}::text[])
       and not exists (
             select from tax_exchange_rates r where (r.tenant_id, r.year, r.currency) = (p.tenant_id, ${of.year}, p.currency))
     order by p.currency`.execute(tx);
  return rows.map((row) => row.currency);
}

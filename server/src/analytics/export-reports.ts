import { type RawBuilder, sql } from "kysely";
import type { Columns, Field } from "./export-columns.ts";
import type { Days } from "./period-rules.ts";

/** What can be exported: figures by day, referrals by the day they began, commissions by the day they were earned. */
export const REPORTS = ["daily", "referrals", "commissions"] as const;
export type ReportName = (typeof REPORTS)[number];

/** For whom: a partner gets its own rows and its customers masked; the operator gets everybody's, or those of one partner. */
export type Reader = {
  readonly partnerId: string | undefined;
  readonly isOperator: boolean;
  readonly maskEmail: (email: string) => string;
};

type ReportScope = {
  readonly tenantId: string;
  readonly reader: Reader;
  readonly days: Days;
  readonly timeZone: string;
};

type Report<Row = unknown> = { readonly query: RawBuilder<Row>; readonly columns: Columns<Row> };

type PartnerColumns = { partner_id: string; company_name: string | null };
type CustomerColumns = { customer_email: string | null; customer_external_id: string | null };

const ofPartner = (alias: string, { reader }: ReportScope) =>
  reader.partnerId === undefined ? sql`` : sql`and ${sql.ref(`${alias}.partner_id`)} = ${reader.partnerId}`;

/** Days as instants, wide by the margin of a clock set back; the day itself decides. */
const onDays = (column: string, { days, timeZone }: ReportScope) => sql`
  ${sql.ref(column)} >= (${days.from}::date::timestamp at time zone ${timeZone}) - interval '3 hours'
  and ${sql.ref(column)} < ((${days.to}::date + 1)::timestamp at time zone ${timeZone}) + interval '3 hours'
  and (${sql.ref(column)} at time zone ${timeZone})::date between ${days.from} and ${days.to}`;

const partnerColumns = ({ reader }: ReportScope): Columns<PartnerColumns> =>
  reader.isOperator
    ? { partner_id: (row) => ({ word: row.partner_id }), company_name: (row) => ({ text: row.company_name }) }
    : {};

/** The operator sees who its customers are; a partner sees that they are there. */
const customerColumns = ({ reader }: ReportScope): Columns<CustomerColumns> =>
  reader.isOperator
    ? {
        customer_external_id: (row) => ({ text: row.customer_external_id }),
        customer: (row) => ({ text: row.customer_email }),
      }
    : { customer: (row) => ({ text: row.customer_email === null ? null : reader.maskEmail(row.customer_email) }) };

/** Names the type of a report's rows to its columns, and forgets it to whoever writes the file. */
const report = <Row>(query: RawBuilder<Row>, columns: Columns<Row>): Report => ({ query, columns }) as Report;

const COUNTS = ["clicks", "signups", "conversions"] as const;
const AMOUNTS = [
  "revenue",
  "payments",
  "card_revenue",
  "refunds",
  "chargebacks",
  "chargebacks_won",
  "card_volume",
  "commission_earned",
  "commission_signup",
  "commission_recurring",
  "commission_transaction",
  "commission_bonus",
] as const;

type DailyRow = PartnerColumns & { metric_date: string; currency: string } & Record<
    (typeof COUNTS)[number] | (typeof AMOUNTS)[number],
    bigint
  >;

const daily = (scope: ReportScope): Report =>
  report<DailyRow>(
    sql`
      select a.*, p.company_name
        from partner_analytics a
        join partners p on (p.tenant_id, p.id) = (a.tenant_id, a.partner_id)
       where a.tenant_id = ${scope.tenantId} ${ofPartner("a", scope)}
         and a.metric_date between ${scope.days.from} and ${scope.days.to}
       order by a.metric_date, a.partner_id, a.currency`,
    {
      ...partnerColumns(scope),
      date: (row) => ({ word: row.metric_date }),
      currency: (row) => ({ word: row.currency }),
      ...Object.fromEntries(COUNTS.map((name) => [name, (row: DailyRow): Field => ({ count: row[name] })])),
      ...Object.fromEntries(
        AMOUNTS.map((name) => [name, (row: DailyRow): Field => ({ amount: row[name], currency: row.currency })]),
      ),
    },
  );

type ReferralRow = PartnerColumns &
  CustomerColumns & {
    id: string;
    created_at: Date;
    source: string;
    referral_code: string;
    campaign: string | null;
    status: string;
    conversion_date: Date | null;
    qualified_at: Date | null;
    rejected_at: Date | null;
  };

const referrals = (scope: ReportScope): Report =>
  report<ReferralRow>(
    sql`
      select r.id, r.partner_id, p.company_name, r.created_at, r.source, r.referral_code, l.campaign, r.status, r.conversion_date, r.qualified_at,
             r.rejected_at, u.email as customer_email, u.external_id as customer_external_id
        from referrals r
        join partners p on (p.tenant_id, p.id) = (r.tenant_id, r.partner_id)
        left join referral_links l on (l.tenant_id, l.id) = (r.tenant_id, r.link_id)
        left join users u on (u.tenant_id, u.id) = (r.tenant_id, r.referred_user_id)
       where r.tenant_id = ${scope.tenantId} ${ofPartner("r", scope)}
         and ${onDays("r.created_at", scope)}
       order by r.created_at, r.id`,
    {
      ...partnerColumns(scope),
      referral_id: (row) => ({ word: row.id }),
      created_at: (row) => ({ at: row.created_at }),
      source: (row) => ({ word: row.source }),
      code: (row) => ({ text: row.referral_code }),
      campaign: (row) => ({ text: row.campaign }),
      ...customerColumns(scope),
      status: (row) => ({ word: row.status }),
      conversion_date: (row) => ({ at: row.conversion_date }),
      qualified_at: (row) => ({ at: row.qualified_at }),
      rejected_at: (row) => ({ at: row.rejected_at }),
    },
  );

type CommissionRow = PartnerColumns &
  CustomerColumns & {
    id: string;
    occurred_at: Date;
    commission_type: string;
    rule: string;
    rate_ppm: bigint | null;
    amount: bigint;
    currency: string;
    status: string;
    hold_until: Date;
    reverses_id: string | null;
  };

const commissions = (scope: ReportScope): Report =>
  report<CommissionRow>(
    sql`
      select c.id, c.partner_id, p.company_name, c.occurred_at, c.commission_type, c.rule, c.rate_ppm, c.amount, c.currency, c.status, c.hold_until,
             c.reverses_id, u.email as customer_email, u.external_id as customer_external_id
        from commissions c
        join partners p on (p.tenant_id, p.id) = (c.tenant_id, c.partner_id)
        left join referrals r on (r.tenant_id, r.id) = (c.tenant_id, c.referral_id)
        left join users u on (u.tenant_id, u.id) = (r.tenant_id, r.referred_user_id)
       where c.tenant_id = ${scope.tenantId} ${ofPartner("c", scope)}
         and ${onDays("c.occurred_at", scope)}
       order by c.occurred_at, c.id`,
    {
      ...partnerColumns(scope),
      commission_id: (row) => ({ word: row.id }),
      occurred_at: (row) => ({ at: row.occurred_at }),
      commission_type: (row) => ({ word: row.commission_type }),
      rule: (row) => ({ word: row.rule }),
      rate: (row) => ({ ratePpm: row.rate_ppm }),
      amount: (row) => ({ amount: row.amount, currency: row.currency }),
      currency: (row) => ({ word: row.currency }),
      status: (row) => ({ word: row.status }),
      hold_until: (row) => ({ at: row.hold_until }),
      reverses_id: (row) => ({ word: row.reverses_id }),
      ...customerColumns(scope),
    },
  );

/** The reports by name. */
export const reportOf: Readonly<Record<ReportName, (scope: ReportScope) => Report>> = { daily, referrals, commissions };

import { type RawBuilder, sql } from "kysely";
import { SETTLING_RULES } from "../../../commissions/index.ts";
import type { CsvField } from "../../../kernel/csv-field.ts";

/** A table that can be exported: the query, given the tenant, and what each column shows of a row. */
export type Export<Row> = {
  readonly query: (tenantId: string) => RawBuilder<Row>;
  readonly columns: Readonly<Record<string, (row: Row) => CsvField>>;
};

/** Says that the columns are of the rows that the query yields. */
export const defineExport = <Row>(definition: Export<Row>): Export<Row> => definition;

type CommissionRow = {
  partner_external_id: string | null;
  transaction_external_id: string | null;
  commission_type: string;
  rate_ppm: bigint | null;
  amount: bigint;
  currency: string;
  status: string;
  occurred_at: Date;
};

/**
 * What partners earned, as reports count it: what a debt was written off by, and what fees were set off by, is none of it. A reversal is a row of its own, negative, with the refund as its transaction. A partner who came by registering has no
 * external id: its own one stands for it.
 */
export const commissionsExport = defineExport<CommissionRow>({
  query: (tenantId) => sql`
    select coalesce(p.external_id, p.id::text) as partner_external_id, t.external_id as transaction_external_id, c.commission_type, c.rate_ppm, c.amount,
           c.currency, c.status, c.occurred_at
      from commissions c
      join partners p on (p.tenant_id, p.id) = (c.tenant_id, c.partner_id)
      left join transactions t on (t.tenant_id, t.id) = (c.tenant_id, c.transaction_id)
     where c.tenant_id = ${tenantId}
       and c.rule <> all (${[...SETTLING_RULES]}::text[])
     order by c.occurred_at, t.external_id collate "C", c.commission_type, c.id`,
  columns: {
    partner_external_id: (row) => ({ text: row.partner_external_id }),
    transaction_external_id: (row) => ({ text: row.transaction_external_id }),
    commission_type: (row) => ({ word: row.commission_type }),
    rate: (row) => ({ ratePpm: row.rate_ppm }),
    amount: (row) => row,
    currency: (row) => ({ word: row.currency }),
    status: (row) => ({ word: row.status }),
    occurred_at: (row) => ({ at: row.occurred_at }),
  },
});

type TransactionRow = {
  external_id: string;
  user_external_id: string | null;
  kind: string;
  amount: bigint;
  currency: string;
  occurred_at: Date;
  original_external_id: string | null;
  tax: bigint;
  revenue: bigint;
  product: string | null;
  plan_code: string | null;
  country: string | null;
};

/** The columns of an import: what comes out goes in again. */
export const transactionsExport = defineExport<TransactionRow>({
  query: (tenantId) => sql`
    select t.external_id, u.external_id as user_external_id, t.kind, t.amount, t.currency, t.occurred_at, t.original_external_id, t.tax,
           t.revenue, t.product, t.plan_code, t.country
      from transactions t
      join users u on (u.tenant_id, u.id) = (t.tenant_id, t.user_id)
     where t.tenant_id = ${tenantId}
     order by t.occurred_at, t.id`,
  columns: {
    external_id: (row) => ({ text: row.external_id }),
    user_external_id: (row) => ({ text: row.user_external_id }),
    kind: (row) => ({ word: row.kind }),
    amount: (row) => row,
    currency: (row) => ({ word: row.currency }),
    occurred_at: (row) => ({ at: row.occurred_at }),
    original_external_id: (row) => ({ text: row.original_external_id }),
    tax: (row) => ({ amount: row.tax, currency: row.currency }),
    revenue: (row) => ({ amount: row.revenue, currency: row.currency }),
    product: (row) => ({ text: row.product }),
    plan_code: (row) => ({ text: row.plan_code }),
    country: (row) => ({ text: row.country }),
  },
});

type PostingRow = {
  posted_at: Date;
  occurred_at: Date;
  kind: string;
  source_id: string;
  line: number;
  partner_id: string;
  partner_external_id: string | null;
  debit: string;
  credit: string;
  amount: bigint;
  currency: string;
};

/** Every posting, in the order in which it was booked. */
export const ledgerExport = defineExport<PostingRow>({
  query: (tenantId) => sql`
    select t.posted_at, t.occurred_at, l.kind, l.source_id, l.line, l.partner_id, p.external_id as partner_external_id, l.debit, l.credit,
           l.amount, l.currency
      from ledger_postings l
      join ledger_transactions t on (t.tenant_id, t.kind, t.source_id) = (l.tenant_id, l.kind, l.source_id)
      join partners p on (p.tenant_id, p.id) = (l.tenant_id, l.partner_id)
     where l.tenant_id = ${tenantId}
     order by t.posted_at, l.kind, l.source_id, l.line`,
  columns: {
    posted_at: (row) => ({ at: row.posted_at }),
    occurred_at: (row) => ({ at: row.occurred_at }),
    kind: (row) => ({ word: row.kind }),
    source_id: (row) => ({ word: row.source_id }),
    line: (row) => ({ word: row.line }),
    partner_id: (row) => ({ word: row.partner_id }),
    partner_external_id: (row) => ({ text: row.partner_external_id }),
    debit: (row) => ({ word: row.debit }),
    credit: (row) => ({ word: row.credit }),
    amount: (row) => row,
    currency: (row) => ({ word: row.currency }),
  },
});

type PayoutRow = {
  id: string;
  partner_id: string;
  partner_external_id: string | null;
  amount: bigint;
  fee: bigint;
  tax_withheld: bigint;
  currency: string;
  payment_method: string;
  status: string;
  bank_status: string | null;
  failure_code: string | null;
  requested_at: Date;
  processed_at: Date | null;
};

export const payoutsExport = defineExport<PayoutRow>({
  query: (tenantId) => sql`
    select y.id, y.partner_id, p.external_id as partner_external_id, y.amount, y.fee, y.tax_withheld, y.currency, y.payment_method, y.status,
           y.bank_status, y.failure_code, y.requested_at, y.processed_at
      from partner_payouts y
      join partners p on (p.tenant_id, p.id) = (y.tenant_id, y.partner_id)
     where y.tenant_id = ${tenantId}
     order by y.requested_at, y.id`,
  columns: {
    id: (row) => ({ word: row.id }),
    partner_id: (row) => ({ word: row.partner_id }),
    partner_external_id: (row) => ({ text: row.partner_external_id }),
    amount: (row) => row,
    fee: (row) => ({ amount: row.fee, currency: row.currency }),
    tax_withheld: (row) => ({ amount: row.tax_withheld, currency: row.currency }),
    currency: (row) => ({ word: row.currency }),
    payment_method: (row) => ({ word: row.payment_method }),
    status: (row) => ({ word: row.status }),
    bank_status: (row) => ({ word: row.bank_status }),
    failure_code: (row) => ({ text: row.failure_code }),
    requested_at: (row) => ({ at: row.requested_at }),
    processed_at: (row) => ({ at: row.processed_at }),
  },
});

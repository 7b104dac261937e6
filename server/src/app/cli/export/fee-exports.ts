import { sql } from "kysely";
import { defineExport } from "./exports.ts";

type ClaimRow = {
  id: string;
  partner_id: string;
  partner_external_id: string | null;
  period_start: string;
  period_end: string;
  spent_on: string;
  description: string;
  amount: bigint;
  granted: bigint;
  currency: string;
  status: string;
  reason: string | null;
  submitted_at: Date;
  decided_at: Date | null;
  commission_id: string | null;
};

/** What partners claimed of their budgets, and what was approved of it: 0 where nothing was. */
export const budgetClaimsExport = defineExport<ClaimRow>({
  query: (tenantId) => sql`
    select c.id, c.partner_id, p.external_id as partner_external_id, b.period_start::text, b.period_end::text, c.spent_on::text, c.description,
           c.amount, coalesce(c.granted, 0) as granted, b.currency, c.status, c.reason, c.submitted_at, c.decided_at, c.commission_id
      from partner_budget_claims c
      join partner_budgets b on (b.tenant_id, b.id) = (c.tenant_id, c.budget_id)
      join partners p on (p.tenant_id, p.id) = (c.tenant_id, c.partner_id)
     where c.tenant_id = ${tenantId}
     order by c.submitted_at, c.id`,
  columns: {
    id: (row) => ({ word: row.id }),
    partner_id: (row) => ({ word: row.partner_id }),
    partner_external_id: (row) => ({ text: row.partner_external_id }),
    period_start: (row) => ({ word: row.period_start }),
    period_end: (row) => ({ word: row.period_end }),
    spent_on: (row) => ({ word: row.spent_on }),
    description: (row) => ({ text: row.description }),
    amount: (row) => row,
    granted: (row) => ({ amount: row.granted, currency: row.currency }),
    currency: (row) => ({ word: row.currency }),
    status: (row) => ({ word: row.status }),
    reason: (row) => ({ text: row.reason }),
    submitted_at: (row) => ({ at: row.submitted_at }),
    decided_at: (row) => ({ at: row.decided_at }),
    commission_id: (row) => ({ word: row.commission_id ?? "" }),
  },
});

type SettledInvoiceRow = {
  number: bigint;
  partner_id: string;
  partner_external_id: string | null;
  period_start: string | null;
  issued_on: string;
  due_on: string;
  total: bigint;
  paid: bigint;
  set_off: bigint;
  credited: bigint;
  currency: string;
};

/** Invoices over fees, by number, with what settled them. */
export const invoicesExport = defineExport<SettledInvoiceRow>({
  query: (tenantId) => sql`
    select i.number, i.partner_id, p.external_id as partner_external_id, i.period_start::text, i.issued_on::text, i.due_on::text, i.total,
           coalesce(s.paid, 0) as paid, coalesce(s.set_off, 0) as set_off, coalesce(s.credited, 0) as credited, i.currency
      from partner_invoices i
      join partners p on (p.tenant_id, p.id) = (i.tenant_id, i.partner_id)
      left join (
           select tenant_id, invoice_id, sum(amount) filter (where kind = 'payment')::bigint as paid,
                  sum(amount) filter (where kind = 'set_off')::bigint as set_off,
                  sum(amount) filter (where kind = 'credit')::bigint as credited
             from partner_invoice_settlements
            group by tenant_id, invoice_id
           ) s on (s.tenant_id, s.invoice_id) = (i.tenant_id, i.id)
     where i.tenant_id = ${tenantId}
     order by i.number`,
  columns: {
    number: (row) => ({ word: String(row.number) }),
    partner_id: (row) => ({ word: row.partner_id }),
    partner_external_id: (row) => ({ text: row.partner_external_id }),
    period_start: (row) => ({ word: row.period_start ?? "" }),
    issued_on: (row) => ({ word: row.issued_on }),
    due_on: (row) => ({ word: row.due_on }),
    total: (row) => ({ amount: row.total, currency: row.currency }),
    paid: (row) => ({ amount: row.paid, currency: row.currency }),
    set_off: (row) => ({ amount: row.set_off, currency: row.currency }),
    credited: (row) => ({ amount: row.credited, currency: row.currency }),
    currency: (row) => ({ word: row.currency }),
  },
});

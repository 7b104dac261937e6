import { sql } from "kysely";
import type { DataSubject, PersonalDataSource } from "../platform/personal-data.ts";

/** Rows of a customer, by what the operator calls them or by their e-mail. */
const isOf = ({ email, externalId }: DataSubject) =>
  sql`(email = ${email} or customer_external_id = ${externalId ?? null})`;

/** What billing systems said of a customer. */
export const revenuePersonalData: readonly PersonalDataSource[] = [
  {
    name: "billing-customers",
    holds: {
      "revenue_customers.email": "erased",
      "revenue_customers.provider_id": "reference",
      "revenue_customers.customer_external_id": "reference",
    },
    collect: async (tx, subject) => {
      const { rows } = await sql<object>`
        select provider_id as "providerId", customer_external_id as "customerExternalId", email
          from revenue_customers
         where tenant_id = ${tx.ctx.tenantId}
           and ${isOf(subject)}`.execute(tx);
      return rows;
    },
    erase: async (tx, subject) => {
      const { numAffectedRows } = await sql`
        update revenue_customers
           set email = null
         where tenant_id = ${tx.ctx.tenantId}
           and email is not null
           and ${isOf(subject)}`.execute(tx);
      return Number(numAffectedRows ?? 0n);
    },
  },
  {
    name: "billing-movements",
    holds: {
      "revenue_movements.email": "erased",
      "revenue_movements.external_id": "books",
      "revenue_movements.original_external_id": "books",
      "revenue_movements.payment_ids": "books",
      "revenue_movements.product": "books",
      "revenue_movements.plan_code": "books",
      "revenue_movements.country": "books",
      "revenue_movements.provider_customer_id": "reference",
      "revenue_movements.customer_external_id": "reference",
      "revenue_payments.payment_id": "books",
      "revenue_payments.invoice_id": "books",
    },
    collect: async (tx, subject) => {
      const { rows } = await sql<object>`
        select external_id as "externalId", kind, amount::text, currency, email, status, occurred_at as "occurredAt"
          from revenue_movements
         where tenant_id = ${tx.ctx.tenantId}
           and ${isOf(subject)}
         order by occurred_at, id`.execute(tx);
      return rows;
    },
    erase: async (tx, subject) => {
      const { numAffectedRows } = await sql`
        update revenue_movements
           set email = null
         where tenant_id = ${tx.ctx.tenantId}
           and email is not null
           and ${isOf(subject)}`.execute(tx);
      return Number(numAffectedRows ?? 0n);
    },
  },
];

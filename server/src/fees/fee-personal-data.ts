import { sql } from "kysely";
import { erasesNothing, type PersonalDataSource } from "../platform/personal-data.ts";

/** What a partner was charged. */
export const feePersonalData: readonly PersonalDataSource[] = [
  {
    name: "invoices",
    holds: {
      "partner_invoice_lines.description": "books",
      "partner_invoice_settlements.reference": "books",
      "partner_invoice_settlements.recorded_by": "trail",
      "partner_fee_usages.reference": "books",
    },
    collect: async (tx, { partnerId = null }) => {
      const { rows } = await sql<object>`
        select i.number::text, i.currency, i.total::text, i.issued_on as "issuedOn", i.due_on as "dueOn",
               (select json_agg(json_build_object('description', l.description, 'quantity', l.quantity, 'amount', l.amount::text) order by l.line)
                  from partner_invoice_lines l
                 where (l.tenant_id, l.invoice_id) = (i.tenant_id, i.id)) as lines
          from partner_invoices i
         where i.tenant_id = ${tx.ctx.tenantId}
           and i.partner_id = ${partnerId}
         order by i.number`.execute(tx);
      return rows;
    },
    erase: erasesNothing,
  },
  {
    name: "budget-claims",
    holds: {
      "partner_budget_claims.description": "books",
      "partner_budget_claims.reason": "books",
      "partner_budget_grants.reason": "books",
      "partner_budget_grants.granted_by": "trail",
    },
    collect: async (tx, { partnerId = null }) => {
      const { rows } = await sql<object>`
        select amount::text, description, spent_on as "spentOn", status, reason
          from partner_budget_claims
         where tenant_id = ${tx.ctx.tenantId}
           and partner_id = ${partnerId}
         order by id`.execute(tx);
      return rows;
    },
    erase: erasesNothing,
  },
];

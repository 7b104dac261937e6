import { sql } from "kysely";
import { erasesNothing, type PersonalDataSource } from "../platform/personal-data.ts";

/** What a customer paid. Amounts never change: who paid is a pseudonym once the customer is. */
export const salesPersonalData: readonly PersonalDataSource[] = [
  {
    name: "transactions",
    holds: {
      "transactions.external_id": "books",
      "transactions.original_external_id": "books",
      "transactions.product": "books",
      "transactions.plan_code": "books",
      "transactions.country": "books",
      // Emptied once a message has been worked on.
      "inbox_events.payload": "passing",
      "inbox_events.failure": "passing",
    },
    collect: async (tx, { userId }) => {
      const { rows } = await sql<object>`
        select external_id as "externalId", kind, amount::text, currency, tax::text, product, plan_code as "planCode", country,
               occurred_at as "occurredAt"
          from transactions
         where tenant_id = ${tx.ctx.tenantId}
           and user_id = ${userId}
         order by occurred_at, id`.execute(tx);
      return rows;
    },
    erase: erasesNothing,
  },
];

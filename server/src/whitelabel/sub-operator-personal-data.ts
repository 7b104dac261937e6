import { sql } from "kysely";
import { erasesNothing, type PersonalDataSource } from "../platform/personal-data.ts";

/** The programme that a partner runs, and what it owes for it. */
export const whitelabelPersonalData: readonly PersonalDataSource[] = [
  {
    name: "sub-operators",
    holds: {
      "sub_operators.name": "books",
      "sub_operators.host": "books",
      "sub_operators.status_reason": "claims",
      "sub_operators.admin_email": "passing",
      "sub_operators.admin_name": "passing",
      "sub_operator_contracts.reason": "books",
      "sub_operator_contracts.agreed_by": "trail",
      "sub_operator_settlements.reference": "books",
      "sub_operator_settlements.recorded_by": "trail",
    },
    collect: async (tx, { partnerId = null }) => {
      const { rows } = await sql<object>`
        select s.name, s.host, s.status, s.status_reason as "statusReason", s.created_at as "createdAt",
               (select json_agg(json_build_object('mode', c.mode, 'effectiveFrom', c.effective_from, 'reason', c.reason) order by c.number)
                  from sub_operator_contracts c
                 where (c.tenant_id, c.sub_operator_id) = (s.tenant_id, s.id)) as contracts
          from sub_operators s
         where s.tenant_id = ${tx.ctx.tenantId}
           and s.partner_id = ${partnerId}
         order by s.created_at`.execute(tx);
      return rows;
    },
    erase: erasesNothing,
  },
];

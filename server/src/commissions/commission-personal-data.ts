import { sql } from "kysely";
import { erasesNothing, type PersonalDataSource } from "../platform/personal-data.ts";

const commissions: PersonalDataSource = {
  name: "commissions",
  holds: {
    "commissions.metadata": "books",
    "commissions.closed_reason": "books",
    "commission_receipts.receipt": "books",
  },
  collect: async (tx, { partnerId = null }) => {
    const { rows } = await sql<object>`
      select id, commission_type as "type", amount::text, currency, status, occurred_at as "occurredAt", approved_at as "approvedAt", paid_at as "paidAt"
        from commissions
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}
       order by occurred_at, id`.execute(tx);
    return rows;
  },
  erase: erasesNothing,
};

const disputes: PersonalDataSource = {
  name: "disputes",
  holds: {
    "commission_disputes.reason": "claims",
    "commission_disputes.resolution": "claims",
    "commission_disputes.reference": "claims",
    "commission_disputes.evidence": "claims",
    "commission_disputes.partner_evidence": "claims",
    "commission_dispute_messages.body": "claims",
  },
  // Notes are the team's own.
  collect: async (tx, { partnerId = null }) => {
    const { rows } = await sql<object>`
      select d.id, d.commission_id as "commissionId", d.reason, d.status, d.resolution, d.opened_at as "openedAt", d.resolved_at as "resolvedAt",
             (select json_agg(json_build_object('kind', m.kind, 'body', m.body, 'writtenAt', m.written_at) order by m.written_at)
                from commission_dispute_messages m
               where (m.tenant_id, m.dispute_id) = (d.tenant_id, d.id)
                 and m.kind <> 'note') as messages
        from commission_disputes d
       where d.tenant_id = ${tx.ctx.tenantId}
         and d.partner_id = ${partnerId}
       order by d.opened_at`.execute(tx);
    return rows;
  },
  erase: erasesNothing,
};

/** What a partner has earned and disputed. */
export const commissionPersonalData: readonly PersonalDataSource[] = [commissions, disputes];

import { sql } from "kysely";
import { erasesNothing, type PersonalDataSource } from "../platform/personal-data.ts";

/** What somebody did. The chain cannot be emptied, and holds ids in place of people. */
export const auditPersonalData: readonly PersonalDataSource[] = [
  {
    name: "acts",
    holds: {
      "audit_log.actor_id": "trail",
      "audit_log.ip_truncated": "trail",
      "audit_log.before": "trail",
      "audit_log.after": "trail",
      "audit_log.reason": "trail",
    },
    collect: async (tx, { userId }) => {
      const { rows } = await sql<object>`
        select action, target_type as "targetType", target_id as "targetId", ip_truncated as network, occurred_at as "occurredAt"
          from audit_log
         where tenant_id = ${tx.ctx.tenantId}
           and actor_type = 'user'
           and actor_id = ${userId}
         order by position`.execute(tx);
      return rows;
    },
    erase: erasesNothing,
  },
];

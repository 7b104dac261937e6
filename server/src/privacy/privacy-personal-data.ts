import { sql } from "kysely";
import { erasesNothing, type PersonalDataSource } from "../platform/personal-data.ts";

/** Wishes and holds themselves: they show that the law was kept. */
export const privacyPersonalData: readonly PersonalDataSource[] = [
  {
    name: "privacy",
    holds: {
      "privacy_erasures.reason": "claims",
      "privacy_erasures.refusal": "claims",
      "privacy_erasures.hindrances": "claims",
      "privacy_erasures.certificate": "claims",
      "privacy_erasures.asked_by": "trail",
      "privacy_erasures.decided_by": "trail",
      "privacy_erasures.told_sealed": "passing",
      "privacy_holds.reason": "claims",
      "privacy_holds.placed_by": "trail",
      "privacy_holds.lifted_by": "trail",
    },
    collect: async (tx, { userId }) => {
      const { rows } = await sql<object>`
        select id, status, reason, refusal, asked_at as "askedAt", decided_at as "decidedAt"
          from privacy_erasures
         where tenant_id = ${tx.ctx.tenantId}
           and user_id = ${userId}
         order by asked_at`.execute(tx);
      return rows;
    },
    erase: erasesNothing,
  },
];

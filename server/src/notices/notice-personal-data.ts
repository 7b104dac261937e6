import { sql } from "kysely";
import type { PersonalDataSource } from "../platform/personal-data.ts";

/** What somebody is to hear of by mail, and how they wish to. */
export const noticePersonalData: readonly PersonalDataSource[] = [
  {
    name: "notices",
    holds: { "notices.facts": "erased", "notices.path": "erased" },
    collect: async (tx, { userId }) => {
      const { rows } = await sql<object>`
        select kind, delivery, facts, occurred_at as "occurredAt", sent_at as "sentAt"
          from notices
         where tenant_id = ${tx.ctx.tenantId}
           and user_id = ${userId}
         order by occurred_at, id`.execute(tx);
      return rows;
    },
    // Also those that wait: nobody is left to be told.
    erase: async (tx, { userId }) => {
      const of = sql`tenant_id = ${tx.ctx.tenantId} and user_id = ${userId}`;
      const { numAffectedRows } = await sql`delete from notices where ${of}`.execute(tx);
      await sql`delete from notice_digests where ${of}`.execute(tx);
      await sql`delete from notice_preferences where ${of}`.execute(tx);
      return Number(numAffectedRows ?? 0n);
    },
  },
];

import { sql } from "kysely";
import type { PersonalDataSource } from "../platform/personal-data.ts";

/** What a twin would have mailed. Only who tests writes to anybody there. */
export const twinPersonalData: readonly PersonalDataSource[] = [
  {
    name: "test-mails",
    holds: {
      "test_mails.recipient": "erased",
      "test_mails.subject": "erased",
      "test_mails.body": "erased",
      "test_mails.html": "erased",
      "test_mails.attachments": "erased",
    },
    collect: async (tx, { email }) => {
      const { rows } = await sql<object>`
        select recipient, subject, body, attachments, sent_at as "sentAt"
          from test_mails
         where tenant_id = ${tx.ctx.tenantId}
           and recipient = ${email}
         order by sent_at, id`.execute(tx);
      return rows;
    },
    erase: async (tx, { email }) => {
      const { numAffectedRows } = await sql`
        delete from test_mails where tenant_id = ${tx.ctx.tenantId} and recipient = ${email}`.execute(tx);
      return Number(numAffectedRows ?? 0n);
    },
  },
];

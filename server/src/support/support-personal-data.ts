import { sql } from "kysely";
import { eraseFiles } from "../platform/files/index.ts";
import { ERASED, type PersonalDataSource } from "../platform/personal-data.ts";

/** What a partner asked, and was answered. Notes of the team are their own. */
export const supportPersonalData: readonly PersonalDataSource[] = [
  {
    name: "tickets",
    holds: {
      "support_tickets.subject": "erased",
      "support_messages.body": "erased",
      "files.name": "erased",
      "files.content": "erased",
    },
    collect: async (tx, { partnerId = null }) => {
      const { rows } = await sql<object>`
        select t.id, t.subject, t.status, t.opened_at as "openedAt",
               (select json_agg(json_build_object('author', m.author, 'body', m.body, 'sentAt', m.sent_at, 'files',
                          (select json_agg(f.name) from support_message_files x join files f on (f.tenant_id, f.id) = (x.tenant_id, x.file_id)
                            where (x.tenant_id, x.message_id) = (m.tenant_id, m.id))) order by m.sent_at)
                  from support_messages m
                 where (m.tenant_id, m.ticket_id) = (t.tenant_id, t.id)
                   and not m.is_internal) as messages
          from support_tickets t
         where t.tenant_id = ${tx.ctx.tenantId}
           and t.partner_id = ${partnerId}
         order by t.opened_at`.execute(tx);
      return rows;
    },
    erase: async (tx, { partnerId = null }) => {
      const { tenantId } = tx.ctx;
      const { rows } = await sql<{ id: string }>`
        update support_messages
           set body = ${ERASED}
         where tenant_id = ${tenantId}
           and ticket_id in (select id from support_tickets where tenant_id = ${tenantId} and partner_id = ${partnerId})
           and body <> ${ERASED}
        returning id`.execute(tx);
      const { rows: files } = await sql<{ id: string }>`
        select file_id as id
          from support_message_files
         where tenant_id = ${tenantId}
           and message_id = any (${rows.map(({ id }) => id)}::uuid[])`.execute(tx);
      await eraseFiles(
        tx,
        files.map(({ id }) => id),
      );
      const { numAffectedRows } = await sql`
        update support_tickets
           set subject = ${ERASED}
         where tenant_id = ${tenantId}
           and partner_id = ${partnerId}
           and subject <> ${ERASED}`.execute(tx);
      return rows.length + files.length + Number(numAffectedRows ?? 0n);
    },
  },
];

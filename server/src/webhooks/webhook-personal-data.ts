import { sql } from "kysely";
import type { PersonalDataSource } from "../platform/personal-data.ts";

/** Where a partner is told of events, and what anybody was told of the partner: subjects of tickets and names of campaigns are in it. */
export const webhookPersonalData: readonly PersonalDataSource[] = [
  {
    name: "webhook-endpoints",
    holds: {
      "partner_webhooks.url": "erased",
      "partner_webhooks.description": "erased",
      "partner_webhooks.secret_encrypted": "erased",
      "webhook_attempts.url": "erased",
      "webhook_attempts.response_headers": "erased",
      "webhook_attempts.response_body": "erased",
      "webhook_attempts.error": "erased",
      "webhook_events.body": "erased",
    },
    collect: async (tx, { partnerId = null }) => {
      const { rows } = await sql<object>`
        select url, description, events, status, created_at as "createdAt", deleted_at as "deletedAt"
          from partner_webhooks
         where tenant_id = ${tx.ctx.tenantId}
           and partner_id = ${partnerId}
         order by created_at`.execute(tx);
      return rows;
    },
    erase: async (tx, { partnerId = null }) => {
      const { tenantId, now } = tx.ctx;
      const { rows } = await sql<{ id: string }>`
        update partner_webhooks
           set url = 'https://erased.invalid/', description = null, secret_encrypted = '', retired_secrets_encrypted = '{}',
               retired_secrets_until = '{}', status = 'inactive', deleted_at = coalesce(deleted_at, ${now}), updated_at = ${now}
         where tenant_id = ${tenantId}
           and partner_id = ${partnerId}
           and url <> 'https://erased.invalid/'
        returning id`.execute(tx);
      // What still waits goes too: it would carry on what is erased here.
      const deliveries = sql`
        select d.id
          from webhook_deliveries d
          join webhook_events e on (e.tenant_id, e.id) = (d.tenant_id, d.event_id)
         where d.tenant_id = ${tenantId}
           and (e.partner_id = ${partnerId} or d.endpoint_id = any (${rows.map(({ id }) => id)}::uuid[]))`;
      await sql`delete from webhook_attempts where tenant_id = ${tenantId} and delivery_id in (${deliveries})`.execute(
        tx,
      );
      await sql`delete from webhook_deliveries where tenant_id = ${tenantId} and id in (${deliveries})`.execute(tx);
      const { numAffectedRows } =
        await sql`delete from webhook_events where tenant_id = ${tenantId} and partner_id = ${partnerId}`.execute(tx);
      return rows.length + Number(numAffectedRows ?? 0n);
    },
  },
];

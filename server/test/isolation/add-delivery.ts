import { newId } from "../../src/kernel/id.ts";
import { asOwner, type ClonedDatabase } from "../kit/postgres.ts";

/** A delivery of a webhook that is due at an instant. */
export async function addDelivery(
  database: ClonedDatabase,
  tenantId: string,
  at: Date,
): Promise<{ delivery: string; endpoint: string }> {
  const [endpoint, event, delivery] = [newId(), newId(), newId()];
  await asOwner(
    database,
    `insert into partner_webhooks (tenant_id, id, url, events, secret_encrypted, created_at, updated_at)
     values ($1, $2, 'https://theirs.test/', '["*"]', 'sealed', $3, $3)`,
    [tenantId, endpoint, at],
  );
  await asOwner(
    database,
    `insert into webhook_events (tenant_id, id, type, object_type, object_id, body, occurred_at)
     values ($1, $2, 'thing.changed', 'thing', $2, '{}', $3)`,
    [tenantId, event, at],
  );
  await asOwner(
    database,
    `insert into webhook_deliveries (tenant_id, id, endpoint_id, event_id, object_id, sequence, next_attempt_at, created_at)
     select $1, $2, $3, $4, $4, sequence, $5, $5 from webhook_events where id = $4`,
    [tenantId, delivery, endpoint, event, at],
  );
  return { delivery, endpoint };
}

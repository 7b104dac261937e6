import { randomUUID } from "node:crypto";
import { newId } from "../../src/kernel/id.ts";
import { asOwner, type ClonedDatabase } from "../kit/postgres.ts";

type Of = { readonly tenantId: string; readonly partnerId: string };

/** A link of a partner. */
export async function addLink(
  database: ClonedDatabase,
  { tenantId, partnerId }: Of,
  { code, at }: { code: string; at: Date },
): Promise<void> {
  await asOwner(
    database,
    "insert into referral_links (tenant_id, id, partner_id, code, created_at) values ($1, $2, $3, $4, $5)",
    [tenantId, newId(), partnerId, code, at],
  );
}

/** A session of somebody; returns its id. */
export async function addSession(database: ClonedDatabase, { tenantId, partnerId }: Of, at: Date): Promise<string> {
  const id = newId();
  await asOwner(
    database,
    `insert into sessions (tenant_id, id, user_id, created_at, last_used_at, proven_at, expires_at)
     select tenant_id, $2, user_id, $4, $4, $4, $4::timestamptz + interval '1 day' from partners where tenant_id = $1 and id = $3`,
    [tenantId, id, partnerId, at],
  );
  return id;
}

/** An API key of a partner; returns its id. */
export async function addApiKey(
  database: ClonedDatabase,
  { tenantId, partnerId }: Of,
  { apiKey, at }: { apiKey: string; at: Date },
): Promise<string> {
  const id = newId();
  await asOwner(
    database,
    `insert into partner_api_keys (tenant_id, id, partner_id, key_name, api_key, api_secret_hash, created_at)
     values ($1, $2, $3, 'A key', $4, 'hash', $5)`,
    [tenantId, id, partnerId, apiKey, at],
  );
  return id;
}

/** An event that nobody has been told of; returns its position. */
export async function addEvent(database: ClonedDatabase, tenantId: string, at: Date): Promise<string> {
  const [row] = await asOwner<{ position: string }>(
    database,
    `insert into outbox_events (tenant_id, id, type, object_type, object_id, data, occurred_at)
     values ($1, $2, 'partner.created', 'partner', $3, '{}', $4) returning position`,
    [tenantId, newId(), randomUUID(), at],
  );
  return row?.position ?? "";
}

/** Domains that a tenant has entered, one in each state and called by it. */
export async function addDomains(
  database: ClonedDatabase,
  tenantId: string,
  states: readonly string[],
  at: Date,
): Promise<void> {
  for (const state of states)
    await asOwner(
      database,
      `insert into custom_domains (tenant_id, id, domain, token, state, state_since, created_at)
       values ($1, $2, $3::text || '.acme.com', 'token', $3, $4, $4)`,
      [tenantId, newId(), state, at],
    );
}

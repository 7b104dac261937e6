import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { Delivery, KindName } from "./notice-catalogue.ts";

/** `delivery` holds what its check constraint admits. */
type PreferenceRow = { readonly user_id: string; readonly kind: string; readonly delivery: Delivery };

/** What people have chosen, by person and kind; `key` of a pair. */
export async function findPreferences(tx: ReadTx, userIds: readonly string[]): Promise<Map<string, Delivery>> {
  const { rows } = await sql<PreferenceRow>`
    select user_id, kind, delivery
      from notice_preferences
     where tenant_id = ${tx.ctx.tenantId} and user_id = any (${[...userIds]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ user_id, kind, delivery }) => [key(user_id, kind), delivery]));
}

export const key = (userId: string, kind: string): string => `${userId} ${kind}`;

export type Choice = { readonly kind: KindName; readonly delivery: Delivery };

/** Notes what somebody chose. What waits for a digest follows: it is dropped, or waits for the other digest; what was to come later comes with its digest still. */
export async function savePreferences(tx: Tx, userId: string, choices: readonly Choice[]): Promise<void> {
  const { tenantId, now } = tx.ctx;
  const kinds = choices.map(({ kind }) => kind);
  const deliveries = choices.map(({ delivery }) => delivery);
  await sql`
    insert into notice_preferences (tenant_id, user_id, kind, delivery, updated_at)
    select ${tenantId}, ${userId}, c.kind, c.delivery, ${now}
      from unnest(${kinds}::text[], ${deliveries}::text[]) as c (kind, delivery)
     order by c.kind
        on conflict (tenant_id, user_id, kind) do update set delivery = excluded.delivery, updated_at = excluded.updated_at`.execute(
    tx,
  );
  await sql`
    delete from notices n
     using unnest(${kinds}::text[], ${deliveries}::text[]) as c (kind, delivery)
     where n.tenant_id = ${tenantId} and n.user_id = ${userId} and n.kind = c.kind and c.delivery = 'off'
       and n.digest_id is null and n.delivery <> 'at_once'`.execute(tx);
  await sql`
    update notices n
       set delivery = c.delivery
      from unnest(${kinds}::text[], ${deliveries}::text[]) as c (kind, delivery)
     where n.tenant_id = ${tenantId} and n.user_id = ${userId} and n.kind = c.kind and c.delivery in ('daily', 'weekly')
       and n.digest_id is null and n.delivery <> 'at_once'`.execute(tx);
}

import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";

/** An event as the outside is told of it: `body` is the bytes that are signed. */
export type WebhookEvent = {
  readonly id: string;
  readonly sequence: bigint;
  readonly type: string;
  readonly objectId: string;
  readonly partnerId: string | null;
  readonly body: string;
};

export type NewWebhookEvent = Omit<WebhookEvent, "sequence"> & {
  readonly objectType: string;
  readonly endpointId: string | null;
  readonly occurredAt: Date;
};

/** Wakes whoever streams events. */
export const EVENTS_CHANNEL = "tributary_webhook_events";

/**
 * Lets one transaction at a time add events to a tenant: so numbers are committed in their order, and who goes on after the last one that it
 * has seen misses none.
 */
export async function lockSequence(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`webhook events ${tx.ctx.tenantId}`}, 0))`.execute(tx);
}

/** Adds events in the order given, but those that are there already; returns the added ones. The caller holds `lockSequence`. */
export async function insertEvents(tx: Tx, events: readonly NewWebhookEvent[]): Promise<WebhookEvent[]> {
  if (events.length === 0) return [];
  const { rows } = await sql<{ id: string; sequence: bigint }>`
    insert into webhook_events (tenant_id, id, type, object_type, object_id, partner_id, endpoint_id, body, occurred_at)
    select ${tx.ctx.tenantId}, e.id, e.type, e.object_type, e.object_id, e.partner_id, e.endpoint_id, e.body, e.occurred_at
      from unnest(
        ${events.map(({ id }) => id)}::uuid[],
        ${events.map(({ type }) => type)}::text[],
        ${events.map(({ objectType }) => objectType)}::text[],
        ${events.map(({ objectId }) => objectId)}::uuid[],
        ${events.map(({ partnerId }) => partnerId)}::uuid[],
        ${events.map(({ endpointId }) => endpointId)}::uuid[],
        ${events.map(({ body }) => body)}::text[],
        ${events.map(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[]
      ) with ordinality as e (id, type, object_type, object_id, partner_id, endpoint_id, body, occurred_at, ordinal)
     order by e.ordinal
    on conflict (tenant_id, id) do nothing
    returning id, sequence`.execute(tx);
  await sql`select pg_notify(${EVENTS_CHANNEL}, ${tx.ctx.tenantId})`.execute(tx);
  const sequences = new Map(rows.map(({ id, sequence }) => [id, sequence]));
  return events.flatMap((event) => {
    const sequence = sequences.get(event.id);
    return sequence === undefined ? [] : [{ ...event, sequence }];
  });
}

/** Those of the ids that were taken before. */
export async function findTaken(tx: ReadTx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom("webhook_events")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "in", [...ids])
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** What the newest event of each object told, but those of the types `apart`. */
export async function findNewest(
  tx: ReadTx,
  { objectIds, apart }: { readonly objectIds: readonly string[]; readonly apart: readonly string[] },
): Promise<Map<string, string>> {
  const { rows } = await sql<{ object_id: string; body: string }>`
    select wanted.object_id, e.body
      from unnest(${[...objectIds]}::uuid[]) as wanted (object_id)
     cross join lateral (
             select body
               from webhook_events
              where tenant_id = ${tx.ctx.tenantId} and object_id = wanted.object_id and endpoint_id is null
                and type <> all (${[...apart]}::text[])
              order by sequence desc
              limit 1) e`.execute(tx);
  return new Map(rows.map(({ object_id, body }) => [object_id, body]));
}

export type EventsAfter = {
  readonly sequence: bigint;
  /** One partner's; null asks for all of the tenant. */
  readonly partnerId: string | null;
  readonly limit: number;
};

/** Events after a number, in order; none that was made for one endpoint. */
export async function findEventsAfter(tx: ReadTx, after: EventsAfter): Promise<WebhookEvent[]> {
  const { rows } = await sql<WebhookEvent>`
    select id, sequence, type, object_id as "objectId", partner_id as "partnerId", body
      from webhook_events
     where tenant_id = ${tx.ctx.tenantId}
       and sequence > ${after.sequence}
       and endpoint_id is null
       ${after.partnerId === null ? sql`` : sql`and partner_id = ${after.partnerId}`}
     order by sequence
     limit ${after.limit}`.execute(tx);
  return rows;
}

/** The number of the newest event of the tenant; 0 where there is none. */
export async function findLastSequence(tx: ReadTx): Promise<bigint> {
  const { rows } = await sql<{ last: bigint | null }>`
    select max(sequence) as last from webhook_events where tenant_id = ${tx.ctx.tenantId}`.execute(tx);
  return rows[0]?.last ?? 0n;
}

/**
 * Forgets events from before an instant that nothing is left of, but the newest of each object with which the next one is compared: none of the types
 * `apart`.
 */
export async function forgetEvents(
  tx: Tx,
  { before, apart, limit }: { readonly before: Date; readonly apart: readonly string[]; readonly limit: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from webhook_events
     where tenant_id = ${tx.ctx.tenantId}
       and id in (
           select e.id
             from webhook_events e
            where e.tenant_id = ${tx.ctx.tenantId}
              and e.occurred_at < ${before}
              and not exists (select from webhook_deliveries d where (d.tenant_id, d.event_id) = (e.tenant_id, e.id))
              and (e.endpoint_id is not null or e.type = any (${[...apart]}::text[]) or exists (
                    select from webhook_events later
                     where (later.tenant_id, later.object_id) = (e.tenant_id, e.object_id)
                       and later.sequence > e.sequence
                       and later.type <> all (${[...apart]}::text[])
                       and later.endpoint_id is null))
            limit ${limit})`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

import { sql } from "kysely";
import { newId } from "../kernel/id.ts";
import { type Page, type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";
import type { WebhookEvent } from "./event-repository.ts";

export const DELIVERY_STATUSES = ["waiting", "delivered", "dead"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** One event on its way to one endpoint. */
export type Delivery = {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly objectId: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly nextAttemptAt: Date | null;
  readonly lastStatusCode: number | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
};

type NewDelivery = { readonly endpointId: string; readonly event: WebhookEvent };

/** Adds deliveries that are due at `dueAt`; one event goes to one endpoint once. */
export async function insertDeliveries(tx: Tx, deliveries: readonly NewDelivery[], dueAt: Date): Promise<string[]> {
  if (deliveries.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    insert into webhook_deliveries (tenant_id, id, endpoint_id, event_id, object_id, sequence, next_attempt_at, created_at)
    select ${tx.ctx.tenantId}, d.id, d.endpoint_id, d.event_id, d.object_id, d.sequence, ${dueAt}, ${tx.ctx.now}
      from unnest(
        ${deliveries.map(() => newId())}::uuid[],
        ${deliveries.map(({ endpointId }) => endpointId)}::uuid[],
        ${deliveries.map(({ event }) => event.id)}::uuid[],
        ${deliveries.map(({ event }) => event.objectId)}::uuid[],
        ${deliveries.map(({ event }) => String(event.sequence))}::bigint[]
      ) as d (id, endpoint_id, event_id, object_id, sequence)
    on conflict (tenant_id, endpoint_id, event_id) do nothing
    returning id`.execute(tx);
  return rows.map(({ id }) => id);
}

const deliveriesOf = (tx: ReadTx, partnerId: string | null) =>
  tx
    .selectFrom("webhook_deliveries as d")
    .innerJoin("partner_webhooks as w", (join) =>
      join.onRef("w.tenant_id", "=", "d.tenant_id").onRef("w.id", "=", "d.endpoint_id"),
    )
    .innerJoin("webhook_events as e", (join) =>
      join.onRef("e.tenant_id", "=", "d.tenant_id").onRef("e.id", "=", "d.event_id"),
    )
    .select([
      "d.id",
      "d.endpoint_id as endpointId",
      "d.event_id as eventId",
      "e.type as eventType",
      "d.object_id as objectId",
      "d.status",
      "d.attempts",
      "d.next_attempt_at as nextAttemptAt",
      "d.last_status_code as lastStatusCode",
      "d.last_error as lastError",
      "d.created_at as createdAt",
      "d.settled_at as settledAt",
    ])
    .where("d.tenant_id", "=", tx.ctx.tenantId)
    .where("w.partner_id", "is not distinct from", partnerId)
    .where("w.deleted_at", "is", null);

/** webhook_deliveries_status_check */
const asDelivery = <Row extends { readonly status: string }>(row: Row) => ({
  ...row,
  status: row.status as DeliveryStatus,
});

export type DeliveryFilter = {
  readonly endpointId?: string;
  readonly status?: DeliveryStatus;
  readonly eventType?: string;
  readonly objectId?: string;
};

/** Deliveries to an owner's endpoints. */
export async function findDeliveries(
  tx: ReadTx,
  { partnerId, filter, page }: { partnerId: string | null; filter: DeliveryFilter; page: PageRequest },
): Promise<Page<Delivery>> {
  const { endpointId, status, eventType, objectId } = filter;
  const query = deliveriesOf(tx, partnerId)
    .$if(endpointId !== undefined, (q) => q.where("d.endpoint_id", "=", endpointId ?? ""))
    .$if(status !== undefined, (q) => q.where("d.status", "=", status ?? ""))
    .$if(eventType !== undefined, (q) => q.where("e.type", "=", eventType ?? ""))
    .$if(objectId !== undefined, (q) => q.where("d.object_id", "=", objectId ?? ""));
  const { data, nextCursor } = await selectPage(query as never, page, {
    sorts: { createdAt: { column: "d.created_at", type: "timestamptz" } },
    defaultSort: "-createdAt",
    idColumn: "d.id",
  });
  return { nextCursor, data: (data as Omit<Delivery, never>[]).map(asDelivery) };
}

type Named = { readonly id: string; readonly partnerId: string | null };

/** A delivery to one of an owner's endpoints, with what is sent; undefined where there is none with this id. */
export async function findDelivery(
  tx: ReadTx,
  { id, partnerId }: Named,
): Promise<(Delivery & { readonly body: string }) | undefined> {
  const row = await deliveriesOf(tx, partnerId).select("e.body").where("d.id", "=", id).executeTakeFirst();
  return row && asDelivery(row);
}

export type Attempt = {
  readonly attempt: number;
  readonly url: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** Null where nothing was signed, and so nothing was sent. */
  readonly signature: string | null;
  readonly statusCode: number | null;
  readonly error: string | null;
  /** As they are kept (`keepHeaders`). */
  readonly responseHeaders: string | null;
  readonly responseBody: string | null;
};

/** The newest attempts of a delivery, newest first. */
export const findAttempts = (tx: ReadTx, deliveryId: string, limit: number): Promise<Attempt[]> =>
  tx
    .selectFrom("webhook_attempts")
    .select([
      "attempt",
      "url",
      "started_at as startedAt",
      "duration_ms as durationMs",
      "signature",
      "status_code as statusCode",
      "error",
      "response_headers as responseHeaders",
      "response_body as responseBody",
    ])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("delivery_id", "=", deliveryId)
    .orderBy("attempt", "desc")
    .limit(limit)
    .execute();

/** Has one delivery made anew at `dueAt`, whatever became of it before. */
export async function reviveDelivery(tx: Tx, id: string, dueAt: Date): Promise<void> {
  await tx
    .updateTable("webhook_deliveries")
    .set({ status: "waiting", tries: 0, next_attempt_at: dueAt, settled_at: null })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .execute();
}

export type ReplayRange = {
  readonly endpointId: string;
  readonly from: Date;
  readonly to: Date;
  /** Also what was delivered. */
  readonly includesDelivered: boolean;
  /** What the endpoint asks for. */
  readonly types: readonly string[];
  /** Those after this number alone. */
  readonly after: bigint;
  readonly limit: number;
};

/** Has the oldest deliveries of a range that are dead (or were delivered) made anew; gives their numbers. */
export async function reviveDeliveries(tx: Tx, range: ReplayRange, dueAt: Date): Promise<bigint[]> {
  const { rows } = await sql<{ sequence: bigint }>`
    with picked as materialized (
      select d.id
        from webhook_deliveries d
        join webhook_events e on (e.tenant_id, e.id) = (d.tenant_id, d.event_id)
       where d.tenant_id = ${tx.ctx.tenantId}
         and d.endpoint_id = ${range.endpointId}
         and d.status = any (${range.includesDelivered ? ["dead", "delivered"] : ["dead"]}::text[])
         and d.sequence > ${range.after}
         and e.type = any (${[...range.types]}::text[])
         and e.occurred_at >= ${range.from}
         and e.occurred_at < ${range.to}
       order by d.sequence
       limit ${range.limit}
         for update of d
    )
    update webhook_deliveries
       set status = 'waiting', tries = 0, next_attempt_at = ${dueAt}, settled_at = null
     where tenant_id = ${tx.ctx.tenantId} and id in (select id from picked)
    returning sequence`.execute(tx);
  return rows.map(({ sequence }) => sequence);
}

/** The oldest events of a range that never were on their way to an endpoint: it was off, or not there yet. None is about itself. */
export async function findMissedEvents(
  tx: ReadTx,
  range: Omit<ReplayRange, "includesDelivered" | "after"> & {
    readonly partnerId: string | null;
  },
): Promise<WebhookEvent[]> {
  const { rows } = await sql<WebhookEvent>`
    select e.id, e.sequence, e.type, e.object_id as "objectId", e.partner_id as "partnerId", e.body
      from webhook_events e
     where e.tenant_id = ${tx.ctx.tenantId}
       and e.occurred_at >= ${range.from}
       and e.occurred_at < ${range.to}
       and e.endpoint_id is null
       and e.object_id <> ${range.endpointId}
       and e.type = any (${[...range.types]}::text[])
       ${range.partnerId === null ? sql`` : sql`and e.partner_id = ${range.partnerId}`}
       and not exists (
             select from webhook_deliveries d
              where (d.tenant_id, d.endpoint_id, d.event_id) = (e.tenant_id, ${range.endpointId}::uuid, e.id))
     order by e.sequence
     limit ${range.limit}`.execute(tx);
  return rows;
}

type Old = { readonly tenantId: string; readonly before: Date; readonly limit: number };

/** What is to be forgotten. Two questions: each has an index, and both as one have none. */
export const oldDeliveries = ({ tenantId, before, limit }: Old) => sql`
      (select d.id
         from webhook_deliveries d
         join partner_webhooks w on (w.tenant_id, w.id) = (d.tenant_id, d.endpoint_id)
        where d.tenant_id = ${tenantId}
          and w.deleted_at is null
          and d.created_at < ${before}
          and (d.settled_at < ${before} or w.status <> 'active')
        limit ${limit})
       union all
      (select d.id
         from partner_webhooks w
         join webhook_deliveries d on (d.tenant_id, d.endpoint_id) = (w.tenant_id, w.id)
        where w.tenant_id = ${tenantId} and w.deleted_at is not null
        limit ${limit})
       limit ${limit}`;

/** Forgets what was settled (or waits for an endpoint that is off) from before an instant, and what deleted endpoints leave, with its attempts. */
export async function forgetDeliveries(tx: Tx, { before, limit }: { before: Date; limit: number }): Promise<number> {
  const { numAffectedRows } = await sql`
    with old as materialized (${oldDeliveries({ tenantId: tx.ctx.tenantId, before, limit })}), logged as (
      delete from webhook_attempts where tenant_id = ${tx.ctx.tenantId} and delivery_id in (select id from old)
    )
    delete from webhook_deliveries where tenant_id = ${tx.ctx.tenantId} and id in (select id from old)`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** Forgets attempts from before an instant. */
export async function forgetAttempts(tx: Tx, { before, limit }: { before: Date; limit: number }): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from webhook_attempts
     where tenant_id = ${tx.ctx.tenantId}
       and (delivery_id, attempt) in (
           select delivery_id, attempt from webhook_attempts
            where tenant_id = ${tx.ctx.tenantId} and started_at < ${before}
            limit ${limit})`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

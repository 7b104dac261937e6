import { sql } from "kysely";
import { type Database, integerArray, textArray, timestamptzArray, uuidArray } from "../platform/database/index.ts";
import type { DeliveryStatus } from "./delivery-repository.ts";

/** An endpoint that a worker was lent, with what it needs to send there. */
export type LeasedEndpoint = {
  readonly tenant_id: string;
  readonly id: string;
  /** Whose endpoint it is; null of the operator's own. */
  readonly partner_id: string | null;
  readonly url: string;
  readonly failure_count: number;
  readonly secret_encrypted: Buffer;
  readonly retired_secrets_encrypted: readonly Buffer[];
  readonly retired_secrets_until: readonly Date[];
};

/** Lends a worker endpoints of any tenant that something is due for, until an instant; it keeps those that it has and that are named again. */
export async function leaseEndpoints(
  db: Database,
  {
    lease,
    at,
    until,
    limit,
  }: { readonly lease: string; readonly at: Date; readonly until: Date; readonly limit: number },
): Promise<LeasedEndpoint[]> {
  const { rows } = await sql<LeasedEndpoint>`
    select * from lease_webhook_endpoints(${at}, ${until}, ${lease}, ${limit})`.execute(db.unscoped);
  return rows;
}

/** Gives back all that a worker was lent. */
export async function releaseEndpoints(db: Database, lease: string): Promise<void> {
  await sql`select release_webhook_endpoints(${lease})`.execute(db.unscoped);
}

/** A delivery that is due, with the bytes that are signed. `tries` counts the one that is to be made. */
export type DueDelivery = {
  readonly endpoint_id: string;
  readonly id: string;
  readonly event_id: string;
  readonly tries: number;
  readonly body: string;
};

/** How many deliveries a worker has room for, of one endpoint that it was lent, and which of its deliveries it holds. */
export type Asked = {
  readonly endpoint: Pick<LeasedEndpoint, "tenant_id" | "id">;
  readonly room: number;
  readonly held: Iterable<string>;
};

/** What is due for endpoints that a worker was lent and it does not hold, `limit` in all. */
export async function findDueDeliveries(
  db: Database,
  {
    lease,
    at,
    asked,
    limit,
  }: { readonly lease: string; readonly at: Date; readonly asked: readonly Asked[]; readonly limit: number },
): Promise<DueDelivery[]> {
  const { rows } = await sql<DueDelivery>`
    select * from due_webhook_deliveries(
      ${at}, ${lease},
      ${uuidArray(asked.map(({ endpoint }) => endpoint.tenant_id))},
      ${uuidArray(asked.map(({ endpoint }) => endpoint.id))},
      ${integerArray(asked.map(({ room }) => room))},
      ${uuidArray(asked.flatMap(({ held }) => [...held]))}, ${limit})`.execute(db.unscoped);
  return rows;
}

/** What became of one attempt. */
export type SettledAttempt = {
  readonly endpoint: Pick<LeasedEndpoint, "tenant_id" | "id" | "url">;
  readonly delivery: Pick<DueDelivery, "id" | "tries">;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** As it was sent; null where nothing could be signed. */
  readonly signature: string | null;
  readonly statusCode: number | null;
  readonly error: string | null;
  readonly responseHeaders: string | null;
  readonly responseBody: string | null;
  readonly status: DeliveryStatus;
  readonly nextAttemptAt: Date | null;
  readonly throttledUntil: Date | null;
};

/**
 * Writes down what became of attempts, of any tenants, in one statement. What its endpoint's next worker has decided meanwhile, or a replay, stays as it is.
 * Safe to repeat.
 */
export async function settleAttempts(
  db: Database,
  { lease, at, settled }: { readonly lease: string; readonly at: Date; readonly settled: readonly SettledAttempt[] },
): Promise<void> {
  const endpoints = [...new Set(settled.map(({ endpoint }) => endpoint))];
  const places = new Map(endpoints.map((endpoint, index) => [endpoint, index + 1]));
  await sql`
    select settle_webhook_attempts(
      ${at}, ${lease},
      ${uuidArray(endpoints.map(({ tenant_id }) => tenant_id))},
      ${uuidArray(endpoints.map(({ id }) => id))},
      ${textArray(endpoints.map(({ url }) => url))},
      ${integerArray(settled.map(({ endpoint }) => places.get(endpoint) ?? null))},
      ${uuidArray(settled.map(({ delivery }) => delivery.id))},
      ${integerArray(settled.map(({ delivery }) => delivery.tries))},
      ${timestamptzArray(settled.map(({ startedAt }) => startedAt))},
      ${integerArray(settled.map(({ durationMs }) => durationMs))},
      ${textArray(settled.map(({ signature }) => signature))},
      ${integerArray(settled.map(({ statusCode }) => statusCode))},
      ${textArray(settled.map(({ error }) => error))},
      ${textArray(settled.map(({ responseHeaders }) => responseHeaders))},
      ${textArray(settled.map(({ responseBody }) => responseBody))},
      ${textArray(settled.map(({ status }) => status))},
      ${timestamptzArray(settled.map(({ nextAttemptAt }) => nextAttemptAt))},
      ${timestamptzArray(settled.map(({ throttledUntil }) => throttledUntil))})`.execute(db.unscoped);
}

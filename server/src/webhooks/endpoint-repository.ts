import { sql } from "kysely";
import { type Page, type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";
import { ownMode, type TenantMode } from "../tenants/index.ts";

/** An endpoint as its owner sees it: everything but its secrets. */
export type Endpoint = {
  readonly id: string;
  readonly mode: TenantMode;
  readonly partnerId: string | null;
  readonly url: string;
  readonly description: string | null;
  readonly events: string[];
  readonly status: "active" | "inactive" | "failed";
  readonly statusReason: string | null;
  readonly failureCount: number;
  readonly failingSince: Date | null;
  readonly warnedAt: Date | null;
  readonly lastTriggeredAt: Date | null;
  readonly lastDeliveredAt: Date | null;
  /** Until then the secret before the last rotation signs as well; those before it, for less long. */
  readonly previousSecretUntil: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

const ENDPOINT_COLUMNS = [
  "id",
  ownMode.as("mode"),
  "partner_id as partnerId",
  "url",
  "description",
  "events",
  "status",
  "status_reason as statusReason",
  "failure_count as failureCount",
  "failing_since as failingSince",
  "warned_at as warnedAt",
  "last_triggered_at as lastTriggeredAt",
  "last_delivered_at as lastDeliveredAt",
  sql<Date | null>`retired_secrets_until[cardinality(retired_secrets_until)]`.as("previousSecretUntil"),
  "created_at as createdAt",
  "updated_at as updatedAt",
] as const;

/** partner_webhooks_status_check; the patterns were checked when they were written. */
const asEndpoint = <Row extends { readonly events: unknown; readonly status: string }>(row: Row) => ({
  ...row,
  events: row.events as string[],
  status: row.status as Endpoint["status"],
});

/** A secret that was replaced, and until when it signs. */
export type RetiredSecret = { readonly sealed: Buffer; readonly until: Date };

/** Pairs the two columns; partner_webhooks_retired_secrets_check makes them as long. */
export const retiredSecrets = (sealed: readonly Buffer[], until: readonly Date[]): RetiredSecret[] =>
  sealed.flatMap((one, index) => {
    const ends = until[index];
    return ends === undefined ? [] : [{ sealed: one, until: ends }];
  });

export type NewEndpoint = {
  readonly id: string;
  readonly partnerId: string | null;
  readonly url: string;
  readonly description: string | null;
  readonly events: readonly string[];
  readonly secret: Buffer;
};

export async function insertEndpoint(tx: Tx, endpoint: NewEndpoint): Promise<Endpoint> {
  const { tenantId, now, actor } = tx.ctx;
  const row = await tx
    .insertInto("partner_webhooks")
    .values({
      tenant_id: tenantId,
      id: endpoint.id,
      partner_id: endpoint.partnerId,
      url: endpoint.url,
      description: endpoint.description,
      events: JSON.stringify(endpoint.events),
      secret_encrypted: endpoint.secret,
      created_by: actor.type === "user" ? actor.userId : null,
      created_at: now,
      updated_at: now,
    })
    .returning(ENDPOINT_COLUMNS)
    .executeTakeFirstOrThrow();
  return asEndpoint(row);
}

/** Endpoints of an owner that were not deleted. */
export async function findEndpoints(
  tx: ReadTx,
  { partnerId, page }: { readonly partnerId: string | null; readonly page: PageRequest },
): Promise<Page<Endpoint>> {
  const { data, nextCursor } = await selectPage(
    tx
      .selectFrom("partner_webhooks")
      .select(ENDPOINT_COLUMNS)
      .where("tenant_id", "=", tx.ctx.tenantId)
      .where("partner_id", "is not distinct from", partnerId)
      .where("deleted_at", "is", null),
    page,
    { sorts: { createdAt: { column: "created_at", type: "timestamptz" } }, defaultSort: "-createdAt", idColumn: "id" },
  );
  return { nextCursor, data: data.map(asEndpoint) };
}

/** The addresses of a partner's endpoints that are told of events and that one person has made, the oldest first. */
export async function findEndpointsMadeBy(
  tx: ReadTx,
  { partnerId, userId }: { readonly partnerId: string; readonly userId: string },
): Promise<string[]> {
  const rows = await tx
    .selectFrom("partner_webhooks")
    .select("url")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .where("created_by", "=", userId)
    .where("deleted_at", "is", null)
    .where("status", "=", "active")
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(({ url }) => url);
}

type Named = { readonly id: string; readonly partnerId: string | null };

/** An endpoint of its owner; undefined where it has none with this id. */
export async function findEndpoint(tx: ReadTx, { id, partnerId }: Named): Promise<Endpoint | undefined> {
  const row = await tx
    .selectFrom("partner_webhooks")
    .select(ENDPOINT_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("partner_id", "is not distinct from", partnerId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return row && asEndpoint(row);
}

/** The same, held until the transaction ends; anybody's where no owner is named. */
export async function lockEndpoint(
  tx: Tx,
  { id, partnerId }: Pick<Named, "id"> & Partial<Named>,
): Promise<(Endpoint & { readonly secret: Buffer; readonly retired: RetiredSecret[] }) | undefined> {
  const row = await tx
    .selectFrom("partner_webhooks")
    .select([
      ...ENDPOINT_COLUMNS,
      "secret_encrypted as secret",
      "retired_secrets_encrypted as sealed",
      "retired_secrets_until as until",
    ])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .$if(partnerId !== undefined, (query) => query.where("partner_id", "is not distinct from", partnerId ?? null))
    .where("deleted_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  return row && { ...asEndpoint(row), retired: retiredSecrets(row.sealed, row.until) };
}

export type EndpointChange = {
  readonly url?: string;
  readonly description?: string | null;
  readonly events?: readonly string[];
  readonly status?: Endpoint["status"];
  readonly statusReason?: string | null;
  /** What came of requests begins anew. */
  readonly isForgiven?: true;
  readonly warnedAt?: Date;
  readonly secret?: { readonly current: Buffer; readonly retired: readonly RetiredSecret[] };
  readonly deletedAt?: Date;
};

/** Changes an endpoint that the caller holds. */
export async function changeEndpoint(tx: Tx, id: string, change: EndpointChange): Promise<Endpoint> {
  const { url, description, events, status, statusReason, isForgiven, warnedAt, secret, deletedAt } = change;
  const row = await tx
    .updateTable("partner_webhooks")
    .set({
      ...(url === undefined ? {} : { url }),
      ...(description === undefined ? {} : { description }),
      ...(events === undefined ? {} : { events: JSON.stringify(events) }),
      ...(status === undefined ? {} : { status }),
      ...(statusReason === undefined ? {} : { status_reason: statusReason }),
      ...(isForgiven ? { failure_count: 0, failing_since: null, warned_at: null, throttled_until: null } : {}),
      ...(warnedAt === undefined ? {} : { warned_at: warnedAt }),
      ...(deletedAt === undefined ? {} : { deleted_at: deletedAt }),
      ...(secret === undefined
        ? {}
        : {
            secret_encrypted: secret.current,
            retired_secrets_encrypted: secret.retired.map(({ sealed }) => sealed),
            retired_secrets_until: secret.retired.map(({ until }) => until),
          }),
      updated_at: tx.ctx.now,
    })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .returning(ENDPOINT_COLUMNS)
    .executeTakeFirstOrThrow();
  return asEndpoint(row);
}

/** How many endpoints an owner has. The caller has seen to it that nobody adds one meanwhile (`lockOwner`). */
export async function countEndpoints(tx: ReadTx, partnerId: string | null): Promise<number> {
  const { count } = await tx
    .selectFrom("partner_webhooks")
    .select((eb) => eb.fn.countAll<bigint>().as("count"))
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "is not distinct from", partnerId)
    .where("deleted_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Where events of the tenant go. */
export async function findActiveEndpoints(tx: ReadTx): Promise<Endpoint[]> {
  const rows = await tx
    .selectFrom("partner_webhooks")
    .select(ENDPOINT_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("status", "=", "active")
    .where("deleted_at", "is", null)
    .execute();
  return rows.map(asEndpoint);
}

/** Active endpoints that have taken nothing since `since`. */
export async function findFailingEndpoints(tx: ReadTx, since: Date): Promise<Endpoint[]> {
  const rows = await tx
    .selectFrom("partner_webhooks")
    .select(ENDPOINT_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("status", "=", "active")
    .where("deleted_at", "is", null)
    .where("failing_since", "<=", since)
    .execute();
  return rows.map(asEndpoint);
}

/** Drops endpoints that were deleted and of which nothing is left. */
export async function dropDeletedEndpoints(tx: Tx): Promise<void> {
  await tx
    .deleteFrom("partner_webhooks as w")
    .where("w.tenant_id", "=", tx.ctx.tenantId)
    .where("w.deleted_at", "is not", null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("webhook_deliveries as d")
            .select("d.id")
            .whereRef("d.tenant_id", "=", "w.tenant_id")
            .whereRef("d.endpoint_id", "=", "w.id"),
        ),
      ),
    )
    .execute();
}

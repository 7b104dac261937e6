import type { ReadTx } from "../database/index.ts";

/** An event that a listener could not take in all its attempts. */
export type GivenUpEvent = {
  readonly id: string;
  readonly type: string;
  readonly objectId: string;
  readonly occurredAt: Date;
  readonly lastError: string | null;
};

/** The oldest of the tenant's events that were given up. */
export async function findGivenUpEvents(tx: ReadTx, limit: number): Promise<GivenUpEvent[]> {
  const rows = await tx
    .selectFrom("outbox_events")
    .select(["id", "type", "object_id", "occurred_at", "last_error"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("given_up_at", "is not", null)
    .orderBy("position")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    objectId: row.object_id,
    occurredAt: row.occurred_at,
    lastError: row.last_error,
  }));
}

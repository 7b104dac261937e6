import type { Selectable } from "kysely";
import { newId } from "../kernel/id.ts";
import { type DB, type Page, type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";
import { actorIdOf } from "./erasure-repository.ts";

/** A legal hold: while it stands nothing of the person is erased. */
export type Hold = {
  readonly id: string;
  readonly userId: string;
  readonly reason: string;
  readonly placedAt: Date;
  readonly liftedAt: Date | null;
};

const holdOf = (row: Selectable<DB["privacy_holds"]>): Hold => ({
  id: row.id,
  userId: row.user_id,
  reason: row.reason,
  placedAt: row.placed_at,
  liftedAt: row.lifted_at,
});

export async function insertHold(tx: Tx, { userId, reason }: Pick<Hold, "userId" | "reason">): Promise<Hold> {
  const { tenantId, now, actor } = tx.ctx;
  const row = await tx
    .insertInto("privacy_holds")
    .values({
      tenant_id: tenantId,
      id: newId(),
      user_id: userId,
      reason,
      placed_at: now,
      placed_by: actorIdOf(actor),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return holdOf(row);
}

/** Lifts a hold; `isNew` false where it was lifted before, undefined where there is none. */
export async function updateLifted(tx: Tx, id: string): Promise<{ hold: Hold; isNew: boolean } | undefined> {
  const { tenantId, now, actor } = tx.ctx;
  const of = tx.selectFrom("privacy_holds").selectAll().where("tenant_id", "=", tenantId).where("id", "=", id);
  const lifted = await tx
    .updateTable("privacy_holds")
    .set({ lifted_at: now, lifted_by: actorIdOf(actor) })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("lifted_at", "is", null)
    .returningAll()
    .executeTakeFirst();
  if (lifted) return { hold: holdOf(lifted), isNew: true };
  const kept = await of.executeTakeFirst();
  return kept && { hold: holdOf(kept), isNew: false };
}

/** Whether a hold stands on somebody. */
export async function isHeld(tx: ReadTx, userId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("privacy_holds")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("user_id", "=", userId)
    .where("lifted_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export const HOLD_SORTS = ["placedAt", "-placedAt"] as const;

export async function findHoldPage(
  tx: ReadTx,
  { userId, ...page }: PageRequest & { readonly userId?: string },
): Promise<Page<Hold>> {
  let query = tx.selectFrom("privacy_holds").selectAll().where("tenant_id", "=", tx.ctx.tenantId);
  if (userId !== undefined) query = query.where("user_id", "=", userId);
  const { data, nextCursor } = await selectPage(query, page, {
    sorts: { placedAt: { column: "placed_at", type: "timestamptz" } },
    defaultSort: "-placedAt",
    idColumn: "id",
  });
  return { nextCursor, data: data.map(holdOf) };
}

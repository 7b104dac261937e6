import { type Selectable, sql } from "kysely";
import type { UserRole } from "../identity/index.ts";
import { newId } from "../kernel/id.ts";
import type { Actor } from "../platform/context.ts";
import { type DB, type Page, type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";
import { toWire } from "../platform/wire.ts";
import { type Certificate, dueAt, type ErasureStatus, type Hindrance } from "./erasure-rules.ts";

/** A wish to be forgotten. */
export type Erasure = {
  readonly id: string;
  readonly userId: string;
  readonly role: UserRole;
  readonly origin: "person" | "operator";
  readonly status: ErasureStatus;
  readonly reason: string | null;
  readonly askedAt: Date;
  /** By when its person must know what became of it. */
  readonly dueAt: Date;
  readonly decidedAt: Date | null;
  readonly refusal: string | null;
  readonly hindrances: Hindrance[];
  readonly checkedAt: Date | null;
  readonly erasedAt: Date | null;
  readonly certificate: Certificate | null;
};

/** The check constraints make the casts true; what is JSON is written here alone. */
const erasureOf = (row: Selectable<DB["privacy_erasures"]>): Erasure => ({
  id: row.id,
  userId: row.user_id,
  role: row.role as UserRole,
  origin: row.origin as Erasure["origin"],
  status: row.status as ErasureStatus,
  reason: row.reason,
  askedAt: row.asked_at,
  dueAt: dueAt(row.asked_at),
  decidedAt: row.decided_at,
  refusal: row.refusal,
  hindrances: row.hindrances as Hindrance[],
  checkedAt: row.checked_at,
  erasedAt: row.erased_at,
  certificate: row.certificate as Certificate | null,
});

/** Who acts, as the rows of this module name them. */
export const actorIdOf = (actor: Actor): string | null =>
  actor.type === "user" ? actor.userId : actor.type === "key" ? actor.keyId : null;

const select = (tx: ReadTx) => tx.selectFrom("privacy_erasures").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

export async function findErasure(tx: ReadTx, id: string): Promise<Erasure | undefined> {
  const row = await select(tx).where("id", "=", id).executeTakeFirst();
  return row && erasureOf(row);
}

/** The latest wish about a person. */
export async function findErasureOf(tx: ReadTx, userId: string): Promise<Erasure | undefined> {
  const row = await select(tx)
    .where("user_id", "=", userId)
    .orderBy("asked_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && erasureOf(row);
}

/** Adds a wish, unless one about the person is open or done: of two who ask at once one adds it, and both find it. */
export async function insertErasure(
  tx: Tx,
  wish: Pick<Erasure, "userId" | "role" | "origin" | "reason">,
): Promise<{ erasure: Erasure; isNew: boolean }> {
  const { tenantId, now, actor } = tx.ctx;
  const added = await tx
    .insertInto("privacy_erasures")
    .values({
      tenant_id: tenantId,
      id: newId(),
      user_id: wish.userId,
      role: wish.role,
      origin: wish.origin,
      status: "asked",
      reason: wish.reason,
      asked_at: now,
      asked_by: actorIdOf(actor),
    })
    .onConflict((conflict) =>
      conflict
        .columns(["tenant_id", "user_id"])
        .where("status", "in", [sql.lit("asked"), sql.lit("deferred"), sql.lit("done")])
        .doNothing(),
    )
    .returningAll()
    .executeTakeFirst();
  if (added) return { erasure: erasureOf(added), isNew: true };
  const kept = await select(tx)
    .where("user_id", "=", wish.userId)
    .where("status", "in", ["asked", "deferred", "done"])
    .executeTakeFirstOrThrow();
  return { erasure: erasureOf(kept), isNew: false };
}

export type ErasureChange = {
  readonly status: ErasureStatus;
  readonly isDecision?: boolean;
  readonly refusal?: string;
  readonly hindrances?: readonly Hindrance[];
  readonly certificate?: Certificate;
  readonly toldSealed?: Buffer;
};

/** Whether a wish may still be granted, refused or taken back. */
export const isOpen = ({ status }: Pick<Erasure, "status">): boolean => status === "asked" || status === "deferred";

/** A wish that is there, locked: what becomes of it is decided by one after the other. */
export async function lockErasure(tx: Tx, id: string): Promise<Erasure> {
  return erasureOf(await select(tx).where("id", "=", id).forUpdate().executeTakeFirstOrThrow());
}

/** Writes what became of a wish that the caller has locked. */
export async function updateErasure(tx: Tx, id: string, change: ErasureChange): Promise<Erasure> {
  const { tenantId, now, actor } = tx.ctx;
  const row = await tx
    .updateTable("privacy_erasures")
    .set({
      status: change.status,
      ...(change.isDecision && { decided_at: now, decided_by: actorIdOf(actor) }),
      ...(change.refusal !== undefined && { refusal: change.refusal }),
      ...(change.hindrances && { hindrances: toWire(change.hindrances), checked_at: now }),
      ...(change.certificate && { certificate: toWire(change.certificate), erased_at: now }),
      ...(change.toldSealed && { told_sealed: change.toldSealed }),
    })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return erasureOf(row);
}

export const ERASURE_SORTS = ["askedAt", "-askedAt"] as const;

export async function findErasures(
  tx: ReadTx,
  { status, ...page }: PageRequest & { readonly status?: ErasureStatus },
): Promise<Page<Erasure>> {
  const query = status === undefined ? select(tx) : select(tx).where("status", "=", status);
  const { data, nextCursor } = await selectPage(query, page, {
    sorts: { askedAt: { column: "asked_at", type: "timestamptz" } },
    defaultSort: "-askedAt",
    idColumn: "id",
  });
  return { nextCursor, data: data.map(erasureOf) };
}

/** The oldest deferred wishes that were last tried before `before`. */
export async function findDeferred(tx: ReadTx, before: Date, limit: number): Promise<string[]> {
  const rows = await select(tx)
    .clearSelect()
    .select("id")
    .where("status", "=", "deferred")
    .where("checked_at", "<", before)
    .orderBy("checked_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Where it is to be told that an erasure is done; null where it has been. */
export async function findToldSealed(tx: ReadTx, id: string): Promise<Buffer | null> {
  const row = await select(tx).clearSelect().select("told_sealed").where("id", "=", id).executeTakeFirst();
  return row?.told_sealed ?? null;
}

export async function forgetTold(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable("privacy_erasures")
    .set({ told_sealed: null })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .execute();
}

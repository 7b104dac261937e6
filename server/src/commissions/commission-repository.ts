import { sql } from "kysely";
import { invariant } from "../kernel/invariant.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { toWire } from "../platform/wire.ts";
import { type CommissionStatus, type CommissionType, statesBefore } from "./commission-rules.ts";

/** A row of `commissions`. A *root* has no `reverses_id`; its *family* is the root and every row that reverses or restores a part of it. */
export type CommissionRow = {
  readonly id: string;
  readonly partner_id: string;
  readonly referral_id: string | null;
  readonly transaction_id: string | null;
  readonly event_id: string;
  readonly rule: string;
  readonly act: string;
  readonly commission_type: CommissionType;
  readonly amount: bigint;
  readonly currency: string;
  readonly rate_ppm: bigint | null;
  readonly status: CommissionStatus;
  readonly reverses_id: string | null;
  readonly occurred_at: Date;
  readonly hold_until: Date;
  readonly period_start: string | null;
  readonly period_end: string | null;
  readonly calculated_at: Date;
  readonly approved_at: Date | null;
  readonly paid_at: Date | null;
};

const COMMISSION_COLUMNS = [
  "id",
  "partner_id",
  "referral_id",
  "transaction_id",
  "event_id",
  "rule",
  "act",
  "commission_type",
  "amount",
  "currency",
  "rate_ppm",
  "status",
  "reverses_id",
  "occurred_at",
  "hold_until",
  "period_start",
  "period_end",
  "calculated_at",
  "approved_at",
  "paid_at",
] as const;

type Kept = Omit<CommissionRow, "status" | "commission_type"> & { status: string; commission_type: string };
/** `status` and `commission_type` hold what their check constraints admit. */
export const asCommission = (row: Kept): CommissionRow => row as CommissionRow;

/** The base of every read of commissions; callers add filters. */
export const selectCommissions = (tx: ReadTx) =>
  tx.selectFrom("commissions").select(COMMISSION_COLUMNS).where("commissions.tenant_id", "=", tx.ctx.tenantId);

export async function findCommission(tx: ReadTx, id: string): Promise<CommissionRow | undefined> {
  const row = await selectCommissions(tx).where("id", "=", id).executeTakeFirst();
  return row && asCommission(row);
}

/** The commission that an act earned; undefined where it earned none. */
export async function findRootOfEvent(tx: ReadTx, eventId: string): Promise<CommissionRow | undefined> {
  const row = await selectCommissions(tx)
    .where("event_id", "=", eventId)
    .where("reverses_id", "is", null)
    .executeTakeFirst();
  return row && asCommission(row);
}

/** More rows than any batch holds at once. */
const ROWS_MAX = 20_000;

export async function findCommissions(tx: ReadTx, ids: readonly string[]): Promise<CommissionRow[]> {
  invariant(ids.length <= ROWS_MAX, "callers cut their batches");
  if (ids.length === 0) return [];
  const rows = await selectCommissions(tx)
    .where("id", "=", sql<string>`any (${[...ids]}::uuid[])`)
    .orderBy("id")
    .execute();
  return rows.map(asCommission);
}

/** The families of roots, by root: the root first, then what reverses or restores a part of it. */
export async function findFamilies(tx: ReadTx, rootIds: readonly string[]): Promise<Map<string, CommissionRow[]>> {
  const roots = await findCommissions(tx, rootIds);
  const rest =
    rootIds.length === 0
      ? []
      : await selectCommissions(tx)
          .where("reverses_id", "=", sql<string>`any (${[...rootIds]}::uuid[])`)
          .orderBy("calculated_at")
          .orderBy("id")
          .execute();
  const families = new Map(roots.map((root) => [root.id, [root]]));
  for (const row of rest.map(asCommission)) families.get(row.reverses_id ?? "")?.push(row);
  return families;
}

export type NewCommission = Omit<CommissionRow, "calculated_at" | "paid_at"> & {
  readonly metadata?: Readonly<Record<string, string>>;
};

export async function insertCommissions(tx: Tx, rows: readonly NewCommission[]): Promise<CommissionRow[]> {
  if (rows.length === 0) return [];
  const { tenantId, now } = tx.ctx;
  const inserted = await tx
    .insertInto("commissions")
    .values(
      rows.map(({ metadata = {}, ...row }) => ({
        ...row,
        metadata: JSON.stringify(metadata),
        tenant_id: tenantId,
        calculated_at: now,
        created_at: now,
      })),
    )
    .returning(COMMISSION_COLUMNS)
    .execute();
  return inserted.map(asCommission);
}

/**
 * Moves those of the rows that may be moved to `to`, and returns them in the order of their ids. The one statement settles every race: who
 * asked for more rows than come back was too late for the others.
 */
export async function moveCommissions(
  tx: Tx,
  ids: readonly string[],
  to: CommissionStatus,
  change: { readonly approved_at?: Date; readonly paid_at?: Date | null; readonly hold_until?: Date } = {},
): Promise<CommissionRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .updateTable("commissions")
    .set({ status: to, ...change })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...ids]}::uuid[])`)
    .where("status", "in", statesBefore(to))
    .returning(COMMISSION_COLUMNS)
    .execute();
  return rows.map(asCommission).toSorted((left, right) => (left.id < right.id ? -1 : 1));
}

/** Closes commissions for good; what a person says counts also where an event has closed them. */
export async function closeCommissions(
  tx: Tx,
  ids: readonly string[],
  of:
    | { readonly by: "person"; readonly reason?: string | null }
    /** The kind of the event. */
    | { readonly by: "event"; readonly event: string },
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable("commissions")
    .set({
      closed_by: of.by,
      closed_reason: of.by === "person" ? (of.reason ?? null) : null,
      closed_event: of.by === "event" ? of.event : null,
    })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...ids]}::uuid[])`)
    .execute();
}

/** What cancelled a commission, or took it back as a whole: an event, of a kind, or a person, who says why. */
export type Closing = {
  readonly by: "event" | "person";
  readonly reason: string | null;
  readonly event: string | null;
};

/** Why a person made a row, null for rows that the rules made; and what closed it, null where nothing has. */
export async function findWords(
  tx: ReadTx,
  id: string,
): Promise<{ readonly note: string | null; readonly closing: Closing | null }> {
  const row = await tx
    .selectFrom("commissions")
    .select(["closed_by", "closed_reason", "closed_event", sql<string | null>`metadata ->> 'reason'`.as("reason")])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
  const by = row?.closed_by ?? null;
  return {
    note: row?.reason ?? null,
    // The check on closed_by makes the cast true.
    closing:
      row === undefined || by === null
        ? null
        : { by: by as Closing["by"], reason: row.closed_reason, event: row.closed_event },
  };
}

/** Why a row is that number: the receipt of its event and act, as plain JSON. Null for rows that people made. */
export async function findReceipt(tx: ReadTx, row: Pick<CommissionRow, "event_id" | "act">): Promise<object | null> {
  const found = await tx
    .selectFrom("commission_receipts")
    .select(["event_id", "act", "number", "kind", "amount", "original_id", "occurred_at", "assessed_at", "receipt"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("event_id", "=", row.event_id)
    .where("act", "=", row.act)
    .executeTakeFirst();
  if (found === undefined) return null;
  const columns = {
    eventId: found.event_id,
    act: found.act,
    number: found.number,
    kind: found.kind,
    amount: found.amount,
    originalId: found.original_id,
    occurredAt: found.occurred_at,
    assessedAt: found.assessed_at,
  };
  return { ...(JSON.parse(toWire(columns)) as object), ...(found.receipt as object) };
}

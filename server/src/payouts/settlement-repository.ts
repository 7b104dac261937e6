import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { SettlementOutcome } from "./settlement-rules.ts";

export type SettlementStatus = "waiting" | "done" | "refused" | "replaced";

export type SettlementRow = {
  readonly id: string;
  readonly payout_id: string;
  readonly attempt: number;
  readonly outcome: SettlementOutcome;
  readonly reason: string;
  readonly reference: string | null;
  readonly status: SettlementStatus;
  readonly proposed_by: string | null;
  readonly proposed_at: Date;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
};

const COLUMNS = [
  "id",
  "payout_id",
  "attempt",
  "outcome",
  "reason",
  "reference",
  "status",
  "proposed_by",
  "proposed_at",
  "decided_by",
  "decided_at",
] as const;

/** `outcome` and `status` hold what their check constraints admit. */
const asSettlement = (
  row: Omit<SettlementRow, "outcome" | "status"> & { outcome: string; status: string },
): SettlementRow => row as SettlementRow;

const selectSettlements = (tx: ReadTx) =>
  tx.selectFrom("payout_settlements").select(COLUMNS).where("tenant_id", "=", tx.ctx.tenantId);

export async function findSettlement(tx: ReadTx, id: string): Promise<SettlementRow | undefined> {
  const row = await selectSettlements(tx).where("id", "=", id).executeTakeFirst();
  return row && asSettlement(row);
}

/** What was said of a payout, oldest first. */
export async function findSettlements(tx: ReadTx, payoutId: string): Promise<SettlementRow[]> {
  const rows = await selectSettlements(tx)
    .where("payout_id", "=", payoutId)
    .orderBy("proposed_at")
    .orderBy("id")
    .execute();
  return rows.map(asSettlement);
}

/** What waits for a second person. */
export const findWaitingSettlement = async (tx: ReadTx, payoutId: string): Promise<SettlementRow | undefined> =>
  (await findWaitingSettlements(tx, [payoutId])).get(payoutId);

/** The same of many payouts, by payout. */
export async function findWaitingSettlements(
  tx: ReadTx,
  payoutIds: readonly string[],
): Promise<ReadonlyMap<string, SettlementRow>> {
  const rows = await selectSettlements(tx)
    .where("payout_id", "=", sql<string>`any (${[...payoutIds]}::uuid[])`)
    // A literal: the index holds these alone.
    .where(sql<boolean>`status = 'waiting'`)
    .execute();
  return new Map(rows.map((row) => [row.payout_id, asSettlement(row)]));
}

export async function insertSettlement(
  tx: Tx,
  settlement: Omit<SettlementRow, "proposed_at" | "decided_by">,
): Promise<SettlementRow> {
  const row = await tx
    .insertInto("payout_settlements")
    .values({ ...settlement, tenant_id: tx.ctx.tenantId, proposed_at: tx.ctx.now })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return asSettlement(row);
}

/** Ends what waits; undefined where it does not any more. The one statement settles every race. */
export async function closeSettlement(
  tx: Tx,
  id: string,
  to: Exclude<SettlementStatus, "waiting">,
  decidedBy: string | null,
): Promise<SettlementRow | undefined> {
  const row = await tx
    .updateTable("payout_settlements")
    .set({ status: to, decided_by: decidedBy, decided_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "=", "waiting")
    .returning(COLUMNS)
    .executeTakeFirst();
  return row && asSettlement(row);
}

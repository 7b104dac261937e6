import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";

/** The clock of a tenant in test mode: how far it is ahead of the machine's, and where it is being moved to. */
export type TenantClock = { readonly offsetMs: number; readonly target: Date | null };

type ClockRow = { readonly clock_offset_ms: bigint; readonly clock_target: Date | null };

const clockOf = ({ clock_offset_ms, clock_target }: ClockRow): TenantClock => ({
  offsetMs: Number(clock_offset_ms),
  target: clock_target,
});

/** The clock of the transaction's tenant. */
export async function findOwnClock(tx: ReadTx): Promise<TenantClock> {
  return clockOf(await ownClock(tx).executeTakeFirstOrThrow());
}

/** The same, locked: of two who move it the second sees what the first has done. */
export async function lockOwnClock(tx: Tx): Promise<TenantClock> {
  return clockOf(await ownClock(tx).forNoKeyUpdate().executeTakeFirstOrThrow());
}

const ownClock = (tx: ReadTx) =>
  tx.selectFrom("tenants").select(["clock_offset_ms", "clock_target"]).where("id", "=", tx.ctx.tenantId);

/** When the transaction's tenant was made, and was last given its live tenant's settings. */
export async function findOwnTwin(
  tx: ReadTx,
): Promise<{ readonly createdAt: Date; readonly refreshedAt: Date | null }> {
  return tx
    .selectFrom("tenants")
    .select(["created_at as createdAt", "refreshed_at as refreshedAt"])
    .where("id", "=", tx.ctx.tenantId)
    .executeTakeFirstOrThrow();
}

/** Sets how far the clock is ahead of the machine's, and where it is going. The database refuses to move it back, and any clock of a live tenant. */
export async function setOwnClock(tx: Tx, { offsetMs, target }: TenantClock): Promise<void> {
  await sql`
    update tenants set clock_offset_ms = ${Math.round(offsetMs)}, clock_target = ${target} where id = ${tx.ctx.tenantId}`.execute(
    tx,
  );
}

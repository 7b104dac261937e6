import type { ReadTx, Tx } from "../platform/database/index.ts";
import { type LeadSettings, SETTINGS_DEFAULT } from "./lead-rules.ts";

/** The programme's rules about leads, or the defaults. */
export async function readSettings(tx: ReadTx): Promise<LeadSettings> {
  const row = await tx
    .selectFrom("lead_settings")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .executeTakeFirst();
  if (row === undefined) return SETTINGS_DEFAULT;
  return {
    protectionDays: row.protection_days,
    renewalsMax: row.renewals_max,
    reminderDays: row.reminder_days,
    acceptsAtOnce: row.accepts_at_once,
  };
}

export async function writeSettings(tx: Tx, settings: LeadSettings): Promise<void> {
  const columns = {
    protection_days: settings.protectionDays,
    renewals_max: settings.renewalsMax,
    reminder_days: settings.reminderDays,
    accepts_at_once: settings.acceptsAtOnce,
    updated_at: tx.ctx.now,
  };
  await tx
    .insertInto("lead_settings")
    .values({ tenant_id: tx.ctx.tenantId, ...columns })
    .onConflict((conflict) => conflict.column("tenant_id").doUpdateSet(columns))
    .execute();
}

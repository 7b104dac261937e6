import type { ReadTx, Tx } from "../platform/database/index.ts";
import { DISPUTE_SETTINGS_DEFAULTS, type DisputeSettings } from "./dispute-rules.ts";

/** How long disputes of the programme may take. */
export async function findDisputeSettings(tx: ReadTx): Promise<DisputeSettings> {
  const row = await tx
    .selectFrom("dispute_settings")
    .select(["answer_days", "partner_days", "reminder_days"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .executeTakeFirst();
  if (row === undefined) return DISPUTE_SETTINGS_DEFAULTS;
  return { answerDays: row.answer_days, partnerDays: row.partner_days, reminderDays: row.reminder_days };
}

/** The same, locked: of two who change it at once the second reads what the first has written. */
export async function lockDisputeSettings(tx: Tx): Promise<DisputeSettings> {
  const { tenantId: tenant_id, now: updated_at } = tx.ctx;
  // A row that is not there cannot be locked.
  await tx
    .insertInto("dispute_settings")
    .values({ tenant_id, ...columnsOf(DISPUTE_SETTINGS_DEFAULTS), updated_at })
    .onConflict((conflict) => conflict.column("tenant_id").doNothing())
    .execute();
  await tx.selectFrom("dispute_settings").select("tenant_id").where("tenant_id", "=", tenant_id).forUpdate().execute();
  return findDisputeSettings(tx);
}

export async function updateDisputeSettings(tx: Tx, settings: DisputeSettings): Promise<void> {
  await tx
    .updateTable("dispute_settings")
    .set({ ...columnsOf(settings), updated_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .execute();
}

const columnsOf = ({ answerDays, partnerDays, reminderDays }: DisputeSettings) => ({
  answer_days: answerDays,
  partner_days: partnerDays,
  reminder_days: reminderDays,
});

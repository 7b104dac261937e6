import type { Selectable } from "kysely";
import { newId } from "../kernel/id.ts";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { TransactionKind } from "../sales/index.ts";

export type SpendRow = Omit<Selectable<DB["card_spends"]>, "kind"> & {
  readonly kind: Exclude<TransactionKind, "payment">;
};

/** The base of every read of what was spent. The check of the table makes the cast true. */
export const selectSpends = (tx: ReadTx) =>
  tx.selectFrom("card_spends").selectAll().where("tenant_id", "=", tx.ctx.tenantId).$narrowType<SpendRow>();

type Token = { readonly programId: string; readonly token: string };

export async function isSpendKnown(tx: ReadTx, { programId, token }: Token): Promise<boolean> {
  const row = await tx
    .selectFrom("card_spends")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("program_id", "=", programId)
    .where("token", "=", token)
    .executeTakeFirst();
  return row !== undefined;
}

/** The purchase that a later item names: by its own token, or by that of its authorisation. */
export async function findPurchaseToken(tx: ReadTx, { programId, token }: Token): Promise<string | undefined> {
  const row = await tx
    .selectFrom("card_spends")
    .select("token")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("program_id", "=", programId)
    .where((or) => or.or([or("token", "=", token), or("preceding_token", "=", token)]))
    .where("kind", "=", "card")
    .orderBy("occurred_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return row?.token;
}

/** Writes what was spent, once. */
export async function insertSpend(tx: Tx, row: Omit<SpendRow, "tenant_id" | "id" | "recorded_at">): Promise<void> {
  await tx
    .insertInto("card_spends")
    .values({ ...row, tenant_id: tx.ctx.tenantId, id: newId(), recorded_at: tx.ctx.now })
    .onConflict((conflict) => conflict.columns(["tenant_id", "program_id", "token"]).doNothing())
    .execute();
}

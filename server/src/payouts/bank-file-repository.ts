import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { asPayout, findPayout, type PayoutRow, selectPayouts } from "./payout-repository.ts";

/**
 * Payouts that are paid by hand, for a bank file, oldest first, and those found held when one was taken before behind the others. Locked: a second
 * file at the same time does not hand out the same.
 */
export async function lockForBankFile(
  tx: Tx,
  of: {
    readonly from: Date | undefined;
    readonly to: Date | undefined;
    readonly includeExported: boolean;
    readonly limit: number;
  },
): Promise<PayoutRow[]> {
  let query = selectPayouts(tx)
    // Literals: the index holds these alone.
    .where(sql<boolean>`payment_method = 'bank_file' and status = 'completed'`);
  // What has left otherwise would leave twice.
  query = query.where(sql<boolean>`not left_otherwise`);
  if (!of.includeExported) query = query.where("exported_at", "is", null);
  if (of.from !== undefined) query = query.where("processed_at", ">=", of.from);
  if (of.to !== undefined) query = query.where("processed_at", "<", of.to);
  const rows = await query
    .orderBy(sql`coalesce(held_at, '-infinity')`)
    .orderBy("processed_at")
    .orderBy("id")
    .limit(of.limit)
    .forUpdate()
    .execute();
  return rows.map(asPayout);
}

/** Transfers by hand that were released and that no job has ended yet, oldest first. */
export async function findUnsentByHand(tx: ReadTx, limit: number): Promise<{ payoutId: string; attempt: number }[]> {
  return (
    tx
      .selectFrom("transfer_attempts")
      .select(["payout_id as payoutId", "attempt"])
      .where("tenant_id", "=", tx.ctx.tenantId)
      // A literal: the index holds these, and others that are open.
      .where(sql<boolean>`status in ('created', 'sending')`)
      .where("provider", "=", "bank_file")
      .orderBy("created_at")
      .limit(limit)
      .execute()
  );
}

/** Remembers when payouts first stood in a bank file. */
export async function noteExported(tx: Tx, payoutIds: readonly string[]): Promise<void> {
  await tx
    .updateTable("partner_payouts")
    .set({ exported_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...payoutIds]}::uuid[])`)
    .where("exported_at", "is", null)
    .execute();
}

/** A payout by hand has left by another way: no bank file hands it out, not even one that is asked for again. Returns it as it stands then. */
export async function noteLeftOtherwise(tx: Tx, payoutId: string): Promise<PayoutRow | undefined> {
  await sql`
    update partner_payouts
       set left_otherwise = true, exported_at = coalesce(exported_at, ${tx.ctx.now})
     where tenant_id = ${tx.ctx.tenantId} and id = ${payoutId}`.execute(tx);
  return findPayout(tx, payoutId);
}

/** The sealed bank details of methods, by method. One whose person was forgotten has none. */
export async function findSealedDetails(
  tx: ReadTx,
  methodIds: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const rows = await tx
    .selectFrom("payout_methods")
    .select(["id", "details_encrypted"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...methodIds]}::uuid[])`)
    .execute();
  return new Map(rows.flatMap(({ id, details_encrypted: sealed }) => (sealed === null ? [] : [[id, sealed] as const])));
}

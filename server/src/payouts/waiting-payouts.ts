import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import { ELSEWHERE } from "./method-repository.ts";
import { asPayout, type PayoutRow } from "./payout-repository.ts";

/** Whether a partner has ever been paid from here: what an earlier programme has paid says nothing of where it is paid now. */
export async function hasBeenPaid(tx: ReadTx, partnerId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("partner_payouts")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .where("status", "=", "completed")
    .where("payment_method", "<>", ELSEWHERE)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Payouts that wait to be released, or by hand to be handed out, by id, after the given one. */
export async function findWaitingPayouts(
  tx: ReadTx,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<PayoutRow[]> {
  const rows = await tx
    .selectFrom("partner_payouts")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    // Literals: the indices hold these alone.
    .where(
      sql<boolean>`(status = 'pending' or (payment_method = 'bank_file' and status = 'completed' and exported_at is null))`,
    )
    .$if(after !== undefined, (query) => query.where(sql<boolean>`id > ${after ?? null}::uuid`))
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(asPayout);
}

/** Which of these payouts were taken back. */
export async function findCancelled(tx: ReadTx, payoutIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom("partner_payouts")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...payoutIds]}::uuid[])`)
    .where("status", "=", "cancelled")
    .execute();
  return new Set(rows.map(({ id }) => id));
}

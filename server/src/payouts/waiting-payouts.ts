import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import { ELSEWHERE } from "./method-repository.ts";
import { asPayout, type PayoutRow } from "./payout-repository.ts";

/** Which partners have ever been paid from here: what an earlier programme has paid says nothing of where they are paid now. */
export async function findEverPaid(tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select asked.id
      from unnest(${[...partnerIds]}::uuid[]) as asked (id)
     where exists (
             select from partner_payouts p
              where p.tenant_id = ${tx.ctx.tenantId}
                and p.partner_id = asked.id
                and p.status = 'completed'
                and p.payment_method <> ${ELSEWHERE})`.execute(tx);
  return new Set(rows.map(({ id }) => id));
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

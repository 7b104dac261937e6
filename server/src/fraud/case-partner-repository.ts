import { type RawBuilder, sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";

/**
 * Another partner than the case's own who earns, or has earned, on its customer; or its own, where it has the customer by another referral than that of
 * the case.
 */
export type CasePartner = {
  readonly caseId: string;
  readonly partnerId: string;
  /** Of the customer, at this partner. */
  readonly referralId: string;
  readonly appeal: string | null;
  readonly appealedAt: Date | null;
};

/**
 * Writes down who else waits by a case. Who does already waits from now on by the referral that is named, which is the one that it has the customer by:
 * since when it waits, and what it has said, stays.
 */
export async function addCasePartners(
  tx: Tx,
  caseId: string,
  others: readonly Pick<CasePartner, "partnerId" | "referralId">[],
): Promise<void> {
  if (others.length === 0) return;
  await tx
    .insertInto("fraud_case_partners")
    .values(
      others.map(({ partnerId, referralId }) => ({
        tenant_id: tx.ctx.tenantId,
        case_id: caseId,
        partner_id: partnerId,
        referral_id: referralId,
        since: tx.ctx.now,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["tenant_id", "case_id", "partner_id"])
        .doUpdateSet({ referral_id: (eb) => eb.ref("excluded.referral_id") }),
    )
    .execute();
}

/** Who else waits by cases; of one partner alone where it is named. */
export async function findCasePartners(
  tx: ReadTx,
  caseIds: readonly string[],
  partnerId?: string,
): Promise<CasePartner[]> {
  let query = tx
    .selectFrom("fraud_case_partners")
    .select(["case_id", "partner_id", "referral_id", "appeal", "appealed_at"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("case_id", "=", sql<string>`any (${[...caseIds]}::uuid[])`);
  if (partnerId !== undefined) query = query.where("partner_id", "=", partnerId);
  const rows = await query.orderBy("since").orderBy("partner_id").execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    partnerId: row.partner_id,
    referralId: row.referral_id,
    appeal: row.appeal,
    appealedAt: row.appealed_at,
  }));
}

/**
 * Of a query of cases: those by which a partner waits, its own and those of others; of one payout, or of one of its referrals, where that is named.
 * Each half is read by its index: an `or` of them would read every case.
 */
export const waitsBy = (
  tx: ReadTx,
  { partnerId, subjectId }: { readonly partnerId: string; readonly subjectId?: string | undefined },
): RawBuilder<boolean> => {
  const { tenantId } = tx.ctx;
  const [ofOwn, ofOther] =
    subjectId === undefined
      ? [sql``, sql``]
      : [sql`and subject_id = ${subjectId}`, sql`and referral_id = ${subjectId}`];
  return sql<boolean>`fraud_cases.id in (
    select id from fraud_cases where tenant_id = ${tenantId} and partner_id = ${partnerId} ${ofOwn}
     union all
    select case_id from fraud_case_partners where tenant_id = ${tenantId} and partner_id = ${partnerId} ${ofOther})`;
};

/** Writes what a partner has said; the state of the case, which the caller has moved, settles a race. */
export async function noteAppeal(
  tx: Tx,
  of: Pick<CasePartner, "caseId" | "partnerId"> & { readonly appeal: string },
): Promise<void> {
  await tx
    .updateTable("fraud_case_partners")
    .set({ appeal: of.appeal, appealed_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("case_id", "=", of.caseId)
    .where("partner_id", "=", of.partnerId)
    .execute();
}

import { type RawBuilder, sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";

/** Another partner than the case's own who earns, or has earned, on its customer. */
export type CasePartner = {
  readonly caseId: string;
  readonly partnerId: string;
  /** Of the customer, at this partner. */
  readonly referralId: string;
  readonly appeal: string | null;
  readonly appealedAt: Date | null;
};

/** Writes down who else waits by a case; who does already, stays as it is. */
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
    .onConflict((conflict) => conflict.doNothing())
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

/** Of a query of cases: those of others by which a partner waits as well, with this referral of the customer where it is named. */
export const waitsBeside = (of: { readonly partnerId: string; readonly referralId?: string }): RawBuilder<boolean> =>
  sql<boolean>`exists (
    select from fraud_case_partners o
     where (o.tenant_id, o.case_id, o.partner_id) = (fraud_cases.tenant_id, fraud_cases.id, ${of.partnerId})
       and o.referral_id = coalesce(${of.referralId ?? null}, o.referral_id))`;

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

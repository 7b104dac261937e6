import { type Selectable, sql } from "kysely";
import { newId } from "../kernel/id.ts";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { CaseStatus } from "./case-rules.ts";

export type CaseSubject = "referral" | "payout";

export type FraudCase = {
  readonly id: string;
  readonly evaluationId: string;
  readonly subjectKind: CaseSubject;
  readonly subjectId: string;
  readonly partnerId: string;
  readonly status: CaseStatus;
  readonly score: number;
  readonly isHeld: boolean;
  readonly takesBackApproved: boolean;
  readonly assignedTo: string | null;
  readonly openedAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  readonly appealUntil: Date | null;
  readonly appealedAt: Date | null;
  readonly appeal: string | null;
  readonly settledAt: Date | null;
  /** Of a payout, all that its partner was to be paid to when it was judged, hashed; of others null. */
  readonly accounts: readonly Buffer[] | null;
};

/** The check constraints make the casts true. */
export const caseOf = (row: Selectable<DB["fraud_cases"]>): FraudCase => ({
  id: row.id,
  evaluationId: row.evaluation_id,
  subjectKind: row.subject_kind as CaseSubject,
  subjectId: row.subject_id,
  partnerId: row.partner_id,
  status: row.status as CaseStatus,
  score: row.score,
  isHeld: row.is_held,
  takesBackApproved: row.takes_back_approved,
  assignedTo: row.assigned_to,
  openedAt: row.opened_at,
  decidedAt: row.decided_at,
  decidedBy: row.decided_by,
  reason: row.reason,
  appealUntil: row.appeal_until,
  appealedAt: row.appealed_at,
  appeal: row.appeal,
  settledAt: row.settled_at,
  accounts: row.accounts,
});

export const selectCases = (tx: ReadTx) =>
  tx.selectFrom("fraud_cases").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

export async function findCase(tx: ReadTx, id: string): Promise<FraudCase | undefined> {
  const row = await selectCases(tx).where("id", "=", id).executeTakeFirst();
  return row && caseOf(row);
}

/** The latest case of a customer by all its referrals, or of one payout. */
export async function findCaseOf(tx: ReadTx, subjectIds: readonly string[]): Promise<FraudCase | undefined> {
  const row = await selectCases(tx)
    .where("subject_id", "=", sql<string>`any (${[...subjectIds]}::uuid[])`)
    .orderBy("opened_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && caseOf(row);
}

/** The latest case of each payout; those that have had none are left out. */
export async function findPayoutCases(
  tx: ReadTx,
  payoutIds: readonly string[],
): Promise<ReadonlyMap<string, FraudCase>> {
  const rows = await selectCases(tx)
    .distinctOn("subject_id")
    .where("subject_id", "=", sql<string>`any (${[...payoutIds]}::uuid[])`)
    .orderBy("subject_id")
    .orderBy("opened_at", "desc")
    .orderBy("id", "desc")
    .execute();
  return new Map(rows.map((row) => [row.subject_id, caseOf(row)]));
}

export type NewCase = Pick<
  FraudCase,
  "evaluationId" | "subjectKind" | "subjectId" | "partnerId" | "score" | "isHeld" | "accounts"
>;

/** Opens a case; undefined where one of the same subject is not settled. */
export async function insertCase(tx: Tx, of: NewCase): Promise<FraudCase | undefined> {
  const row = await tx
    .insertInto("fraud_cases")
    .values({
      tenant_id: tx.ctx.tenantId,
      id: newId(),
      evaluation_id: of.evaluationId,
      subject_kind: of.subjectKind,
      subject_id: of.subjectId,
      partner_id: of.partnerId,
      score: of.score,
      is_held: of.isHeld,
      opened_at: tx.ctx.now,
      accounts: of.accounts && [...of.accounts],
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row && caseOf(row);
}

/**
 * Writes down that what an open case is about waits from now on; undefined where it did already, or the case is settled. Of a payout it is decided by
 * what holds it.
 */
export async function holdCase(tx: Tx, subjectIds: readonly string[], of: NewCase): Promise<FraudCase | undefined> {
  const row = await tx
    .updateTable("fraud_cases")
    .set({
      is_held: true,
      score: sql<number>`greatest(score, ${of.score}::integer)`,
      ...(of.subjectKind === "payout" && { evaluation_id: of.evaluationId, accounts: of.accounts && [...of.accounts] }),
    })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("subject_id", "=", sql<string>`any (${[...subjectIds]}::uuid[])`)
    .where("settled_at", "is", null)
    .where("is_held", "=", false)
    .returningAll()
    .executeTakeFirst();
  return row && caseOf(row);
}

/** A payout that is asked about, and all that its partner is to be paid to, hashed; null where that is nothing. */
export type AskedAccounts = {
  readonly payoutId: string;
  readonly partnerId: string;
  readonly accounts: readonly Buffer[] | null;
};

/**
 * Beside payouts, other payouts of their partners of which a person has said no, and those of which one was asked and has not said. Not those that a person
 * had before them who has cleared a later payout to the same accounts.
 */
export async function findHeldBefore(
  tx: ReadTx,
  payouts: readonly AskedAccounts[],
): Promise<(Pick<FraudCase, "subjectId" | "status"> & { readonly payoutId: string })[]> {
  const accounts = payouts.flatMap(({ payoutId, accounts: all }) => (all ?? []).map((value) => ({ payoutId, value })));
  const { rows } = await sql<{ payout_id: string; subject_id: string; status: string }>`
    select asked.payout_id, c.subject_id, c.status
      from unnest(
             ${payouts.map(({ payoutId }) => payoutId)}::uuid[],
             ${payouts.map(({ partnerId }) => partnerId)}::uuid[]
           ) as asked (payout_id, partner_id)
      join fraud_cases c on c.tenant_id = ${tx.ctx.tenantId} and c.partner_id = asked.partner_id
     where c.subject_kind = 'payout'
       and c.subject_id <> asked.payout_id
       and c.is_held
       and c.status <> 'cleared'
       and not exists (
             select from fraud_cases later
               join fraud_evaluations e on (e.tenant_id, e.id) = (later.tenant_id, later.evaluation_id)
              where later.tenant_id = c.tenant_id
                and later.partner_id = c.partner_id
                and later.subject_kind = 'payout'
                and later.status = 'cleared'
                and later.accounts @> (
                      select array_agg(a.value)
                        from unnest(
                               ${accounts.map(({ payoutId }) => payoutId)}::uuid[],
                               ${accounts.map(({ value }) => value)}::bytea[]
                             ) as a (payout_id, value)
                       where a.payout_id = asked.payout_id)
                and later.opened_at >= coalesce(c.decided_at, c.opened_at)
                and e.findings @> '[{"rule": "held_before"}]')`.execute(tx);
  return rows.map((row) => ({
    payoutId: row.payout_id,
    subjectId: row.subject_id,
    status: row.status as CaseStatus,
  }));
}

type Change = Partial<
  Pick<
    FraudCase,
    | "status"
    | "isHeld"
    | "takesBackApproved"
    | "decidedAt"
    | "decidedBy"
    | "reason"
    | "appealUntil"
    | "appealedAt"
    | "appeal"
    | "settledAt"
  >
>;

/** Moves a case that stands as it was read; undefined where somebody was faster. */
export async function moveCase(tx: Tx, before: FraudCase, change: Change): Promise<FraudCase | undefined> {
  const after = { ...before, ...change };
  const row = await tx
    .updateTable("fraud_cases")
    .set({
      status: after.status,
      is_held: after.isHeld,
      takes_back_approved: after.takesBackApproved,
      decided_at: after.decidedAt,
      decided_by: after.decidedBy,
      reason: after.reason,
      appeal_until: after.appealUntil,
      appealed_at: after.appealedAt,
      appeal: after.appeal,
      settled_at: after.settledAt,
    })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", before.id)
    .where("status", "=", before.status)
    .where("is_held", "=", before.isHeld)
    .where(sql<boolean>`appealed_at is not distinct from ${before.appealedAt}`)
    .returningAll()
    .executeTakeFirst();
  return row && caseOf(row);
}

export async function setAssignee(tx: Tx, id: string, assignedTo: string | null): Promise<FraudCase | undefined> {
  const row = await tx
    .updateTable("fraud_cases")
    .set({ assigned_to: assignedTo })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
  return row && caseOf(row);
}

/** Refused cases against which nobody may appeal any more. */
export async function findOverdue(tx: ReadTx, limit: number): Promise<FraudCase[]> {
  const rows = await selectCases(tx)
    .where("status", "=", sql<string>`'refused'`)
    .where("appeal_until", "<=", tx.ctx.now)
    .orderBy("appeal_until")
    .limit(limit)
    .execute();
  return rows.map(caseOf);
}

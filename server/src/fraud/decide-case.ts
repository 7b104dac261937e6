import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { Referral } from "../referrals/index.ts";
import { findCasePartners } from "./case-partner-repository.ts";
import { type FraudCase, findCase, findOverdue, moveCase } from "./case-repository.ts";
import { type Decided, type Decision, decide } from "./case-rules.ts";
import { type CaseDetail, caseDetail } from "./case-view.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import { fraudErrors } from "./fraud-errors.ts";
import { caseEvent, reviewNotices } from "./fraud-events.ts";
import { recordActs } from "./open-case.ts";
import { personBehind } from "./person-behind.ts";
import { findRuleSet } from "./rule-set-repository.ts";

export type DecideCase = {
  readonly caseId: string;
  readonly decision: Decision;
  /** The partner reads it. */
  readonly reason: string;
  /** Of a refusal: once it is final, what is approved or paid is taken back too. */
  readonly takesBackApproved?: boolean;
};

/**
 * A person decides. Cleared, what was held is released; refused, it waits until the partner can appeal no more, and is rejected then; an appeal
 * is decided by somebody else. What a payout's case says is read by the gate.
 */
export const decideCase =
  (deps: FraudDeps) =>
  (ctx: Ctx, input: DecideCase): Promise<CaseDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "fraud:decide");
      const found = await findCase(tx, input.caseId);
      if (found === undefined) throw fraudErrors.case_not_found();
      const { appealDays } = await findRuleSet(tx);
      const person = await personBehind(deps, tx);
      const decided = decide(found, { decision: input.decision, person, appealDays, at: ctx.now });
      if (!decided.isAllowed) throw fraudErrors[decided.problem]({ status: found.status });
      const takesBackApproved =
        input.decision === "refuse" ? (input.takesBackApproved ?? found.takesBackApproved) : found.takesBackApproved;
      const { reason } = input;
      const after = await settle(deps, tx, { ...found, takesBackApproved }, { ...decided, reason, person });
      return caseDetail(deps, tx, after);
    });

const NEWS = { refused: "fraud.case_refused", cleared: "fraud.case_cleared", final: "fraud.case_final" } as const;

/** What a decision does, in the order of the locks: the customer, the sequences, then the case, whose state settles a race. */
async function settle(
  deps: FraudDeps,
  tx: Tx,
  found: FraudCase,
  decided: Extract<Decided, { isAllowed: true }> & { readonly reason: string; readonly person: string | null },
): Promise<FraudCase> {
  const { status, appealUntil, reason, person } = decided;
  const family = await familyOf(deps, tx, found);
  if (status === "final" && family.length > 0) {
    const { subjectId: referralId, takesBackApproved } = found;
    await deps.referrals.rejectCustomerInside(tx, { referralId, reason, takesBackApproved });
  }

  const { now } = tx.ctx;
  const after = await moveCase(tx, found, {
    status,
    isHeld: status !== "cleared",
    takesBackApproved: found.takesBackApproved,
    decidedAt: now,
    decidedBy: person ?? found.decidedBy,
    reason,
    appealUntil,
    settledAt: status === "refused" ? null : now,
  });
  if (after === undefined) throw fraudErrors.wrong_state();
  const act =
    status === "cleared" && found.isHeld
      ? "fraud_release"
      : status === "refused" && !found.isHeld
        ? "fraud_hold"
        : null;
  if (act !== null) await recordActs(deps, tx, act, family);
  await deps.audit.record(tx, NEWS[status], {
    targetType: "fraud_case",
    targetId: after.id,
    before: { status: found.status, isHeld: found.isHeld },
    after: { status, isHeld: after.isHeld, takesBackApproved: after.takesBackApproved, appealUntil },
    reason,
  });
  await deps.outbox.publish(tx, [caseEvent(NEWS[status], after)]);
  // What never waited, nobody has heard of.
  if (status !== "cleared" || found.isHeld) {
    const others = await findCasePartners(tx, [after.id]);
    const whose = new Set([after.partnerId, ...others.map(({ partnerId }) => partnerId)]);
    await deps.outbox.publish(tx, reviewNotices(status, [...whose], { reason, appealUntil }));
  }
  return after;
}

/**
 * The referrals of the customer that a case is about, held: where it is now, and where it was before, since what stayed there waits as well. One
 * that was rejected meanwhile has nothing that waits. None of a payout.
 */
async function familyOf({ referrals }: FraudDeps, tx: Tx, { subjectKind, subjectId }: FraudCase): Promise<Referral[]> {
  if (subjectKind !== "referral") return [];
  const family = (await referrals.holdReferrals(tx, [subjectId])).get(subjectId) ?? [];
  return family.filter(({ status, reattributedAt }) => status !== "rejected" || reattributedAt !== null);
}

/** Cases that one run makes final; more wait for the next. */
const OVERDUE_MAX = 500;

/** Makes refusals final against which nobody has appealed in time, each in its own transaction. */
export const finaliseRefusals =
  (deps: FraudDeps) =>
  async (ctx: Ctx): Promise<void> => {
    const overdue = await deps.db.read(ctx, (tx) => findOverdue(tx, OVERDUE_MAX));
    const failures: unknown[] = [];
    for (const one of overdue) {
      await deps.db
        .transaction(ctx, async (tx) => {
          const found = await findCase(tx, one.id);
          if (found?.status !== "refused") return;
          const { appealUntil, reason } = found;
          await settle(deps, tx, found, {
            isAllowed: true,
            status: "final",
            appealUntil,
            reason: reason ?? "",
            person: null,
          });
        })
        .catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} of ${overdue.length} refusals were not made final`);
  };

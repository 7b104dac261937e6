import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope, withoutIdempotency } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { ReportProgress } from "../platform/jobs/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { disputeEvent } from "./dispute-events.ts";
import { type DisputeRow, findDispute, findDueDisputes, lockDispute, markReminded } from "./dispute-repository.ts";
import { type ClockStep, clockStep, inDays } from "./dispute-rules.ts";
import { findDisputeSettings } from "./dispute-settings-repository.ts";
import { endDispute, lockAccounts, recordDecision } from "./end-dispute.ts";
import { escalate } from "./escalate-dispute.ts";
import { tellPartner } from "./tell-partner.ts";
import { tellReviewers } from "./tell-reviewers.ts";

/** Disputes that one wake looks at; more wait for the next. */
const DUE_MAX = 500;

export type ClockReport = { readonly reminded: number; readonly escalated: number; readonly upheld: number };

/**
 * Reminds whoever is to act on a dispute, escalates what we left lying, and upholds what the partner did not answer. Each dispute is a
 * transaction of its own and what was done is read from it, so that a run may stop anywhere and come again; one that fails holds back no other.
 */
export const keepDisputeClock =
  (deps: CommissionDeps) =>
  async (ctx: Ctx, report?: ReportProgress): Promise<ClockReport> => {
    requireScope(ctx, "commissions:write");
    const inner = withoutIdempotency(ctx);
    const due = await deps.db.read(inner, async (tx) => {
      const { reminderDays } = await findDisputeSettings(tx);
      return findDueDisputes(tx, { before: inDays(tx.ctx.now, reminderDays), limit: DUE_MAX });
    });
    const done: Record<ClockStep, number> = { nothing: 0, remind: 0, escalate: 0, uphold: 0 };
    const failures: unknown[] = [];
    for (const [index, id] of due.entries()) {
      try {
        done[await deps.db.transaction(inner, (tx) => keepOne(deps, tx, id))] += 1;
      } catch (error) {
        failures.push(error);
      }
      await report?.(index + 1);
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} of ${due.length} disputes that are due were not seen to`);
    return { reminded: done.remind, escalated: done.escalate, upheld: done.uphold };
  };

async function keepOne(deps: CommissionDeps, tx: Tx, id: string): Promise<ClockStep> {
  const settings = await findDisputeSettings(tx);
  const seen = await findDispute(tx, id);
  const stepOf = (row: DisputeRow | undefined): ClockStep =>
    row === undefined
      ? "nothing"
      : clockStep({ status: row.status, dueAt: row.due_at, remindedAt: row.reminded_at }, settings, tx.ctx.now);
  // Settling takes the partner's sequence and accounts before the dispute; what was seen is looked at again under the lock.
  const wanted = stepOf(seen);
  if (seen === undefined || wanted === "nothing") return "nothing";
  if (wanted === "uphold") await lockAccounts(deps, tx, seen);
  const dispute = await lockDispute(tx, id);
  const step = stepOf(dispute);
  if (dispute === undefined || step !== wanted) return "nothing";
  if (step === "remind") await remind(deps, tx, dispute);
  if (step === "escalate")
    await escalate(deps, tx, dispute, {
      first: dispute.assigned_to,
      reason: "Nobody decided it in time.",
      isLate: true,
    });
  if (step === "uphold") {
    await recordDecision(deps, tx, dispute, {});
    const resolution = `No answer within ${settings.partnerDays} days of our question: the number stands.`;
    await endDispute(deps, tx, dispute, { status: "upheld", resolution, unansweredDays: settings.partnerDays });
  }
  return step;
}

async function remind(deps: CommissionDeps, tx: Tx, dispute: DisputeRow): Promise<void> {
  const after = await markReminded(tx, dispute.id);
  if (after === undefined) return;
  const { id: disputeId, partner_id: partnerId, due_at: dueAt } = after;
  invariant(dueAt !== null, "who is reminded has a time until which to answer");
  if (after.status === "waiting")
    await tellPartner(deps.outbox, tx, { partnerId, notice: "dispute_reminder", subject: disputeId, dueAt });
  else await tellReviewers(tx, { subject: "reminded", disputeId, text: null, dueAt: dueAt.toISOString() });
  await deps.audit.record(tx, "dispute.reminded", {
    targetType: "dispute",
    targetId: after.id,
    after: { status: after.status, dueAt: after.due_at },
  });
  await deps.outbox.publish(tx, [disputeEvent("dispute.reminded", after)]);
}

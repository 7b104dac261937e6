import { newId } from "../kernel/id.ts";
import { accessErrors, type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { requireTestMode } from "../tenants/index.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";
import { screeningErrors } from "./compliance-errors.ts";
import { type CaseDetail, caseDetail } from "./find-cases.ts";
import { letGoOn } from "./screen-partners.ts";
import { currentPartners } from "./screened-partners.ts";
import { type CaseEventType, caseEvent } from "./screening-events.ts";
import {
  type Case,
  findCase,
  findVotes,
  insertVote,
  lockCase,
  lockOpenCase,
  updateCase,
} from "./screening-repository.ts";
import { type CaseStatus, decideCase, type Verdict } from "./screening-rules.ts";

const NEWS: Readonly<Record<Exclude<CaseStatus, "open">, CaseEventType>> = {
  escalated: "screening.case_escalated",
  cleared: "screening.case_cleared",
  confirmed: "screening.case_confirmed",
};

export type VoteOnCase = {
  readonly caseId: string;
  readonly verdict: Verdict;
  readonly reason: string;
  /** The round that the person has read. */
  readonly round: number;
};

/**
 * A person says whether a possible match is one. Two different people who say the same decide it; where they differ, it waits. Throws
 * `screening.case_decided`, and `screening.evidence_changed` where there is evidence that the person has not read.
 */
export const voteOnCase =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, input: VoteOnCase): Promise<CaseDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "compliance:decide");
      if (ctx.actor.type !== "user") throw accessErrors.person_required();
      const found = await lockForDecision(deps, tx, input.caseId);
      if (found.status === "cleared" || found.status === "confirmed")
        throw screeningErrors.case_decided({ status: found.status });
      if (found.round !== input.round) throw screeningErrors.evidence_changed({ round: found.round });

      const { userId } = ctx.actor;
      const { verdict, reason } = input;
      await insertVote(tx, { id: newId(), caseId: found.id, round: found.round, userId, verdict, reason });
      const votes = (await findVotes(tx, found.id)).filter(({ round }) => round === found.round);
      const status = decideCase(votes);
      const after = await updateCase(tx, found.id, { status });
      await deps.audit.record(tx, "screening_case.voted", {
        targetType: "screening_case",
        targetId: found.id,
        before: { status: found.status },
        after: { partnerId: found.partnerId, status, verdict, round: found.round },
        reason,
      });
      const isMoved = status !== "open" && status !== found.status;
      await deps.outbox.publish(tx, [caseEvent(isMoved ? NEWS[status] : "screening.case_voted", after)]);
      if (status === "cleared") await goOn(deps, tx, after);
      return caseDetail(deps, tx, after);
    });

/**
 * Decides a case of a twin, where no two people sign in: with what comes of it, as though they had said so. Throws `tenant.live` and
 * `screening.case_decided`.
 */
export const decideTestCase =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, { caseId, verdict }: { readonly caseId: string; readonly verdict: Verdict }): Promise<CaseDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "compliance:write");
      const found = await lockForDecision(deps, tx, caseId);
      await requireTestMode(tx);
      if (found.status === "cleared" || found.status === "confirmed")
        throw screeningErrors.case_decided({ status: found.status });
      const status = verdict === "clear" ? "cleared" : "confirmed";
      const after = await updateCase(tx, found.id, { status });
      await deps.audit.record(tx, "screening_case.test_decided", {
        targetType: "screening_case",
        targetId: found.id,
        before: { status: found.status },
        after: { partnerId: found.partnerId, status, round: found.round },
      });
      await deps.outbox.publish(tx, [caseEvent(NEWS[status], after)]);
      if (status === "cleared") await goOn(deps, tx, after);
      return caseDetail(deps, tx, after);
    });

/** Opens a case that was decided, where somebody has learnt something: two people decide anew, and until then money is held. */
export const reopenCase =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, { caseId, reason }: { readonly caseId: string; readonly reason: string }): Promise<CaseDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "compliance:decide");
      if (ctx.actor.type !== "user") throw accessErrors.person_required();
      const found = await lockForDecision(deps, tx, caseId);
      if (found.status !== "cleared" && found.status !== "confirmed")
        throw screeningErrors.case_undecided({ status: found.status });
      const other = await lockOpenCase(tx, found.partnerId);
      if (other !== undefined) throw screeningErrors.case_undecided({ caseId: other.id });
      const after = await updateCase(tx, found.id, { status: "open", round: found.round + 1 });
      await deps.audit.record(tx, "screening_case.reopened", {
        targetType: "screening_case",
        targetId: found.id,
        before: { status: found.status },
        after: { partnerId: found.partnerId, status: after.status, round: after.round },
        reason,
      });
      await deps.outbox.publish(tx, [caseEvent("screening.case_reopened", after)]);
      return caseDetail(deps, tx, after);
    });

/** The partner's sequence comes before the case: a decision may approve the partner. */
async function lockForDecision(deps: ComplianceDeps, tx: Tx, caseId: string): Promise<Case> {
  const seen = await findCase(tx, caseId);
  if (seen === undefined) throw screeningErrors.case_not_found();
  await deps.partners.lockSequences(tx, [seen.partnerId]);
  const found = await lockCase(tx, caseId);
  if (found === undefined) throw screeningErrors.case_not_found();
  return found;
}

async function goOn(deps: ComplianceDeps, tx: Tx, { partnerId }: Case): Promise<void> {
  const partner = (await currentPartners(deps, tx, [partnerId])).get(partnerId);
  if (partner !== undefined) await letGoOn(deps, tx, partner);
}

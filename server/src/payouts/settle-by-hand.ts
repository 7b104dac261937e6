import { requireRecentProof } from "../identity/index.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { accessErrors, type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { type AttemptRow, findAttemptByTransfer, findAttempts, settleAttempt } from "./attempt-repository.ts";
import { byHandName } from "./bank-file.ts";
import { findBatch } from "./batch-repository.ts";
import { refuseApprover } from "./batch-rules.ts";
import { personBehind } from "./make-batch.ts";
import { enqueueSendings } from "./open-attempt.ts";
import { findProvider, type PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { settlementEvent } from "./payout-events.ts";
import { findPayout, lockPayout, type PayoutRow } from "./payout-repository.ts";
import { type OperatorPayout, operatorPayout } from "./payout-view.ts";
import { requireRelease } from "./process-payout.ts";
import { approvalAbove } from "./settings-repository.ts";
import { confirmTransfer, failPayout, lockPartner, returnTransfer } from "./settle-transfer.ts";
import {
  closeSettlement,
  findSettlement,
  findWaitingSettlement,
  insertSettlement,
  type SettlementRow,
} from "./settlement-repository.ts";
import { needsSecond, refusalOf, type SettlementOutcome } from "./settlement-rules.ts";
import { UNDER_WAY_MAX_MS } from "./transfer-rules.ts";

export type SettlePayout = {
  readonly payoutId: string;
  readonly outcome: SettlementOutcome;
  readonly reason: string;
  /** The bank's or the provider's name for it. */
  readonly reference?: string;
};

/**
 * A person says what became of a payout that nobody else can tell of: one that is paid by hand, or whose provider is not configured any more. Above
 * the limit it is written down and waits for a second person; what was said of it before is replaced. Until then nothing else moves it.
 * Throws `auth.step_up_required`: what is said to be unpaid is given back, and would leave again.
 */
export const settlePayout =
  (deps: PayoutDeps) =>
  (ctx: Ctx, input: SettlePayout): Promise<OperatorPayout> =>
    deps.db.transaction(ctx, async (tx) => {
      requireRelease(ctx);
      const { payoutId, outcome, reason, reference } = input;
      await lockPartner(deps, tx, payoutId);
      const { payout, attempt } = await settleable(deps, tx, input);
      const before = await findWaitingSettlement(tx, payoutId);
      const replaced = before && (await closeSettlement(tx, before.id, "replaced", null));
      if (replaced !== undefined)
        await deps.outbox.publish(tx, [settlementEvent("payout_settlement.replaced", replaced)]);
      const isWaiting = await isSecondNeeded(tx, payout);
      const said = await insertSettlement(tx, {
        id: newId(),
        payout_id: payoutId,
        attempt: attempt.attempt,
        outcome,
        reason,
        reference: reference ?? null,
        status: isWaiting ? "waiting" : "done",
        proposed_by: await personBehind(deps, tx),
        decided_at: isWaiting ? null : ctx.now,
      });
      await say(deps, tx, isWaiting ? "proposed" : "settled", said);
      if (!isWaiting) await carryOut(deps, tx, said);
      return viewOf(tx, payoutId);
    });

/** A second person has looked and says the same: what was said is carried out. Throws `auth.step_up_required`. */
export const approveSettlement =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { settlementId }: { readonly settlementId: string }): Promise<OperatorPayout> =>
    deps.db.transaction(ctx, async (tx) => {
      requireRecentProof(ctx);
      const { found, userId } = await lockForSecond(deps, tx, settlementId);
      const { attempt } = await settleable(deps, tx, {
        ...found,
        payoutId: found.payout_id,
        reference: found.reference ?? undefined,
      });
      // Another transfer than that of which it was said.
      if (attempt.attempt !== found.attempt) throw payoutErrors.wrong_state();
      const said = await closeSettlement(tx, found.id, "done", userId);
      if (said === undefined) throw payoutErrors.settlement_wrong_state({ status: found.status });
      await say(deps, tx, "settled", said);
      await carryOut(deps, tx, said);
      return viewOf(tx, said.payout_id);
    });

/** A second person does not say the same: nothing of it happens, and the payout goes on as it was. */
export const refuseSettlement =
  (deps: PayoutDeps) =>
  (
    ctx: Ctx,
    { settlementId, reason }: { readonly settlementId: string; readonly reason: string },
  ): Promise<OperatorPayout> =>
    deps.db.transaction(ctx, async (tx) => {
      const { found, userId } = await lockForSecond(deps, tx, settlementId);
      const refused = await closeSettlement(tx, found.id, "refused", userId);
      if (refused === undefined) throw payoutErrors.settlement_wrong_state({ status: found.status });
      await say(deps, tx, "refused", refused, reason);
      // Its job has found people deciding, and is done.
      await enqueueSendings(tx, [{ payoutId: refused.payout_id, attempt: refused.attempt }]);
      return viewOf(tx, refused.payout_id);
    });

/** The payout with its last attempt, where people may say that of it. */
async function settleable(
  deps: PayoutDeps,
  tx: Tx,
  {
    payoutId,
    outcome,
    reference,
  }: Pick<SettlePayout, "payoutId" | "outcome"> & { readonly reference?: string | undefined },
): Promise<{ readonly payout: PayoutRow; readonly attempt: AttemptRow }> {
  // Whoever takes the bank file at the same time has its turn before or after.
  const payout = await lockPayout(tx, payoutId);
  if (payout === undefined) throw payoutErrors.not_found();
  const attempt = (await findAttempts(tx, payoutId)).at(-1);
  const provider = attempt && findProvider(deps, attempt);
  const refusal = refusalOf({
    outcome,
    status: payout.status,
    attempt,
    isAsked: provider !== undefined && provider.isByHand !== true,
    isUnderWay:
      provider?.isByHand !== true &&
      attempt?.status === "sending" &&
      tx.ctx.now.getTime() - (attempt.last_sent_at?.getTime() ?? 0) < UNDER_WAY_MAX_MS,
    wasExported: payout.exported_at !== null,
    reference,
  });
  if (refusal === "reference_missing")
    throw payoutErrors.reference_missing({ field: "reference", exportedAt: payout.exported_at });
  if (refusal !== undefined || attempt === undefined)
    throw payoutErrors[refusal ?? "wrong_state"]({ status: payout.status });
  return { payout, attempt };
}

async function isSecondNeeded(tx: Tx, payout: PayoutRow): Promise<boolean> {
  const batch = payout.batch_id === null ? undefined : await findBatch(tx, payout.batch_id);
  return needsSecond({
    approvedBy: batch?.approved_by ?? null,
    amount: payout.amount,
    limit: await approvalAbove(tx, payout.currency),
  });
}

/** Refuses who may not decide: a program, and the person who said it. Accounts before rows, as everywhere. */
async function lockForSecond(
  deps: PayoutDeps,
  tx: Tx,
  settlementId: string,
): Promise<{ readonly found: SettlementRow; readonly userId: string }> {
  requireScope(tx.ctx, "payouts:approve");
  const found = await findSettlement(tx, settlementId);
  if (found === undefined) throw payoutErrors.settlement_not_found();
  await lockPartner(deps, tx, found.payout_id);
  const { actor } = tx.ctx;
  const userId = actor.type === "user" ? actor.userId : null;
  const refusal = refuseApprover({ madeBy: found.proposed_by, userId });
  if (refusal === "same_person") throw payoutErrors.same_person();
  if (refusal === "person_required" || userId === null) throw accessErrors.person_required();
  return { found, userId };
}

/** Each by the same statement as the provider's answer: whoever is first settles it, and nothing twice. */
async function carryOut(deps: PayoutDeps, tx: Tx, said: SettlementRow): Promise<void> {
  const { payout_id: payoutId, attempt, outcome, reason } = said;
  const key = { payoutId, attempt };
  if (outcome === "returned") return returnTransfer(deps, tx, key, reason);
  if (outcome === "paid") {
    const transferId = await nameOf(deps, tx, said);
    return confirmTransfer(deps, tx, key, { transferId, wasHandedOut: transferId === byHandName(payoutId) });
  }
  await settleAttempt(tx, key, "failed", { errorCode: "not_paid" });
  await failPayout(deps, tx, payoutId, "not_paid");
}

/** The transfer's name: of a provider its own, by which its news are known; by hand the payout's, since a bank may name many payments at once. */
async function nameOf(
  deps: PayoutDeps,
  tx: Tx,
  { payout_id: payoutId, attempt: number, reference }: SettlementRow,
): Promise<string> {
  const attempt = (await findAttempts(tx, payoutId)).find((row) => row.attempt === number);
  invariant(attempt && reference, "what was paid has an attempt and a reference (constraints)");
  if (findProvider(deps, attempt)?.isByHand === true) return byHandName(payoutId);
  if ((await findAttemptByTransfer(tx, attempt.provider, reference)) !== undefined)
    throw payoutErrors.reference_taken({ field: "reference" });
  return reference;
}

const NEWS = {
  proposed: "payout_settlement.proposed",
  settled: "payout_settlement.carried_out",
  refused: "payout_settlement.refused",
} as const;

async function say(
  deps: PayoutDeps,
  tx: Tx,
  what: "proposed" | "settled" | "refused",
  said: SettlementRow,
  reason = said.reason,
): Promise<void> {
  await deps.audit.record(tx, `payout.settlement_${what}`, {
    targetType: "payout",
    targetId: said.payout_id,
    after: said,
    reason,
  });
  await deps.outbox.publish(tx, [settlementEvent(NEWS[what], said)]);
}

async function viewOf(tx: Tx, payoutId: string): Promise<OperatorPayout> {
  const payout = await findPayout(tx, payoutId);
  invariant(payout, "a payout is never deleted");
  return operatorPayout(payout, await findWaitingSettlement(tx, payoutId));
}

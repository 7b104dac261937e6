import { invariant } from "../kernel/invariant.ts";
import type { PartnerEventData } from "../partners/index.ts";
import type { Tx } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { commissionEvent } from "./commission-events.ts";
import { findCommission, findFamilies } from "./commission-repository.ts";
import { leftOf } from "./commission-rules.ts";
import { disputeEvent } from "./dispute-events.ts";
import { closeDispute, type DisputeRow, findDispute } from "./dispute-repository.ts";
import type { Settled } from "./dispute-rules.ts";
import { accountOf } from "./lock-family.ts";
import { lockUnsettled } from "./open-desk.ts";
import { AS_OF_NOW } from "./reassess-partner.ts";
import { settleCommission } from "./settle-commission.ts";
import { tellPartner } from "./tell-partner.ts";

/**
 * Takes all that a decision about a dispute needs, in the order of locks: the partner's sequence, its accounts, the dispute. Who comes second
 * to a settled one is told so.
 */
export async function enterDesk(
  deps: CommissionDeps,
  tx: Tx,
  disputeId: string,
  ownerId?: string,
): Promise<DisputeRow> {
  const seen = await findDispute(tx, disputeId);
  if (seen === undefined || (ownerId !== undefined && seen.partner_id !== ownerId))
    throw commissionErrors.dispute_not_found();
  await lockAccounts(deps, tx, seen);
  return lockUnsettled(tx, disputeId);
}

/** What comes before the lock of the dispute itself. */
export async function lockAccounts(deps: CommissionDeps, tx: Tx, seen: DisputeRow): Promise<void> {
  await deps.partners.lockSequences(tx, [seen.partner_id]);
  const commission = seen.commission_id === null ? undefined : await findCommission(tx, seen.commission_id);
  const [sale] = seen.transaction_id === null ? [] : await deps.sales.findRecorded(tx, [seen.transaction_id]);
  const account = commission ? accountOf(commission) : sale && { partnerId: seen.partner_id, currency: sale.currency };
  if (account) await deps.ledger.lock(tx, [account]);
}

/**
 * Gives what was decided its place in the partner's recorded sequence, where the engine books it: refunds recorded after an end take nothing of
 * it, and those after a correction their part, on replay too. Returns the act's id.
 */
export async function recordDecision(
  deps: CommissionDeps,
  tx: Tx,
  dispute: DisputeRow,
  data: PartnerEventData["dispute_resolved"],
): Promise<string> {
  const [sale] = dispute.transaction_id === null ? [] : await deps.sales.findRecorded(tx, [dispute.transaction_id]);
  const commission = dispute.commission_id === null ? undefined : await findCommission(tx, dispute.commission_id);
  const [event] = await deps.partners.recordEvents(tx, [
    {
      partnerId: dispute.partner_id,
      kind: "dispute_resolved",
      referralId: commission?.referral_id ?? sale?.referralId ?? null,
      data: { rounds: AS_OF_NOW.rounds, ...data },
      occurredAt: tx.ctx.now,
    },
  ]);
  invariant(event, "what was recorded comes back");
  return event.id;
}

type Ending = {
  readonly status: Settled;
  readonly resolution: string;
  readonly adjustedBy?: bigint | null;
  readonly resultCommissionId?: string | null;
  /** Where it ends because the partner did not answer for so long. */
  readonly unansweredDays?: number;
};

/** Settles a dispute that `enterDesk` has locked, books what it held, and tells everybody. */
export async function endDispute(
  deps: CommissionDeps,
  tx: Tx,
  dispute: DisputeRow,
  ending: Ending,
): Promise<DisputeRow> {
  const { commission_id: commissionId } = dispute;
  const held = (await findDispute(tx, dispute.id))?.amount_held ?? 0n;
  if (commissionId !== null) {
    await settleCommission(deps, tx, {
      commissionId,
      disputeId: dispute.id,
      stands: ending.status !== "cancelled",
      reason: ending.resolution,
    });
  }
  const { unansweredDays, ...closing } = ending;
  const settled = await closeDispute(tx, dispute.id, closing);
  invariant(settled, "a dispute that is locked is not settled");
  const withdrawn = ending.status === "withdrawn";
  const action = commissionId === null ? "dispute.resolved" : "commission.dispute_resolved";
  await deps.audit.record(tx, withdrawn ? "dispute.withdrawn" : action, {
    targetType: commissionId === null ? "dispute" : "commission",
    targetId: commissionId ?? dispute.id,
    before: { status: dispute.status, disputeId: dispute.id, amountHeld: held },
    after: { outcome: settled.status, adjustedBy: settled.adjusted_by, commissionId: settled.result_commission_id },
    reason: ending.resolution,
  });
  await deps.outbox.publish(tx, [disputeEvent(withdrawn ? "dispute.withdrawn" : "dispute.resolved", settled)]);
  await tellOfEnd(deps, tx, settled, unansweredDays);
  return settled;
}

/** The commission's own news, and the message to the partner: of what the commission comes to now. */
async function tellOfEnd(deps: CommissionDeps, tx: Tx, settled: DisputeRow, unansweredDays?: number): Promise<void> {
  const commissionId = settled.commission_id ?? settled.result_commission_id;
  const rows = commissionId === null ? undefined : (await findFamilies(tx, [commissionId])).get(commissionId);
  const root = rows?.[0];
  if (root && settled.commission_id !== null)
    await deps.outbox.publish(tx, [commissionEvent("commission.dispute_resolved", root, settled)]);
  if (settled.status === "withdrawn") return;
  await tellPartner(deps.outbox, tx, {
    partnerId: settled.partner_id,
    notice: "dispute_resolved",
    subject: settled.id,
    ...(rows && root ? { amount: leftOf(rows), currency: root.currency } : {}),
    reason: settled.resolution ?? "",
    ...(unansweredDays !== undefined && { unansweredDays }),
  });
}

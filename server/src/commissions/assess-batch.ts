import type { Tx } from "../platform/database/index.ts";
import type { AssessmentDeps } from "./assessment-deps.ts";
import { findFamilyIds, insertAssessed, insertReceipts } from "./assessment-repository.ts";
import { bookOutcomes } from "./book-outcomes.ts";
import { publishClawbacks } from "./clawback-events.ts";
import { publishCommissions } from "./commission-events.ts";
import { closeCommissions, moveCommissions } from "./commission-repository.ts";
import { disputeEvent } from "./dispute-events.ts";
import { changeHeld, closeDispute } from "./dispute-repository.ts";
import { assess } from "./engine/assess.ts";
import type { EngineEvent } from "./engine/engine-event.ts";
import type { Facts } from "./engine/fold.ts";
import type { Assessment, Outcome } from "./engine/outcome.ts";
import { loadGround } from "./load-facts.ts";
import { insertSpendCuts, saveSpentMonths } from "./spend-repository.ts";
import { saveCapStandings, savePartnerStandings, saveReferralStandings } from "./standing-repository.ts";

/**
 * Assesses recorded events in their order, and books what follows: commissions with their receipts, ledger entries, standings, news. The
 * caller's transaction holds the sequences of the partners, so no other assessment of theirs runs meanwhile.
 */
export async function assessBatch(
  deps: AssessmentDeps,
  tx: Tx,
  events: readonly EngineEvent[],
  histories: Facts["histories"] = new Map(),
): Promise<Assessment> {
  const { terms, facts, booked } = await loadGround(deps, tx, { events, histories });
  const assessment = assess(events, terms, { ...facts, histories });
  const { rows, entries, cancelled, closed, heldChanges, closedDisputes } = bookOutcomes(assessment.outcomes, booked);

  await insertAssessed(tx, rows);
  await insertReceipts(tx, assessment.receipts);
  await deps.ledger.post(tx, entries);
  await changeHeld(tx, heldChanges);
  for (const id of closedDisputes) await endDispute(deps, tx, id);
  const cancelledRows = await moveCommissions(tx, await findFamilyIds(tx, cancelled), "cancelled");
  for (const [event, ended] of Map.groupBy(closed, (one) => one.event))
    await closeCommissions(
      tx,
      ended.map(({ id }) => id),
      { by: "event", event },
    );
  await savePartnerStandings(tx, assessment.partners);
  await saveReferralStandings(tx, assessment.referrals);
  await saveCapStandings(tx, assessment.caps);
  await saveSpentMonths(tx, assessment.spent);
  await insertSpendCuts(tx, assessment.spendCuts);
  await tellReferrals(deps, tx, assessment.outcomes);

  const created = rows.filter(({ amount }) => amount > 0n);
  const reversed = rows.filter(({ amount }) => amount < 0n);
  await publishCommissions(deps.outbox, tx, "commission.created", created);
  await publishCommissions(deps.outbox, tx, "commission.reversed", reversed);
  await publishCommissions(deps.outbox, tx, "commission.cancelled", cancelledRows);
  await publishClawbacks(deps, tx, entries);
  return assessment;
}

const CLOSED_BY_EVENT = "The commission was cancelled: what it was earned on is void.";

/** The partner and the desk are told of a dispute whose commission an event has ended. */
async function endDispute({ outbox }: AssessmentDeps, tx: Tx, id: string): Promise<void> {
  const dispute = await closeDispute(tx, id, { status: "cancelled", resolution: CLOSED_BY_EVENT });
  if (dispute) await outbox.publish(tx, [disputeEvent("dispute.resolved", dispute)]);
}

/** A customer that lost its qualification and got another in one batch is told both, in this order: the date is that of the last. */
async function tellReferrals({ referrals }: AssessmentDeps, tx: Tx, outcomes: readonly Outcome[]): Promise<void> {
  const last = new Map<string, { readonly isQualified: boolean; readonly at: Date }>();
  const lost = new Set<string>();
  for (const outcome of outcomes) {
    if (outcome.kind !== "qualified" && outcome.kind !== "unqualified") continue;
    if (outcome.kind === "unqualified") lost.add(outcome.referralId);
    last.set(outcome.referralId, { isQualified: outcome.kind === "qualified", at: outcome.at });
  }
  await referrals.unqualify(tx, [...lost]);
  const qualified = [...last].filter(([, { isQualified }]) => isQualified);
  await referrals.markQualified(
    tx,
    qualified.map(([referralId, { at }]) => ({ referralId, at })),
  );
}

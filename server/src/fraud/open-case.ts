import type { Tx } from "../platform/database/index.ts";
import { type CaseSubject, type FraudCase, holdCase, insertCase } from "./case-repository.ts";
import type { Evaluation } from "./evaluation-repository.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import { caseEvent } from "./fraud-events.ts";

type Deps = Pick<FraudDeps, "audit" | "outbox" | "partners">;

/**
 * Opens a case for what was judged, or raises the one that is open, and holds what is to be held: of a referral by an act in the partner's
 * recorded sequence, which its commissions wait for. Joins a transaction that holds that sequence.
 */
export async function openCase(
  deps: Deps,
  tx: Tx,
  {
    evaluation,
    subjectKind,
    subjectId,
    account = null,
  }: {
    readonly evaluation: Evaluation;
    readonly subjectKind: CaseSubject;
    readonly subjectId: string;
    /** Of a payout: what it is to be paid to, hashed. */
    readonly account?: Buffer | null;
  },
): Promise<void> {
  if (evaluation.verdict === "pass") return;
  const { partnerId, score } = evaluation;
  const isHeld = evaluation.verdict === "hold";
  const asked = { evaluationId: evaluation.id, subjectKind, subjectId, partnerId, score, isHeld, account };
  const opened = await insertCase(tx, asked);
  const found = opened ?? (isHeld ? await holdCase(tx, asked) : undefined);
  if (found === undefined) return;
  if (isHeld) await holdReferral(deps, tx, found);
  await deps.audit.record(tx, opened === undefined ? "fraud.case_held" : "fraud.case_opened", {
    targetType: "fraud_case",
    targetId: found.id,
    after: { subjectKind, subjectId, partnerId, score, isHeld, version: evaluation.version },
  });
  await deps.outbox.publish(tx, [caseEvent(opened === undefined ? "fraud.case_held" : "fraud.case_opened", found)]);
}

/** What is earned on the customer stays pending from here on; a payout is kept by the gate alone. */
export async function holdReferral({ partners }: Pick<FraudDeps, "partners">, tx: Tx, of: FraudCase): Promise<void> {
  if (of.subjectKind === "referral")
    await recordAct(partners, tx, "fraud_hold", { referralId: of.subjectId, partnerId: of.partnerId });
}

/** Records the beginning or the end of a hold. */
export async function recordAct(
  partners: FraudDeps["partners"],
  tx: Tx,
  kind: "fraud_hold" | "fraud_release",
  { referralId, partnerId }: { readonly referralId: string; readonly partnerId: string },
): Promise<void> {
  await partners.recordEvents(tx, [{ partnerId, kind, referralId, data: {}, occurredAt: tx.ctx.now }]);
}

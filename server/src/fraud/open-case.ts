import type { Tx } from "../platform/database/index.ts";
import type { Referral } from "../referrals/index.ts";
import { addCasePartners } from "./case-partner-repository.ts";
import { findCaseOf, holdCase, insertCase, type NewCase } from "./case-repository.ts";
import type { Evaluation } from "./evaluation-repository.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import { caseEvent } from "./fraud-events.ts";

type Deps = Pick<FraudDeps, "audit" | "outbox" | "partners">;

/** A referral of a customer, as a hold needs to know it. */
export type Held = Pick<Referral, "id" | "partnerId">;

/**
 * Opens a case for what was judged, or raises the one that is open, and holds what is to be held: a payout by its gate alone, a customer by
 * acts in the recorded sequences of all partners who have it or had it, which their commissions wait for. A customer has one open case, whoever
 * has it. Joins a transaction that holds the customer and these sequences; `family` is all referrals of the customer, and empty of a payout.
 */
export async function openCase(
  deps: Deps,
  tx: Tx,
  {
    evaluation,
    family,
    accounts = null,
    ...subject
  }: Pick<NewCase, "subjectKind" | "subjectId" | "partnerId"> & {
    readonly evaluation: Evaluation;
    readonly family: readonly Held[];
    /** Of a payout: all that it may be paid to, hashed. */
    readonly accounts?: readonly Buffer[] | null;
  },
): Promise<void> {
  if (evaluation.verdict === "pass") return;
  const { score } = evaluation;
  const isHeld = evaluation.verdict === "hold";
  const subjectIds = [subject.subjectId, ...family.map(({ id }) => id)];
  const asked = { ...subject, evaluationId: evaluation.id, score, isHeld, accounts };
  const isOpen = (await findCaseOf(tx, subjectIds))?.settledAt === null;
  const opened = isOpen ? undefined : await insertCase(tx, asked);
  const found = opened ?? (isHeld ? await holdCase(tx, subjectIds, asked) : undefined);
  if (found === undefined) return;
  // Whoever has had the customer twice waits by the referral that it had last.
  const lastOf = new Map(family.map(({ partnerId, id: referralId }) => [partnerId, { partnerId, referralId }]));
  const besides = [...lastOf.values()].filter(({ referralId }) => referralId !== found.subjectId);
  await addCasePartners(tx, found.id, besides);
  if (isHeld) await recordActs(deps, tx, "fraud_hold", family);
  const news = opened === undefined ? "fraud.case_held" : "fraud.case_opened";
  await deps.audit.record(tx, news, {
    targetType: "fraud_case",
    targetId: found.id,
    after: { ...subject, score, isHeld, version: evaluation.version },
  });
  await deps.outbox.publish(tx, [caseEvent(news, found)]);
}

/** Records the beginning or the end of a hold, for everybody who has earned on the customer. */
export async function recordActs(
  { partners }: Pick<FraudDeps, "partners">,
  tx: Tx,
  kind: "fraud_hold" | "fraud_release",
  family: readonly Held[],
): Promise<void> {
  if (family.length === 0) return;
  await partners.recordEvents(
    tx,
    family.map(({ id: referralId, partnerId }) => ({
      partnerId,
      kind,
      referralId,
      data: {},
      occurredAt: tx.ctx.now,
    })),
  );
}

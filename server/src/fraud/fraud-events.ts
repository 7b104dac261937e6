import type { DomainEvent } from "../platform/outbox/index.ts";
import type { FraudCase } from "./case-repository.ts";
import type { RuleSet } from "./fraud-rules.ts";

export type CaseEventType =
  | "fraud.case_opened"
  | "fraud.case_held"
  | "fraud.case_assigned"
  | "fraud.case_refused"
  | "fraud.case_appealed"
  | "fraud.case_cleared"
  | "fraud.case_final";

/** News of a case, for the operator alone: nothing in it says which rule found what. */
export const caseEvent = (type: CaseEventType, of: FraudCase): DomainEvent => ({
  type,
  objectType: "fraud_case",
  objectId: of.id,
  data: {
    id: of.id,
    partnerId: of.partnerId,
    subject: { type: of.subjectKind, id: of.subjectId },
    status: of.status,
    score: of.score,
    isHeld: of.isHeld,
    assignedTo: of.assignedTo,
    openedAt: of.openedAt,
    decidedAt: of.decidedAt,
    appealUntil: of.appealUntil,
  },
});

/** Tells each partner whose money waits by a case what was decided of it, in the words that it reads beside it. No webhook carries them. */
export const reviewNotices = (
  status: "refused" | "cleared" | "final",
  partnerIds: readonly string[],
  { reason, appealUntil }: Pick<FraudCase, "appealUntil"> & { readonly reason: string },
): DomainEvent[] =>
  partnerIds.map((partnerId) => ({
    type: `partner_notice.review_${status}`,
    objectType: "partner",
    objectId: partnerId,
    data: { partnerId, reason, ...(status === "refused" && { appealUntil }) },
  }));

/** The rules have another version. */
export const rulesEvent = (
  programId: string,
  { version }: Pick<RuleSet, "version">,
  changed: readonly string[],
): DomainEvent => ({
  type: "fraud.rules_changed",
  objectType: "fraud_rules",
  objectId: programId,
  data: { id: programId, version, changed },
});

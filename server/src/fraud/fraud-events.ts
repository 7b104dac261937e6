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

import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Case } from "./screening-repository.ts";

export type CaseEventType =
  | "screening.case_opened"
  | "screening.evidence_added"
  | "screening.case_escalated"
  | "screening.case_cleared"
  | "screening.case_confirmed"
  | "screening.case_reopened";

/** News of a case, for the operator alone: a partner is not told that it is looked at, nor by which list. */
export const caseEvent = (type: CaseEventType, found: Case): DomainEvent => ({
  type,
  objectType: "screening_case",
  objectId: found.id,
  data: {
    id: found.id,
    partnerId: found.partnerId,
    status: found.status,
    openedAt: found.openedAt,
    updatedAt: found.updatedAt,
    decidedAt: found.decidedAt,
  },
});

import { derivedId } from "../kernel/id.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Case, ScreeningSettings } from "./screening-repository.ts";

export type CaseEventType =
  | "screening.case_opened"
  | "screening.evidence_added"
  | "screening.case_voted"
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

/** News of whether and how partners are compared. */
export const screeningSettingsEvent = (
  tenantId: string,
  { isEnabled, listMaxAgeDays, alertAt, blockedCountries }: ScreeningSettings,
): DomainEvent => ({
  type: "screening_settings.changed",
  objectType: "screening_settings",
  objectId: derivedId("screening_settings", tenantId),
  data: { isEnabled, listMaxAgeDays, alertAt, blockedCountries },
});

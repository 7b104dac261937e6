import { derivedId } from "../kernel/id.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import type { DisputeSettings } from "./dispute-rules.ts";

/** News of what may be earned in a month in a currency; one object for each. Null: no limit. */
export const spendLimitEvent = (
  tenantId: string,
  limit: { readonly currency: string; readonly monthly: number | null },
): DomainEvent => ({
  type: "spend_limit.changed",
  objectType: "spend_limit",
  objectId: derivedId("spend_limit", tenantId, limit.currency),
  data: { currency: limit.currency, monthly: limit.monthly },
});

/** News of how long disputes may take. */
export const disputeSettingsEvent = (
  tenantId: string,
  { answerDays, partnerDays, reminderDays }: DisputeSettings,
): DomainEvent => ({
  type: "dispute_settings.changed",
  objectType: "dispute_settings",
  objectId: derivedId("dispute_settings", tenantId),
  data: { answerDays, partnerDays, reminderDays },
});

import { derivedId, newId } from "../kernel/id.ts";
import { fractionFromPpm } from "../kernel/rate.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import type { PayoutRow } from "./payout-repository.ts";
import type { ScheduleRow } from "./schedule-repository.ts";
import type { CurrencySettings, PayoutSettings } from "./settings-repository.ts";
import type { SettlementRow } from "./settlement-repository.ts";

export type PayoutEventType =
  | "payout.requested"
  | "payout.processing"
  | "payout.put_back"
  | "payout.completed"
  | "payout.failed"
  | "payout.cancelled"
  | "payout.returned"
  | "payout.transfer_unexpected"
  | "payout.bank_status_changed";

/** News of a payout, as listeners and webhooks see it. */
export const payoutEvent = (type: PayoutEventType, payout: PayoutRow): DomainEvent => ({
  type,
  objectType: "payout",
  objectId: payout.id,
  data: {
    id: payout.id,
    partnerId: payout.partner_id,
    amount: payout.amount,
    currency: payout.currency,
    status: payout.status,
    bankStatus: payout.bank_status,
    bankFile: payout.bank_file,
    failureCode: payout.failure_code,
    batchId: payout.batch_id,
  },
});

/** News of the days on which a partner is paid by itself; one object for each partner and currency. */
export const scheduleEvent = (schedule: Omit<ScheduleRow, "anchorOn">): DomainEvent => {
  const { partnerId, currency, every, day, minimum, isEnabled } = schedule;
  return {
    type: "payout_schedule.changed",
    objectType: "payout_schedule",
    objectId: derivedId("payout_schedule", partnerId, currency),
    data: { partnerId, currency, every, day, minimum, isEnabled },
  };
};

/** News of what a person has said became of a payout: the outcome itself is news of the payout. */
export const settlementEvent = (
  type:
    | "payout_settlement.proposed"
    | "payout_settlement.carried_out"
    | "payout_settlement.replaced"
    | "payout_settlement.refused",
  { id, payout_id: payoutId, outcome, status }: SettlementRow,
): DomainEvent => ({
  type,
  objectType: "payout_settlement",
  objectId: id,
  data: { id, payoutId, outcome, status },
});

/** That payouts by hand stand in a file for the bank. */
export const handedOutEvent = (payoutIds: readonly string[]): DomainEvent => ({
  type: "payout.handed_out",
  objectType: "bank_file",
  objectId: newId(),
  data: { payoutIds },
});

/** News of how the programme pays. */
export const settingsEvent = (tenantId: string, settings: PayoutSettings): DomainEvent => ({
  type: "payout_settings.changed",
  objectType: "payout_settings",
  objectId: derivedId("payout_settings", tenantId),
  data: settings,
});

/** News of how it pays in one currency; one object for each. */
export const currencySettingsEvent = (tenantId: string, settings: CurrencySettings): DomainEvent => {
  const { currency, approvalAbove, feeBorneBy, feeFixed, feePpm, schedule } = settings;
  return {
    type: "payout_settings.currency_changed",
    objectType: "payout_settings",
    objectId: derivedId("payout_settings", tenantId, currency),
    data: {
      currency,
      approvalAbove,
      feeBorneBy,
      feeFixed,
      feeRate: fractionFromPpm(feePpm),
      schedule: schedule && { every: schedule.every, day: schedule.day, minimum: schedule.minimum },
    },
  };
};

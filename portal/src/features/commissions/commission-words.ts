import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { formatDate } from "../../ui/dates.ts";

export type Commission = components["schemas"]["Commission"];

export const TYPES = ["signup", "recurring", "transaction", "bonus"] as const;
export const STATUSES = ["pending", "approved", "paid", "disputed", "cancelled"] as const;

/** What sort of commission a row is; a row that takes back says so, and so does a share of the revenue, which the API counts among what recurs. */
export const typeWords = ({ type, rule, reversesId }: Pick<Commission, "type" | "rule" | "reversesId">): string => {
  if (reversesId !== null) return t("commissionType.reversal");
  return rule === "share" ? t("clause.share") : t(`commissionType.${type}`);
};

/** When and why: what a status alone does not say. */
export function statusNote({ status, holdUntil, approvedAt, paidAt }: Commission): string | undefined {
  if (status === "pending") return t("commission.clears", { day: formatDate(holdUntil) });
  if (status === "paid" && paidAt !== null) return formatDate(paidAt);
  if (status === "approved" && approvedAt !== null) return t("commission.since", { day: formatDate(approvedAt) });
  return undefined;
}

const CLOSING_EVENTS = ["refund", "chargeback", "rejection", "departure", "termination", "reassessment"] as const;

/** What has cancelled a commission without a word of anybody: by which rule, where that is known. */
export function closingWords({ by, event }: NonNullable<components["schemas"]["CommissionDetail"]["closing"]>): string {
  const known = CLOSING_EVENTS.find((one) => one === event);
  return known === undefined ? t(`commission.closed.${by}`) : t(`commission.closed.${known}`);
}

import type { Output } from "@tributary/sdk";
import { type MessageKey, t } from "../../i18n/messages.ts";
import { look, type StatusLook } from "../../ui/status-words.ts";

export type Source = Output<"listRevenueSources">["data"][number];

/** What Stripe's endpoint has to send: revenue, what takes it back, and whose it is. */
export const STRIPE_EVENTS = [
  "invoice.paid",
  "invoice_payment.paid",
  "refund.created",
  "refund.updated",
  "refund.failed",
  "charge.refunded",
  "charge.dispute.created",
  "charge.dispute.updated",
  "charge.dispute.funds_withdrawn",
  "charge.dispute.closed",
  "customer.created",
  "customer.updated",
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
] as const;

const STATES = {
  off: look("open", "neutral", "sources.state.off"),
  secretMissing: look("half", "wait", "sources.state.secretMissing"),
  unheard: look("open", "wait", "sources.state.unheard"),
  heard: look("full", "good", "sources.state.heard"),
} as const;

/** How a source fares: what is missing comes before what was heard. */
export function lookOfSource({ isEnabled, hasSecret, lastHeardAt }: Source): StatusLook {
  if (!isEnabled) return STATES.off;
  if (!hasSecret) return STATES.secretMissing;
  return lastHeardAt === null ? STATES.unheard : STATES.heard;
}

/** Where the source's messages go: the same host as this page. */
export const addressOf = ({ path }: Pick<Source, "path">): string => location.origin + path;

const REASONS: Readonly<Record<string, MessageKey>> = {
  customer_unknown: "unmatched.customer_unknown",
  customer_unnamed: "unmatched.customer_unnamed",
  email_ambiguous: "unmatched.email_ambiguous",
  payment_unknown: "unmatched.payment_unknown",
  original_missing: "unmatched.original_missing",
  refunds_untold: "unmatched.refunds_untold",
  refund_failed: "unmatched.refund_failed",
};

/** Why revenue is not in the books; the code of a refusal is said as it is. */
export function reasonWords(reason: string): string {
  const key = REASONS[reason];
  return key === undefined ? reason : t(key);
}

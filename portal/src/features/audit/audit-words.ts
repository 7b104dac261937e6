import type { LinkProps } from "@tanstack/react-router";
import { PATHS } from "../../app/paths.ts";
import { type MessageKey, t } from "../../i18n/messages.ts";

/** What acts are done to, by the names that the trail has for it. */
export const OBJECTS = [
  "agreement",
  "agreement_version",
  "branding",
  "budget",
  "budget_claim",
  "card",
  "card_product",
  "card_program",
  "commission",
  "coupon",
  "dispute",
  "domain",
  "export_schedule",
  "flag",
  "fraud_case",
  "fraud_rules",
  "invitation",
  "invoice",
  "key",
  "lead",
  "lead_settings",
  "material",
  "notice_template",
  "partner",
  "partner_member",
  "partner_user",
  "payout",
  "payout_batch",
  "plan",
  "program",
  "referral",
  "referral_link",
  "revenue_source",
  "sanctions_list",
  "screening_case",
  "sub_operator",
  "tax_form",
  "tax_year",
  "tenant",
  "ticket",
  "user",
  "webhook_endpoint",
] as const;
type Object = (typeof OBJECTS)[number];

const isKnown = (type: string): type is Object => (OBJECTS as readonly string[]).includes(type);
const plain = (code: string): string => code.replaceAll("_", " ");

/** What an act was done to; a kind that has no words yet is said by its code. */
export const objectWords = (type: string): string => (isKnown(type) ? t(`auditObject.${type}`) : plain(type));

/**
 * What was done, of `<object>.<past participle>`: by the whole where what was acted on is not what was done something to (a partner's commissions
 * are approved, and not the partner). An act that has no words yet is said by its code.
 */
export function doneWords(action: string): string {
  const done = action.slice(action.indexOf(".") + 1);
  const keys = [action, done].map((name) => `auditDone.${name}` as MessageKey);
  return keys.map((key) => ({ key, words: t(key) })).find(({ key, words }) => words !== key)?.words ?? plain(done);
}

type Place = Pick<LinkProps, "to" | "search" | "params">;
const PLACES: Readonly<Record<string, (id: string) => Place>> = {
  partner: (id) => ({ to: PATHS.partner, params: { id } }),
  payout: (id) => ({ to: PATHS.payouts, search: { tab: "all", open: id } }),
  payout_batch: (id) => ({ to: PATHS.batch, params: { id } }),
  plan: (id) => ({ to: PATHS.plan, params: { id } }),
  commission: (id) => ({ to: PATHS.commissions, search: { open: id } }),
  dispute: (id) => ({ to: PATHS.disputes, search: { open: id } }),
  invoice: (id) => ({ to: PATHS.fees, search: { open: id } }),
  budget_claim: (id) => ({ to: PATHS.fees, search: { tab: "claims", open: id } }),
  fraud_case: (id) => ({ to: PATHS.fraud, search: { open: id } }),
  screening_case: (id) => ({ to: PATHS.screening, search: { open: id } }),
  referral: (id) => ({ to: PATHS.referrals, search: { open: id } }),
  lead: (id) => ({ to: PATHS.leads, search: { open: id } }),
  material: (id) => ({ to: PATHS.materials, search: { open: id } }),
  agreement: (id) => ({ to: PATHS.agreements, search: { open: id } }),
  ticket: (id) => ({ to: PATHS.support, search: { open: id } }),
  webhook_endpoint: (id) => ({ to: PATHS.developers, search: { tab: "webhooks", open: id } }),
};

/** Where what was acted on is shown; undefined where it has no page. */
export const placeOf = (type: string, id: string): Place | undefined => PLACES[type]?.(id);

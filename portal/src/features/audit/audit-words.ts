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

/** What was done, of `<object>.<past participle>`; an act that has no words yet is said by its code. */
export function doneWords(action: string): string {
  const done = action.slice(action.indexOf(".") + 1);
  const key = `auditDone.${done}` as MessageKey;
  const words = t(key);
  return words === key ? plain(done) : words;
}

import { type MessageKey, t } from "../../i18n/messages.ts";

const SALE_KINDS: Readonly<Record<string, MessageKey>> = {
  payment: "receipt.payment",
  card: "commissionType.transaction",
  refund: "commissionType.reversal",
  chargeback: "evidence.chargeback",
  chargeback_won: "evidence.chargebackWon",
};

const TOUCH_KINDS: Readonly<Record<string, MessageKey>> = {
  click: "source.click",
  exclusive_coupon: "source.coupon",
  shared_coupon: "source.coupon",
  partner_api: "source.partner_api",
  manual: "source.manual",
};

const TOUCH_OUTCOMES: Readonly<Record<string, MessageKey>> = {
  chosen: "touch.chosen",
  outranked: "touch.outranked",
  out_of_window: "touch.out_of_window",
  after_conversion: "touch.after_conversion",
  partner_inactive: "touch.partner_inactive",
  self: "touch.self",
};

const wordsOf = (table: Readonly<Record<string, MessageKey>>, code: string): string => {
  const key = table[code];
  return key === undefined ? code.replaceAll("_", " ") : t(key);
};

/** What sort of sale; a word of the API that has none here is said as it is. */
export const saleKindWords = (kind: string): string => wordsOf(SALE_KINDS, kind);
/** How a customer was touched. */
export const touchKindWords = (kind: string): string => wordsOf(TOUCH_KINDS, kind);
/** What became of a touch. */
export const touchOutcomeWords = (outcome: string): string => wordsOf(TOUCH_OUTCOMES, outcome);

/** States in which something can still be said and decided. */
export const isUnsettled = (status: string): boolean => ["open", "waiting", "escalated"].includes(status);

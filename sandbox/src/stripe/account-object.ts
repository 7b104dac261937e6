import type { Stripe } from "stripe";
import { PLATFORM } from "./balances.ts";
import { standingFields } from "./standings.ts";

/** The public face of an account; of it only the site is kept. */
export const businessProfile = (url: string | null): Stripe.Account.BusinessProfile => ({
  mcc: null,
  minority_owned_business_designation: null,
  name: null,
  specified_commercial_transactions_act_url: null,
  support_address: null,
  support_email: null,
  support_phone: null,
  support_url: null,
  url,
});

/** Delay of automatic payouts in days; the shortest for US accounts. */
const DELAY_DAYS = 2;

/** Settings as they are when nothing is set but how payouts are made. */
export const settings = (interval: string): Stripe.Account.Settings => ({
  branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
  card_payments: {
    statement_descriptor_prefix: null,
    statement_descriptor_prefix_kana: null,
    statement_descriptor_prefix_kanji: null,
  },
  dashboard: { display_name: null, timezone: "Etc/UTC" },
  payments: {
    statement_descriptor: null,
    statement_descriptor_kana: null,
    statement_descriptor_kanji: null,
    statement_descriptor_prefix_kana: null,
    statement_descriptor_prefix_kanji: null,
  },
  payouts: {
    debit_negative_balances: false,
    schedule: { delay_days: DELAY_DAYS, interval },
    statement_descriptor: null,
  },
});

/** The account that the secret key belongs to. */
export const platformAccount = (): Stripe.Account => ({
  id: PLATFORM,
  object: "account",
  ...standingFields("active", ["transfers", "card_payments"]),
  country: "US",
  default_currency: "usd",
  email: null,
  metadata: {},
  type: "standard",
});

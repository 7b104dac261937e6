import type { Stripe } from "stripe";
import { newId } from "./ids.ts";

/** What becomes of a payout to the account: it arrives, it fails with a code, or it arrives and is returned later with a code. */
export type BankOutcome =
  | { readonly kind: "arrives" }
  | { readonly kind: "fails"; readonly code: string }
  | { readonly kind: "returns"; readonly code: string };

type TestBank = { readonly number: string; readonly label: string; readonly outcome: BankOutcome };

/** Stripe's own test numbers (https://docs.stripe.com/connect/testing), and one of this stand-in for a payout that is returned after it was paid. */
export const TEST_BANKS = {
  good: { number: "000123456789", label: "Payouts arrive", outcome: { kind: "arrives" } },
  no_account: {
    number: "000111111116",
    label: "Payouts fail: no such account",
    outcome: { kind: "fails", code: "no_account" },
  },
  closed: {
    number: "000111111113",
    label: "Payouts fail: account closed",
    outcome: { kind: "fails", code: "account_closed" },
  },
  insufficient_funds: {
    number: "000222222227",
    label: "Payouts fail: insufficient funds",
    outcome: { kind: "fails", code: "insufficient_funds" },
  },
  debit_not_authorized: {
    number: "000333333335",
    label: "Payouts fail: debit not authorised",
    outcome: { kind: "fails", code: "debit_not_authorized" },
  },
  invalid_currency: {
    number: "000444444440",
    label: "Payouts fail: currency not accepted",
    outcome: { kind: "fails", code: "invalid_currency" },
  },
  returned: {
    number: "000999999995",
    label: "Payouts arrive, then are returned",
    outcome: { kind: "returns", code: "account_frozen" },
  },
} as const satisfies Record<string, TestBank>;

export type TestBankName = keyof typeof TEST_BANKS;

export const TEST_BANK_NAMES = Object.keys(TEST_BANKS) as readonly TestBankName[];

/** The bank account object of a test number. */
export function openBankAccount(input: {
  readonly bank: TestBankName;
  readonly accountId: string;
  readonly country: string;
  readonly currency: string;
  /** Payouts in its currency go to it. */
  readonly isDefault: boolean;
  readonly holder: string | null;
  /** Of an account that somebody else has entered already; otherwise it is a number that nobody else has. */
  readonly fingerprint: string | undefined;
}): Stripe.BankAccount {
  return {
    id: newId("ba"),
    object: "bank_account",
    account: input.accountId,
    account_holder_name: input.holder,
    account_holder_type: null,
    account_type: null,
    available_payout_methods: ["standard"],
    bank_name: "STRIPE TEST BANK",
    country: input.country,
    currency: input.currency,
    default_for_currency: input.isDefault,
    fingerprint: input.fingerprint ?? newId("", 16).slice(1),
    last4: TEST_BANKS[input.bank].number.slice(-4),
    metadata: {},
    routing_number: "110000000",
    status: "new",
  };
}

/** What becomes of payouts to the bank account, by the last digits of its number. */
export const outcomeOf = (last4: string): BankOutcome =>
  Object.values(TEST_BANKS).find((bank) => bank.number.endsWith(last4))?.outcome ?? TEST_BANKS.good.outcome;

/**
 * The chart of accounts; each partner has one of each in each currency (table `ledger_account_kinds` holds the same list, and a test
 * compares them). `side` is where the account grows.
 */
export const ACCOUNT_KINDS = {
  commission_expense: { side: "debit", mayBeNegative: true, means: "What commissions have cost the operator" },
  pending: { side: "credit", mayBeNegative: false, means: "Earned, in hold" },
  available: { side: "credit", mayBeNegative: false, means: "Earned, can be paid out" },
  disputed: { side: "credit", mayBeNegative: false, means: "Earned, held while a dispute is open" },
  payout_in_transit: {
    side: "credit",
    mayBeNegative: false,
    means: "Reserved by a payout that has not been confirmed",
  },
  clawback_receivable: { side: "debit", mayBeNegative: false, means: "Debt: taken back beyond what was there" },
  cash: { side: "debit", mayBeNegative: true, means: "The operator's money at the provider; falls with each transfer" },
  tax_withheld: { side: "credit", mayBeNegative: false, means: "Kept back from payouts for the tax authority" },
  payout_fee: { side: "credit", mayBeNegative: true, means: "Fees of transfers, whoever bears them" },
  payout_cost: {
    side: "debit",
    mayBeNegative: true,
    means: "Fees of transfers that the operator bears, and those lost where one came back",
  },
  bad_debt: { side: "debit", mayBeNegative: true, means: "Debt that was written off" },
  fee_receivable: { side: "debit", mayBeNegative: false, means: "Invoiced to the partner" },
  fee_revenue: { side: "credit", mayBeNegative: true, means: "What partners were charged" },
  share_receivable: {
    side: "debit",
    mayBeNegative: true,
    means: "What a sub-operator owes of its sales; below zero what it has paid of sales that were taken back",
  },
  share_revenue: { side: "credit", mayBeNegative: true, means: "The share of what sub-operators sold" },
} as const satisfies Record<string, { side: "debit" | "credit"; mayBeNegative: boolean; means: string }>;

export type AccountKind = keyof typeof ACCOUNT_KINDS;

export const ACCOUNT_KIND_NAMES = Object.keys(ACCOUNT_KINDS) as AccountKind[];

/** Balances of one partner in one currency, in minor units, positive on the account's own side. */
export type Balances = Readonly<Record<AccountKind, bigint>>;

export const ZERO_BALANCES: Balances = Object.freeze(
  Object.fromEntries(ACCOUNT_KIND_NAMES.map((kind) => [kind, 0n])),
) as Balances;

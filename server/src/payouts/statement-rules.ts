import { netAmount } from "./payout-rules.ts";

type Posting = { readonly debit: string; readonly credit: string; readonly amount: bigint };

/** What a statement is made of, from the rows, and what the books say of the same. */
export type StatementFacts = {
  readonly payout: {
    readonly amount: bigint;
    readonly fee: bigint;
    readonly tax_withheld: bigint;
    readonly operator_fee: bigint;
  };
  /** The sum of the lines, positive and negative apart. */
  readonly earned: bigint;
  readonly setOff: bigint;
  /** Of the entry that reserved the payout, and of the one that confirmed its transfer. */
  readonly requested: readonly Posting[];
  readonly confirmed: readonly Posting[];
};

/** The first total in which rows and books differ, by name; undefined where they agree and a statement may be made. */
export function findInequality({ payout, earned, setOff, requested, confirmed }: StatementFacts): string | undefined {
  const moved = (postings: readonly Posting[], debit: string, credit: string): bigint =>
    postings.reduce((sum, row) => (row.debit === debit && row.credit === credit ? sum + row.amount : sum), 0n);
  const pairs: readonly (readonly [what: string, rows: bigint, books: bigint])[] = [
    ["lines", earned + setOff, payout.amount],
    ["reserved", payout.amount, moved(requested, "available", "payout_in_transit")],
    ["net", netAmount(payout), moved(confirmed, "payout_in_transit", "cash")],
    ["fee", payout.fee, moved(confirmed, "payout_in_transit", "payout_fee")],
    ["tax", payout.tax_withheld, moved(confirmed, "payout_in_transit", "tax_withheld")],
    ["operator_fee", payout.operator_fee, moved(confirmed, "payout_cost", "payout_fee")],
  ];
  return pairs.find(([, rows, books]) => rows !== books)?.[0];
}

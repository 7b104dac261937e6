import type { PdfBrand } from "../platform/pdf/index.ts";

/** One line: a commission, or a reversal of one, and what of it is in the payout. */
export type StatementLine = {
  readonly line: number;
  readonly kind: "commission" | "reversal";
  readonly rule: string;
  /** Masked. */
  readonly customer: string | null;
  readonly occurredAt: Date;
  readonly commissionId: string;
  readonly amount: bigint;
};

/** What a statement says beside its lines. No amount or line in it depends on when it is asked for; the names do. */
export type Statement = {
  readonly payoutId: string;
  readonly programme: string;
  readonly partnerId: string;
  readonly partner: string | null;
  readonly currency: string;
  /** Available when the payout was requested, and what was left of it; null where nobody noted it. */
  readonly opening: bigint | null;
  readonly closing: bigint | null;
  /** What the lines add up to, positive and negative apart. */
  readonly earned: bigint;
  readonly setOff: bigint;
  readonly gross: bigint;
  readonly fee: bigint;
  readonly taxWithheld: bigint;
  readonly net: bigint;
  readonly requestedAt: Date;
  readonly paidAt: Date;
  /** It goes by bank file: what the program knows is that it was released to the bank. */
  readonly isByBankFile: boolean;
  readonly method: string;
  readonly transferId: string;
  /** How it looks on paper; plain when not given. */
  readonly brand?: PdfBrand | undefined;
};

/** The totals in the order in which they are read. */
export const totalsOf = (statement: Statement): readonly (readonly [label: string, amount: bigint])[] => [
  ...(statement.opening === null ? [] : [["Opening balance", statement.opening] as const]),
  ["Commissions", statement.earned],
  ["Reversals and debts set off", statement.setOff],
  ["Gross payout", statement.gross],
  ["Fee of the transfer", -statement.fee],
  ["Tax withheld", -statement.taxWithheld],
  [statement.isByBankFile ? "Net, released to the bank" : "Paid", statement.net],
  ...(statement.closing === null ? [] : [["Closing balance", statement.closing] as const]),
];

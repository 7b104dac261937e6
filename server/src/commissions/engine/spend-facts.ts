import type { EarningRule } from "./standing.ts";

/** What was earned while there was a limit, on what is dated in a month (its first day). */
export type SpentMonth = { readonly month: string; readonly currency: string; readonly spent: bigint };

/** A commission of which the limit left less than it would have earned. */
export type SpendCut = {
  readonly commissionId: string;
  readonly partnerId: string;
  /** The payment or card event that it is earned on. */
  readonly saleId: string;
  readonly rule: EarningRule;
  readonly wanted: bigint;
  readonly given: bigint;
};

/** What is known of the programme's limit on what all partners earn together. */
export type SpendFacts = {
  /** The most of a month, by currency. */
  readonly limits: ReadonlyMap<string, bigint>;
  /** By `spendKey`. */
  readonly spent: ReadonlyMap<string, SpentMonth>;
  /** What the limit left of commissions when they were first assessed, by their id: a fact, as it depends on what other partners had earned by then. */
  readonly cuts: ReadonlyMap<string, bigint>;
  /** What it left of what sales earned, whichever event or partner earned it, by `earningKey`: of those that are assessed again, and of signups. */
  readonly cutsOfSales: ReadonlyMap<string, bigint>;
};

export const NO_LIMIT: SpendFacts = { limits: new Map(), spent: new Map(), cuts: new Map(), cutsOfSales: new Map() };

export const spendKey = ({ month, currency }: Pick<SpentMonth, "month" | "currency">): string => `${month} ${currency}`;

import { refundedSoFar } from "../commissions/index.ts";
import { invariant } from "../kernel/invariant.ts";
import { roundHalfAwayFromZero } from "../kernel/money.ts";
import { PPM } from "../kernel/rate.ts";
import type { SubOperatorSale } from "../platform/database/index.ts";
import type { RevenueMode } from "../programs/index.ts";

export const SUB_OPERATOR_STATES = ["opening", "active", "suspended", "removed"] as const;
export type SubOperatorState = (typeof SUB_OPERATOR_STATES)[number];

/** From which states each act leads where. */
export const SUB_OPERATOR_ACTS = {
  open: { from: ["opening"], to: "active" },
  suspend: { from: ["active"], to: "suspended" },
  resume: { from: ["suspended"], to: "active" },
  remove: { from: ["active", "suspended"], to: "removed" },
} as const satisfies Record<string, { readonly from: readonly SubOperatorState[]; readonly to: SubOperatorState }>;
export type SubOperatorAct = keyof typeof SUB_OPERATOR_ACTS;

export const mayAct = (state: SubOperatorState, act: SubOperatorAct): boolean =>
  SUB_OPERATOR_ACTS[act].from.some((from) => from === state);

/** What a sub-operator owes of its sales, from when on. */
export type Contract = {
  readonly number: number;
  readonly mode: RevenueMode;
  /** What the parent has of each sale; 0 in mode `licence`. */
  readonly parentSharePpm: bigint;
  readonly effectiveFrom: Date;
};

/** Of the contracts that have begun at an instant, the one agreed on last; undefined before the first. */
export const contractAt = <Each extends Contract>(contracts: readonly Each[], at: Date): Each | undefined =>
  contracts
    .filter(({ effectiveFrom }) => effectiveFrom <= at)
    .reduce<Each | undefined>((last, each) => (last && last.number > each.number ? last : each), undefined);

/**
 * When a sale was made, for its contract: its date, and at the latest when it was recorded, so that a contract that is agreed on afterwards never
 * meets a sale that is in the books.
 */
export const madeAt = ({ occurred_at, recorded_at }: SubOperatorSale): Date =>
  occurred_at < recorded_at ? occurred_at : recorded_at;

/** What a transaction has changed: of the revenue, and of the parent's part of it. Minor units; below zero where it took back. */
export type Share = { readonly base: bigint; readonly amount: bigint };

/** The revenue of a sale: a payment without its tax, what a card event brought (docs/guides/money-rules.md, "What an event earns"). */
const revenueOf = ({ kind, amount, tax, revenue }: SubOperatorSale): bigint =>
  kind === "card" ? revenue : amount - tax;

/**
 * The parent's part of a revenue. The sub-operator's part is rounded as a commission is, half away from zero, and the parent has the rest: both
 * parts are whole, and together they are the revenue.
 */
export const parentPart = (revenue: bigint, parentSharePpm: bigint): bigint =>
  revenue - roundHalfAwayFromZero(revenue * (PPM - parentSharePpm), PPM);

/**
 * What is left of a sale after some of what reverses it: each part less round(part × refunded ÷ amount), so that parts never drift and a full
 * refund leaves nothing (docs/guides/money-rules.md, "What becomes of a commission").
 */
export function leftOf(root: SubOperatorSale, reversals: readonly SubOperatorSale[], parentSharePpm: bigint): Share {
  const base = revenueOf(root);
  const amount = parentPart(base, parentSharePpm);
  const refunded = refundedSoFar({
    amount: root.amount,
    reversals: reversals.map(({ id, kind, amount: taken, occurred_at, original_id }) => {
      invariant(kind !== "payment" && kind !== "card" && original_id !== null, "a reversal names what it reverses");
      return { id, kind, amount: taken, occurredAt: occurred_at, namesId: original_id };
    }),
  });
  const left = (part: bigint): bigint =>
    root.amount === 0n ? part : part - roundHalfAwayFromZero(part * refunded, root.amount);
  return { base: left(base), amount: left(amount) };
}

export type BookedShare = Share & { readonly transactionId: string };
export type NewShare = BookedShare & { readonly sale: SubOperatorSale };

/**
 * The rows that a sale and what reverses it still lack. Each brings what is booked to what is left after it: in whatever order they are told of,
 * and whatever is booked already, the rows together are what is left.
 */
export function missingShares(
  family: readonly SubOperatorSale[],
  booked: readonly BookedShare[],
  parentSharePpm: bigint,
): NewShare[] {
  const [root, ...reversals] = family;
  invariant(root !== undefined && root.id === root.root_id, "a sale comes before what reverses it");
  const known = new Set(booked.map(({ transactionId }) => transactionId));
  let sum = booked.reduce<Share>((total, row) => ({ base: total.base + row.base, amount: total.amount + row.amount }), {
    base: 0n,
    amount: 0n,
  });
  const rows: NewShare[] = [];
  for (const sale of family) {
    if (known.has(sale.id)) continue;
    known.add(sale.id);
    const left = leftOf(
      root,
      reversals.filter(({ id }) => known.has(id)),
      parentSharePpm,
    );
    rows.push({ transactionId: sale.id, sale, base: left.base - sum.base, amount: left.amount - sum.amount });
    sum = left;
  }
  return rows;
}

/** Host names as RFC 1123 has them, with at least one dot: what a browser asks for and a certificate is for. */
const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** A host in small letters; undefined where it is none. */
export function hostOf(text: string): string | undefined {
  const host = text.toLowerCase();
  return HOST.test(host) ? host : undefined;
}

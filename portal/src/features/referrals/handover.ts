import type { components } from "@tributary/sdk";

type Commission = Pick<components["schemas"]["Commission"], "amount" | "currency" | "status">;

/** What becomes of what a customer earned its partner, by currency in minor units: what goes back at most, and what stays. */
export type Handover = { readonly currency: string; readonly moves: number; readonly stays: number };

/** Not paid, not disputed and not ended: may go. Of what is approved a part may be in a payout that is under way, and then stays. */
const MOVES: readonly Commission["status"][] = ["pending", "approved"];

/** Sums up what a re-attribution would take from the partner who has the customer. Rows that take a part back count against what they took from. */
export function handoverOf(commissions: readonly Commission[]): Handover[] {
  const sums = new Map<string, { moves: number; stays: number }>();
  for (const { amount, currency, status } of commissions) {
    if (status === "cancelled") continue;
    const sum = sums.get(currency) ?? { moves: 0, stays: 0 };
    if (MOVES.includes(status)) sum.moves += amount;
    else sum.stays += amount;
    sums.set(currency, sum);
  }
  return [...sums]
    .map(([currency, sum]) => ({ currency, ...sum }))
    .toSorted((a, b) => a.currency.localeCompare(b.currency));
}

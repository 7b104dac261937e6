import { least } from "../../kernel/bigints.ts";
import type { Original, Reversal } from "./standing.ts";

/**
 * What has been taken back of an event, at most all of it. What a chargeback took counts less what was won of it, whenever it was won; a
 * won chargeback gives back at most its own amount.
 */
export const refundedSoFar = (original: Pick<Original, "amount" | "reversals">): bigint =>
  least(
    original.amount,
    sumOfNet(original, () => true),
  );

/**
 * Whether nothing is left of a qualifying payment, so that its signup falls: through what is dated before the end of the payment's hold, or
 * through chargebacks of all of it at any time.
 */
export function isLost(original: Original, holdUntil: Date): boolean {
  const early = sumOfNet(original, ({ occurredAt }) => occurredAt < holdUntil);
  const chargedBack = sumOfNet(original, ({ kind }) => kind === "chargeback");
  return early >= original.amount || chargedBack >= original.amount;
}

function sumOfNet({ reversals }: Pick<Original, "reversals">, counts: (reversal: Reversal) => boolean): bigint {
  const won = new Map<string, bigint>();
  for (const { kind, namesId, amount } of reversals) {
    if (kind === "chargeback_won") won.set(namesId, (won.get(namesId) ?? 0n) + amount);
  }
  return reversals
    .filter((reversal) => reversal.kind !== "chargeback_won" && counts(reversal))
    .reduce((sum, { id, amount }) => sum + amount - least(amount, won.get(id) ?? 0n), 0n);
}

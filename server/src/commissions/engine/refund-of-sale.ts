import { least, most, sumOf } from "../../kernel/bigints.ts";
import type { EngineEvent, Rounds } from "./engine-event.ts";
import { type Fold, partnerOf } from "./fold.ts";
import { proRata, rounded } from "./product.ts";
import type { CommissionStanding } from "./standing.ts";

/** What has been taken back of an event so far, and of how much. */
export type Taken = { readonly refunded: bigint; readonly of: bigint };

/** From an act with the word on, what is taken back of a sale is rounded once for all that a rule earned on it (docs/adr/0082). */
export function takeRounds(fold: Fold, partnerId: string, rounds: Rounds | undefined): void {
  const partner = partnerOf(fold, partnerId);
  if (rounds === "sale" && !partner.roundsSales) fold.partners.set(partnerId, { ...partner, roundsSales: true });
}

/** Commissions in groups of those whose parts are rounded together: what stands of one sale by one rule, or each alone before any act has said so. */
export function roundedTogether(
  fold: Fold,
  { partnerId }: EngineEvent,
  commissions: readonly CommissionStanding[],
): CommissionStanding[][] {
  if (!partnerOf(fold, partnerId).roundsSales) return commissions.map((one) => [one]);
  const keyOf = ({
    id,
    partnerId: ofPartner,
    referralId,
    transactionId,
    rule,
    currency,
    closedBy,
  }: CommissionStanding) =>
    closedBy === null ? `${ofPartner} ${referralId} ${transactionId} ${rule} ${currency}` : id;
  return [...Map.groupBy(commissions, keyOf).values()];
}

type Part = Pick<CommissionStanding, "amount" | "reversed">;

/**
 * What is to be taken back of each commission of a sale, so that together they come to `target`. Each moves towards its own part of the refund, what was
 * added last first, and none away from it; the unit that rounding leaves goes to the last that has room.
 */
export function spreadRefund(parts: readonly Part[], target: bigint, { refunded, of }: Taken): bigint[] {
  const reversed = parts.map((one) => least(one.reversed, one.amount));
  let missing = target - sumOf(reversed);
  const isMore = missing > 0n;
  const moveTowards = (boundOf: (part: Part) => bigint) => {
    for (let at = parts.length - 1; at >= 0; at -= 1) {
      const [part, now] = [parts[at], reversed[at]];
      if (part === undefined || now === undefined) continue;
      const way = boundOf(part) - now;
      const step = isMore ? least(most(way, 0n), missing) : most(least(way, 0n), missing);
      reversed[at] = now + step;
      missing -= step;
    }
  };
  moveTowards(({ amount }) => rounded(proRata(amount, refunded, of)));
  moveTowards(({ amount }) => (isMore ? amount : 0n));
  return reversed;
}

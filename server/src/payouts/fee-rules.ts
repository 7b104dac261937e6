import { roundHalfAwayFromZero } from "../kernel/money.ts";
import { PPM } from "../kernel/rate.ts";
import type { CurrencySettings } from "./settings-repository.ts";

/** The fee of a transfer by who bears it: the partner's is kept back from the payout, the programme's is a cost beside it. */
export type Fees = { readonly partner: bigint; readonly programme: bigint };

export type FeeTerms = Pick<CurrencySettings, "feeBorneBy" | "feeFixed" | "feePpm">;

const NO_FEES: Fees = { partner: 0n, programme: 0n };

/**
 * What a transfer of `amount` costs: the fixed part and the rate's, rounded once. A partner's fee is rounded up to what leaves an amount that
 * the provider can move.
 */
export function feesOf(terms: FeeTerms | undefined, amount: bigint, step: bigint): Fees {
  if (terms === undefined) return NO_FEES;
  const fee = terms.feeFixed + roundHalfAwayFromZero(amount * terms.feePpm, PPM);
  if (terms.feeBorneBy === "programme") return { partner: 0n, programme: fee };
  const left = amount - fee;
  return { partner: left <= 0n ? fee : fee + (left % step), programme: 0n };
}

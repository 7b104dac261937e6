import { roundHalfAwayFromZero } from "../kernel/money.ts";
import { fractionFromPpm, PPM } from "../kernel/rate.ts";

/** What is counted, without a currency. `clicks` are without repeats; `fromClicks` is the part of the referrals that came by a click. */
export type Counts = {
  readonly clicks: bigint;
  readonly repeatClicks: bigint;
  readonly signups: bigint;
  readonly conversions: bigint;
  readonly qualified: bigint;
  readonly rejected: bigint;
  readonly fromClicks: { readonly signups: bigint; readonly conversions: bigint };
};

/** What is summed, in one currency. `revenue` and `commissionEarned` are the sums of the parts that follow them. */
export type Amounts = {
  readonly currency: string;
  readonly revenue: bigint;
  readonly payments: bigint;
  readonly cardRevenue: bigint;
  readonly refunds: bigint;
  readonly chargebacks: bigint;
  readonly chargebacksWon: bigint;
  readonly cardVolume: bigint;
  readonly commissionEarned: bigint;
  readonly commissionSignup: bigint;
  readonly commissionRecurring: bigint;
  readonly commissionTransaction: bigint;
  readonly commissionBonus: bigint;
};

export const NO_COUNTS: Counts = {
  clicks: 0n,
  repeatClicks: 0n,
  signups: 0n,
  conversions: 0n,
  qualified: 0n,
  rejected: 0n,
  fromClicks: { signups: 0n, conversions: 0n },
};

export const noAmounts = (currency: string): Amounts => ({
  currency,
  revenue: 0n,
  payments: 0n,
  cardRevenue: 0n,
  refunds: 0n,
  chargebacks: 0n,
  chargebacksWon: 0n,
  cardVolume: 0n,
  commissionEarned: 0n,
  commissionSignup: 0n,
  commissionRecurring: 0n,
  commissionTransaction: 0n,
  commissionBonus: 0n,
});

/** A part of a whole as a decimal fraction of six places; null where there is no whole. Above 1 where the whole was earlier. */
export const rateOf = (part: bigint, whole: bigint): number | null =>
  whole === 0n ? null : signedFraction(part * PPM, whole);

/** Rates between the stages of a funnel; those that begin with clicks are of referrals that came by one. */
export const ratesOf = (counts: Counts) => ({
  clickToSignup: rateOf(counts.fromClicks.signups, counts.clicks),
  clickToConversion: rateOf(counts.fromClicks.conversions, counts.clicks),
  signupToConversion: rateOf(counts.conversions, counts.signups),
  conversionToQualified: rateOf(counts.qualified, counts.conversions),
});

type Compared = { readonly value: bigint; readonly previous: bigint; readonly change: number | null };

/** A figure beside that of the period before: `change` is the difference as a fraction of what was, null where that was nothing. */
export const compare = (value: bigint, previous: bigint): Compared => ({
  value,
  previous,
  change: previous === 0n ? null : signedFraction((value - previous) * PPM, previous < 0n ? -previous : previous),
});

/** Counts beside those of the period before. */
export const compareCounts = (now: Counts, before: Counts) => ({
  clicks: compare(now.clicks, before.clicks),
  signups: compare(now.signups, before.signups),
  conversions: compare(now.conversions, before.conversions),
  qualified: compare(now.qualified, before.qualified),
  rejected: compare(now.rejected, before.rejected),
});

/** Amounts beside those of the period before, by currency: each currency of either. */
export function compareAmounts(now: readonly Amounts[], before: readonly Amounts[]) {
  const currencies = [...new Set([...now, ...before].map((amounts) => amounts.currency))].sort();
  const of = (all: readonly Amounts[], currency: string): Amounts =>
    all.find((amounts) => amounts.currency === currency) ?? noAmounts(currency);
  return currencies.map((currency) => {
    const [value, previous] = [of(now, currency), of(before, currency)];
    return {
      currency,
      revenue: compare(value.revenue, previous.revenue),
      commissionEarned: compare(value.commissionEarned, previous.commissionEarned),
    };
  });
}

/** A number of things a day, of six places. */
export const perDay = (things: bigint, days: number): number => signedFraction(things * PPM, BigInt(days));

/** What was earned over heads, by currency, rounded once to the minor unit; nothing where there is nobody. */
export const averagesOf = (amounts: readonly Amounts[], heads: bigint): { currency: string; amount: bigint }[] =>
  heads === 0n
    ? []
    : amounts.map(({ currency, commissionEarned }) => ({
        currency,
        amount: roundHalfAwayFromZero(commissionEarned, heads),
      }));

/** What a hundred clicks earned, by currency, rounded once to the minor unit; nothing where there was no click. */
export const earningsPerHundredClicks = (amounts: readonly Amounts[], clicks: bigint) =>
  averagesOf(
    amounts.map((of) => ({ ...of, commissionEarned: of.commissionEarned * 100n })),
    clicks,
  );

const signedFraction = (numerator: bigint, denominator: bigint): number =>
  fractionFromPpm(roundHalfAwayFromZero(numerator, denominator));

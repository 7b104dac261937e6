/** From one step of the funnel to the next. */
export const STEPS = ["click_to_signup", "signup_to_conversion", "conversion_to_payment"] as const;
export type Step = (typeof STEPS)[number];

/** A bucket is wider than the one before it by 2^(1/4): what is read from them is never less than what was, and at most 19 % more. */
export const BUCKETS_PER_DOUBLING = 4;

/** How many referrals took at most `2 ^ (bucket / 4)` seconds, and more than the bucket before. */
export type StepBucket = { readonly step: Step; readonly bucket: number; readonly referrals: bigint };

type StepTime = {
  readonly step: Step;
  readonly referrals: bigint;
  /** Seconds that a quarter, half, three quarters and nine tenths of them took at most; null where there is nobody. */
  readonly lowerQuartileSeconds: number | null;
  readonly medianSeconds: number | null;
  readonly upperQuartileSeconds: number | null;
  readonly ninthDecileSeconds: number | null;
};

/** Times between the steps, of every step, from counts by bucket. */
export const timesOf = (buckets: readonly StepBucket[]): StepTime[] =>
  STEPS.map((step) => {
    const ofStep = buckets.filter((bucket) => bucket.step === step).toSorted((one, other) => one.bucket - other.bucket);
    const referrals = ofStep.reduce((sum, bucket) => sum + bucket.referrals, 0n);
    const quantile = (percent: bigint) => secondsAt(ofStep, (referrals * percent + 99n) / 100n);
    return {
      step,
      referrals,
      lowerQuartileSeconds: quantile(25n),
      medianSeconds: quantile(50n),
      upperQuartileSeconds: quantile(75n),
      ninthDecileSeconds: quantile(90n),
    };
  });

/** What the referral at a place, by time taken, took at most, in whole seconds. */
function secondsAt(buckets: readonly StepBucket[], place: bigint): number | null {
  let seen = 0n;
  for (const { bucket, referrals } of buckets) {
    seen += referrals;
    if (seen >= place) return Math.ceil(2 ** (bucket / BUCKETS_PER_DOUBLING));
  }
  return null;
}

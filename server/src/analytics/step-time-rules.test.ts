import fc from "fast-check";
import { expect, it } from "vitest";
import { BUCKETS_PER_DOUBLING, timesOf } from "./step-time-rules.ts";

const bucketOf = (seconds: number) => Math.ceil(BUCKETS_PER_DOUBLING * Math.log2(Math.max(seconds, 1)));
const timeOf = (seconds: readonly number[]) =>
  timesOf(seconds.map((of) => ({ step: "signup_to_conversion" as const, bucket: bucketOf(of), referrals: 1n }))).find(
    ({ step }) => step === "signup_to_conversion",
  );

it("a time between steps is never less than what was, and less than a fifth above it", () => {
  const seconds = fc.array(fc.integer({ min: 1, max: 100_000_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(seconds, (taken) => {
      const ordered = taken.toSorted((one, other) => one - other);
      const exact = (share: number) => ordered[Math.ceil(ordered.length * share) - 1] ?? Number.NaN;
      const told = timeOf(taken);
      for (const [share, value] of [
        [0.25, told?.lowerQuartileSeconds],
        [0.5, told?.medianSeconds],
        [0.75, told?.upperQuartileSeconds],
        [0.9, told?.ninthDecileSeconds],
      ] as const) {
        expect(value).toBeGreaterThanOrEqual(exact(share));
        expect(value).toBeLessThanOrEqual(Math.ceil(exact(share) * 2 ** (1 / BUCKETS_PER_DOUBLING)));
      }
    }),
  );
});

it("a step is timed by its own referrals alone, in whatever order they are counted", () => {
  const [signup, conversion] = [{ step: "click_to_signup" }, { step: "signup_to_conversion" }] as const;
  const times = timesOf([
    { ...signup, bucket: 16, referrals: 1n },
    { ...conversion, bucket: 40, referrals: 100n },
    { ...signup, bucket: 8, referrals: 3n },
  ]);
  expect(times).toEqual([
    {
      step: "click_to_signup",
      referrals: 4n,
      lowerQuartileSeconds: 4,
      medianSeconds: 4,
      upperQuartileSeconds: 4,
      ninthDecileSeconds: 16,
    },
    {
      step: "signup_to_conversion",
      referrals: 100n,
      lowerQuartileSeconds: 1_024,
      medianSeconds: 1_024,
      upperQuartileSeconds: 1_024,
      ninthDecileSeconds: 1_024,
    },
    expect.objectContaining({ step: "conversion_to_payment", referrals: 0n, upperQuartileSeconds: null }),
  ]);
});

it("a step that nobody took has no times", () => {
  expect(timesOf([])).toMatchObject([{ referrals: 0n, medianSeconds: null }, { ninthDecileSeconds: null }, {}]);
});

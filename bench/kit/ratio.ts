/** A figure over several rounds: its median, and between what it lay. */
export type Spread = { readonly median: number; readonly min: number; readonly max: number };

export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** A figure of the subject beside the same of its floor, round by round. */
export type Check = {
  readonly figure: string;
  readonly unit: string;
  readonly subject: Spread;
  readonly floor: Spread;
  /** The median of the rounds' ratios, subject over floor: what disturbs a round disturbs both its halves. */
  readonly ratio: Spread;
  readonly target: Target;
  readonly isMet: boolean;
};

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return { median: (low + high) / 2, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

/** Compares what each round gave for subject and floor. */
export function check(of: {
  readonly figure: string;
  readonly unit: string;
  readonly subject: readonly number[];
  readonly floor: readonly number[];
  readonly target: Target;
}): Check {
  const ratio = spreadOf(of.subject.map((value, round) => value / (of.floor[round] ?? Number.NaN)));
  const isMet = "atLeast" in of.target ? ratio.median >= of.target.atLeast : ratio.median <= of.target.atMost;
  return { ...of, subject: spreadOf(of.subject), floor: spreadOf(of.floor), ratio, isMet };
}

/** Runs each leg once a round, in the order given, and returns what each measured, by leg, in the order of the rounds. */
export async function interleave<Name extends string, Sample>(
  legs: Readonly<Record<Name, (round: number) => Promise<Sample>>>,
  rounds: number,
): Promise<Readonly<Record<Name, Sample[]>>> {
  const names = Object.keys(legs) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as Sample[]])) as Record<Name, Sample[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) samples[name].push(await legs[name](round));
  }
  return samples;
}

/** The value below which `share` of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

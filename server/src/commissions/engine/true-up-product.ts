import { least, most } from "../../kernel/bigints.ts";
import { PPM } from "../../kernel/rate.ts";
import type { VolumeStep, VolumeTrueUp } from "../../programs/index.ts";
import type { Product } from "./product.ts";

/** A part of a period's volume, and the step whose rate it earns at. */
export type Slice = { readonly step: VolumeStep; readonly base: bigint };

export type Volume = {
  /** What had added up before the period began: of a rolling window alone. */
  readonly before: bigint;
  /** Of each payment of the period, in the order of their dates. */
  readonly bases: readonly bigint[];
};

/**
 * Cuts a period's volume into slices by step. Volume below the first step is in none.
 *
 * `retroactive`: all of it at the step that the whole reached. `graduated`: what lies between two thresholds at the lower one. `prospective`: each
 * payment, whole, at the step that the volume before it had reached: the payment that crosses a threshold is the last below it.
 */
export function slicesOf({ mode, steps }: Pick<VolumeTrueUp, "mode" | "steps">, { before, bases }: Volume): Slice[] {
  const total = bases.reduce((sum, base) => sum + base, before);
  const stepAt = (volume: bigint): VolumeStep | undefined => steps.findLast(({ from }) => from <= volume);
  const bySteps = new Map<VolumeStep, bigint>();
  const add = (step: VolumeStep | undefined, base: bigint): void => {
    if (step !== undefined && base > 0n) bySteps.set(step, (bySteps.get(step) ?? 0n) + base);
  };
  if (mode === "retroactive") add(stepAt(total), total - before);
  if (mode === "graduated") {
    for (const [index, step] of steps.entries()) {
      const end = steps[index + 1]?.from ?? total;
      add(step, least(end, total) - most(step.from, before));
    }
  }
  if (mode === "prospective") {
    let reached = before;
    for (const base of bases) {
      add(stepAt(reached), base);
      reached += base;
    }
  }
  return steps.flatMap((step) => {
    const base = bySteps.get(step);
    return base === undefined ? [] : [{ step, base }];
  });
}

/** What slices earn in all, exactly; it is rounded once. */
export const trueUpProduct = (slices: readonly Slice[], multiplierPpm: bigint): Product => ({
  numerator: slices.reduce((sum, { step, base }) => sum + base * step.ratePpm, 0n) * multiplierPpm,
  denominator: PPM ** 2n,
});

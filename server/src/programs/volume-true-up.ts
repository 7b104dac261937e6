import { type Static, Type } from "typebox";
import { ppmFromFraction } from "../kernel/rate.ts";
import { planErrors } from "./program-errors.ts";

/** How long volume adds up: a calendar month, quarter or year, or the days before the end of each month. */
export const VOLUME_PERIODS = ["month", "quarter", "year", "rolling"] as const;
export type VolumePeriod = (typeof VOLUME_PERIODS)[number];

/** Which part of the volume a step's rate applies to. */
export const VOLUME_MODES = ["graduated", "prospective", "retroactive"] as const;
export type VolumeMode = (typeof VOLUME_MODES)[number];

/** From so much volume on, `ratePpm` of it is earned beside what the payments earned. */
export type VolumeStep = { readonly from: bigint; readonly ratePpm: bigint };

/** What is earned at the end of a period on the volume of it. */
export type VolumeTrueUp = {
  readonly period: VolumePeriod;
  /** Of `rolling` alone: so many days, the last day of the month the last of them. */
  readonly windowDays: number | null;
  readonly mode: VolumeMode;
  /** Ascending; at least one. */
  readonly steps: readonly VolumeStep[];
};

const WINDOW_DAYS = { minimum: 31, maximum: 366 };

export const VolumeTrueUpDocument = Type.Object(
  {
    period: Type.Enum([...VOLUME_PERIODS], {
      description: "`rolling` is settled each month, on the volume of the `windowDays` before the month's end",
    }),
    windowDays: Type.Optional(Type.Integer({ ...WINDOW_DAYS, description: "Of `rolling`, and of it alone" })),
    mode: Type.Enum([...VOLUME_MODES], {
      description:
        "`graduated`: each slice of the volume at its own step; `prospective`: each payment at the step that the volume before it reached; `retroactive`: all of it at the step that the whole reached",
    }),
    steps: Type.Array(
      Type.Object(
        {
          from: Type.Integer({
            minimum: 0,
            maximum: Number.MAX_SAFE_INTEGER,
            description: "From so much volume on, in minor units of the plan's currency",
          }),
          rate: Type.Number({
            minimum: 0,
            maximum: 1,
            description: "Earned beside what the payments earned, as a decimal fraction of at most six places",
          }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 50, description: "Ascending by `from`, each rate higher than the one before" },
    ),
  },
  {
    additionalProperties: false,
    description: "What is earned on the volume of a period when it ends: a bonus beside what each payment earned",
  },
);
export type VolumeTrueUpDocument = Static<typeof VolumeTrueUpDocument>;

/** Reads a true-up. Throws the catalogue error of the first field that cannot be. */
export function readVolumeTrueUp(field: string, given: VolumeTrueUpDocument): VolumeTrueUp {
  const { period, mode, windowDays = null } = given;
  const isRolling = period === "rolling";
  const isWindow =
    windowDays !== null &&
    Number.isInteger(windowDays) &&
    windowDays >= WINDOW_DAYS.minimum &&
    windowDays <= WINDOW_DAYS.maximum;
  if (isRolling ? !isWindow : windowDays !== null)
    throw planErrors.volume_window_invalid({ field: `${field}.windowDays`, period, ...WINDOW_DAYS });
  const steps = given.steps.map(({ from, rate }, index): VolumeStep => {
    if (!Number.isSafeInteger(from) || from < 0)
      throw planErrors.amount_invalid({ field: `${field}.steps.${index}.from`, value: from });
    return { from: BigInt(from), ratePpm: readRate(`${field}.steps.${index}.rate`, rate) };
  });
  for (const [index, { from, ratePpm }] of steps.entries()) {
    const before = steps[index - 1];
    if (before !== undefined && (from <= before.from || ratePpm <= before.ratePpm))
      throw planErrors.steps_not_ascending({ field: `${field}.steps.${index}` });
  }
  return { period, windowDays, mode, steps };
}

function readRate(field: string, fraction: number): bigint {
  try {
    return ppmFromFraction(fraction);
  } catch (error) {
    throw planErrors.rate_invalid({ field, value: fraction }, error);
  }
}

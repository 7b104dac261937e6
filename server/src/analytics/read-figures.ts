import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { type Counts, NO_COUNTS } from "./figure-rules.ts";
import { type Period, type PeriodInput, resolvePeriod, stepOf, stepsOf } from "./period-rules.ts";
import { findProgress } from "./roll-up-repository.ts";

/** What every answer says about its figures: of which days, in which time zone, and up to when they are whole. */
export type About = {
  readonly period: Period;
  readonly timeZone: string;
  /** The programme's currency; other currencies stand beside it, never in one sum with it. */
  readonly currency: string;
  /** Everything that was committed before this is in the figures; null before the first roll-up. */
  readonly upTo: Date | null;
};

/**
 * Reads figures of one moment: a roll-up that commits between two of the statements is seen by neither, so that parts add up to their
 * totals.
 */
export const readFigures = <Result>(
  deps: AnalyticsDeps,
  ctx: Ctx,
  { input, read }: { readonly input: PeriodInput; readonly read: (tx: ReadTx, about: About) => Promise<Result> },
): Promise<Result> =>
  deps.db.read(ctx, async (tx) => {
    await sql`set transaction isolation level repeatable read`.execute(tx);
    const program = await deps.programs.getProgram(tx);
    const progress = await findProgress(tx);
    // Days are as the roll-up cuts them: a programme that moves to another zone is shown there from its next roll-up on.
    const { timeZone, currency } = progress ?? program;
    const period = resolvePeriod(input, { now: ctx.now, timeZone });
    return read(tx, { period, timeZone, currency, upTo: progress?.rolledUpTo ?? null });
  });

/** A series without gaps: each step of the period with what is known of it. */
export const seriesOf = <Step>(
  period: Period,
  figures: (firstDay: string) => Step,
): ({ readonly from: string; readonly to: string } & Step)[] =>
  stepsOf(period).map((days) => ({ ...days, ...figures(stepOf(days.from, period.granularity)) }));

export const countsAt = (steps: ReadonlyMap<string, Counts>, firstDay: string): Counts =>
  steps.get(firstDay) ?? NO_COUNTS;

import { type Ctx, withoutIdempotency } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { markDaysOf, markEverything } from "./mark-everything.ts";
import { carryCounts, rollUpClicks, rollUpReferrals } from "./roll-up-counts.ts";
import { rollUpCohorts, rollUpPayingMonths, rollUpStepTimes } from "./roll-up-customers.ts";
import { dropEmptyDays, rollUpCommissions, rollUpTransactions } from "./roll-up-money.ts";
import {
  type Cell,
  type Frame,
  findProgress,
  isAnythingTouched,
  lockProgress,
  type Source,
  saveProgress,
  takeTouched,
} from "./roll-up-repository.ts";
import { rollUpRevenueFacts } from "./roll-up-revenue-facts.ts";

/** Marks taken in one transaction. */
const MARKS_MAX = 5_000;
/** Transactions in one wake; what is left waits for the next. */
const BATCHES_MAX = 500;

const ROLL_UPS: Readonly<Record<Source, readonly ((tx: Tx, cells: readonly Cell[], frame: Frame) => Promise<void>)[]>> =
  {
    clicks: [rollUpClicks],
    referrals: [rollUpReferrals, rollUpStepTimes, rollUpCohorts],
    transactions: [rollUpTransactions, rollUpRevenueFacts, rollUpPayingMonths],
    commissions: [rollUpCommissions],
  };

/**
 * Rolls up what has changed since the last time, and says how many marks that were.
 *
 * Exact by construction, not by care with timestamps: a mark is written by the transaction of the change (migration 1200), taken by the
 * transaction that computes its day anew, and the computation starts after the taking. A change that commits later brings a mark that is
 * taken later. A crash rolls back both; a second run finds nothing; two at once follow each other.
 */
export const rollUpAnalytics =
  (deps: AnalyticsDeps) =>
  async (ctx: Ctx): Promise<{ readonly marks: number }> => {
    // A tenant that is not set up yet has no programme, and nothing to roll up.
    const isIdle = await deps.db.read(ctx, async (tx) => !(await findProgress(tx)) && !(await isAnythingTouched(tx)));
    if (isIdle) return { marks: 0 };
    let marks = 0;
    for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
      const { taken, isRestLeft } = await deps.db.transaction(withoutIdempotency(ctx), (tx) => rollUpBatch(deps, tx));
      marks += taken;
      if (!isRestLeft) break;
    }
    return { marks };
  };

/** One transaction's worth. What was committed before `ctx.now` has its marks among those that are there: without a rest, all is in. */
async function rollUpBatch(
  deps: AnalyticsDeps,
  tx: Tx,
): Promise<{ readonly taken: number; readonly isRestLeft: boolean }> {
  const { timeZone, currency } = await deps.programs.getProgram(tx);
  const frame = { timeZone, currency };
  const until = await lockProgress(tx, frame);
  if (until.timeZone !== timeZone || until.currency !== currency) await markEverything(tx);

  const { taken, cells, wholePartners, ...touched } = await takeTouched(tx, { timeZone, limit: MARKS_MAX });
  if (wholePartners.length > 0) await markDaysOf(tx, wholePartners, frame);
  for (const [source, days] of cells) for (const rollUp of ROLL_UPS[source]) await rollUp(tx, days, frame);
  const counted = [...(cells.get("clicks") ?? []), ...(cells.get("referrals") ?? [])];
  const days = distinct([...cells.values()].flat());
  if (counted.length > 0) await carryCounts(tx, distinct(counted), frame);
  if (days.length > 0) await dropEmptyDays(tx, days);

  const isRestLeft = touched.isRestLeft || wholePartners.length > 0;
  await saveProgress(tx, isRestLeft ? frame : { ...frame, rolledUpTo: tx.ctx.now });
  return { taken, isRestLeft };
}

const distinct = (cells: readonly Cell[]): Cell[] => [
  ...new Map(cells.map((cell) => [`${cell.partnerId} ${cell.day}`, cell])).values(),
];

/**
 * Computes every day anew from its sources, as after a repair by hand. It marks all partners, a few at a time then mark their days, and
 * those are rolled up like any change: no transaction grows with the programme, readers see each day as it was or as it is, and a rebuild that is
 * cut off goes on with the next wake.
 */
export const rebuildAnalytics =
  (deps: AnalyticsDeps) =>
  async (ctx: Ctx): Promise<{ readonly marks: number }> => {
    await deps.db.transaction(withoutIdempotency(ctx), async (tx) => {
      const { timeZone, currency } = await deps.programs.getProgram(tx);
      await lockProgress(tx, { timeZone, currency });
      await markEverything(tx);
    });
    return rollUpAnalytics(deps)(ctx);
  };

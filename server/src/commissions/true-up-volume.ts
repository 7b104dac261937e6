import { addDays, addMonths, dateInZone, startOfDay } from "../kernel/calendar.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope, withoutIdempotency } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { ReportProgress } from "../platform/jobs/index.ts";
import type { CalculationDeps } from "./assessment-deps.ts";
import type { CommissionDeps, ProgramZone } from "./commission-deps.ts";
import { assess } from "./engine/assess.ts";
import type { EventOf } from "./engine/engine-event.ts";
import { endedMonths, periodEndingWith, type TrueUpPeriod } from "./engine/true-up-period.ts";
import { loadStandings, readGround } from "./load-facts.ts";
import { findStandingPartners } from "./replay-repository.ts";
import {
  findFirstVolume,
  findLastAssessed,
  findSettledPeriods,
  isTouched,
  type SettledPeriod,
  saveSettledPeriod,
} from "./volume-period-repository.ts";

/** What settling asks of the modules below, beside what assessment does. */
export type TrueUpDeps = CalculationDeps &
  ProgramZone & { readonly partners: Pick<CommissionDeps["partners"], "currentTerms"> };

/** Periods that ended in so many months are settled, and settled anew where something of them has changed: as long as a chargeback may come. */
const MONTHS_LOOKED_BACK = 13;

export type TrueUpReport = {
  /** Periods that were looked at, each with what had changed of it. */
  readonly periods: number;
  /** Periods of which something was booked, or that have their first receipt. */
  readonly settled: number;
};

/** A period of a partner that may have to be settled. */
type Candidate = { readonly partnerId: string; readonly termsId: string; readonly period: TrueUpPeriod };

/**
 * Settles the volume of every period that has ended, partner by partner, each period in one transaction under the lock of the partner's sequence. A
 * period is looked at again when the partner's sequence has gone on, and settled anew where that changes what it earns. Safe to run at any time, any
 * number of times at once: whoever comes second finds the period looked at. Trouble with one partner does not stop the others; it is thrown at the end.
 */
export const trueUpVolume =
  (deps: TrueUpDeps) =>
  async (ctx: Ctx, report?: ReportProgress): Promise<TrueUpReport> => {
    requireScope(ctx, "commissions:write");
    const inner = withoutIdempotency(ctx);
    const total = { periods: 0, settled: 0 };
    const failures: unknown[] = [];
    for (let after = ""; ; ) {
      const page = await deps.db.read(inner, (tx) => findStandingPartners(tx, after));
      if (page.length === 0) break;
      after = page.at(-1) ?? after;
      for (const candidate of await findCandidates(deps, inner, page)) {
        try {
          total.settled += Number(await deps.db.transaction(inner, (tx) => settlePeriod(deps, tx, candidate)));
          total.periods += 1;
          await report?.(total.periods);
        } catch (error) {
          failures.push(error);
        }
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `settling failed for ${failures.length} periods`);
    return total;
  };

/** The periods of partners that have ended and that may have changed since they were looked at. */
const findCandidates = (deps: TrueUpDeps, ctx: Ctx, partnerIds: readonly string[]): Promise<Candidate[]> =>
  deps.db.read(ctx, async (tx) => {
    const { timeZone } = await deps.programs.getProgram(tx);
    const months = endedMonths(dateInZone(ctx.now, timeZone), MONTHS_LOOKED_BACK);
    const since = months.at(-1) ?? "";
    const settled = Map.groupBy(await findSettledPeriods(tx, { partnerIds, since }), keyOf);
    const last = await findLastAssessed(tx, partnerIds);
    const first = await findFirstVolume(tx, partnerIds);
    const candidates: Candidate[] = [];
    for (const month of months.toReversed()) {
      const end = new Date(startOfDay(addMonths(month, 1), timeZone).getTime() - 1);
      const terms = await deps.partners.currentTerms(tx, partnerIds, end);
      for (const [partnerId, { id, volumeTrueUp }] of terms) {
        const period = volumeTrueUp && periodEndingWith(volumeTrueUp, month);
        const began = first.get(partnerId);
        if (!period || id === undefined || began === undefined || began > end) continue;
        const [before] = settled.get(keyOf({ partnerId, periodEnd: period.periodEnd })) ?? [];
        if (before !== undefined && before.checkedNumber >= (last.get(partnerId) ?? 0n)) continue;
        candidates.push({ partnerId, termsId: before?.termsId ?? id, period });
      }
    }
    return candidates;
  });

const keyOf = ({ partnerId, periodEnd }: { readonly partnerId: string; readonly periodEnd: string }): string =>
  `${partnerId} ${periodEnd}`;

const AFTER_ALL = 2n ** 62n;

/** Settles one period where that changes anything; says whether it did. The first time leaves a receipt where there was any volume. */
async function settlePeriod(deps: TrueUpDeps, tx: Tx, { partnerId, termsId, period }: Candidate): Promise<boolean> {
  await deps.partners.lockSequences(tx, [partnerId]);
  const { periodEnd } = period;
  const last = (await findLastAssessed(tx, [partnerId])).get(partnerId) ?? 0n;
  const settled = await findSettledPeriods(tx, { partnerIds: [partnerId], since: period.periodStart });
  const before = settled.find((one) => one.periodEnd === periodEnd);
  if (before !== undefined && before.checkedNumber >= last) return false;

  // Other terms have settled a longer period that holds this one.
  const isHeldBy = (one: SettledPeriod) => one.periodEnd > periodEnd && one.periodStart <= period.periodStart;
  if (before === undefined && settled.some(isHeldBy)) return false;

  const periodStart = before?.periodStart ?? startAfter(settled, period);
  const windowStart = period.windowStart < periodStart ? period.windowStart : periodStart;
  const data = { termsId: before?.termsId ?? termsId, periodStart, periodEnd, windowStart };
  const days = { from: windowStart, to: periodEnd };
  if (before && !(await isTouched(tx, { partnerId, after: before.checkedNumber, ...days }))) {
    await saveSettledPeriod(tx, { ...before, checkedNumber: last });
    return false;
  }
  const isDue = await changesAnything(deps, tx, { partnerId, data, isFirst: before === undefined });
  let checkedNumber = last;
  if (isDue) {
    const [recorded] = await deps.partners.recordEvents(tx, [
      { partnerId, kind: "true_up", referralId: null, data, occurredAt: tx.ctx.now },
    ]);
    invariant(recorded, "what was recorded comes back");
    checkedNumber = recorded.number;
    await deps.audit.record(tx, "commissions.trued_up", {
      targetType: "partner",
      targetId: partnerId,
      after: { periodStart, periodEnd, termsId: data.termsId, eventId: recorded.id },
    });
  }
  await saveSettledPeriod(tx, { partnerId, periodStart, periodEnd, termsId: data.termsId, checkedNumber });
  return isDue;
}

/** Where other terms have settled a part of the period, what is left of it earns. All of it still decides the step, as in a rolling window. */
const startAfter = (settled: readonly SettledPeriod[], { periodStart, periodEnd }: TrueUpPeriod): string =>
  settled.reduce((start, one) => {
    const next = addDays(one.periodEnd, 1);
    return one.periodEnd < periodEnd && next > start ? next : start;
  }, periodStart);

/** Whether settling the period would book anything, or leave its first receipt: nothing is recorded of a repetition. */
async function changesAnything(
  deps: TrueUpDeps,
  tx: Tx,
  { partnerId, data, isFirst }: { partnerId: string; data: EventOf<"true_up">["data"]; isFirst: boolean },
): Promise<boolean> {
  const event: EventOf<"true_up"> = {
    kind: "true_up",
    id: newId(),
    partnerId,
    referralId: null,
    number: AFTER_ALL,
    occurredAt: tx.ctx.now,
    data,
  };
  const standings = await loadStandings(deps, tx, [event]);
  const { terms, facts } = await readGround(deps, tx, { events: [event], standings });
  const { outcomes, receipts } = assess([event], terms, facts);
  const hasVolume = receipts.some(({ clauses }) => clauses.some(({ payments }) => (payments ?? 0) > 0));
  return outcomes.length > 0 || (isFirst && hasVolume);
}

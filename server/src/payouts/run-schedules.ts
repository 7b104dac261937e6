import { addDays, type CalendarDate, dateInZone } from "../kernel/calendar.ts";
import { type Ctx, withoutIdempotency } from "../platform/context.ts";
import { planOnce, type Tx } from "../platform/database/index.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { decideReservations, isAllowed, writeReservations } from "./request-payout.ts";
import {
  type DueAccount,
  dueKey,
  findOwnScheduled,
  findRuns,
  insertRuns,
  moveSchedules,
  postponeSchedule,
  type ScheduleKey,
  takeDueSchedules,
  takeSchedulesAfter,
} from "./schedule-repository.ts";
import { backOffMs, FARTHEST_DAYS, lastDue, nextDue } from "./schedule-rules.ts";
import { findCurrencySettings, moveProgramSchedule, type ProgramSchedule } from "./settings-repository.ts";

/** Schedules of partners that one wake runs; more wait for the next. */
const RUN_MAX = 500;
/** Of which so many are run in one transaction: short locks, and as many payouts in a few statements. */
const RUN_TOGETHER_MAX = 50;
/** Days after a due day of the programme on which whoever failed on it is tried again. */
const TRIED_DAYS = 2;

/**
 * Runs the schedules that are due, the partners' and the programme's: each asks for a payout of its own; what cannot be paid now is asked again
 * next time. Of several days that were missed the last is caught up. One that fails does not keep the others from their money: it is due
 * again after a while, and what went wrong is thrown at the end.
 */
export const runDueSchedules =
  (deps: PayoutDeps) =>
  async (ctx: Ctx): Promise<{ readonly requested: number }> => {
    const inner = withoutIdempotency(ctx);
    const today = await deps.db.read(inner, async (tx) =>
      dateInZone(ctx.now, (await deps.programs.getProgram(tx)).timeZone),
    );
    const own = await runOwn(deps, inner, today);
    const programme = await runProgramme(deps, inner, today);
    // Last, and caught: nobody who is due waits for it.
    const back = await tried(deps, inner, async (tx) => {
      await bringBack(deps, tx, today);
      return 0;
    });
    const failures = [...own.failures, ...programme.failures, ...(back.failure === undefined ? [] : [back.failure])];
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} of ${own.ran + programme.ran} schedules failed`);
    return { requested: own.requested + programme.requested };
  };

/**
 * Joins a transaction. A day that is farther off than any schedule's next was set before the clock was set back: whoever has it would not be paid until then. A day that has
 * led to a payout leads to no second one.
 */
async function bringBack(deps: PayoutDeps, tx: Tx, today: CalendarDate): Promise<void> {
  const farthest = addDays(today, FARTHEST_DAYS);
  const far = await takeSchedulesAfter(tx, farthest, RUN_MAX);
  if (far.length > 0)
    await moveSchedules(
      tx,
      far.map((row) => ({ ...row, nextDueOn: nextDue(row, today) })),
    );
  for (const { currency, schedule } of (await findCurrencySettings(tx)).values())
    if (schedule !== null && schedule.nextDueOn > farthest)
      await moveProgramSchedule(tx, currency, { from: schedule.nextDueOn, to: nextDue(schedule, today) });
}

type Ran = { readonly requested: number; readonly ran: number; readonly failures: unknown[] };

type Due = DueAccount & { readonly minimum: bigint | null };

/** What came of one transaction. It says what it was about also where it failed, and nothing of it was written. */
type Outcome<About> = { readonly about: readonly About[]; readonly requested: number; readonly failure?: unknown };

async function tried<About>(
  deps: PayoutDeps,
  ctx: Ctx,
  work: (tx: Tx, note: (about: readonly About[]) => void) => Promise<number>,
): Promise<Outcome<About>> {
  let about: readonly About[] = [];
  try {
    const requested = await deps.db.transaction(ctx, async (tx) => {
      await planOnce(tx);
      return work(tx, (noted) => {
        about = noted;
      });
    });
    return { about, requested };
  } catch (failure) {
    return { about, requested: 0, failure };
  }
}

/** Partners' own schedules, those that have waited longest first. */
async function runOwn(deps: PayoutDeps, ctx: Ctx, today: CalendarDate): Promise<Ran> {
  const failed: ScheduleKey[] = [];
  const failures: unknown[] = [];
  const run = (among?: readonly ScheduleKey[]) =>
    tried<ScheduleKey>(deps, ctx, async (tx, note) => {
      const taken = await takeDueSchedules(tx, { today, limit: RUN_TOGETHER_MAX, among, except: failed });
      note(taken);
      const requested = await payDue(
        deps,
        tx,
        taken.map((row) => ({ ...row, dueOn: lastDue(row, today) })),
      );
      await moveSchedules(
        tx,
        taken.map((row) => ({ ...row, nextDueOn: nextDue(row, today) })),
      );
      return requested;
    });
  let [requested, ran] = [0, 0];
  while (ran < RUN_MAX) {
    const together = await run();
    if (together.about.length === 0) {
      if (together.failure !== undefined) throw together.failure;
      break;
    }
    requested += together.requested;
    ran += together.about.length;
    if (together.failure === undefined) continue;
    // Somebody among them fails, and nothing of it was written: each by itself, so that it is that one alone.
    for (const schedule of together.about) {
      const alone = await run([schedule]);
      requested += alone.requested;
      if (alone.failure === undefined) continue;
      failed.push(schedule);
      failures.push(alone.failure);
      // What fails again and again would otherwise be taken first each time, before those who can be paid.
      await deps.db
        .transaction(ctx, (tx) => postponeSchedule(tx, schedule, backOffMs))
        .catch((error: unknown) => {
          failures.push(error);
        });
    }
  }
  return { requested, ran, failures };
}

/** The programme's schedules: of each currency, for whoever has something and no schedule of its own. */
async function runProgramme(deps: PayoutDeps, ctx: Ctx, today: CalendarDate): Promise<Ran> {
  const settings = await deps.db.read(ctx, findCurrencySettings);
  const all: Ran = { requested: 0, ran: 0, failures: [] };
  return [...settings.values()].reduce(async (before, { currency, schedule }) => {
    const so = await before;
    if (schedule === null || schedule.nextDueOn > today) return so;
    const ran = await runCurrency(deps, ctx, { currency, schedule, today });
    return {
      requested: so.requested + ran.requested,
      ran: so.ran + ran.ran,
      failures: [...so.failures, ...ran.failures],
    };
  }, Promise.resolve(all));
}

/**
 * It stays due until everybody was gone through: what a worker that died has left is done by the next, and nobody is paid twice. Of whoever
 * fails for days it says who was left out.
 */
async function runCurrency(
  deps: PayoutDeps,
  ctx: Ctx,
  of: { readonly currency: string; readonly schedule: ProgramSchedule; readonly today: CalendarDate },
): Promise<Ran> {
  const { currency, schedule, today } = of;
  const dueOn = lastDue(schedule, today);
  const run = (partnerIds: readonly string[]) =>
    tried<string>(deps, ctx, async (tx, note) => {
      note(partnerIds);
      const own = await findOwnScheduled(tx, currency, partnerIds);
      const due = partnerIds.filter((partnerId) => !own.has(partnerId));
      return payDue(
        deps,
        tx,
        due.map((partnerId) => ({ partnerId, currency, dueOn, minimum: schedule.minimum })),
      );
    });
  const failed: { readonly partnerId: string; readonly failure: unknown }[] = [];
  let [requested, ran] = [0, 0];
  let after: string | undefined;
  while (true) {
    const page = await deps.db.read(ctx, (tx) => deps.ledger.payees(tx, { currency, after, limit: RUN_TOGETHER_MAX }));
    if (page.length === 0) break;
    after = page.at(-1);
    ran += page.length;
    const together = await run(page);
    requested += together.requested;
    if (together.failure === undefined) continue;
    for (const partnerId of page) {
      const alone = await run([partnerId]);
      requested += alone.requested;
      if (alone.failure !== undefined) failed.push({ partnerId, failure: alone.failure });
    }
  }
  // Tried for some days; then the day is over, or everybody would be paid for it whenever they have enough.
  const isOver = today > addDays(dueOn, TRIED_DAYS);
  const next = nextDue(schedule, today);
  if (failed.length === 0 || isOver)
    await deps.db.transaction(ctx, (tx) => moveProgramSchedule(tx, currency, { from: schedule.nextDueOn, to: next }));
  const failures = failed.map(({ partnerId, failure }) =>
    isOver
      ? new Error(
          `partner ${partnerId} was not paid in ${currency} on ${dueOn}, and is not tried again before ${next}`,
          {
            cause: failure,
          },
        )
      : failure,
  );
  return { requested, ran, failures };
}

/**
 * Joins a transaction: asks for the payouts of accounts that are due, unless the day has led to one before. A refusal by the rules (below the
 * minimum, account unfinished) is no failure of a schedule; nothing is written for it.
 */
async function payDue(deps: PayoutDeps, tx: Tx, due: readonly Due[]): Promise<number> {
  if (due.length === 0) return 0;
  const decided = await decideReservations(
    deps,
    tx,
    due.map(({ partnerId, currency }) => ({ partnerId, currency, requested: undefined, isOperator: false })),
  );
  // Read after the accounts were locked: of two workers the second sees what the first has written.
  const done = await findRuns(tx, due);
  const allowed = decided.flatMap((one, index) => {
    const account = due[index];
    if (account === undefined || !isAllowed(one) || done.has(dueKey(account))) return [];
    return one.decision.amount >= (account.minimum ?? 0n) ? [{ one, account }] : [];
  });
  const payouts = await writeReservations(
    deps,
    tx,
    allowed.map(({ one }) => one),
  );
  await insertRuns(
    tx,
    payouts.flatMap(({ id: payoutId }, index) => {
      const account = allowed[index]?.account;
      return account === undefined ? [] : [{ ...account, payoutId }];
    }),
  );
  return payouts.length;
}

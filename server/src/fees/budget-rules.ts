import { addDays, addMonths, type CalendarDate } from "../kernel/calendar.ts";

/** What a budget is of. */
export const BUDGET_PERIODS = ["quarter", "year"] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

/** The calendar quarter or year that a day is in; both days included. */
export function budgetPeriod(
  period: BudgetPeriod,
  day: CalendarDate,
): { readonly start: CalendarDate; readonly end: CalendarDate } {
  const year = day.slice(0, 4);
  const first = period === "year" ? 1 : Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  const start = `${year}-${String(first).padStart(2, "0")}-01`;
  return { start, end: addDays(addMonths(start, period === "year" ? 12 : 3), -1) };
}

/** `escalated`: one person approved it, and a second has to. */
export const CLAIM_STATES = ["submitted", "escalated", "approved", "rejected"] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];
/** A claim in one of these is not decided. */
export const WAITING_STATES = ["submitted", "escalated"] as const satisfies readonly ClaimState[];

type Sums = { readonly granted: bigint; readonly waiting: bigint; readonly used: bigint };

/** What may still be claimed. */
export const leftOfBudget = ({ granted, waiting, used }: Sums): bigint => granted - waiting - used;

/** Whether somebody's approval is enough, or the first of two: a limit is on the amount above it, null is none. */
export const needsSecond = (amount: bigint, limit: bigint | null): boolean => limit !== null && amount > limit;

import type { Period } from "../reports/periods.ts";

type Range = { readonly occurredFrom?: string; readonly occurredBefore?: string };

const DAYS: Readonly<Partial<Record<Period, number>>> = { "7d": 7, "30d": 30, "90d": 90 };

/** A period as instants: whole days of the reader's zone, today's included. Everything, where none is named. */
export function rangeOf(period: Period | undefined, now: Date): Range {
  if (period === undefined) return {};
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const days = DAYS[period];
  if (days !== undefined) return { occurredFrom: new Date(year, month, day - days + 1).toISOString() };
  const from = {
    "12m": new Date(year, month - 11, 1),
    this_month: new Date(year, month, 1),
    last_month: new Date(year, month - 1, 1),
    this_year: new Date(year, 0, 1),
  }[period as "12m" | "this_month" | "last_month" | "this_year"];
  return {
    occurredFrom: from.toISOString(),
    ...(period === "last_month" && { occurredBefore: new Date(year, month, 1).toISOString() }),
  };
}

const MONTHS_MAX = 36;

/** Months as `2026-03` that have ended, in UTC, from the one in which something began: the latest first. */
export function endedMonths(since: string, now: Date): string[] {
  const first = since.slice(0, 7);
  const months: string[] = [];
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  while (months.length < MONTHS_MAX && month.toISOString().slice(0, 7) >= first) {
    months.push(month.toISOString().slice(0, 7));
    month.setUTCMonth(month.getUTCMonth() - 1);
  }
  return months;
}

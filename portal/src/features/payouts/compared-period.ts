/** How far back a comparison may look: longer ones are more than Stripe lists at once. */
export const PERIODS = ["7d", "30d", "90d"] as const;
const HOUR_MS = 3_600_000;
const DAYS = { "7d": 7, "30d": 30, "90d": 90 } as const;

/** A period that ends an hour before the last whole hour: what happened since may be known on one side alone. The same all through an hour. */
export function comparedPeriod(period: (typeof PERIODS)[number], now: Date): { from: string; to: string } {
  const to = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS - HOUR_MS;
  return { from: new Date(to - DAYS[period] * 24 * HOUR_MS).toISOString(), to: new Date(to).toISOString() };
}

/** Where time comes from. Rules never read the machine's clock: they are handed an instant by their context. */
export type Clock = { now(): Date };

/** What a clock shows to whom it is set `offsetMs` ahead: a tenant in test mode. */
export const instantOf = (clock: Clock, offsetMs: number): Date => new Date(clock.now().getTime() + offsetMs);

/** Milliseconds since this process began: for how long something took or may take here, whatever is done to the clock; never for what is kept. */
export const elapsedMs = (): number => performance.now();

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved: for tests, for the demo and for test mode. */
export type MovableClock = Clock & { moveTo(instant: Date): void; advance(durationMs: number): void };

/** Makes a clock that stands at `start`. */
export function movableClock(start: Date): MovableClock {
  let current = start.getTime();
  return {
    now: () => new Date(current),
    moveTo: (instant) => {
      current = instant.getTime();
    },
    advance: (durationMs) => {
      current += durationMs;
    },
  };
}

export const HOUR_MS = 3_600_000;
/** A hold day or a window day is 24 hours, whatever the calendar says (docs/guides/money-rules.md). */
export const DAY_MS = 24 * HOUR_MS;

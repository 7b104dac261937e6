/** The time that a stand-in lives in. It can be moved, so that a day, an expiry or a retry takes no waiting. */
export type SandboxClock = { now(): Date; moveTo(instant: Date): void; advance(durationMs: number): void };

/** Goes with the machine's time. Moved, it goes on from there. */
export function runningClock(): SandboxClock {
  let shiftMs = 0;
  return {
    now: () => new Date(Date.now() + shiftMs),
    moveTo: (instant) => {
      shiftMs = instant.getTime() - Date.now();
    },
    advance: (durationMs) => {
      shiftMs += durationMs;
    },
  };
}

/** Stands at `start` until it is moved: for tests, whose every instant is then known. */
export function standingClock(start: Date): SandboxClock {
  let currentMs = start.getTime();
  return {
    now: () => new Date(currentMs),
    moveTo: (instant) => {
      currentMs = instant.getTime();
    },
    advance: (durationMs) => {
      currentMs += durationMs;
    },
  };
}

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

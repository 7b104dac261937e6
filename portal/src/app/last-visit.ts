const MINUTE_MS = 60_000;
/** Away for longer than this, whoever comes back visits anew. */
const PAUSE_MS = 60 * MINUTE_MS;

type Kept = { readonly seenMs: number; readonly beforeMs: number | null };

const keyOf = (userId: string): string => `tributary_visit_${userId}`;

function readKept(userId: string): Kept | undefined {
  try {
    return JSON.parse(localStorage.getItem(keyOf(userId)) ?? "null") ?? undefined;
  } catch {
    // Written by another release, or by hand.
    return undefined;
  }
}

/** What was kept, one visit further: pure. A visit goes on while nobody is away for an hour. */
export function visitAt(kept: Kept | undefined, nowMs: number): Kept {
  if (kept === undefined) return { seenMs: nowMs, beforeMs: null };
  return { seenMs: nowMs, beforeMs: nowMs - kept.seenMs > PAUSE_MS ? kept.seenMs : kept.beforeMs };
}

/** Notes that somebody is here, in their browser alone; answers when they were here before, null where that is not known. */
export function noteVisit(userId: string, now = new Date()): Date | null {
  const visit = visitAt(readKept(userId), now.getTime());
  localStorage.setItem(keyOf(userId), JSON.stringify(visit));
  return visit.beforeMs === null ? null : new Date(visit.beforeMs);
}

/** The latest of what this browser knows and of when other devices were used; of those that are in use now nothing can be said. */
export function lastVisit(before: Date | null, others: readonly Date[], now = new Date()): Date | null {
  const times = [...(before ? [before] : []), ...others].filter((at) => now.getTime() - at.getTime() > PAUSE_MS);
  return times.toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null;
}

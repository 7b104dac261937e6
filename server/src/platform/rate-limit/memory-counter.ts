import { createRecent } from "../../kernel/recent.ts";
import type { Limit } from "./limits.ts";

/** Subjects are what callers make of themselves: however many there are, so many are counted. */
const SUBJECTS_MAX = 200_000;

type Window = { count: number; readonly endsAt: number };

/** What was counted of a subject in its window, and how long that lasts. */
type Counted = { readonly count: number; readonly msLeft: number };

/** Counts against one limit in this server's memory: nothing is waited for, and no timer is set. To count 0 is to look. */
export function createMemoryCounter(
  { windowSeconds }: Limit,
  nowMs: () => number = () => performance.now(),
): (subject: string, points?: number) => Counted {
  const windows = createRecent<Window>(SUBJECTS_MAX);
  return (subject, points = 1) => {
    const now = nowMs();
    let window = windows.get(subject);
    if (window === undefined || window.endsAt <= now) {
      window = { count: 0, endsAt: now + windowSeconds * 1_000 };
      windows.set(subject, window);
    }
    window.count += points;
    return { count: window.count, msLeft: window.endsAt - now };
  };
}

/** Answers that say "not now" rather than "no". */
const PASSING = new Set([429, 502, 503, 504]);
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 20_000;

export const isPassing = (status: number): boolean => PASSING.has(status);

/** Seconds of a Retry-After header; undefined where there is none that counts them. */
export function readRetryAfter(headers: Headers): number | undefined {
  const text = headers.get("retry-after");
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/**
 * Milliseconds before try number `attempt` (from 1) is made again: what the server asks for, else twice as long each time, a part of it by
 * chance so that many clients do not come back together. Undefined where the server asks for more patience than a call should have.
 */
export function delayBefore(
  attempt: number,
  retryAfterSeconds: number | undefined,
  random: number,
): number | undefined {
  const asked = (retryAfterSeconds ?? 0) * 1000;
  if (asked > LONGEST_DELAY_MS) return undefined;
  const own = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  return Math.max(asked, own / 2 + (own / 2) * random);
}

/** Waits, unless the caller gives up first. */
export const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });

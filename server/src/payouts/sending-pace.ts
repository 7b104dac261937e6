import { HOUR_MS } from "../kernel/clock.ts";

/** So far apart is what had to wait: 20 a second, which is less than Stripe takes even in test mode (https://docs.stripe.com/rate-limits). */
const APART_MS = 50;
/** A provider that does not say how long is left alone so long, and twice as long each time that it is too soon. */
const FIRST_PAUSE_MS = 1_000;
/** However long it asks for: money does not wait longer for a header. */
const PAUSE_MAX_MS = HOUR_MS;

/** When a provider that was asked too often is asked again. In the memory of each server, of all its tenants: they share the provider's limit. */
export type SendingPace = {
  /** How long whoever would ask now has to wait, in milliseconds; 0 where not. Each that waits is given a place of its own, one behind the other. */
  waitMs(): number;
  /** It has refused, and asks to be left alone so long where it says. */
  holdOff(askedMs?: number): void;
  /** It has answered. */
  ease(): void;
};

/** `nowMs` is the time of the machine, as the queue's is: no tenant's clock moves it. */
export function createSendingPace(nowMs: () => number = Date.now): SendingPace {
  let quietUntil = 0;
  let lastPlace = 0;
  let refusals = 0;
  return {
    waitMs: () => {
      const now = nowMs();
      if (now >= quietUntil) return 0;
      lastPlace = Math.max(quietUntil, lastPlace + APART_MS);
      return lastPlace - now;
    },
    holdOff: (askedMs = 0) => {
      const now = nowMs();
      // What was under way when it refused first is refused for the same reason.
      if (now >= quietUntil) refusals += 1;
      const pause = Math.min(Math.max(askedMs, FIRST_PAUSE_MS * 2 ** (refusals - 1)), PAUSE_MAX_MS);
      quietUntil = Math.max(quietUntil, now + pause);
    },
    ease: () => {
      refusals = 0;
    },
  };
}

import { elapsedMs } from "../../kernel/clock.ts";
import { JOBS_SCHEMA } from "../database/index.ts";

/** By so much a clock may be put right without anybody having to be told. */
const NOTICED_MS = 30_000;

/**
 * Lets schedules come round again whose last wake is still to come: it was noted before the clock was set back, and until then the queue would wake
 * nothing. A minute is for servers whose clocks are apart.
 */
export const FORGET_WAKES_TO_COME = `
  update ${JOBS_SCHEMA}._private_known_crontabs set last_execution = now()
   where last_execution > now() + interval '1 minute'`;

/** Watches the machine's clock: what it returns says whether that was set back since it was last asked. */
export function watchClock(wallMs: () => number = Date.now, passedMs: () => number = elapsedMs): () => boolean {
  const offset = () => wallMs() - passedMs();
  let known = offset();
  return () => {
    const before = known;
    known = offset();
    return before - known > NOTICED_MS;
  };
}

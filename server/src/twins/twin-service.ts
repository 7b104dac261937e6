import { DAY_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import { enterTwin, findInTwin } from "./enter-twin.ts";
import { findTestMails, showClock, showTwin } from "./find-twin.ts";
import { forgetMails } from "./mail-repository.ts";
import { endTwin, makeTwin, refreshTwin } from "./make-twin.ts";
import { moveClock } from "./move-clock.ts";
import { stepClock, wakeClock } from "./step-clock.ts";
import type { TwinDeps } from "./twin-deps.ts";

const MAILS_KEPT_MS = 30 * DAY_MS;

/** Test twins: tenants in which nothing is real, with a clock that is moved. */
export const createTwinService = (deps: TwinDeps) => ({
  showTwin: showTwin(deps),
  makeTwin: makeTwin(deps),
  refreshTwin: refreshTwin(deps),
  endTwin: endTwin(deps),
  moveClock: moveClock(deps),
  showClock: showClock(deps),
  findTestMails: findTestMails(deps),

  /** For keys of test mode, which are made from the live tenant. */
  entrance: { enter: enterTwin(deps), find: findInTwin(deps) },

  stepClock: stepClock(deps),
  wakeClock: wakeClock(deps),
  forgetMails: (ctx: Ctx): Promise<void> =>
    deps.db.transaction(ctx, (tx) => forgetMails(tx, new Date(ctx.now.getTime() - MAILS_KEPT_MS))),
});

export type TwinService = ReturnType<typeof createTwinService>;

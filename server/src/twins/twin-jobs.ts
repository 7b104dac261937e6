import type { CronJob, Job } from "../platform/jobs/index.ts";
import { type ClockStep, STEP_JOB } from "./step-clock.ts";
import type { TwinService } from "./twin-service.ts";

export const twinJobs = (twins: TwinService): Job[] => [
  // Written by this module alone.
  {
    name: STEP_JOB,
    comesAgain:
      "the clock of the test twin goes on until it is where it was moved to. Mend what its last error says and use `jobs retry`",
    handle: (ctx, payload) => twins.stepClock(ctx, payload as ClockStep),
  },
];

export const twinCron = (twins: TwinService): CronJob[] => [
  { name: "twins.wake_clock", schedule: "*/5 * * * *", handle: (ctx) => twins.wakeClock(ctx) },
  { name: "twins.forget_mails", schedule: "43 3 * * *", handle: (ctx) => twins.forgetMails(ctx) },
];

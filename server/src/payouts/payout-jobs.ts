import type { CronJob, Job } from "../platform/jobs/index.ts";
import { SEND_TRANSFER_JOB, type SendTransfer } from "./open-attempt.ts";
import type { PayoutService } from "./payout-service.ts";

/** Written by `enqueue` of this module alone. */
const asSendTransfer = (payload: unknown): SendTransfer => payload as SendTransfer;

export const payoutJobs = (payouts: PayoutService): Job[] => [
  { name: SEND_TRANSFER_JOB, handle: (ctx, payload) => payouts.sendTransfer(ctx, asSendTransfer(payload)) },
];

export const payoutCron = (payouts: PayoutService): CronJob[] => [
  {
    name: "payouts.run_due_schedules",
    schedule: "*/15 * * * *",
    handle: async (ctx) => {
      await payouts.runDueSchedules(ctx);
    },
  },
  {
    name: "payouts.wake_transfers",
    schedule: "*/10 * * * *",
    handle: async (ctx) => {
      await payouts.wakeTransfers(ctx);
    },
  },
];

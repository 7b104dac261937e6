import type { CronJob, Job } from "../platform/jobs/index.ts";
import { SEND_TRANSFER_JOB, type SendTransfer } from "./open-attempt.ts";
import {
  type FailedNotice,
  type ReconciliationNotice,
  TELL_FAILED_JOB,
  TELL_RECONCILED_JOB,
} from "./payout-notices.ts";
import type { PayoutService } from "./payout-service.ts";

/** Written by `enqueue` of this module alone. */
const asSendTransfer = (payload: unknown): SendTransfer => payload as SendTransfer;
const asFailedNotice = (payload: unknown): FailedNotice => payload as FailedNotice;
const asReconciliationNotice = (payload: unknown): ReconciliationNotice => payload as ReconciliationNotice;

export const payoutJobs = (payouts: PayoutService): Job[] => [
  {
    name: SEND_TRANSFER_JOB,
    comesAgain:
      "as long as its payout is `processing`, the provider is asked for it. Do not pay it another way meanwhile: it would be paid twice. Mend what its last error says and use `jobs retry`; " +
      "of a payout whose provider cannot be asked any more, say what became of it (POST /api/v1/admin/payouts/{id}/settle)",
    handle: (ctx, payload) => payouts.sendTransfer(ctx, asSendTransfer(payload)),
  },
  { name: TELL_FAILED_JOB, handle: (ctx, payload) => payouts.sendFailedNotice(ctx, asFailedNotice(payload)) },
  {
    name: TELL_RECONCILED_JOB,
    handle: (ctx, payload) => payouts.sendReconciliationNotice(ctx, asReconciliationNotice(payload)),
  },
];

export const payoutCron = (payouts: PayoutService): CronJob[] => [
  {
    name: "payouts.run_due_schedules",
    schedule: "*/15 * * * *",
    handle: async (ctx, report) => {
      const { requested } = await payouts.runDueSchedules(ctx);
      await report?.(requested);
    },
  },
  {
    name: "payouts.look_at_waiting",
    schedule: "*/10 * * * *",
    handle: async (ctx) => {
      await payouts.lookAtWaiting(ctx);
    },
  },
  {
    // A wake of its own: a schedule that fails does not hold back the money of the others.
    name: "payouts.release_scheduled",
    schedule: "5,20,35,50 * * * *",
    handle: async (ctx, report) => {
      const { batches } = await payouts.releaseScheduled(ctx);
      await report?.(batches);
    },
  },
  {
    name: "payouts.expire_batches",
    schedule: "*/15 * * * *",
    handle: async (ctx, report) => {
      const { expired } = await payouts.expireBatches(ctx);
      await report?.(expired);
    },
  },
  {
    name: "payouts.reconcile",
    isLiveOnly: true,
    schedule: "40 4 * * *",
    handle: async (ctx) => {
      await payouts.reconcileDaily(ctx);
    },
  },
  {
    name: "payouts.ask_for_accounts",
    schedule: "25 3 * * *",
    handle: async (ctx) => {
      await payouts.askForAccounts(ctx);
    },
  },
  {
    name: "payouts.wake_transfers",
    schedule: "*/10 * * * *",
    handle: async (ctx, report) => {
      const { woken } = await payouts.wakeTransfers(ctx);
      await report?.(woken);
    },
  },
];

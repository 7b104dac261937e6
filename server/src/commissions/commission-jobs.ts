import type { CronJob, Job } from "../platform/jobs/index.ts";
import type { CommissionService } from "./commission-service.ts";
import { type ReviewerNotice, TELL_REVIEWERS_JOB } from "./tell-reviewers.ts";

/** Written by `tellReviewers` alone. */
const asReviewerNotice = (payload: unknown): ReviewerNotice => payload as ReviewerNotice;

export const commissionJobs = (commissions: CommissionService): Job[] => [
  {
    name: TELL_REVIEWERS_JOB,
    handle: (ctx, payload) => commissions.sendReviewerNotice(ctx, asReviewerNotice(payload)),
  },
];

export const commissionCron = (commissions: CommissionService): CronJob[] => [
  {
    name: "commissions.approve_due",
    schedule: "*/5 * * * *",
    handle: async (ctx, report) => {
      await commissions.approveDue(ctx, report);
    },
  },
  {
    name: "commissions.keep_dispute_clock",
    schedule: "7 * * * *",
    handle: async (ctx, report) => {
      await commissions.keepDisputeClock(ctx, report);
    },
  },
  {
    name: "commissions.true_up_volume",
    schedule: "12 * * * *",
    handle: async (ctx, report) => {
      await commissions.trueUpVolume(ctx, report);
    },
  },
  {
    name: "commissions.calculate_missed",
    schedule: "23 3 * * *",
    handle: async (ctx, report) => {
      await commissions.calculateMissed(ctx, {}, report);
    },
  },
];

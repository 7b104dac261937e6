import type { CronJob, Job } from "../platform/jobs/index.ts";
import type { CommissionService } from "./commission-service.ts";
import { type PartnerNotice, TELL_PARTNER_JOB } from "./tell-partner.ts";

/** Written by `tellPartner` alone. */
const asNotice = (payload: unknown): PartnerNotice => payload as PartnerNotice;

export const commissionJobs = (commissions: CommissionService): Job[] => [
  { name: TELL_PARTNER_JOB, handle: (ctx, payload) => commissions.sendPartnerNotice(ctx, asNotice(payload)) },
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

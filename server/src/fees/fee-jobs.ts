import type { CronJob, Job } from "../platform/jobs/index.ts";
import type { FeeService } from "./fee-service.ts";
import { REMIND_JOB, type Reminder } from "./remind-overdue.ts";

/** Written by `enqueue` of this module alone. */
const asReminder = (payload: unknown): Reminder => payload as Reminder;

export const feeJobs = (fees: FeeService): Job[] => [
  { name: REMIND_JOB, handle: (ctx, payload) => fees.sendReminder(ctx, asReminder(payload)) },
];

export const feeCron = (fees: FeeService): CronJob[] => [
  {
    name: "fees.issue_due",
    schedule: "25 * * * *",
    handle: async (ctx, report) => {
      const { issued } = await fees.issueDue(ctx);
      await report?.(issued);
    },
  },
  {
    name: "fees.grant_budgets",
    schedule: "35 * * * *",
    handle: async (ctx, report) => {
      const { granted } = await fees.grantDueBudgets(ctx);
      await report?.(granted);
      const { expired } = await fees.expireBudgets(ctx);
      await report?.(granted + expired);
    },
  },
  {
    name: "fees.remind_overdue",
    schedule: "55 * * * *",
    handle: async (ctx, report) => {
      const { told } = await fees.remindOverdue(ctx);
      await report?.(told);
    },
  },
];

import type { CronJob, Job } from "../platform/jobs/index.ts";
import type { TaxService } from "./tax-service.ts";
import { TELL_DOCUMENTS_JOB } from "./tell-documents.ts";

export const taxJobs = (tax: TaxService): Job[] => [
  {
    name: TELL_DOCUMENTS_JOB,
    handle: async (ctx) => {
      await tax.tellDocuments(ctx);
    },
  },
];

export const taxCron = (tax: TaxService): CronJob[] => [
  {
    name: "tax.remind_of_forms",
    schedule: "35 6 * * *",
    handle: async (ctx, report) => {
      const { told } = await tax.remindOfForms(ctx);
      await report?.(told);
    },
  },
];

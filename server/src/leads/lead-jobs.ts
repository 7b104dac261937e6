import type { CronJob } from "../platform/jobs/index.ts";
import type { LeadService } from "./lead-service.ts";

export const leadCron = (leads: LeadService): CronJob[] => [
  {
    name: "leads.end",
    schedule: "35 * * * *",
    handle: async (ctx, report) => {
      const { ended, reminded } = await leads.endLeads(ctx);
      await report?.(ended + reminded);
    },
  },
];

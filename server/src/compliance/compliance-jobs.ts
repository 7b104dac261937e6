import type { CronJob, Job } from "../platform/jobs/index.ts";
import type { ComplianceService } from "./compliance-service.ts";
import { REFRESH_LIST_JOB } from "./import-list.ts";
import { SCREEN_DUE_JOB, SCREEN_PARTNER_JOB } from "./screen-partners.ts";
import { TELL_PUBLISHED_JOB, type TellPublished } from "./tell-published.ts";

/** Written by `screenOnChange` alone. */
const asPartner = (payload: unknown) => payload as { readonly partnerId: string };

export const complianceJobs = (compliance: ComplianceService): Job[] => [
  { name: SCREEN_PARTNER_JOB, handle: (ctx, payload) => compliance.screenPartner(ctx, asPartner(payload)) },
  // Written by `publishVersion` and `tellPublished` alone.
  { name: TELL_PUBLISHED_JOB, handle: (ctx, payload) => compliance.tellPublished(ctx, payload as TellPublished) },
  {
    name: REFRESH_LIST_JOB,
    handle: async (ctx) => {
      await compliance.refreshList(ctx);
    },
  },
  {
    name: SCREEN_DUE_JOB,
    handle: async (ctx) => {
      await compliance.screenDue(ctx);
    },
  },
];

export const complianceCron = (compliance: ComplianceService): CronJob[] => [
  {
    name: "compliance.refresh_list",
    schedule: "35 */6 * * *",
    handle: async (ctx) => {
      await compliance.refreshList(ctx);
    },
  },
  {
    name: "compliance.screen_due",
    schedule: "*/15 * * * *",
    handle: async (ctx, report) => {
      const { screened } = await compliance.screenDue(ctx);
      await report?.(screened);
    },
  },
];

import type { CronJob } from "../platform/jobs/index.ts";
import type { ReferralService } from "./referral-service.ts";

/** Work of this module that wakes on a schedule. */
export const referralCron = (referrals: Pick<ReferralService, "truncateClickIps">): CronJob[] => [
  {
    name: "referrals.truncate_click_ips",
    schedule: "17 * * * *",
    handle: async (ctx, report) => {
      const truncated = await referrals.truncateClickIps(ctx);
      await report?.(Number(truncated));
    },
  },
];

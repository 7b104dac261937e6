import type { CronJob } from "../platform/jobs/index.ts";
import type { FraudService } from "./fraud-service.ts";

/** Work of this module that wakes on a schedule. */
export const fraudCron = (fraud: FraudService): CronJob[] => [
  { name: "fraud.refresh_profiles", schedule: "35 * * * *", handle: (ctx) => fraud.refreshProfiles(ctx) },
  { name: "fraud.screen_payouts", schedule: "*/10 * * * *", handle: (ctx) => fraud.screenWaitingPayouts(ctx) },
  { name: "fraud.finalise_refusals", schedule: "15 * * * *", handle: (ctx) => fraud.finaliseRefusals(ctx) },
];

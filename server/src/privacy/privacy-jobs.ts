import type { CronJob, Job } from "../platform/jobs/index.ts";
import type { PrivacyService } from "./privacy-service.ts";
import { type ErasedNotice, TELL_ERASED_JOB } from "./tell-erased.ts";

/** Written by `carryOut` alone. */
const asTelling = (payload: unknown) => payload as ErasedNotice;

export const privacyJobs = (privacy: PrivacyService): Job[] => [
  { name: TELL_ERASED_JOB, handle: (ctx, payload) => privacy.tellErased(ctx, asTelling(payload)) },
];

export const privacyCron = (privacy: PrivacyService): CronJob[] => [
  { name: "privacy.carry_out_deferred", schedule: "33 4 * * *", handle: (ctx) => privacy.carryOutDeferred(ctx) },
];

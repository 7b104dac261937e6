import type { CronJob, Job } from "../platform/jobs/index.ts";
import type { IdentityService } from "./identity-service.ts";
import {
  asFactorMailJob,
  asMailJob,
  SEND_FACTOR_CHANGED_JOB,
  SEND_INVITATION_JOB,
  SEND_PASSWORD_CHANGED_JOB,
  SEND_RESET_JOB,
  SEND_VERIFICATION_JOB,
} from "./mail-job.ts";

export const identityJobs = (identity: IdentityService): Job[] => [
  { name: SEND_VERIFICATION_JOB, handle: (ctx, payload) => identity.sendVerificationMail(ctx, asMailJob(payload)) },
  { name: SEND_RESET_JOB, handle: (ctx, payload) => identity.sendResetMail(ctx, asMailJob(payload)) },
  { name: SEND_INVITATION_JOB, handle: (ctx, payload) => identity.sendInvitationMail(ctx, asMailJob(payload)) },
  {
    name: SEND_PASSWORD_CHANGED_JOB,
    handle: (ctx, payload) => identity.sendPasswordChangedMail(ctx, asMailJob(payload)),
  },
  {
    name: SEND_FACTOR_CHANGED_JOB,
    handle: (ctx, payload) => identity.sendFactorChangedMail(ctx, asFactorMailJob(payload)),
  },
];

export const identityCron = (identity: IdentityService): CronJob[] => [
  // Each hour: nobody waits longer for a limit that was counted while the clock was wrong.
  { name: "identity.forget_expired", schedule: "17 * * * *", handle: (ctx) => identity.forgetExpired(ctx) },
];

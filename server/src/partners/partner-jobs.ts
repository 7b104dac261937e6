import type { CronJob, Job } from "../platform/jobs/index.ts";
import {
  type InLanguage,
  type OwnerNews,
  SEND_INVITATION_JOB,
  SEND_MEMBER_INVITATION_JOB,
  TELL_OWNER_CHANGED_JOB,
  TELL_REGISTERED_JOB,
} from "./partner-mails.ts";
import type { PartnerService } from "./partner-service.ts";

/** Written by `enqueue` of this module alone. */
const asPerson = (payload: unknown) => payload as InLanguage<"userId">;
const asInvitation = (payload: unknown) => payload as InLanguage<"invitationId">;
const asOwnerNews = (payload: unknown): OwnerNews => payload as OwnerNews;
const asMember = (payload: unknown) => payload as InLanguage<"memberId">;

export const partnerJobs = (partners: PartnerService): Job[] => [
  { name: TELL_REGISTERED_JOB, handle: (ctx, payload) => partners.sendRegisteredMail(ctx, asPerson(payload)) },
  { name: SEND_INVITATION_JOB, handle: (ctx, payload) => partners.sendInvitationMail(ctx, asInvitation(payload)) },
  {
    name: SEND_MEMBER_INVITATION_JOB,
    handle: (ctx, payload) => partners.sendMemberInvitationMail(ctx, asMember(payload)),
  },
  { name: TELL_OWNER_CHANGED_JOB, handle: (ctx, payload) => partners.sendOwnerNews(ctx, asOwnerNews(payload)) },
];

export const partnerCron = (partners: PartnerService): CronJob[] => [
  {
    name: "partners.review_tiers",
    schedule: "31 4 * * *",
    handle: async (ctx, report) => {
      await partners.reviewTiers(ctx, report);
    },
  },
  { name: "partners.show_rates", schedule: "7 * * * *", handle: (ctx) => partners.showCurrentRates(ctx) },
];

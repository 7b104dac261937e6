import type { CronJob, Job } from "../platform/jobs/index.ts";
import { type OwnerNotice, TELL_OWNER_JOB } from "./watch-endpoints.ts";
import type { WebhookService } from "./webhook-service.ts";

/** Written by `enqueue` of this module alone. */
const asNotice = (payload: unknown): OwnerNotice => payload as OwnerNotice;

export const webhookJobs = (webhooks: WebhookService): Job[] => [
  { name: TELL_OWNER_JOB, handle: (ctx, payload) => webhooks.sendOwnerNotice(ctx, asNotice(payload)) },
];

export const webhookCron = (webhooks: WebhookService): CronJob[] => [
  { name: "webhooks.watch_endpoints", schedule: "*/10 * * * *", handle: webhooks.watchEndpoints },
  { name: "webhooks.forget", schedule: "23 * * * *", handle: webhooks.forgetWebhooks },
  { name: "webhooks.forget_events", schedule: "37 3 * * *", handle: webhooks.forgetOldEvents },
];

import type { Job } from "../platform/jobs/index.ts";
import type { SupportService } from "./support-service.ts";
import { type MessageNotice, TELL_MESSAGE_JOB } from "./ticket-mails.ts";

/** Written by `tellOfMessage` alone. */
const asNotice = (payload: unknown): MessageNotice => payload as MessageNotice;

export const supportJobs = (support: SupportService): Job[] => [
  { name: TELL_MESSAGE_JOB, handle: (ctx, payload) => support.sendMessageMail(ctx, asNotice(payload)) },
];

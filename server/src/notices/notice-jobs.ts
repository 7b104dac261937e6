import type { CronJob, Job } from "../platform/jobs/index.ts";
import { SEND_TEST_JOB, type TestJob } from "./change-templates.ts";
import type { NoticeService } from "./notice-service.ts";
import { SEND_DIGEST_JOB, SEND_NOTICE_JOB, type SendJob } from "./send-notices.ts";

/** Written by `enqueue` of this module alone. */
const asSendJob = (payload: unknown): SendJob => payload as SendJob;
const asTestJob = (payload: unknown): TestJob => payload as TestJob;

export const noticeJobs = (notices: NoticeService): Job[] => [
  { name: SEND_NOTICE_JOB, handle: (ctx, payload) => notices.sendNotice(ctx, asSendJob(payload)) },
  { name: SEND_DIGEST_JOB, handle: (ctx, payload) => notices.sendDigest(ctx, asSendJob(payload)) },
  { name: SEND_TEST_JOB, handle: (ctx, payload) => notices.sendTest(ctx, asTestJob(payload)) },
];

export const noticeCron = (notices: NoticeService): CronJob[] => [
  { name: "notices.make_digests", schedule: "*/15 * * * *", handle: notices.makeDigests },
  { name: "notices.forget", schedule: "53 3 * * *", handle: notices.forgetNotices },
];

import type { CronJob, Job } from "../platform/jobs/index.ts";
import type { CardService } from "./card-service.ts";
import { SEND_REQUEST_JOB } from "./open-request.ts";
import type { RequestKey } from "./request-repository.ts";

/** Written by `enqueueSendings` alone. */
const asKey = (payload: unknown): RequestKey => payload as RequestKey;

export const cardJobs = (cards: CardService): Job[] => [
  {
    name: SEND_REQUEST_JOB,
    comesAgain:
      "the issuer is asked every hour until it has answered. Mend what its last error says and use `jobs retry`; a card that it makes after all can be ended then",
    handle: (ctx, payload) => cards.sendRequest(ctx, asKey(payload)),
  },
];

export const cardCron = (cards: CardService): CronJob[] => [
  { name: "cards.wake_requests", schedule: "17 * * * *", handle: (ctx) => cards.wakeRequests(ctx) },
];

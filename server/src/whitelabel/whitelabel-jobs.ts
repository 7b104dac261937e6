import { tenantsToCheckDomains } from "../platform/database/index.ts";
import type { CronJob, Job } from "../platform/jobs/index.ts";
import { CHECK_DOMAIN_JOB } from "./check-domain.ts";
import { type DomainNews, TELL_DOMAIN_JOB } from "./tell-domain.ts";
import type { WhitelabelService } from "./whitelabel-service.ts";

/** Written by `enqueue` of this module alone. */
const asCheck = (payload: unknown) => payload as { readonly domainId: string };
const asNews = (payload: unknown): DomainNews => payload as DomainNews;

export const whitelabelJobs = (whitelabel: WhitelabelService): Job[] => [
  { name: CHECK_DOMAIN_JOB, handle: (ctx, payload) => whitelabel.checkDomain(ctx, asCheck(payload)) },
  { name: TELL_DOMAIN_JOB, handle: (ctx, payload) => whitelabel.sendDomainNews(ctx, asNews(payload)) },
];

export const whitelabelCron = (whitelabel: WhitelabelService): CronJob[] => [
  {
    name: "whitelabel.check_domains",
    schedule: "*/5 * * * *",
    isLiveOnly: true,
    dueIn: tenantsToCheckDomains,
    handle: (ctx) => whitelabel.checkDueDomains(ctx),
  },
];

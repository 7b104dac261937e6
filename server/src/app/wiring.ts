import { analyticsCron, analyticsJobs, analyticsRoutes, exportScheduleRoutes } from "../analytics/index.ts";
import { auditCron, auditRoutes } from "../audit/index.ts";
import { cardCron, cardJobs, cardRoutes } from "../cards/index.ts";
import { adminCommissionRoutes, commissionCron, commissionJobs, commissionRoutes } from "../commissions/index.ts";
import { complianceCron, complianceJobs, complianceRoutes } from "../compliance/index.ts";
import { feeCron, feeJobs, feeRoutes } from "../fees/index.ts";
import { fraudCron, fraudRoutes, reviewRoutes } from "../fraud/index.ts";
import { identityCron, identityJobs, identityRoutes } from "../identity/index.ts";
import type { Clock } from "../kernel/clock.ts";
import { adminLeadRoutes, leadCron, leadRoutes } from "../leads/index.ts";
import { adminMaterialRoutes, materialRoutes } from "../materials/index.ts";
import { noticeCron, noticeJobs, noticeRoutes } from "../notices/index.ts";
import {
  adminPartnerRoutes,
  joinPageRoutes,
  partnerCron,
  partnerJobs,
  partnerRoutes,
  teamRoutes,
  tierReviewRoutes,
} from "../partners/index.ts";
import { payoutCron, payoutJobs, payoutRoutes, stripeIntakeRoutes } from "../payouts/index.ts";
import type { Database } from "../platform/database/index.ts";
import { flagRoutes } from "../platform/flags/index.ts";
import type { Routes } from "../platform/http/index.ts";
import { type CronJob, type Job, jobRoutes, platformCron } from "../platform/jobs/index.ts";
import { outboxCron } from "../platform/outbox/index.ts";
import { createPages } from "../platform/pages/index.ts";
import { privacyCron, privacyJobs, privacyRoutes } from "../privacy/index.ts";
import { programRoutes } from "../programs/index.ts";
import { clickRoutes, operatorReferralRoutes, partnerReferralRoutes, referralCron } from "../referrals/index.ts";
import { revenueCron, revenueJobs, revenueRoutes, signedRevenueRoutes } from "../revenue/index.ts";
import { salesRoutes } from "../sales/index.ts";
import { adminSupportRoutes, supportJobs, supportRoutes } from "../support/index.ts";
import { taxCron, taxJobs, taxRoutes } from "../tax/index.ts";
import { type TwinService, twinCron, twinJobs, twinRoutes } from "../twins/index.ts";
import { webhookCron, webhookJobs, webhookRoutes } from "../webhooks/index.ts";
import {
  brandingRoutes,
  certificateRoutes,
  coBrandingRoutes,
  domainRoutes,
  subOperatorJobs,
  subOperatorRoutes,
  whitelabelCron,
  whitelabelJobs,
} from "../whitelabel/index.ts";

/** What the lists are made of: every service, as its routes and jobs need it. */
export type Parts = {
  readonly db: Database;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly cookies: Parameters<typeof clickRoutes>[0]["cookies"];
  readonly inbox: Parameters<typeof stripeIntakeRoutes>[0]["inbox"] & {
    readonly jobs: readonly Job[];
    readonly cron: readonly CronJob[];
  };
  readonly stripeIntake: Parameters<typeof stripeIntakeRoutes>[0]["stripe"];
  readonly referrals: Parameters<typeof clickRoutes>[0]["referrals"];
  readonly openStream: Parameters<typeof webhookRoutes>[1];
  readonly identity: Parameters<typeof identityRoutes>[0];
  readonly flags: Parameters<typeof flagRoutes>[0];
  readonly jobList: Parameters<typeof jobRoutes>[0];
  readonly auditTrail: Parameters<typeof auditRoutes>[0];
  readonly programs: Parameters<typeof programRoutes>[0];
  readonly partners: Parameters<typeof partnerRoutes>[0];
  readonly sales: Parameters<typeof salesRoutes>[0];
  readonly commissions: Parameters<typeof commissionRoutes>[0];
  readonly fees: Parameters<typeof feeRoutes>[0];
  readonly payouts: Parameters<typeof payoutRoutes>[0];
  readonly fraud: Parameters<typeof fraudRoutes>[0];
  readonly tax: Parameters<typeof taxRoutes>[0];
  readonly compliance: Parameters<typeof complianceRoutes>[0];
  readonly privacy: Parameters<typeof privacyRoutes>[0];
  readonly revenue: Parameters<typeof revenueRoutes>[0];
  readonly support: Parameters<typeof supportRoutes>[0];
  readonly whitelabel: Parameters<typeof subOperatorRoutes>[0];
  readonly leads: Parameters<typeof leadRoutes>[0];
  readonly materials: Parameters<typeof materialRoutes>[0];
  readonly cards: Parameters<typeof cardRoutes>[0];
  readonly analytics: Parameters<typeof analyticsRoutes>[0];
  readonly exportSchedules: Parameters<typeof exportScheduleRoutes>[0];
  readonly webhooks: Parameters<typeof webhookRoutes>[0];
  readonly notices: Parameters<typeof noticeRoutes>[0];
  readonly twins: TwinService;
};

/** Every route and job of every module, in module order: what the server serves and what the worker runs. */
export function wire(parts: Parts): { routes: Routes[]; jobs: Job[]; cron: CronJob[] } {
  const { db, clock, publicUrl, cookies, inbox } = parts;
  const sendPage = createPages(parts.whitelabel.getPageLook);
  const routes: Routes[] = [
    ...identityRoutes(parts.identity, {
      publicUrl,
      visitorOf: ({ ctx, cookies: sent }) => cookies.read(ctx.tenantId, sent[cookies.name]),
      twins: parts.twins.entrance,
      sendPage,
    }),
    flagRoutes(parts.flags),
    jobRoutes(parts.jobList),
    auditRoutes(parts.auditTrail),
    programRoutes(parts.programs),
    partnerRoutes(parts.partners),
    teamRoutes(parts.partners),
    joinPageRoutes(parts.partners, sendPage),
    adminPartnerRoutes(parts.partners),
    tierReviewRoutes(parts.partners),
    clickRoutes({ referrals: parts.referrals, cookies }),
    partnerReferralRoutes(parts.referrals),
    operatorReferralRoutes(parts.referrals),
    salesRoutes(parts.sales),
    commissionRoutes(parts.commissions),
    adminCommissionRoutes(parts.commissions),
    feeRoutes(parts.fees),
    payoutRoutes(parts.payouts),
    stripeIntakeRoutes({ db, inbox, stripe: parts.stripeIntake }),
    fraudRoutes(parts.fraud),
    reviewRoutes(parts.fraud),
    taxRoutes(parts.tax),
    complianceRoutes(parts.compliance),
    ...privacyRoutes(parts.privacy),
    revenueRoutes(parts.revenue),
    signedRevenueRoutes(parts.revenue),
    supportRoutes(parts.support),
    adminSupportRoutes(parts.support),
    brandingRoutes(parts.whitelabel),
    coBrandingRoutes(parts.whitelabel),
    subOperatorRoutes(parts.whitelabel),
    domainRoutes(parts.whitelabel),
    certificateRoutes(parts.whitelabel),
    leadRoutes(parts.leads),
    adminLeadRoutes(parts.leads),
    materialRoutes(parts.materials),
    adminMaterialRoutes(parts.materials),
    cardRoutes(parts.cards),
    analyticsRoutes(parts.analytics),
    exportScheduleRoutes(parts.exportSchedules),
    webhookRoutes(parts.webhooks, parts.openStream),
    noticeRoutes(parts.notices, sendPage),
    twinRoutes(parts.twins),
  ];
  const jobs: Job[] = [
    ...identityJobs(parts.identity),
    ...partnerJobs(parts.partners),
    ...inbox.jobs,
    ...commissionJobs(parts.commissions),
    ...feeJobs(parts.fees),
    ...analyticsJobs(parts.exportSchedules),
    ...payoutJobs(parts.payouts),
    ...taxJobs(parts.tax),
    ...complianceJobs(parts.compliance),
    ...privacyJobs(parts.privacy),
    ...revenueJobs(parts.revenue),
    ...supportJobs(parts.support),
    ...subOperatorJobs(parts.whitelabel),
    ...whitelabelJobs(parts.whitelabel),
    ...cardJobs(parts.cards),
    ...webhookJobs(parts.webhooks),
    ...noticeJobs(parts.notices),
    ...twinJobs(parts.twins),
  ];
  const cron: CronJob[] = [
    ...platformCron(db),
    ...outboxCron({ db, clock }),
    ...auditCron(parts.auditTrail),
    ...identityCron(parts.identity),
    ...partnerCron(parts.partners),
    ...referralCron(parts.referrals),
    ...inbox.cron,
    ...commissionCron(parts.commissions),
    ...feeCron(parts.fees),
    ...payoutCron(parts.payouts),
    ...fraudCron(parts.fraud),
    ...taxCron(parts.tax),
    ...complianceCron(parts.compliance),
    ...privacyCron(parts.privacy),
    ...revenueCron(parts.revenue),
    ...leadCron(parts.leads),
    ...whitelabelCron(parts.whitelabel),
    ...cardCron(parts.cards),
    ...analyticsCron(parts.analytics, parts.exportSchedules),
    ...webhookCron(parts.webhooks),
    ...noticeCron(parts.notices),
    ...twinCron(parts.twins),
  ];
  return { routes, jobs, cron };
}

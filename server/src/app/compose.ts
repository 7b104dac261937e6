import { analyticsCron, analyticsRoutes, createPartnerAnalyticsService } from "../analytics/index.ts";
import { auditCron, auditRoutes, createAudit, createAuditService } from "../audit/index.ts";
import {
  adminCommissionRoutes,
  commissionCron,
  commissionJobs,
  commissionRoutes,
  createCommissionService,
  findCommission,
} from "../commissions/index.ts";
import { createFeeService, feeCron, feeJobs, feeRoutes } from "../fees/index.ts";
import { createFraudService, fraudCron, fraudPayoutGate, fraudRoutes, reviewRoutes } from "../fraud/index.ts";
import {
  createIdentityService,
  createRequestGuards,
  identityCron,
  identityJobs,
  identityRoutes,
  maskEmail,
} from "../identity/index.ts";
import { systemClock } from "../kernel/clock.ts";
import { createLedger } from "../ledger/index.ts";
import { createNoticeService, noticeCron, noticeJobs, noticeRoutes } from "../notices/index.ts";
import {
  adminPartnerRoutes,
  createPartnerService,
  partnerCron,
  partnerJobs,
  partnerRoutes,
  tierReviewRoutes,
} from "../partners/index.ts";
import {
  createBankFile,
  createPayoutService,
  createStripeAccounts,
  createStripeClient,
  createStripeTransfers,
  describeAccount,
  findPayout,
  payoutCron,
  payoutJobs,
  payoutRoutes,
  stripeConnectHandler,
  stripeIntakeRoutes,
} from "../payouts/index.ts";
import { createFingerprint, createSealer, deriveKey } from "../platform/crypto/index.ts";
import { openDatabase } from "../platform/database/index.ts";
import { createFlags, flagRoutes } from "../platform/flags/index.ts";
import type { Routes } from "../platform/http/index.ts";
import { type CronJob, createJobList, type Job, jobRoutes, platformCron } from "../platform/jobs/index.ts";
import { createMailer } from "../platform/mail/index.ts";
import {
  type AfterSubscriptions,
  type BatchListener,
  createOutbox,
  type InsideSubscriptions,
  outboxCron,
} from "../platform/outbox/index.ts";
import { createRateLimits } from "../platform/rate-limit/index.ts";
import { createProgramService, programRoutes } from "../programs/index.ts";
import {
  clickRoutes,
  countQualified,
  createReferralService,
  createVisitorCookies,
  findTakenCodes,
  operatorReferralRoutes,
  partnerReferralRoutes,
  redirectShortcut,
  referralCron,
} from "../referrals/index.ts";
import {
  createRevenueService,
  matchLater,
  revenueCron,
  revenueJobs,
  revenueRoutes,
  signedRevenueRoutes,
} from "../revenue/index.ts";
import {
  createInbox,
  createSalesService,
  findRecorded,
  findRecordedOfReferral,
  findRecordedSequence,
  findTransactionsByExternalIds,
  salesRoutes,
} from "../sales/index.ts";
import { adminSupportRoutes, createSupportService, supportJobs, supportRoutes } from "../support/index.ts";
import { createTenantService } from "../tenants/index.ts";
import {
  createDeliverer,
  createEventHub,
  createEventStreams,
  createWebhookService,
  webhookCron,
  webhookJobs,
  webhookRoutes,
} from "../webhooks/index.ts";
import type { ComposeConfig, Ports } from "./compose-config.ts";
import { explainTransaction } from "./explain-transaction.ts";
import { chainCheck, replayCheck } from "./prove/module-checks.ts";
import type { ModuleCheck } from "./prove/prove.ts";

/** Builds the whole program from its configuration. Reads top to bottom in module order; nothing else constructs a service. */
export async function compose(config: ComposeConfig, overrides: Partial<Ports> = {}) {
  await using boot = new AsyncDisposableStack();
  const { logger, publicUrl, secrets } = config;
  const db = boot.use(
    openDatabase({ ...config.database, onPoolError: (error) => logger.warn({ err: error }, "idle connection lost") }),
  );
  const ports: Ports = { clock: systemClock, mailer: createMailer(config.mail), ...overrides };
  const { clock, mailer } = ports;
  const onError = (error: unknown): void => logger.error({ err: error }, "failed behind a request");

  const outbox = createOutbox(() => inside);
  const limits = createRateLimits({ db });
  const sealer = createSealer(secrets.encryptionKey);
  const fingerprint = createFingerprint(deriveKey(secrets.pepper, "tributary fingerprints"));

  const tenants = createTenantService({ db });
  const audit = createAudit();
  const auditTrail = createAuditService({ db, secrets });
  const flags = boot.use(await createFlags({ db, clock, audit }));
  const identity = boot.use(
    await createIdentityService({ db, audit, outbox, mailer, limits, secrets, publicUrl, onError }),
  );
  const ledger = createLedger();
  const programs = createProgramService({ db, audit, outbox, ledger });
  const partners = createPartnerService({
    db,
    audit,
    outbox,
    mailer,
    programs,
    people: identity,
    keys: identity,
    flags,
    publicUrl,
    gates: [],
    // Referrals lie above: asked through here.
    referrals: { findTakenCodes, countQualified },
  });
  const referrals = boot.use(
    createReferralService({
      db,
      audit,
      outbox,
      programs,
      partners,
      customers: identity,
      people: identity,
      // Commissions lie above: asked through here.
      commissions: { prepareHandover: (tx, of) => commissions.prepareHandover(tx, of) },
      explainTransaction,
      fingerprint,
      publicUrl,
      ...(config.clickRetentionDays === undefined ? {} : { ipRetentionDays: config.clickRetentionDays }),
    }),
  );
  const inbox = createInbox({
    db,
    handlers: () => ({ stripe_connect: stripeConnectHandler(() => payouts), stripe: revenue.takeStripeMessage }),
  });
  const sales = createSalesService({ db, outbox, customers: identity, referrals, partners });
  const commissions = createCommissionService({
    db,
    audit,
    outbox,
    ledger,
    mailer,
    programs,
    partners,
    referrals,
    customers: identity,
    sales: {
      findRecorded,
      findRecordedOfReferral,
      findRecordedSequence,
      findByExternalIds: findTransactionsByExternalIds,
    },
    people: identity,
    gates: [],
    // Payouts lie above: asked through here.
    payouts: {
      takenParts: (tx, ids) => payouts.takenParts(tx, ids),
      approvalAbove: (tx, currency) => payouts.approvalAbove(tx, currency),
    },
  });
  const fees = createFeeService({ db, audit, outbox, ledger, mailer, programs, partners, commissions });
  const stripe = config.stripe && { ...config.stripe, client: createStripeClient(config.stripe) };
  const payouts = createPayoutService({
    db,
    audit,
    outbox,
    ledger,
    people: identity,
    programs,
    partners,
    commissions,
    mailer,
    sealer,
    gates: [fraudPayoutGate],
    providers: { bank_file: createBankFile(), ...(stripe && { stripe_connect: createStripeTransfers(stripe.client) }) },
    accounts: stripe && createStripeAccounts(stripe.client),
    publicUrl,
  });
  const fraud = createFraudService({
    db,
    audit,
    outbox,
    fingerprint,
    partners,
    people: identity,
    referrals,
    payouts,
  });
  const revenue = createRevenueService({ db, clock, audit, sealer, inbox, sales, customers: identity, commissions });
  const support = createSupportService({
    db,
    audit,
    outbox,
    limits,
    mailer,
    publicUrl,
    partners,
    people: identity,
    ownerOf: {
      commission: async (tx, id) => (await findCommission(tx, id))?.partner_id,
      payout: async (tx, id) => (await findPayout(tx, id))?.partner_id,
      referral: async (tx, id) => (await referrals.findReferrals(tx, [id])).get(id)?.partnerId,
    },
  });
  const analytics = createPartnerAnalyticsService({ db, programs, maskEmail });

  const jobList = createJobList({ db, clock, cron: () => cron });
  const hooks = {
    db,
    audit,
    outbox,
    sealer,
    clock,
    partners,
    operatorContacts: identity.findAdministratorEmails,
    mailer,
    addresses: config.webhookAddresses ?? { allowsLoopback: false, allowsPrivate: false },
    publicUrl,
  };
  const webhooks = createWebhookService(hooks);
  const notices = createNoticeService({
    db,
    audit,
    mailer,
    partners,
    people: identity,
    programs,
    linkKey: deriveKey(secrets.pepper, "tributary unsubscribe links"),
    publicUrl,
  });
  const openStream = createEventStreams({ db, hub: boot.use(createEventHub({ db, onError })), partners });
  const deliverer = createDeliverer({ ...hooks, onGone: webhooks.endGone, onError });

  const guards = createRequestGuards({ tenants, identity, limits, clock });
  const cookies = createVisitorCookies({
    key: deriveKey(secrets.pepper, "tributary visitors"),
    isSecure: publicUrl.startsWith("https:"),
  });
  const shortcut = redirectShortcut({ referrals, cookies, guards });
  const routes: Routes[] = [
    ...identityRoutes(identity, {
      publicUrl,
      visitorOf: ({ ctx, cookies: sent }) => cookies.read(ctx.tenantId, sent[cookies.name]),
    }),
    flagRoutes(flags),
    jobRoutes(jobList),
    auditRoutes(auditTrail),
    programRoutes(programs),
    partnerRoutes(partners),
    adminPartnerRoutes(partners),
    tierReviewRoutes(partners),
    clickRoutes({ referrals, cookies }),
    partnerReferralRoutes(referrals),
    operatorReferralRoutes(referrals),
    salesRoutes(sales),
    commissionRoutes(commissions),
    adminCommissionRoutes(commissions),
    feeRoutes(fees),
    payoutRoutes(payouts),
    stripeIntakeRoutes({
      db,
      inbox,
      stripe: stripe && { client: stripe.client, connectWebhookSecret: stripe.webhookSecret },
    }),
    fraudRoutes(fraud),
    reviewRoutes(fraud),
    revenueRoutes(revenue),
    signedRevenueRoutes(revenue),
    supportRoutes(support),
    adminSupportRoutes(support),
    analyticsRoutes(analytics),
    webhookRoutes(webhooks, openStream),
    noticeRoutes(notices),
  ];
  const jobs: Job[] = [
    ...identityJobs(identity),
    ...partnerJobs(partners),
    ...inbox.jobs,
    ...commissionJobs(commissions),
    ...feeJobs(fees),
    ...payoutJobs(payouts),
    ...revenueJobs(revenue),
    ...supportJobs(support),
    ...webhookJobs(webhooks),
    ...noticeJobs(notices),
  ];
  const cron: CronJob[] = [
    ...platformCron(db),
    ...outboxCron({ db, clock }),
    ...auditCron(auditTrail),
    ...identityCron(identity),
    ...partnerCron(partners),
    ...referralCron(referrals),
    ...inbox.cron,
    ...commissionCron(commissions),
    ...feeCron(fees),
    ...payoutCron(payouts),
    ...fraudCron(fraud),
    ...revenueCron(revenue),
    ...analyticsCron(analytics),
    ...webhookCron(webhooks),
    ...noticeCron(notices),
  ];

  // What happened → who cares. The only place where news from a lower module reaches an upper one.
  /** Before the caller is answered, in the same transaction. */
  const inside: InsideSubscriptions = {
    "user.email_verified": [partners.approveVerified],
    "plan.published": [partners.followPlan],
    "referral.converted": [fraud.screenConversions, matchLater],
    "partner.created": [referrals.createDefaultLinks],
    "partner.code_changed": [referrals.createDefaultLinks],
    "payout_method.changed": [fraud.notePayoutAccounts],
    "transaction.recorded": [commissions.assessTransactions],
    "partner_event.recorded": [commissions.assessPartnerEvents],
  };
  /** After commit, from the outbox. */
  const after: AfterSubscriptions = {};
  /** The same, for who takes many at once. */
  const afterTogether: readonly BatchListener[] = [fraud.takeEvents, webhooks.fanOut, notices.takeNotices];

  /** What only a module's own code can prove. */
  const moduleChecks: readonly ModuleCheck[] = [replayCheck({ db, commissions }), chainCheck(auditTrail)];

  const owned = boot.move();
  return {
    db,
    clock,
    mailer,
    tenants,
    identity,
    flags,
    audit,
    auditTrail,
    ledger,
    programs,
    partners,
    referrals,
    inbox,
    sales,
    commissions,
    fees,
    payouts,
    fraud,
    revenue,
    support,
    analytics,
    webhooks,
    notices,
    deliverer,
    guards,
    routes,
    shortcut,
    jobs,
    jobList,
    cron,
    inside,
    after,
    afterTogether,
    moduleChecks,
    /** Whether Stripe takes the key, and whose account it is; undefined where no key is set. */
    askStripe: stripe && (() => describeAccount(stripe.client)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

export type Composition = Awaited<ReturnType<typeof compose>>;

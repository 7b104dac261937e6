import { createExportSchedules, createPartnerAnalyticsService } from "../analytics/index.ts";
import { createAudit, createAuditService } from "../audit/index.ts";
import { createCardService } from "../cards/index.ts";
import { createCommissionService, findCommission, type PayoutParts } from "../commissions/index.ts";
import { createComplianceService } from "../compliance/index.ts";
import { createFeeService } from "../fees/index.ts";
import { createFraudService } from "../fraud/index.ts";
import { createIdentityService, createRequestGuards, maskEmail } from "../identity/index.ts";
import { systemClock } from "../kernel/clock.ts";
import { createLeadService } from "../leads/index.ts";
import { createLedger } from "../ledger/index.ts";
import { createMaterialService } from "../materials/index.ts";
import { createNoticeService } from "../notices/index.ts";
import { createPartnerService } from "../partners/index.ts";
import { createBankFile, createPayoutService, findPayout, stripeConnectHandler, sumOpen } from "../payouts/index.ts";
import { createEnvelope, createFingerprint, createSealer, deriveKey } from "../platform/crypto/index.ts";
import { openDatabase, type ReadTx } from "../platform/database/index.ts";
import { createFlags } from "../platform/flags/index.ts";
import { createJobList } from "../platform/jobs/index.ts";
import { createMailer } from "../platform/mail/index.ts";
import {
  type AfterSubscriptions,
  type BatchListener,
  createOutbox,
  type InsideSubscriptions,
} from "../platform/outbox/index.ts";
import { createRateLimits } from "../platform/rate-limit/index.ts";
import { createPrivacyService } from "../privacy/index.ts";
import { createProgramService } from "../programs/index.ts";
import {
  countQualified,
  createReferralService,
  createVisitorCookies,
  findTakenCodes,
  redirectShortcut,
} from "../referrals/index.ts";
import { createRevenueService, matchLater } from "../revenue/index.ts";
import {
  createInbox,
  createSalesService,
  findRecorded,
  findRecordedOfReferral,
  findRecordedSequence,
  findTransactionsByExternalIds,
} from "../sales/index.ts";
import { createSupportService } from "../support/index.ts";
import { createTaxService } from "../tax/index.ts";
import { createTenantService } from "../tenants/index.ts";
import {
  createCallerWatch,
  createDeliverer,
  createEventHub,
  createEventStreams,
  createWebhookService,
} from "../webhooks/index.ts";
import { createDomainResolver, createWhitelabelService } from "../whitelabel/index.ts";
import type { ComposeConfig, Ports } from "./compose-config.ts";
import { explainTransaction } from "./explain-transaction.ts";
import { openStripe } from "./open-stripe.ts";
import { personalDataSources } from "./personal-data-sources.ts";
import { chainCheck, replayCheck } from "./prove/module-checks.ts";
import type { ModuleCheck } from "./prove/prove.ts";
import { shareCheck } from "./prove/share-checks.ts";
import { screeningOf } from "./screening-source.ts";
import { wire } from "./wiring.ts";

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

  const tenants = boot.use(createTenantService({ db, onError }));
  const audit = createAudit();
  const auditTrail = createAuditService({ db, audit, secrets, place: config.checkpointPlace });
  const flags = boot.use(await createFlags({ db, clock, audit }));
  const identity = boot.use(
    await createIdentityService({ db, audit, outbox, mailer, limits, secrets, publicUrl, onError }),
  );
  const ledger = createLedger();
  const books = { db, audit, outbox, ledger };
  const programs = createProgramService({
    ...books,
    // What the operator above allows lies above: asked through here.
    gates: [(tx, asked) => whitelabel.requireWithinLimits(tx, asked)],
  });
  const partners = createPartnerService({
    ...books,
    mailer,
    programs,
    people: identity,
    keys: identity,
    flags,
    publicUrl,
    // Compliance, and what the operator above allows, lie above: asked through here.
    gates: [
      (tx, candidate) => compliance.mayBeApproved(tx, candidate),
      (tx, candidate) => whitelabel.mayBePartner(tx, candidate),
    ],
    room: (tx) => whitelabel.partnerRoom(tx),
    // Referrals lie above: asked through here.
    referrals: { findTakenCodes, countQualified },
  });
  const referrals = boot.use(
    createReferralService({
      ...books,
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
    handlers: () => ({
      stripe_connect: stripeConnectHandler(() => payouts),
      stripe: revenue.takeStripeMessage,
      card_issuer: cards.takeNews,
    }),
  });
  const sales = createSalesService({ db, outbox, customers: identity, referrals, partners });
  // Payouts lie above: asked through here.
  const payoutParts: PayoutParts = {
    takenParts: (tx, ids) => payouts.takenParts(tx, ids),
    approvalAbove: (tx, currency) => payouts.approvalAbove(tx, currency),
  };
  const commissions = createCommissionService({
    ...books,
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
    payouts: payoutParts,
  });
  const earned = { ...books, mailer, programs, partners, commissions, people: identity };
  // How documents look lies above: asked through here.
  const brandOf = (tx: ReadTx) => whitelabel.pdfBrand(tx);
  const fees = createFeeService({ ...earned, brandOf, payouts: payoutParts });
  const stripe = config.stripe && openStripe(config.stripe);
  const payouts = createPayoutService({
    ...earned,
    brandOf,
    sealer,
    // Fraud, taxes and compliance lie above: asked through here.
    gates: [
      (tx, payout) => fraud.payoutGate(tx, payout),
      (tx, payout) => tax.payoutGate(tx, payout),
      (tx, payout) => compliance.mayBePaid(tx, payout),
    ],
    withholding: (tx, rows) => tax.withholding(tx, rows),
    providers: { bank_file: createBankFile(), ...(stripe && { stripe_connect: stripe.transfers }) },
    accounts: stripe?.accounts,
    publicUrl,
  });
  const fraud = createFraudService({ ...books, fingerprint, partners, people: identity, referrals, payouts });
  const tax = createTaxService({
    ...books,
    sealer,
    envelope: createEnvelope(sealer),
    indexKey: deriveKey(secrets.pepper, "tributary taxpayer numbers"),
    programs,
    partners,
    payouts: { findPayout, sumOpen },
  });
  const complying = { ...books, partners, people: identity, taxes: tax, payouts, programs };
  const compliance = createComplianceService({ ...complying, screening: screeningOf(db, config.sanctions) });
  const revenue = createRevenueService({ ...earned, clock, sealer, inbox, sales, referrals, customers: identity });
  const support = createSupportService({
    ...books,
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
  const whitelabel = createWhitelabelService({
    ...books,
    tenants,
    mailer,
    publicUrl,
    domainTarget: config.domains?.target ?? new URL(publicUrl).hostname,
    domainResolver: createDomainResolver({ servers: config.domains?.dnsServers }),
    programs,
    partners,
    referrals,
    fees,
    people: identity,
  });
  const leads = createLeadService({ db, audit, outbox, limits, partners, referrals, customers: identity });
  const materials = createMaterialService({ db, audit, programs, partners, publicUrl });
  const cards = createCardService({
    ...books,
    sealer,
    inbox,
    issuerAddresses: config.cardIssuerAddresses ?? [],
    publicUrl,
    partners,
    referrals,
    customers: identity,
    sales,
    fees,
    onError,
  });
  const sources = personalDataSources({
    sealer,
    fraud: fraud.personalData,
    tax: tax.personalData,
    cards: cards.personalData,
  });
  const privacy = createPrivacyService({ db, audit, ledger, mailer, sealer, publicUrl, partners, sources });
  const analytics = createPartnerAnalyticsService({ db, programs, maskEmail });
  const exportSchedules = createExportSchedules({ ...earned, maskEmail, publicUrl, exportFolder: config.exportFolder });

  const jobList = createJobList({ db, clock, cron: () => cron });
  const hooks = {
    ...books,
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
    ...earned,
    linkKey: deriveKey(secrets.pepper, "tributary unsubscribe links"),
    publicUrl,
  });
  const openStream = createEventStreams({
    db,
    hub: boot.use(createEventHub({ db, onError })),
    callers: boot.use(createCallerWatch({ db, clock, onError })),
    partners,
  });
  const deliverer = createDeliverer({
    ...hooks,
    onGone: webhooks.endGone,
    onError,
    onSettled: (batch) => logger.debug(batch, "webhooks delivered"),
  });

  const guards = createRequestGuards({ tenants, identity, limits, clock });
  const cookies = createVisitorCookies({
    key: deriveKey(secrets.pepper, "tributary visitors"),
    isSecure: publicUrl.startsWith("https:"),
  });
  const shortcut = redirectShortcut({ referrals, cookies, guards });
  const { routes, jobs, cron } = wire({
    db,
    clock,
    publicUrl,
    cookies,
    inbox,
    stripeIntake: stripe?.intake,
    openStream,
    identity,
    flags,
    jobList,
    auditTrail,
    programs,
    partners,
    referrals,
    sales,
    commissions,
    fees,
    payouts,
    fraud,
    tax,
    compliance,
    privacy,
    revenue,
    support,
    whitelabel,
    leads,
    materials,
    cards,
    analytics,
    exportSchedules,
    webhooks,
    notices,
  });

  // What happened → who cares. The only place where news from a lower module reaches an upper one.
  /** Before the caller is answered, in the same transaction. */
  const inside: InsideSubscriptions = {
    "user.email_verified": [partners.approveVerified],
    "plan.published": [partners.followPlan],
    "referral.converted": [fraud.screenConversions, matchLater],
    "referral.reattributed": [fraud.noteMovedCustomers],
    "partner.created": [referrals.createDefaultLinks, compliance.screenOnChange],
    "partner.updated": [compliance.screenOnChange],
    "partner.cleared": [partners.approveVerified],
    "partner.code_changed": [referrals.createDefaultLinks],
    "payout_method.changed": [fraud.notePayoutAccounts, compliance.screenOnChange],
    "payout_method.account_noted": [fraud.notePayoutAccounts, compliance.screenOnChange],
    "tax.form_signed": [compliance.screenOnChange],
    "transaction.recorded": [commissions.assessTransactions, whitelabel.noteSales],
    "partner_event.recorded": [commissions.assessPartnerEvents],
    "payout.completed": [tax.recordPaid, fraud.notePaid],
    "payout.returned": [tax.recordReturned, fraud.noteReturned],
  };
  /** After commit, from the outbox. */
  const after: AfterSubscriptions = {};
  /** The same, for who takes many at once. */
  const afterTogether: readonly BatchListener[] = [
    fraud.takeEvents,
    leads.tieLeads,
    whitelabel.bookShares,
    webhooks.fanOut,
    notices.takeNotices,
  ];

  /** What only a module's own code can prove. */
  const moduleChecks: readonly ModuleCheck[] = [
    replayCheck({ db, commissions }),
    chainCheck(auditTrail),
    shareCheck(whitelabel),
  ];

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
    tax,
    compliance,
    sources,
    privacy,
    revenue,
    support,
    whitelabel,
    leads,
    materials,
    cards,
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
    askStripe: stripe?.ask,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

export type Composition = Awaited<ReturnType<typeof compose>>;

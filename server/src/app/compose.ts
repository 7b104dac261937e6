import { createExportSchedules, createPartnerAnalyticsService } from "../analytics/index.ts";
import { createAudit, createAuditService } from "../audit/index.ts";
import { createCardService } from "../cards/index.ts";
import { createCommissionService, findCommission, type PayoutParts } from "../commissions/index.ts";
import { createComplianceService, mustBeKept } from "../compliance/index.ts";
import { createFeeService, hasFees } from "../fees/index.ts";
import { createFraudService } from "../fraud/index.ts";
import { createIdentityService, createRequestGuards, maskEmail } from "../identity/index.ts";
import { systemClock } from "../kernel/clock.ts";
import { createLeadService } from "../leads/index.ts";
import { createLedger } from "../ledger/index.ts";
import { createMaterialService } from "../materials/index.ts";
import { createNoticeService } from "../notices/index.ts";
import { createPartnerService } from "../partners/index.ts";
import {
  createPayoutService,
  findPayout,
  stripeConnectHandler,
  sumCompleted,
  sumNotHandedOut,
  sumOpen,
} from "../payouts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { createEnvelope, createFingerprint, createSealer, deriveKey } from "../platform/crypto/index.ts";
import { openDatabase, type ReadTx } from "../platform/database/index.ts";
import { createFlags } from "../platform/flags/index.ts";
import { createJobList } from "../platform/jobs/index.ts";
import { createMailer, type PartnerLook } from "../platform/mail/index.ts";
import { createOutbox } from "../platform/outbox/index.ts";
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
import { createRevenueService } from "../revenue/index.ts";
import { createInbox, createSalesService } from "../sales/index.ts";
import { createSupportService } from "../support/index.ts";
import { createTaxService } from "../tax/index.ts";
import { createTenantService } from "../tenants/index.ts";
import { createTenantMailer, createTwinService } from "../twins/index.ts";
import {
  createCallerWatch,
  createDeliverer,
  createEventHub,
  createEventStreams,
  createWebhookService,
  findEndpointsMadeBy,
} from "../webhooks/index.ts";
import { createDomainResolver, createWhitelabelService } from "../whitelabel/index.ts";
import type { ComposeConfig, Ports } from "./compose-config.ts";
import { explainTransaction } from "./explain-transaction.ts";
import { openStripe, transferProviders } from "./open-stripe.ts";
import { personalDataSources } from "./personal-data-sources.ts";
import { allModuleChecks } from "./prove/all-module-checks.ts";
import { recordedSales } from "./recorded-sales.ts";
import { screeningOf } from "./screening-source.ts";
import { subscribe } from "./subscriptions.ts";
import { wire } from "./wiring.ts";

/** Builds the whole program from its configuration. Reads top to bottom in module order; nothing else constructs a service. */
export async function compose(config: ComposeConfig, overrides: Partial<Ports> = {}) {
  await using boot = new AsyncDisposableStack();
  const { logger, publicUrl, secrets } = config;
  const db = boot.use(
    openDatabase({ ...config.database, onPoolError: (error) => logger.warn({ err: error }, "idle connection lost") }),
  );
  const ports: Ports = { clock: systemClock, mailer: createMailer(config.mail), ...overrides };
  const { clock } = ports;
  const mailer = createTenantMailer({ db, server: ports.mailer });
  const onError = (error: unknown): void => logger.error({ err: error }, "failed behind a request");

  const outbox = createOutbox(() => inside);
  const limits = createRateLimits({ db });
  const sealer = createSealer(secrets.encryptionKey);
  const fingerprint = createFingerprint(deriveKey(secrets.pepper, "tributary fingerprints"));

  const tenants = boot.use(createTenantService({ db, onError }));
  const audit = createAudit();
  const auditTrail = createAuditService({
    db,
    audit,
    secrets,
    place: config.checkpointPlace,
    // Who people and partners are lies above: asked through here.
    who: {
      named: (tx, words) => partners.named(tx, words),
      namesOf: (tx, ids) => partners.namesOf(tx, ids),
    },
  });
  const flags = boot.use(await createFlags({ db, clock, audit, outbox }));
  // How mails to partners look, and whether a domain is its programme's still, lies above: asked through here.
  const mailing = {
    mailer,
    publicUrl,
    partnerLook: (tx: ReadTx, partnerId: string): ReturnType<PartnerLook> => whitelabel.partnerLook(tx, partnerId),
    proveLinkHost: (ctx: Ctx): Promise<void> => whitelabel.proveLinkHost(ctx),
  };
  const identity = boot.use(await createIdentityService({ db, audit, outbox, ...mailing, limits, secrets, onError }));
  const ledger = createLedger();
  const books = { db, audit, outbox, ledger };
  const programs = createProgramService({
    ...books,
    // What the operator above allows lies above: asked through here.
    gates: [(tx, asked) => whitelabel.requireWithinLimits(tx, asked)],
  });
  const partners = createPartnerService({
    ...books,
    ...mailing,
    programs,
    people: identity,
    keys: identity,
    flags,
    // Compliance, and what the operator above allows, lie above: asked through here.
    gates: [
      (tx, candidate) => compliance.mayBeApproved(tx, candidate),
      (tx, candidate) => whitelabel.mayBePartner(tx, candidate),
    ],
    room: (tx) => whitelabel.partnerRoom(tx),
    findEndpointsMadeBy,
    hasFees,
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
    unpaidSums: (tx, accounts) => payouts.unpaidSums(tx, accounts),
    sumCompleted,
    approvalAbove: (tx, currency) => payouts.approvalAbove(tx, currency),
  };
  const commissions = createCommissionService({
    ...books,
    mailer,
    publicUrl,
    programs,
    partners,
    referrals,
    customers: identity,
    sales: recordedSales,
    people: identity,
    gates: [],
    payouts: payoutParts,
  });
  // How documents look lies above: asked through here.
  const brandOf = (tx: ReadTx) => whitelabel.pdfBrand(tx);
  const earned = { ...books, ...mailing, programs, partners, commissions, people: identity };
  const fees = createFeeService({ ...earned, brandOf, payouts: payoutParts });
  const stripe = config.stripe && openStripe(config.stripe);
  const payouts = createPayoutService({
    ...earned,
    brandOf,
    sealer,
    // Fraud, taxes and compliance lie above: asked through here.
    gates: [
      (tx, asked) => fraud.payoutGate(tx, asked),
      (tx, asked) => tax.payoutGate(tx, asked),
      (tx, asked) => compliance.mayBePaid(tx, asked),
    ],
    withholding: (tx, rows) => tax.withholding(tx, rows),
    providers: transferProviders(stripe?.transfers),
    accounts: stripe?.accounts,
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
  const compliance = createComplianceService({
    ...complying,
    sealer,
    nameKey: deriveKey(secrets.pepper, "tributary screened names"),
    screening: screeningOf(db, config.sanctions),
  });
  const revenue = createRevenueService({ ...earned, clock, sealer, inbox, sales, referrals, customers: identity });
  const support = createSupportService({
    ...books,
    ...mailing,
    limits,
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
    ...mailing,
    tenants,
    domainTarget: config.domains?.target ?? new URL(publicUrl).hostname,
    domainResolver: createDomainResolver({ servers: config.domains?.dnsServers }),
    programs,
    partners,
    referrals,
    fees,
    people: identity,
  });
  const leads = createLeadService({ db, audit, outbox, limits, partners, referrals, customers: identity });
  const materials = createMaterialService({ db, audit, outbox, programs, partners, publicUrl });
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
  const erasing = { db, audit, outbox, ledger, mailer, sealer, publicUrl, partners, sources };
  const privacy = createPrivacyService({ ...erasing, payouts: { sumNotHandedOut }, mustBeKept });
  const analytics = createPartnerAnalyticsService({ db, programs, maskEmail });
  const exportSchedules = createExportSchedules({ ...earned, maskEmail, exportFolder: config.exportFolder });

  const jobList = createJobList({ db, clock, cron: () => cron });
  const hooks = {
    ...books,
    ...mailing,
    sealer,
    clock,
    partners,
    operatorContacts: identity.findAdministrators,
    addresses: config.webhookAddresses ?? { allowsLoopback: false, allowsPrivate: false },
  };
  const webhooks = createWebhookService(hooks);
  const notices = createNoticeService({ ...earned, linkKey: deriveKey(secrets.pepper, "tributary unsubscribe links") });
  const twins = createTwinService({ db, clock, audit, outbox, programs, partners, cron: () => cron, onError });
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
    twins,
  });

  const { inside, after, afterTogether } = subscribe({
    partners,
    referrals,
    commissions,
    fraud,
    tax,
    compliance,
    leads,
    whitelabel,
    cards,
    webhooks,
    notices,
  });

  const moduleChecks = allModuleChecks({ db, commissions, auditTrail, whitelabel });
  const owned = boot.move();
  return {
    db,
    clock,
    /** What takes the mail of live tenants. */
    mailer: ports.mailer,
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
    twins,
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

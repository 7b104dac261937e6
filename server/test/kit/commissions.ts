import { createAudit } from "../../src/audit/index.ts";
import type { ApprovalGate } from "../../src/commissions/commission-deps.ts";
import {
  type CommissionRow,
  insertCommissions,
  type NewCommission,
} from "../../src/commissions/commission-repository.ts";
import { leftOf } from "../../src/commissions/commission-rules.ts";
import { changeHeld, findUnsettledDisputes } from "../../src/commissions/dispute-repository.ts";
import { createCommissionService } from "../../src/commissions/index.ts";
import { lockFamily } from "../../src/commissions/lock-family.ts";
import {
  createCustomers,
  findCustomerExternalIds,
  findCustomers,
  findCustomersByExternalIds,
  lockCustomers,
} from "../../src/identity/index.ts";
import { DAY_MS, movableClock } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import { invariant } from "../../src/kernel/invariant.ts";
import { commissionAssessed, commissionReversed, createLedger } from "../../src/ledger/index.ts";
import { findBackdatedFollowers, findPlanFollowers } from "../../src/partners/follow-plan.ts";
import {
  findArrival,
  findByExternalIds,
  findRecordedEvents,
  findStatuses,
  findTerms,
  getPartner,
  lockSequences,
  recordEvents,
  takeNumbers,
} from "../../src/partners/index.ts";
import { createPayoutService, sumCompleted } from "../../src/payouts/index.ts";
import type { TransferOutcome } from "../../src/payouts/transfer-provider.ts";
import { type Ctx, systemContext } from "../../src/platform/context.ts";
import { openDatabase } from "../../src/platform/database/index.ts";
import type { Mail } from "../../src/platform/mail/index.ts";
import { createOutbox, type InsideSubscriptions } from "../../src/platform/outbox/index.ts";
import { OPERATOR_SCOPES, PARTNER_SCOPES, type Scope } from "../../src/platform/scopes.ts";
import { createProgramService } from "../../src/programs/index.ts";
import {
  findAttributions,
  findReattributed,
  findReferrals,
  markQualified,
  unqualify,
} from "../../src/referrals/index.ts";
import {
  createSalesService,
  findRecorded,
  findRecordedOfReferral,
  findRecordedSequence,
  findTransactionsByExternalIds,
} from "../../src/sales/index.ts";
import { figureSeeds } from "./figures.ts";
import { asOwner, cloneDatabase } from "./postgres.ts";
import { seedPartner, seedTenant } from "./seed.ts";
import { TAX_LISTENERS } from "./tax-listeners.ts";
import { answering } from "./transfers.ts";

export const HOLD_DAYS = 30;

/**
 * Commissions and payouts on a database of their own, with a clock to move: everything is real but the transfer provider, the mail server and
 * the gates, which answer what the test says.
 */
export async function commissionWorld() {
  const clock = movableClock(new Date("2026-01-01T00:00:00Z"));
  const clone = await cloneDatabase();
  const db = openDatabase({ url: clone.serverUrl });
  const tenantId = await seedTenant(clone, { at: clock.now() });
  const [audit, ledger, outbox] = [
    createAudit(),
    createLedger(),
    createOutbox(() => ({ ...TAX_LISTENERS, ...said.inside })),
  ];

  const said: {
    outcome: TransferOutcome;
    gate: ApprovalGate;
    mails: Mail[];
    inside: InsideSubscriptions;
    team: Set<string>;
    limit: bigint | null;
  } = {
    team: new Set(),
    limit: null,
    outcome: { kind: "unknown", code: "silence" },
    gate: async (_tx, candidates) => new Map(candidates.map(({ commissionId }) => [commissionId, { allowed: true }])),
    mails: [],
    inside: {
      "transaction.recorded": [(tx, events) => commissions.assessTransactions(tx, events)],
      "partner_event.recorded": [(tx, events) => commissions.assessPartnerEvents(tx, events)],
    },
  };
  const programs = createProgramService({ db, audit, outbox, ledger, gates: [] });
  const commissions = createCommissionService({
    db,
    audit,
    ledger,
    outbox,
    publicUrl: "https://operator.test",
    mailer: { send: async (mail) => void said.mails.push(mail) },
    partners: {
      getPartner,
      recordEvents: recordEvents({ outbox }),
      findTerms: findTerms({ programs }),
      findArrival,
      findRecordedEvents,
      lockSequences,
      findBackdatedFollowers,
      findPlanFollowers,
      currentTerms: async (_tx, ids) => new Map(ids.map((id) => [id, { holdDays: HOLD_DAYS }])),
    },
    programs: { ...programs, getProgram: async () => ({ id: newId(), timeZone: "America/New_York" }) },
    referrals: {
      findReferrals,
      explainIn: async () => undefined,
      findReattributed,
      markQualified: markQualified({ outbox }),
      unqualify: unqualify({ outbox }),
    },
    customers: { findCustomers },
    sales: {
      findRecorded,
      findRecordedOfReferral,
      findRecordedSequence,
      findByExternalIds: findTransactionsByExternalIds,
    },
    people: {
      makerOfKey: async () => null,
      isTeamMember: async (_tx, id) => said.team.has(id),
      findAdministrators: async () => [{ email: "admin@example.com", language: null }],
    },
    payouts: {
      takenParts: (tx, ids) => payouts.takenParts(tx, ids),
      unpaidSums: (tx, accounts) => payouts.unpaidSums(tx, accounts),
      sumCompleted,
      approvalAbove: async () => said.limit,
    },
    gates: [(tx, candidates) => said.gate(tx, candidates)],
  });
  const payouts = createPayoutService({
    db,
    audit,
    ledger,
    outbox,
    partners: {
      getPartner,
      findStatuses,
      findByExternalIds,
      minimumPayouts: async (_tx, asked) => asked.map(() => 0n),
      contactOf: async (_tx, id) => ({ email: `${id}@example.com`, language: null }),
    },
    commissions,
    people: { makerOfKey: async () => null, findPayers: async () => [], contactsOf: async () => new Map() },
    programs: { getProgram: async () => ({ name: "Test", timeZone: "UTC" }) },
    mailer: { send: async (mail) => void said.mails.push(mail) },
    sealer: { seal: (text) => Buffer.from(text), open: String },
    gates: [],
    withholding: async () => new Map(),
    providers: { stripe_connect: answering(() => said.outcome) },
    accounts: undefined,
    publicUrl: "http://localhost",
  });

  const sales = createSalesService({
    db,
    outbox,
    customers: { lockCustomers, createCustomers, findCustomerIds: findCustomersByExternalIds, findCustomerExternalIds },
    referrals: { findAttributions, findReattributed },
    partners: { takeNumbers },
  });

  const context = (actor: Ctx["actor"], tenant = tenantId): Ctx => ({
    tenantId: tenant,
    actor,
    now: clock.now(),
    requestId: "test",
    ip: null,
  });
  const system = (tenant = tenantId) => systemContext({ tenantId: tenant, job: "test", now: clock.now() });
  const operator = (scopes: readonly Scope[] = OPERATOR_SCOPES, tenant = tenantId) =>
    context({ type: "key", keyId: newId(), partnerId: null, scopes: new Set(scopes) }, tenant);
  const partner = (partnerId: string, scopes: readonly Scope[] = PARTNER_SCOPES, tenant = tenantId) =>
    context({ type: "key", keyId: newId(), partnerId, scopes: new Set(scopes) }, tenant);

  await db.transaction(system(), (tx) =>
    programs.createProgram(tx, {
      name: "Test",
      currency: "USD",
      defaultDestination: "https://shop.test/",
      destinationHosts: ["shop.test"],
    }),
  );

  /** A partner who can be paid. */
  const newPartner = async (): Promise<string> => {
    const partnerId = await seedPartner(clone, { tenantId, at: clock.now() });
    await asOwner(
      clone,
      `insert into payout_methods (tenant_id, id, partner_id, kind, provider_account_id, summary, status, created_at, updated_at)
       values ($1, $2, $3, 'stripe_connect', $2::uuid::text, 'x', 'payable', $4, $4)`,
      [tenantId, newId(), partnerId, clock.now()],
    );
    return partnerId;
  };
  const setStatus = (partnerId: string, status: string) =>
    asOwner(clone, "update partners set status = $2 where id = $1", [partnerId, status]);

  /** A customer of the partner, under the resellers' default terms from the programme's beginning; its payments are assessed. */
  const newCustomer = async (partnerId: string): Promise<string> => {
    const at = clock.now();
    const seeds = figureSeeds(clone, tenantId);
    const customerId = await seeds.customer(at, `${newId()}@example.com`);
    const referralId = await seeds.referral(partnerId, at, {
      referred_user_id: customerId,
      status: "converted",
      conversion_date: at,
    });
    const termsId = newId();
    await asOwner(
      clone,
      `insert into partner_terms (tenant_id, id, partner_id, number, plan_id, tier, created_at)
       select $1, $2, $3, 1 + count(t.id), (select id from commission_plans where tenant_id = $1 and version = 1), 'tier2', $4
         from partner_terms t where t.tenant_id = $1 and t.partner_id = $3`,
      [tenantId, termsId, partnerId, at],
    );
    const conversion = { termsId, verificationRequired: false, isVerified: true };
    await db.transaction(system(), (tx) =>
      recordEvents({ outbox })(tx, [
        { partnerId, kind: "approval", referralId: null, data: {}, occurredAt: at },
        { partnerId, kind: "conversion", referralId, data: conversion, occurredAt: at },
      ]),
    );
    const [customer] = await asOwner<{ external_id: string }>(clone, "select external_id from users where id = $1", [
      customerId,
    ]);
    return customer?.external_id ?? "";
  };

  const row = (fields: Pick<NewCommission, "partner_id" | "amount"> & Partial<NewCommission>): NewCommission => ({
    id: newId(),
    event_id: newId(),
    referral_id: null,
    transaction_id: null,
    rule: "recurring",
    act: "",
    commission_type: "recurring",
    currency: "USD",
    rate_ppm: 100_000n,
    status: "pending",
    reverses_id: null,
    occurred_at: clock.now(),
    hold_until: new Date(clock.now().getTime() + HOLD_DAYS * DAY_MS),
    period_start: null,
    period_end: null,
    approved_at: null,
    ...fields,
  });

  /** A pending commission, as assessment leaves it: row and books. */
  const seedCommission = (partnerId: string, amount: bigint, fields: Partial<NewCommission> = {}) =>
    db.transaction(system(), async (tx) => {
      const wanted = row({ partner_id: partnerId, amount, ...fields });
      await ledger.lock(tx, [{ partnerId, currency: wanted.currency }]);
      const [inserted] = await insertCommissions(tx, [wanted]);
      invariant(inserted, "what was inserted comes back");
      const { id, currency } = inserted;
      await ledger.post(tx, [commissionAssessed({ sourceId: id, partnerId, currency, amount, at: clock.now() })]);
      return inserted;
    });

  /** Takes back up to `amount` of a commission, as the assessment of a refund does (docs/guides/money-rules.md, "What becomes of a commission"). */
  const seedRefund = (commissionId: string, wanted: bigint): Promise<CommissionRow | undefined> =>
    db.transaction(system(), async (tx) => {
      const { root, rows } = await lockFamily({ ledger }, tx, commissionId);
      const left = leftOf(rows);
      const amount = wanted < left ? wanted : left;
      if (root.status === "cancelled" || amount <= 0n) return undefined;
      const [inserted] = await insertCommissions(tx, [
        row({
          partner_id: root.partner_id,
          amount: -amount,
          rule: "refund",
          status: root.status === "paid" ? "approved" : root.status,
          reverses_id: root.id,
          approved_at: root.approved_at,
        }),
      ]);
      invariant(inserted, "what was inserted comes back");
      const { available } = await ledger.balances(tx, { partnerId: root.partner_id, currency: root.currency });
      const dispute = (await findUnsettledDisputes(tx, [root.id])).get(root.id);
      const held = dispute?.amount_held ?? 0n;
      const fromDispute = amount < held ? amount : held;
      const booking = { sourceId: inserted.id, partnerId: root.partner_id, currency: root.currency, at: clock.now() };
      const first = commissionReversed({ ...booking, amount: fromDispute, from: "disputed", held: fromDispute });
      const rest = commissionReversed({
        ...booking,
        amount: amount - fromDispute,
        from: root.status === "pending" ? "pending" : "available",
        held: root.status === "pending" ? amount : available,
      });
      await ledger.post(tx, [{ ...first, postings: [...first.postings, ...rest.postings] }]);
      if (dispute && fromDispute > 0n) await changeHeld(tx, [{ disputeId: dispute.id, by: -fromDispute }]);
      return inserted;
    });

  const balances = (partnerId: string, currency = "USD") =>
    db.read(system(), (tx) => ledger.balances(tx, { partnerId, currency }));

  const audits = (targetId: string) =>
    asOwner<{ action: string; reason: string | null }>(
      clone,
      "select action, reason from audit_log where target_id = $1::text::uuid order by occurred_at, id",
      [targetId],
    );
  const events = async (objectId: string): Promise<string[]> =>
    (
      await asOwner<{ type: string }>(clone, "select type from outbox_events where object_id = $1 order by position", [
        objectId,
      ])
    ).map(({ type }) => type);

  return {
    clock,
    clone,
    db,
    ledger,
    tenantId,
    said,
    commissions,
    programs,
    payouts,
    sales,
    system,
    operator,
    partner,
    newPartner,
    newCustomer,
    setStatus,
    seedCommission,
    seedRefund,
    balances,
    audits,
    events,
    [Symbol.asyncDispose]: async () => {
      await db[Symbol.asyncDispose]();
      await clone.drop();
    },
  };
}

export type CommissionWorld = Awaited<ReturnType<typeof commissionWorld>>;

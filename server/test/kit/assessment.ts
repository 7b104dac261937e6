import { isDeepStrictEqual } from "node:util";
import { createAudit } from "../../src/audit/index.ts";
import { assessPartnerEvents } from "../../src/commissions/assess-partner-events.ts";
import { assessTransactions } from "../../src/commissions/assess-transactions.ts";
import type { BackdatingDeps } from "../../src/commissions/commission-deps.ts";
import { replay } from "../../src/commissions/replay.ts";
import type { SimulationDeps } from "../../src/commissions/simulate-plan.ts";
import { createCustomers, findCustomerExternalIds, lockCustomers } from "../../src/identity/index.ts";
import { newId } from "../../src/kernel/id.ts";
import { invariant } from "../../src/kernel/invariant.ts";
import { findBackdatedFollowers, findPlanFollowers, followPlan } from "../../src/partners/follow-plan.ts";
import {
  findRecordedEvents,
  findTerms,
  getPartner,
  lockSequences,
  type NewPartnerEvent,
  recordEvents,
  takeNumbers,
} from "../../src/partners/index.ts";
import { createOutbox } from "../../src/platform/outbox/index.ts";
import { createProgramService, type Tier } from "../../src/programs/index.ts";
import { findAttributions, findReattributed, markQualified, unqualify } from "../../src/referrals/index.ts";
import {
  createSalesService,
  findRecorded,
  findRecordedSequence,
  type ReportedTransaction,
} from "../../src/sales/index.ts";
import { commissionWorld } from "./commissions.ts";
import { compareBooks } from "./compare-books.ts";
import { asOwner } from "./postgres.ts";

export type Sale = Partial<Omit<ReportedTransaction, "occurredAt">> & {
  readonly externalId: string;
  readonly at?: string;
};

/**
 * The world of commissions with assessment wired as in the program: what is recorded has been assessed and booked when the call returns. A
 * programme with the default plan; partners and customers that a test makes.
 */
export async function assessmentWorld() {
  const world = await commissionWorld();
  const { db, clone, clock, tenantId, said, ledger } = world;
  const outbox = createOutbox(() => said.inside);
  const audit = createAudit();
  const programs = createProgramService({ db, audit, outbox, ledger: { hasEntries: async () => false }, gates: [] });
  const deps: BackdatingDeps & SimulationDeps = {
    db,
    audit,
    ledger,
    outbox,
    partners: {
      findTerms: findTerms({ programs }),
      recordEvents: recordEvents({ outbox }),
      findRecordedEvents,
      getPartner,
      lockSequences,
      findBackdatedFollowers,
      findPlanFollowers,
    },
    programs,
    payouts: world.payouts,
    referrals: { markQualified: markQualified({ outbox }), unqualify: unqualify({ outbox }) },
    sales: { findRecorded, findRecordedSequence },
  };
  said.inside = {
    "transaction.recorded": [assessTransactions(deps)],
    "partner_event.recorded": [assessPartnerEvents(deps)],
    "plan.published": [followPlan({ programs, outbox })],
  };
  const sales = createSalesService({
    db,
    outbox,
    customers: {
      lockCustomers,
      createCustomers,
      findCustomerIds: async () => new Map(),
      findCustomerExternalIds,
    },
    referrals: { findAttributions, findReattributed },
    partners: { takeNumbers },
  });
  const write = <Result>(work: Parameters<typeof db.transaction<Result>>[1]) => db.transaction(world.system(), work);
  const [plan] = await asOwner<{ id: string }>(clone, "select id from commission_plans where tenant_id = $1", [
    tenantId,
  ]);
  invariant(plan, "a programme has a plan");

  const act = <Event extends NewPartnerEvent>(
    event: Omit<Event, "occurredAt" | "referralId"> & { at?: string; referralId?: string },
  ) =>
    write((tx) => {
      const { at, referralId = null, ...rest } = event;
      const occurredAt = at === undefined ? clock.now() : new Date(at);
      return deps.partners.recordEvents(tx, [{ ...rest, referralId, occurredAt } as unknown as NewPartnerEvent]);
    });

  /** Below every number of a sequence. */
  let termsNumber = -1_000_000;
  const newTerms = async (partnerId: string, tier: Tier, overrides: object = {}): Promise<string> => {
    const id = newId();
    await asOwner(
      clone,
      `insert into partner_terms (tenant_id, id, partner_id, number, plan_id, tier, overrides, created_at)
       values ($1, $2, $3, $8, $4, $5, $6, $7)`,
      [tenantId, id, partnerId, plan.id, tier, JSON.stringify(overrides), clock.now(), (termsNumber += 1)],
    );
    return id;
  };
  /** A partner with terms, active since 2020. */
  const newEarner = async (tier: Tier = "tier1", overrides: object = {}) => {
    const partnerId = await world.newPartner();
    const termsId = await newTerms(partnerId, tier, overrides);
    await act({ partnerId, kind: "approval", data: {}, at: "2020-01-01T00:00:00Z" });
    return { partnerId, termsId };
  };
  /** A customer of a partner, converted in 2020. */
  const newCustomer = async (
    { partnerId, termsId }: { partnerId: string; termsId: string },
    { verificationRequired = false, at = "2020-01-02T00:00:00Z" } = {},
  ) => {
    const [userId, referralId] = [newId(), newId()];
    const externalId = `customer ${userId}`;
    await asOwner(
      clone,
      `with customer as (insert into users (tenant_id, id, role, external_id, created_at, updated_at) values ($1, $2, 'customer', $3, $6, $6))
       insert into referrals (tenant_id, id, partner_id, referred_user_id, referral_code, source, status, conversion_date, created_at)
       values ($1, $4, $5, $2, 'x', 'import', 'converted', $6, $6)`,
      [tenantId, userId, externalId, referralId, partnerId, clock.now()],
    );
    await act({
      partnerId,
      kind: "conversion",
      referralId,
      data: { termsId, verificationRequired, isVerified: false },
      at,
    });
    return { partnerId, referralId, externalId };
  };

  /** Records sales of a customer in one batch; answers with what became of each. */
  const record = async (customer: { externalId: string }, ...sold: Sale[]) => {
    const { results } = await sales.recordTransactions(
      world.system(),
      sold.map(({ at, ...sale }) => ({
        customerExternalId: customer.externalId,
        kind: "payment",
        amount: 1_000n,
        currency: "USD",
        occurredAt: at === undefined ? clock.now() : new Date(at),
        originalExternalId: null,
        tax: 0n,
        revenue: 0n,
        createCustomer: false,
        ...sale,
      })),
    );
    return results;
  };

  const rows = async (partnerId: string) =>
    asOwner<{
      id: string;
      rule: string;
      act: string;
      amount: string;
      currency: string;
      status: string;
      reverses_id: string | null;
    }>(
      clone,
      `select c.id, c.rule, c.act, c.amount::text, c.currency, c.status, c.reverses_id from commissions c
         left join commission_receipts r on r.event_id = c.event_id and r.act = ''
        where c.partner_id = $1 order by r.number, c.calculated_at, c.rule, c.id`,
      [partnerId],
    );
  /** Rows as a reader sees them. */
  const said_ = async (partnerId: string) =>
    (await rows(partnerId)).map(({ rule, amount, status }) => `${rule} ${amount} ${status}`);

  /** What a replay finds, and whether books and rows agree: both empty where all is well. */
  const prove = async (...partnerIds: string[]) => {
    const { differences } = await db.read(world.system(), (tx) => replay(deps)(tx, partnerIds));
    const mismatches = [];
    for (const partnerId of partnerIds) {
      for (const currency of await db.read(world.system(), (tx) => ledger.currencies(tx, partnerId))) {
        const { books, rows: fromRows } = await compareBooks(world, partnerId, currency);
        if (!isDeepStrictEqual({ ...books }, { ...fromRows })) {
          mismatches.push({ partnerId, currency, books, fromRows });
        }
      }
    }
    return { differences, mismatches };
  };

  return {
    ...world,
    deps,
    sales,
    act,
    newTerms,
    newEarner,
    newCustomer,
    record,
    rows,
    statements: said_,
    prove,
    planId: plan.id,
  };
}

export const PROVEN = { differences: [], mismatches: [] };
export type AssessmentWorld = Awaited<ReturnType<typeof assessmentWorld>>;

import type { Audit } from "../audit/index.ts";
import type { AccountPair, Ledger } from "../ledger/index.ts";
import type { PartnerEventData } from "../partners/index.ts";
import type { Database, ReadTx, Tx } from "../platform/database/index.ts";
import type { Reader } from "../platform/language/index.ts";
import type { Mailer } from "../platform/mail/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { BackdatedPlan, BackdatePlan, Terms } from "../programs/index.ts";
import type { KeptTransaction, RecordedTransaction } from "../sales/index.ts";
import type { CalculationDeps } from "./assessment-deps.ts";
import type { TakenPart } from "./commission-rules.ts";
import type { ReferenceKind } from "./dispute-rules.ts";
import type { SimulationDeps } from "./simulate-plan.ts";

/** What a gate is asked about: a commission whose hold is over, or that an operator approves before. */
export type ApprovalCandidate = {
  readonly commissionId: string;
  readonly partnerId: string;
  readonly referralId: string | null;
  readonly amount: bigint;
  readonly currency: string;
};

export type GateAnswer = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/**
 * May these commissions be approved? Asked in the transaction that approves, for a batch of one partner's commissions; answers by commission
 * id. What it says nothing about, and everything when it fails, is held.
 */
export type ApprovalGate = (
  tx: ReadTx,
  candidates: readonly ApprovalCandidate[],
) => Promise<ReadonlyMap<string, GateAnswer>>;

/** What the life of commissions asks of partners. */
export type EarningPartners = {
  /** Throws `partner.not_found`. */
  getPartner(tx: ReadTx, partnerId: string): Promise<{ readonly status: string }>;
  /** The terms in force at an instant, by partner. */
  currentTerms(
    tx: ReadTx,
    partnerIds: readonly string[],
    at: Date,
  ): Promise<ReadonlyMap<string, { readonly holdDays: number } & Partial<Pick<Terms, "id" | "volumeTrueUp">>>>;
  /**
   * Takes the next number of the partner's sequence, which locks it: called before the ledger is locked. `cancelled` names what a person ends:
   * a replay learns at this place that refunds of it take nothing from here on.
   */
  recordEvents(
    tx: Tx,
    events: readonly {
      readonly partnerId: string;
      readonly kind: "dispute_resolved";
      readonly referralId: string | null;
      readonly data: PartnerEventData["dispute_resolved"];
      readonly occurredAt: Date;
    }[],
  ): Promise<readonly { readonly id: string }[]>;
};

/** Who a commission was earned on. */
export type EarnedOn = {
  readonly referrals: {
    findReferrals(
      tx: ReadTx,
      referralIds: readonly string[],
    ): Promise<ReadonlyMap<string, { readonly referredUserId: string | null }>>;
  };
  readonly customers: {
    findCustomers(
      tx: ReadTx,
      customerIds: readonly string[],
    ): Promise<ReadonlyMap<string, { readonly email: string | null }>>;
  };
};

/** What the life of commissions asks of payouts, which lie above: handed in by the composition root. */
export type PayoutParts = {
  /** What payouts hold of each; those that no payout has touched are absent. */
  takenParts(tx: ReadTx, commissionIds: readonly string[]): Promise<ReadonlyMap<string, TakenPart>>;
  /** What no payout holds of all approved rows of each account, minor units, in the order given. */
  unpaidSums(tx: ReadTx, accounts: readonly AccountPair[]): Promise<readonly bigint[]>;
  /** What a partner has been paid, by currency, minor units. */
  sumCompleted(tx: ReadTx, partnerId: string): Promise<ReadonlyMap<string, bigint>>;
  /** The programme's limit of a currency above which two people are needed; null where there is none. */
  approvalAbove(tx: ReadTx, currency: string): Promise<bigint | null>;
};

/** How a customer, a click or a sale came to whom it belongs, as `explain` says it. */
export type ExplainedAttribution = {
  readonly referral: { readonly id: string; readonly partnerId: string } | null;
  readonly touches: readonly {
    readonly kind: string;
    readonly id: string;
    readonly at: Date;
    readonly partnerId: string | null;
    readonly outcome: string | null;
  }[];
};

/** What the desk of disputes asks of the modules below. */
export type DeskDeps = {
  readonly referrals: {
    /** Undefined where nothing has that name. */
    explainIn(
      tx: ReadTx,
      of: { readonly kind: ReferenceKind; readonly id: string },
    ): Promise<ExplainedAttribution | undefined>;
    /** Sales that earn for another than the partner that they were recorded for. */
    findReattributed(tx: ReadTx, transactionIds: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  };
  readonly sales: {
    findByExternalIds(tx: ReadTx, externalIds: readonly string[]): Promise<readonly KeptTransaction[]>;
  };
  readonly people: {
    makerOfKey(tx: ReadTx, keyId: string): Promise<string | null>;
    isTeamMember(tx: ReadTx, userId: string): Promise<boolean>;
    findAdministrators(tx: ReadTx): Promise<readonly Reader[]>;
  };
};

/** What a re-attribution is prepared from: all that was recorded of a customer. */
export type HandoverDeps = {
  readonly ledger: Ledger;
  readonly payouts: Pick<PayoutParts, "takenParts">;
  readonly partners: {
    /** How a customer came from another partner; undefined where it did not. */
    findArrival(
      tx: ReadTx,
      referralId: string,
    ): Promise<{ readonly data: { readonly history: readonly string[] } } | undefined>;
  };
  readonly sales: {
    findRecorded(tx: ReadTx, ids: readonly string[]): Promise<readonly RecordedTransaction[]>;
    /** Of a referral, in recorded order. */
    findRecordedOfReferral(tx: ReadTx, referralId: string): Promise<readonly RecordedTransaction[]>;
  };
};

/** A partner for whom the version would hold, with its tiers since then. */
export type Follower = {
  readonly partnerId: string;
  readonly times: readonly { readonly tier: keyof BackdatedPlan["terms"]; readonly from: Date }[];
};

/** What having a version hold from the past asks of the modules around. */
export type BackdatingDeps = CalculationDeps & {
  readonly payouts: Pick<PayoutParts, "takenParts">;
  readonly partners: {
    /** Everybody who follows the plan, in the order of their ids. */
    findBackdatedFollowers(tx: ReadTx, from: Date): Promise<readonly Follower[]>;
  };
  readonly programs: {
    /** Keeps everybody out who makes or moves partners, or publishes. */
    lockProgram(tx: Tx): Promise<unknown>;
    readBackdated(tx: ReadTx, plan: BackdatePlan): Promise<BackdatedPlan>;
    publishBackdated(tx: Tx, plan: BackdatedPlan, effectiveFrom: Date, reason: string): Promise<void>;
  };
};

/** The programme, and where its days begin. */
export type ProgramZone = {
  readonly programs: { getProgram(tx: ReadTx): Promise<{ readonly id: string; readonly timeZone: string }> };
};

/** What the verbs of this module are made with. */
export type CommissionDeps = EarnedOn & {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly ledger: Ledger;
  readonly mailer: Pick<Mailer, "send">;
  readonly publicUrl: string;
  readonly partners: EarningPartners;
  readonly payouts: PayoutParts;
  readonly gates: readonly ApprovalGate[];
} & ProgramZone &
  BackdatingDeps &
  HandoverDeps &
  SimulationDeps &
  DeskDeps;

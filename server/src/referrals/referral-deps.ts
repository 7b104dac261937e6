import type { Audit } from "../audit/index.ts";
import type { NewPartnerEvent, PartnerEventData } from "../partners/index.ts";
import type { Fingerprint } from "../platform/crypto/index.ts";
import type { Database, ReadTx, Tx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { AttributionModel } from "./attribution-rules.ts";

/** What referrals ask of the programme. */
export type ProgramFacts = {
  readonly destinationHosts: readonly string[];
  readonly defaultDestination: string | null;
  readonly attributionModel: AttributionModel;
  readonly requiresVerifiedEmail: boolean;
};

/** What referrals ask of a partner. */
export type PartnerFacts = {
  readonly id: string;
  readonly userId: string;
  readonly status: string;
  readonly referralCode: string;
  readonly terminatedAt: Date | null;
};

export type ReferralDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly programs: { getProgram(tx: ReadTx): Promise<ProgramFacts> };
  readonly partners: {
    /** Throws `partner.not_found`. */
    getPartner(tx: ReadTx, partnerId: string): Promise<PartnerFacts>;
    /** By id; who is not there is left out. */
    findPartners(tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlyMap<string, PartnerFacts>>;
    /** The people of partners, by partner: the owner and whoever works for it. */
    peopleOf(
      tx: ReadTx,
      partners: ReadonlyMap<string, Pick<PartnerFacts, "userId">>,
    ): Promise<ReadonlyMap<string, readonly { readonly userId: string; readonly email: string | null }[]>>;
    contactOf(tx: ReadTx, partnerId: string): Promise<{ readonly email: string }>;
    /** The newest terms in force at an instant, by partner. */
    currentTerms(
      tx: ReadTx,
      partnerIds: readonly string[],
      at: Date,
    ): Promise<ReadonlyMap<string, { readonly id: string; readonly attributionWindowDays: number }>>;
    /** Locks the partners' sequences until the transaction ends, in one order: before rows, as everywhere. */
    lockSequences(tx: Tx, partnerIds: readonly string[]): Promise<void>;
    recordEvents(tx: Tx, events: readonly NewPartnerEvent[]): Promise<unknown>;
  };
  readonly customers: {
    upsertCustomers(
      tx: Tx,
      customers: readonly { externalId: string; email?: string; emailVerified?: boolean }[],
    ): Promise<ReadonlyMap<string, string>>;
    /** Locks customers until the transaction ends, in one order, and says who they are. */
    lockCustomers(tx: Tx, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
    findCustomersByExternalIds(tx: ReadTx, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
    findCustomers(
      tx: ReadTx,
      ids: readonly string[],
    ): Promise<
      ReadonlyMap<
        string,
        {
          readonly id: string;
          readonly externalId: string | null;
          readonly email: string | null;
          readonly emailVerifiedAt: Date | null;
        }
      >
    >;
  };
  readonly people: {
    /** Who has signed in with the browsers of these visitors. */
    findUsersOfVisitors(tx: ReadTx, visitorIds: readonly string[]): Promise<ReadonlySet<string>>;
  };
  readonly commissions: {
    /**
     * What a re-attribution moves of a converted customer, and how the customer stands. Commissions lie above: asked through the composition
     * root. The caller holds both partners' sequences; their accounts are locked by this.
     */
    prepareHandover(
      tx: Tx,
      of: { readonly referralId: string; readonly partnerIds: readonly string[] },
    ): Promise<Omit<PartnerEventData["arrival"], "act" | "termsId">>;
  };
  /** What later modules add to the explanation of a transaction; undefined for one that they do not know. */
  readonly explainTransaction?: (
    tx: ReadTx,
    externalId: string,
  ) => Promise<{ readonly customerId: string; readonly explanation: object } | undefined>;
  /** Tells two accounts apart without keeping them. */
  readonly fingerprint: Fingerprint;
  /** Where links begin. */
  readonly publicUrl: string;
};

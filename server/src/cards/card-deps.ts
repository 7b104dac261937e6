import type { Audit } from "../audit/index.ts";
import type { Sealer } from "../platform/crypto/index.ts";
import type { Database, ReadTx, Tx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { Terms } from "../programs/index.ts";
import type { Inbox, SalesService } from "../sales/index.ts";
import type { CardIssuer, IssuerWire } from "./card-issuer.ts";

/** What the verbs of this module are made with. */
export type CardDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly sealer: Sealer;
  readonly inbox: Inbox;
  readonly wire: IssuerWire;
  /** The issuer as one programme reaches it. */
  readonly openIssuer: (access: IssuerAccess) => CardIssuer;
  /** Addresses of the issuer beside its own: a stand-in's. */
  readonly issuerAddresses: readonly string[];
  readonly publicUrl: string;
  readonly partners: {
    /** Throws `partner.not_found`. */
    getPartner(tx: ReadTx, partnerId: string): Promise<{ readonly status: string }>;
    /** Throws `feature.not_included`. */
    requireFeature(
      tx: ReadTx,
      partnerId: string,
      ...anyOf: readonly ("cards" | "partner_api" | "api")[]
    ): Promise<void>;
    /** Terms of partners at an instant, by partner. */
    currentTerms(
      tx: ReadTx,
      partnerIds: readonly string[],
      at: Date,
    ): Promise<ReadonlyMap<string, Pick<Terms, "features" | "currency">>>;
  };
  readonly referrals: {
    /** Makes a customer that a partner brought by itself, and ties it to the partner for good. */
    referByPartner(
      tx: Tx,
      input: { readonly partnerId: string; readonly externalId: string; readonly email?: string },
    ): Promise<{ readonly referralId: string; readonly customerId: string }>;
  };
  readonly customers: {
    findCustomerExternalIds(tx: ReadTx, customerIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
    /** Locks customers until the transaction ends. */
    lockCustomers(tx: Tx, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  };
  readonly sales: Pick<SalesService, "recordInside" | "foreseeInside">;
  readonly fees: {
    /** Charges a card product where fees are agreed on; the same reference is one. */
    chargeCardProduct(tx: Tx, input: { readonly partnerId: string; readonly reference: string }): Promise<void>;
  };
  /** Has what was earned put in the order of dates where these came late. */
  readonly orderLater: (tx: Tx, transactionIds: readonly string[]) => Promise<void>;
};

export type IssuerAccess = {
  readonly baseUrl: string;
  readonly applicationToken: string;
  readonly adminToken: string;
};

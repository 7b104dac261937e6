import type { Audit } from "../audit/index.ts";
import type { Customer } from "../identity/index.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { RateLimits } from "../platform/rate-limit/index.ts";
import type { Feature, Terms } from "../programs/index.ts";
import type { Referral } from "../referrals/index.ts";

/** What the verbs of this module are made with. */
export type LeadDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly limits: Pick<RateLimits, "consume">;
  readonly partners: {
    /** Throws `partner.not_found`. */
    getPartner(tx: ReadTx, partnerId: string): Promise<{ readonly status: string }>;
    /** Throws `feature.not_included`. */
    requireFeature(tx: ReadTx, partnerId: string, feature: Feature): Promise<void>;
    currentTerms(
      tx: ReadTx,
      partnerIds: readonly string[],
      at: Date,
    ): Promise<ReadonlyMap<string, Pick<Terms, "features">>>;
    findPartners(
      tx: ReadTx,
      ids: readonly string[],
    ): Promise<ReadonlyMap<string, { readonly companyName: string | null; readonly referralCode: string }>>;
  };
  readonly referrals: {
    findReferrals(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, Referral>>;
    /** Whose customers are; who is nobody's is left out. */
    findAttributions(
      tx: ReadTx,
      customerIds: readonly string[],
    ): Promise<ReadonlyMap<string, { readonly referralId: string; readonly partnerId: string }>>;
  };
  readonly customers: {
    findCustomers(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, Customer>>;
    /** Ids of customers with one of the addresses, or whose address is at one of the domains or below the last. */
    findCustomersOfCompany(
      tx: ReadTx,
      company: {
        readonly emails: readonly string[];
        readonly domains: readonly string[];
        readonly below: string | null;
      },
    ): Promise<string[]>;
  };
};

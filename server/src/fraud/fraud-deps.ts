import type { Audit } from "../audit/index.ts";
import type { NewPartnerEvent } from "../partners/index.ts";
import type { PayoutAccount } from "../payouts/index.ts";
import type { Fingerprint } from "../platform/crypto/index.ts";
import type { Database, ReadTx, Tx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { Referral } from "../referrals/index.ts";

/** What the verbs of this module are made with. */
export type FraudDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly fingerprint: Fingerprint;
  readonly partners: {
    /** By id; who is not there is left out. */
    findPartners(
      tx: ReadTx,
      partnerIds: readonly string[],
    ): Promise<ReadonlyMap<string, { readonly userId: string; readonly companyName: string | null }>>;
    recordEvents(tx: Tx, events: readonly NewPartnerEvent[]): Promise<unknown>;
  };
  readonly people: {
    /** Networks that a person has signed in from. */
    findNetworksOf(tx: ReadTx, of: { readonly userId: string; readonly since: Date }): Promise<ReadonlySet<string>>;
    findCustomers(
      tx: ReadTx,
      ids: readonly string[],
    ): Promise<ReadonlyMap<string, { readonly email: string | null; readonly externalId: string | null }>>;
    isTeamMember(tx: ReadTx, userId: string): Promise<boolean>;
    makerOfKey(tx: ReadTx, keyId: string): Promise<string | null>;
  };
  readonly referrals: {
    /**
     * Holds the customers of referrals and the sequences of everybody who has or had them; all referrals of each one's customer, by the ids
     * given, the current one last.
     */
    holdReferrals(tx: Tx, referralIds: readonly string[]): Promise<ReadonlyMap<string, readonly Referral[]>>;
    /** All referrals of a referral's customer, the current one last. Holds nothing. */
    findFamily(tx: ReadTx, referralId: string): Promise<readonly Referral[]>;
    /** Rejects the customer wherever something was earned on it; one that was rejected stays so. Throws `referral.not_found`. */
    rejectCustomerInside(
      tx: Tx,
      input: { readonly referralId: string; readonly reason: string; readonly takesBackApproved: boolean },
    ): Promise<void>;
  };
  readonly payouts: {
    /** What partners are paid to now, to be hashed, by partner; who is paid nowhere is left out. */
    payoutAccountsOf(tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlyMap<string, PayoutAccount>>;
    /** What a method pays to. */
    payoutAccountPaid(
      tx: ReadTx,
      of: { readonly methodId: string; readonly currency: string },
    ): Promise<PayoutAccount | null>;
  };
};

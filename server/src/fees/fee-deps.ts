import type { Audit } from "../audit/index.ts";
import type { GrantedEarnings } from "../commissions/index.ts";
import type { AccountPair, Entry, Ledger } from "../ledger/index.ts";
import type { Database, ReadTx, Tx } from "../platform/database/index.ts";
import type { Reader } from "../platform/language/index.ts";
import type { Mailer, PartnerLook } from "../platform/mail/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { PdfBrand } from "../platform/pdf/index.ts";
import type { FeeTerms } from "./fee-rules.ts";

/** What the verbs of this module are made with. */
export type FeeDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly ledger: Ledger;
  readonly mailer: Pick<Mailer, "send">;
  /** How documents look; plain when not given. */
  readonly brandOf?: (tx: ReadTx) => Promise<PdfBrand>;
  /** Where mails lead, of a tenant that has no address of its own. */
  readonly publicUrl: string;
  /** How its mails look; plain when not given. */
  readonly partnerLook?: PartnerLook;
  readonly programs: { getProgram(tx: ReadTx): Promise<{ readonly name: string; readonly timeZone: string }> };
  readonly partners: {
    /** Throws `partner.not_found`. */
    getPartner(
      tx: ReadTx,
      partnerId: string,
    ): Promise<{ readonly status: string; readonly companyName: string | null }>;
    /** The terms in force at an instant, by partner. */
    currentTerms(tx: ReadTx, partnerIds: readonly string[], at: Date): Promise<ReadonlyMap<string, FeeTerms>>;
    /** Ids in order, after the one given. */
    findActivePartners(
      tx: ReadTx,
      page: { readonly after: string | undefined; readonly limit: number },
    ): Promise<readonly string[]>;
    contactOf(tx: ReadTx, partnerId: string): Promise<Reader>;
  };
  /** What earnings can pay, and that they did. */
  readonly commissions: {
    freeEarnings(tx: ReadTx, account: AccountPair): Promise<bigint>;
    setOffEarnings(tx: Tx, setOff: AccountPair & { readonly amount: bigint; readonly reason: string }): Promise<string>;
    /** The opposite; books the entry too, which depends on the partner's debt. */
    returnSetOff(
      tx: Tx,
      setOff: AccountPair & { readonly amount: bigint; readonly reason: string },
      entryOf: (debt: bigint) => Entry,
    ): Promise<string>;
    /** Earns what a person decided; returns the row's id. The accounts are locked. */
    grantEarnings(tx: Tx, granted: GrantedEarnings): Promise<string>;
  };
  readonly people: { makerOfKey(tx: ReadTx, keyId: string): Promise<string | null> };
  /** Payouts lie above: handed in by the composition root. */
  readonly payouts: {
    /** The programme's limit of a currency above which two people are needed; null where there is none. */
    approvalAbove(tx: ReadTx, currency: string): Promise<bigint | null>;
  };
};

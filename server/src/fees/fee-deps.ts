import type { Audit } from "../audit/index.ts";
import type { AccountPair, Ledger } from "../ledger/index.ts";
import type { Database, ReadTx, Tx } from "../platform/database/index.ts";
import type { Mailer } from "../platform/mail/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { FeeTerms } from "./fee-rules.ts";

/** What the verbs of this module are made with. */
export type FeeDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly ledger: Ledger;
  readonly mailer: Pick<Mailer, "send">;
  readonly programs: { getProgram(tx: ReadTx): Promise<{ readonly name: string; readonly timeZone: string }> };
  readonly partners: {
    /** Throws `partner.not_found`. */
    getPartner(
      tx: ReadTx,
      partnerId: string,
    ): Promise<{ readonly status: string; readonly companyName: string | null }>;
    /** The terms in force at an instant, by partner. */
    currentTerms(tx: ReadTx, partnerIds: readonly string[], at: Date): Promise<ReadonlyMap<string, FeeTerms>>;
    contactOf(tx: ReadTx, partnerId: string): Promise<{ readonly email: string }>;
  };
  /** What earnings can pay, and that they did. */
  readonly commissions: {
    freeEarnings(tx: ReadTx, account: AccountPair): Promise<bigint>;
    setOffEarnings(tx: Tx, setOff: AccountPair & { readonly amount: bigint; readonly reason: string }): Promise<string>;
  };
};

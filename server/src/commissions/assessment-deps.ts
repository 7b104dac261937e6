import type { Audit } from "../audit/index.ts";
import type { Ledger } from "../ledger/index.ts";
import type { NewPartnerEvent, RecordedPartnerEvent } from "../partners/index.ts";
import type { Database, ReadTx, Tx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { Terms } from "../programs/index.ts";
import type { RecordedTransaction } from "../sales/index.ts";

/** Where terms come from. */
export type TermsSource = {
  /** Terms by id; they never change under it. Those of one partner alone, where one is named. */
  findTerms(tx: ReadTx, termsIds: readonly string[], partnerId?: string): Promise<ReadonlyMap<string, Terms>>;
};

/** What assessment asks of the modules below, and tells them. */
export type AssessmentDeps = {
  readonly ledger: Ledger;
  readonly outbox: Outbox;
  readonly partners: TermsSource;
  readonly referrals: {
    markQualified(tx: Tx, qualified: readonly { readonly referralId: string; readonly at: Date }[]): Promise<void>;
    /** Back to converted. */
    unqualify(tx: Tx, referralIds: readonly string[]): Promise<void>;
  };
};

/** A part of a partner's recorded sequence: what carries a number above `after`, in order. */
export type SequencePart = { readonly partnerId: string; readonly after: bigint; readonly limit: number };

/** What reads recorded events again needs: the two halves of the sequence, and the terms that they name. */
export type SequenceDeps = {
  readonly sales: {
    findRecordedSequence(tx: ReadTx, part: SequencePart): Promise<readonly RecordedTransaction[]>;
    /** By id. */
    findRecorded(tx: ReadTx, ids: readonly string[]): Promise<readonly RecordedTransaction[]>;
  };
  readonly partners: TermsSource & {
    findRecordedEvents(tx: ReadTx, part: SequencePart): Promise<readonly RecordedPartnerEvent[]>;
  };
};

/** What the verbs around assessment are made with. */
export type CalculationDeps = AssessmentDeps &
  SequenceDeps & {
    readonly db: Database;
    readonly audit: Audit;
    readonly partners: {
      /** Throws `partner.not_found`. */
      getPartner(tx: ReadTx, partnerId: string): Promise<unknown>;
      recordEvents(tx: Tx, events: readonly NewPartnerEvent[]): Promise<readonly RecordedPartnerEvent[]>;
      /** Locks the partners' sequences without taking a number. */
      lockSequences(tx: Tx, partnerIds: readonly string[]): Promise<void>;
    };
  };

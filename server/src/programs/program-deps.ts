import type { Audit } from "../audit/index.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { TierPlan } from "./tier-plan.ts";

/** Terms that somebody is to earn by, and where they stand in what was sent. */
export type AskedTerms = {
  readonly currency: string;
  readonly terms: readonly { readonly field: string; readonly plan: TierPlan }[];
};

/** May these terms be given? Asked in the transaction that gives them; throws the catalogue error that says why not. */
export type TermsGate = (tx: ReadTx, asked: AskedTerms) => Promise<void>;

/** What the verbs of this module are made with. */
export type ProgramDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly ledger: {
    /** Whether anything has ever been booked in the tenant. */
    hasEntries(tx: ReadTx): Promise<boolean>;
  };
  /** Handed in by the composition root. */
  readonly gates: readonly TermsGate[];
};

import type { Audit } from "../audit/index.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";

/** What the verbs of this module are made with. */
export type ProgramDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly ledger: {
    /** Whether anything has ever been booked in the tenant. */
    hasEntries(tx: ReadTx): Promise<boolean>;
  };
};

import type { Audit } from "../audit/index.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";

/** What the verbs of this module are made with. */
export type WhitelabelDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly publicUrl: string;
  readonly programs: { getProgram(tx: ReadTx): Promise<{ readonly name: string }> };
};

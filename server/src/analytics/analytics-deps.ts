import type { Database, ReadTx } from "../platform/database/index.ts";

/** What analytics asks of the modules below it; everything else it reads from their tables. */
export type AnalyticsDeps = {
  readonly db: Database;
  readonly programs: {
    /** The tenant's programme: days are cut in its time zone, and what has no currency is counted under its own. */
    getProgram(tx: ReadTx): Promise<{ readonly timeZone: string; readonly currency: string }>;
  };
  /** A customer's address as partners may see it. */
  readonly maskEmail: (email: string) => string;
};

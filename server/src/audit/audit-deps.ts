import type { Database } from "../platform/database/index.ts";

export type AuditDeps = {
  readonly db: Database;
  /** Signs checkpoints; lies outside the database. */
  readonly checkpointKey: Buffer;
};

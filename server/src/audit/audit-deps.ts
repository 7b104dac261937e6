import type { Database } from "../platform/database/index.ts";
import type { CheckpointPlace } from "./checkpoint-place.ts";
import type { CheckpointSigner } from "./checkpoint-signer.ts";

export type AuditDeps = {
  readonly db: Database;
  readonly signer: CheckpointSigner;
  /** Where checkpoints are published; nowhere when not given. */
  readonly place?: CheckpointPlace | undefined;
};

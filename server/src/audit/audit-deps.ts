import type { Database, ReadTx } from "../platform/database/index.ts";
import type { CheckpointPlace } from "./checkpoint-place.ts";
import type { CheckpointSigner } from "./checkpoint-signer.ts";

/** Who people and partners are. The trail has their ids alone, and what they are called lies above: handed in by the composition root. */
export type Who = {
  /** Ids of those in whose name or e-mail the words are, and of those who work for them; `isCut` where there are more. */
  named(tx: ReadTx, words: string): Promise<{ readonly ids: readonly string[]; readonly isCut: boolean }>;
  /** What people, partners and keys are called, by id. Who is not there is left out, as is who was forgotten. */
  namesOf(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
};

export type AuditDeps = {
  readonly db: Database;
  readonly signer: CheckpointSigner;
  /** Where checkpoints are published; nowhere when not given. */
  readonly place?: CheckpointPlace | undefined;
};

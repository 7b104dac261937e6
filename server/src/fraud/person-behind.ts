import type { ReadTx } from "../platform/database/index.ts";
import type { FraudDeps } from "./fraud-deps.ts";

/** Who acts, in the end: of a key, whoever made it; the program's own name where it acts by itself. */
export async function personBehind({ people }: Pick<FraudDeps, "people">, tx: ReadTx): Promise<string> {
  const { actor } = tx.ctx;
  if (actor.type === "user") return actor.userId;
  if (actor.type === "key") return (await people.makerOfKey(tx, actor.keyId)) ?? actor.keyId;
  return actor.type;
}

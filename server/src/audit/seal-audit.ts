import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { GENESIS, nextHash } from "./audit-chain.ts";
import type { AuditDeps } from "./audit-deps.ts";
import {
  type ChainHead,
  findHead,
  findUnchained,
  insertCheckpoint,
  insertLinks,
  lockChain,
} from "./audit-repository.ts";

const BATCH_SIZE = 1_000;
/**
 * A row may become visible after rows with higher positions: its transaction took longer. Sealing looks this far back for such rows; a
 * checkpoint looks back to the beginning first, so that none stays out for longer than a day.
 */
export const LOOKBACK = 10_000n;

/** Chains what was appended since the last time. Returns how many rows; another sealer at work means none. */
export const sealAudit = (deps: AuditDeps, ctx: Ctx): Promise<number> => sealFrom(deps, ctx, "recent");

async function sealFrom(deps: AuditDeps, ctx: Ctx, from: "recent" | "beginning"): Promise<number> {
  let sealed = 0;
  for (;;) {
    const count = await deps.db.transaction(ctx, (tx) => sealBatch(tx, from));
    sealed += count;
    if (count < BATCH_SIZE) return sealed;
  }
}

async function sealBatch(tx: Tx, from: "recent" | "beginning"): Promise<number> {
  // Under the lock: two who read the same head would both append to it.
  if (!(await lockChain(tx))) return 0;
  const head = await findHead(tx);
  const after = head === undefined || from === "beginning" ? 0n : head.position - LOOKBACK;
  const rows = await findUnchained(tx, { after, limit: BATCH_SIZE });
  if (rows.length === 0) return 0;
  let { sequence, hash }: ChainHead = head ?? { sequence: 0n, hash: GENESIS };
  const links = rows.map(({ id, row }) => {
    sequence += 1n;
    hash = nextHash(hash, row);
    return { sequence, auditId: id, hash };
  });
  await insertLinks(tx, links);
  return links.length;
}

/**
 * Chains whatever is not chained yet and signs where the chain ends. Whoever can write the whole database but does not hold the key cannot
 * make the chain end otherwise up to here.
 */
export async function checkpointAudit(deps: AuditDeps, ctx: Ctx): Promise<ChainHead | undefined> {
  await sealFrom(deps, ctx, "beginning");
  return deps.db.transaction(ctx, async (tx) => {
    const head = await findHead(tx);
    if (head === undefined) return undefined;
    const { sequence, hash } = head;
    await insertCheckpoint(tx, { sequence, hash, signature: deps.signer.sign(ctx.tenantId, head) });
    return { sequence, hash };
  });
}

import { type Ctx, requireScope } from "../platform/context.ts";
import { equalsInConstantTime } from "../platform/crypto/index.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { type Break, GENESIS, walkChain } from "./audit-chain.ts";
import type { AuditDeps } from "./audit-deps.ts";
import { type ChainHead, type Checkpoint, countUnchained, findCheckpoints, findLinks } from "./audit-repository.ts";
import { type Published, readPublished } from "./publish-checkpoints.ts";

export type AuditVerification = {
  readonly isWhole: boolean;
  /** Rows whose place in the chain is proven. */
  readonly verified: bigint;
  /** Rows that wait for sealing. */
  readonly unsealed: bigint;
  readonly checkpoints: number;
  /** Of those that lie outside, how many agree. */
  readonly published: number;
  /** The first place at which the trail is not what it was. */
  readonly firstBreak: Break | null;
};

const BATCH_SIZE = 2_000;

/** Recomputes the chain from its first row and holds it to every checkpoint, here and where they were published. Each batch is a short read of its own; rows are never changed. */
export async function verifyAudit(deps: AuditDeps, ctx: Ctx): Promise<AuditVerification> {
  requireScope(ctx, "audit:read");
  let at: ChainHead = { sequence: 0n, hash: GENESIS };
  let [checkpoints, published] = [0, 0];
  const outside = await readPublished(deps, ctx.tenantId);
  const outsideBySequence = new Map(outside.map((one) => [one.sequence, one]));
  const answer = async (firstBreak: Break | null): Promise<AuditVerification> => ({
    isWhole: firstBreak === null,
    verified: at.sequence,
    unsealed: await deps.db.read(ctx, countUnchained),
    checkpoints,
    published,
    firstBreak,
  });

  for (;;) {
    const { links, signed } = await deps.db.read(ctx, (tx) => readBatch(tx, at.sequence));
    // Beyond the last link only checkpoints are left: what they were made over is gone.
    if (links.length === 0) {
      const [left] = [...signed, ...outside.filter(({ sequence }) => sequence > at.sequence)];
      return answer(left ? { sequence: left.sequence, auditId: null, reason: "link_missing" } : null);
    }
    const bySequence = new Map(signed.map((checkpoint) => [checkpoint.sequence, checkpoint]));
    for (const link of links) {
      const step = walkChain(at, [link]);
      if ("broken" in step) return answer(step.broken);
      const checkpoint = bySequence.get(step.sequence);
      const reason = checkpoint && breachOf(deps, ctx.tenantId, checkpoint, step);
      if (reason !== undefined) return answer({ sequence: step.sequence, auditId: link.auditId, reason });
      if (checkpoint !== undefined) checkpoints += 1;
      const copy = outsideBySequence.get(step.sequence);
      const difference = copy && differenceOf(copy, step);
      if (difference !== undefined)
        return answer({ sequence: step.sequence, auditId: link.auditId, reason: difference });
      if (copy !== undefined) published += 1;
      at = step;
    }
  }
}

async function readBatch(tx: ReadTx, after: bigint) {
  const links = await findLinks(tx, { after, limit: BATCH_SIZE });
  const upTo = links.at(-1)?.sequence;
  const signed = await findCheckpoints(tx, { after, ...(upTo !== undefined && { upTo }) });
  return { links, signed };
}

/** What a checkpoint says against the chain; undefined where they agree. */
function breachOf(
  deps: AuditDeps,
  tenantId: string,
  checkpoint: Checkpoint,
  at: ChainHead,
): Extract<Break["reason"], "checkpoint_differs" | "checkpoint_forged"> | undefined {
  const isOurs = checkpoint.signature !== null && deps.signer.isOurs(tenantId, checkpoint, checkpoint.signature);
  if (!isOurs) return "checkpoint_forged";
  return equalsInConstantTime(checkpoint.hash, at.hash) ? undefined : "checkpoint_differs";
}

/** What a published checkpoint says against the chain; undefined where they agree. */
function differenceOf(
  { checkpoint }: Published,
  at: ChainHead,
): Extract<Break["reason"], "published_differs" | "published_forged"> | undefined {
  if (checkpoint === undefined) return "published_forged";
  return equalsInConstantTime(checkpoint.hash, at.hash) ? undefined : "published_differs";
}

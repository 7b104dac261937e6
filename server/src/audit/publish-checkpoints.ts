import type { Ctx } from "../platform/context.ts";
import type { AuditDeps } from "./audit-deps.ts";
import { findCheckpoints } from "./audit-repository.ts";
import {
  checkpointText,
  documentName,
  type PublishedCheckpoint,
  readCheckpoint,
  sequenceOfName,
} from "./checkpoint-document.ts";

/** Puts every checkpoint where it is out of reach that is not there yet. What is there is never written again. Returns how many were put. */
export async function publishCheckpoints({ db, place, signer }: AuditDeps, { tenantId, ...ctx }: Ctx): Promise<number> {
  if (place === undefined) return 0;
  const listed = new Set(await place.list(tenantId));
  const checkpoints = await db.read({ tenantId, ...ctx }, (tx) => findCheckpoints(tx, { after: 0n }));
  let put = 0;
  for (const { signature, ...checkpoint } of checkpoints) {
    const name = documentName(checkpoint.sequence);
    if (signature === null || listed.has(name)) continue;
    const text = checkpointText({ tenantId, checkpoint: { ...checkpoint, signature }, publicKey: signer.publicKey });
    await place.write(tenantId, name, text);
    put += 1;
  }
  return put;
}

/** A document that was published, by the sequence that its name says; `checkpoint` undefined where it is none of ours. */
export type Published = { readonly sequence: bigint; readonly checkpoint: PublishedCheckpoint | undefined };

/** What lies outside of a tenant, in the order of the chain. */
export async function readPublished({ place, signer }: AuditDeps, tenantId: string): Promise<Published[]> {
  if (place === undefined) return [];
  const published: Published[] = [];
  for (const name of (await place.list(tenantId)).toSorted()) {
    const sequence = sequenceOfName(name);
    if (sequence === undefined) continue;
    const read = readCheckpoint(tenantId, await place.read(tenantId, name));
    const isOurs = read?.sequence === sequence && signer.isOurs(tenantId, read, read.signature);
    published.push({ sequence, checkpoint: isOurs ? read : undefined });
  }
  return published;
}

import { createHash } from "node:crypto";
import { equalsInConstantTime } from "../platform/crypto/index.ts";
import { canonicalJson } from "./canonical-json.ts";

/** A row of the trail as it is hashed: every column, by its name. */
export type ChainedRow = Readonly<Record<string, unknown>>;

/** Before the first row. */
export const GENESIS = Buffer.alloc(32);

/** hash(n) = SHA-256(hash(n − 1) || canonical JSON of row n). */
export const nextHash = (previous: Buffer, row: ChainedRow): Buffer =>
  createHash("sha256").update(previous).update(canonicalJson(row)).digest();

/** A place in the chain as it was found; `row` undefined where the trail has no such row any more. */
export type Link = {
  readonly sequence: bigint;
  readonly auditId: string;
  readonly hash: Buffer;
  readonly row: ChainedRow | undefined;
};

export type Break = {
  readonly sequence: bigint;
  readonly auditId: string | null;
  readonly reason:
    | "row_changed"
    | "row_missing"
    | "link_missing"
    | "checkpoint_differs"
    | "checkpoint_forged"
    | "published_differs"
    | "published_forged";
};

/** Walks links that follow one another; returns the first that does not follow, or the hash of the last. */
export function walkChain(
  from: { readonly sequence: bigint; readonly hash: Buffer },
  links: readonly Link[],
): { readonly broken: Break } | { readonly sequence: bigint; readonly hash: Buffer } {
  let { sequence, hash } = from;
  for (const link of links) {
    sequence += 1n;
    if (link.sequence !== sequence) return { broken: { sequence, auditId: null, reason: "link_missing" } };
    const at = { sequence, auditId: link.auditId };
    if (link.row === undefined) return { broken: { ...at, reason: "row_missing" } };
    hash = nextHash(hash, link.row);
    if (!equalsInConstantTime(hash, link.hash)) return { broken: { ...at, reason: "row_changed" } };
  }
  return { sequence, hash };
}

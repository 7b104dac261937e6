import type { ChainHead } from "./audit-repository.ts";

const FORMAT = "tributary-audit-checkpoint/1";
const HASH = /^[0-9a-f]{64}$/;
const SEQUENCE = /^[1-9]\d{0,18}$/;

/** A checkpoint as it lies outside: whoever has it and the public key can hold the chain against it. */
export type PublishedCheckpoint = ChainHead & { readonly signature: Buffer };

/** The document of a checkpoint. `signature` is over `tenant:sequence:hash`. */
export const checkpointText = (of: {
  readonly tenantId: string;
  readonly checkpoint: PublishedCheckpoint & { readonly createdAt: Date };
  readonly publicKey: string;
}): string =>
  `${JSON.stringify(
    {
      format: FORMAT,
      tenant: of.tenantId,
      sequence: String(of.checkpoint.sequence),
      hash: of.checkpoint.hash.toString("hex"),
      createdAt: of.checkpoint.createdAt.toISOString(),
      publicKey: of.publicKey,
      signature: of.checkpoint.signature.toString("base64url"),
    },
    null,
    2,
  )}\n`;

/** Reads a document; undefined for what is none of this tenant. Nothing in it is believed but what the signature covers. */
export function readCheckpoint(tenantId: string, text: string): PublishedCheckpoint | undefined {
  let document: Readonly<Record<string, unknown>>;
  try {
    document = JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
  const { format, tenant, sequence, hash, signature } = document ?? {};
  const isRight =
    format === FORMAT &&
    tenant === tenantId &&
    typeof sequence === "string" &&
    SEQUENCE.test(sequence) &&
    typeof hash === "string" &&
    HASH.test(hash) &&
    typeof signature === "string";
  if (!isRight) return undefined;
  return {
    sequence: BigInt(sequence),
    hash: Buffer.from(hash, "hex"),
    signature: Buffer.from(signature, "base64url"),
  };
}

const NAME = /^(\d{19})\.json$/;

/** Names sort as sequences do. */
export const documentName = (sequence: bigint): string => `${String(sequence).padStart(19, "0")}.json`;
export const sequenceOfName = (name: string): bigint | undefined => {
  const [, digits] = NAME.exec(name) ?? [];
  return digits === undefined ? undefined : BigInt(digits);
};

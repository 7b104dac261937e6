import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { equalsInConstantTime, keyedHash } from "../platform/crypto/index.ts";
import type { ChainHead } from "./audit-repository.ts";

/** Signs where a chain ends, so that anybody can verify it who has the public half. */
export type CheckpointSigner = {
  sign(tenantId: string, head: ChainHead): Buffer;
  isOurs(tenantId: string, head: ChainHead, signature: Buffer): boolean;
  /** 32 bytes (RFC 8032), base64url: what others verify with. */
  readonly publicKey: string;
};

/** The ASN.1 around the 32 bytes of an Ed25519 private key (RFC 8410, section 7). */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
/** Before signatures were Ed25519 they were HMACs of this length under the same secret; those still count. */
const HMAC_BYTES = 32;

/** Makes the signer from a seed of 32 bytes, which lies outside the database. */
export function createCheckpointSigner(seed: Buffer): CheckpointSigner {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: "der", type: "pkcs8" });
  const publicKey: KeyObject = createPublicKey(privateKey);
  return {
    publicKey: publicKey.export({ format: "jwk" }).x ?? "",
    sign: (tenantId, head) => sign(null, Buffer.from(signedText(tenantId, head)), privateKey),
    isOurs: (tenantId, head, signature) => {
      const text = signedText(tenantId, head);
      if (signature.length === HMAC_BYTES) return equalsInConstantTime(signature, keyedHash(seed, text));
      return verify(null, Buffer.from(text), publicKey, signature);
    },
  };
}

/** What a checkpoint is signed over: moved to another place or tenant it does not fit. */
export const signedText = (tenantId: string, { sequence, hash }: ChainHead): string =>
  `${tenantId}:${sequence}:${hash.toString("hex")}`;

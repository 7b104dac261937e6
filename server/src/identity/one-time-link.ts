import { createHash, randomBytes } from "node:crypto";
import { equalsInConstantTime, keyedHash } from "../platform/crypto/index.ts";

/** What a link lets its bearer do, once. */
export type LinkPurpose = "verify_email" | "reset_password" | "accept_invitation" | "set_up";

export const LINK_TTL_MS = {
  verify_email: 7 * 86_400_000,
  reset_password: 3_600_000,
  accept_invitation: 7 * 86_400_000,
  set_up: 7 * 86_400_000,
} as const satisfies Record<LinkPurpose, number>;

const RANDOM_BYTES = 32;
const SIGNATURE_BYTES = 16;

type LinkScope = { readonly key: Buffer; readonly tenantId: string; readonly purpose: LinkPurpose };

/** A fresh token: 256 random bits, signed for one tenant and purpose. Only `hash` is kept. */
export function issueLinkToken(scope: LinkScope): { token: string; hash: Buffer } {
  const random = randomBytes(RANDOM_BYTES);
  return { token: Buffer.concat([random, sign(scope, random)]).toString("base64url"), hash: hashOf(random) };
}

/** The hash under which a token is kept; undefined where we never signed it for this tenant and purpose. */
export function openLinkToken(scope: LinkScope, token: string): Buffer | undefined {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== RANDOM_BYTES + SIGNATURE_BYTES) return undefined;
  const random = bytes.subarray(0, RANDOM_BYTES);
  return equalsInConstantTime(bytes.subarray(RANDOM_BYTES), sign(scope, random)) ? hashOf(random) : undefined;
}

const sign = ({ key, tenantId, purpose }: LinkScope, random: Buffer): Buffer =>
  keyedHash(key, Buffer.concat([Buffer.from(`${purpose}:${tenantId}:`), random])).subarray(0, SIGNATURE_BYTES);

const hashOf = (random: Buffer): Buffer => createHash("sha256").update(random).digest();

import { createSecretKey } from "node:crypto";
import { keyedHash } from "./secrets.ts";

const FINGERPRINT_BYTES = 16;

/**
 * Tells whether two values are the same without keeping either: a keyed hash of what is compared, in one tenant and for one kind of value.
 * Case, spaces and the marks that people group numbers by make no difference.
 */
export type Fingerprint = (of: { readonly tenantId: string; readonly kind: string; readonly value: string }) => Buffer;

export function createFingerprint(key: Buffer): Fingerprint {
  const secret = createSecretKey(key);
  return ({ tenantId, kind, value }) =>
    keyedHash(secret, `${tenantId} ${kind} ${value.toLowerCase().replaceAll(/[\s./-]/g, "")}`).subarray(
      0,
      FINGERPRINT_BYTES,
    );
}

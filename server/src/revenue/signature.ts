import { createHmac } from "node:crypto";
import { equalsInConstantTime } from "../platform/crypto/index.ts";
import { revenueErrors } from "./revenue-errors.ts";

/** How far a message's own instant may lie from ours. Within it a repetition is found by its id. */
export const TOLERANCE_SECONDS = 300;
const SECRET_PREFIX = "whsec_";

/** The headers of Standard Webhooks 1.0 (https://www.standardwebhooks.com). */
export type SignatureHeaders = {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
};

/** Visible ASCII; a dot would part the signed text elsewhere. */
const ID_PATTERN = /^[\x21-\x2d\x2f-\x7e]{1,200}$/;
const TIMESTAMP_PATTERN = /^\d{1,12}$/;

/** A signing secret as it is shown: `whsec_` and base64. */
export const signingSecretOf = (key: Buffer): string => `${SECRET_PREFIX}${key.toString("base64")}`;

/** HMAC-SHA-256 of `id.timestamp.body` under the secret's bytes. */
function macOf(secret: string, signed: Buffer): Buffer {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), "base64");
  return createHmac("sha256", key).update(signed).digest();
}

/**
 * Refuses a message that none of the secrets has signed, or whose instant is not now. Returns its id, the same in each delivery. The
 * header may carry several signatures: one that fits is enough.
 */
export function verifySignature(
  body: Buffer,
  { id, timestamp, signature }: SignatureHeaders,
  { secrets, now }: { readonly secrets: readonly string[]; readonly now: Date },
): string {
  if (id === undefined || timestamp === undefined || signature === undefined) throw revenueErrors.signature_missing();
  if (!ID_PATTERN.test(id) || !TIMESTAMP_PATTERN.test(timestamp)) throw revenueErrors.signature_invalid();
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const given = signature
    .split(" ")
    .flatMap((part) => (part.startsWith("v1,") ? [Buffer.from(part.slice("v1,".length), "base64")] : []));
  const fits = secrets.some((secret) => {
    const mac = macOf(secret, signed);
    return given.some((one) => equalsInConstantTime(one, mac));
  });
  if (!fits) throw revenueErrors.signature_invalid();
  if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS)
    throw revenueErrors.timestamp_outside({ toleranceSeconds: TOLERANCE_SECONDS });
  return id;
}

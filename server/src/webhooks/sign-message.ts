import { createHmac, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { invariant } from "../kernel/invariant.ts";

const SECRET_PREFIX = "whsec_";
const SECRET_BYTES = 32;

/** A new signing secret in the form of Standard Webhooks: `whsec_` and base64. */
export const newSecret = (): string => `${SECRET_PREFIX}${randomBytes(SECRET_BYTES).toString("base64")}`;

/** The key inside a secret. As an object it is made ready once, not for every signature. */
export function keyOf(secret: string): KeyObject {
  invariant(secret.startsWith(SECRET_PREFIX), "secrets carry their prefix");
  return createSecretKey(Buffer.from(secret.slice(SECRET_PREFIX.length), "base64"));
}

export type Message = { readonly id: string; readonly sentAt: Date; readonly body: string };

export type SignedHeaders = {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
};

/** The headers of Standard Webhooks 1.0: one signature for each key, so that either of two secrets verifies while one replaces the other. */
export function signMessage({ id, sentAt, body }: Message, keys: readonly KeyObject[]): SignedHeaders {
  const timestamp = String(Math.floor(sentAt.getTime() / 1_000));
  const signed = `${id}.${timestamp}.${body}`;
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": keys.map((key) => `v1,${createHmac("sha256", key).update(signed).digest("base64")}`).join(" "),
  };
}

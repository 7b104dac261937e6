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

/** By Standard Webhooks 1.0: one signature for each key, so that either of two secrets verifies while one replaces the other. */
export function signMessage({ id, sentAt, body }: Message, keys: readonly KeyObject[]): string {
  const signed = `${id}.${timestampOf(sentAt)}.${body}`;
  return keys.map((key) => `v1,${createHmac("sha256", key).update(signed).digest("base64")}`).join(" ");
}

const timestampOf = (sentAt: Date): string => String(Math.floor(sentAt.getTime() / 1_000));

/**
 * The headers of a message, as they are sent. The log makes them again from the signature that it keeps: what else is to depend on more than these three is
 * kept with the attempt as well.
 */
export const headersOf = ({ id, sentAt, signature }: Omit<Message, "body"> & { readonly signature: string }) => ({
  "content-type": "application/json",
  "user-agent": "Tributary-Webhooks/1",
  "webhook-id": id,
  "webhook-timestamp": timestampOf(sentAt),
  "webhook-signature": signature,
});
export type MessageHeaders = ReturnType<typeof headersOf>;

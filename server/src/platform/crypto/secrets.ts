import { createHmac, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";

/** Every secret of an installation is 32 random bytes: `openssl rand -base64 32` makes one. */
export const SECRET_BYTES = 32;

/** What an installation keeps secret. Losing the encryption key loses bank details; losing the pepper retires every API key and link. */
export type Secrets = {
  /** Peppers the hashes of API secrets, refresh tokens and one-time links; keys for other purposes are derived from it. */
  readonly pepper: Buffer;
  /** Seals what must be read again. */
  readonly encryptionKey: Buffer;
  /** Ed25519 seeds of access tokens: the first signs, all of them verify, so that a key is rotated by putting another before it. */
  readonly signingKeys: readonly [Buffer, ...Buffer[]];
};

/** Fresh secrets, for an installation that has none. */
export const generateSecrets = (): Secrets => ({
  pepper: randomBytes(SECRET_BYTES),
  encryptionKey: randomBytes(SECRET_BYTES),
  signingKeys: [randomBytes(SECRET_BYTES)],
});

/** A key for one purpose (HKDF, RFC 5869): what is made with it means nothing to another purpose. */
export const deriveKey = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, Buffer.alloc(0), purpose, SECRET_BYTES));

/** HMAC-SHA-256. For secrets of 256 random bits this is as good as a slow hash, and costs no attacker's request any time. */
export const keyedHash = (key: Buffer | KeyObject, text: string | Buffer): Buffer =>
  createHmac("sha256", key).update(text).digest();

/** Compares in a time that tells nothing about where two values differ. */
export const equalsInConstantTime = (left: Buffer, right: Buffer): boolean =>
  left.length === right.length && timingSafeEqual(left, right);

/** 256 random bits as text that survives URLs, headers and shells. */
export const randomSecret = (): string => randomBytes(SECRET_BYTES).toString("base64url");

import { deriveKey } from "../platform/crypto/index.ts";

/** One key for each kind of secret that is kept as a hash: what leaks of one tells nothing about another. */
export type HashingKeys = {
  readonly apiSecrets: Buffer;
  readonly refreshTokens: Buffer;
  readonly links: Buffer;
  readonly factorTokens: Buffer;
  readonly recoveryCodes: Buffer;
};

/** Derives them from the installation's pepper. */
export const createHashingKeys = (pepper: Buffer): HashingKeys => ({
  apiSecrets: deriveKey(pepper, "tributary api secrets"),
  refreshTokens: deriveKey(pepper, "tributary refresh tokens"),
  links: deriveKey(pepper, "tributary one-time links"),
  factorTokens: deriveKey(pepper, "tributary factor tokens"),
  recoveryCodes: deriveKey(pepper, "tributary recovery codes"),
});

import { keyedHash, randomSecret } from "../platform/crypto/index.ts";
import type { IdentityParts } from "./identity-deps.ts";

/** A token for something that is begun and answered once: 256 random bits, of which a hash is kept. It opens no route. */
export function newFactorToken({ keys }: Pick<IdentityParts, "keys">): { token: string; hash: Buffer } {
  const token = randomSecret();
  return { token, hash: keyedHash(keys.factorTokens, token) };
}

export const hashFactorToken = ({ keys }: Pick<IdentityParts, "keys">, token: string): Buffer =>
  keyedHash(keys.factorTokens, token);

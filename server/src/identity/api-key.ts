import { randomBytes } from "node:crypto";
import { equalsInConstantTime, keyedHash, randomSecret } from "../platform/crypto/index.ts";
import type { TenantMode } from "../tenants/index.ts";
import type { HashingKeys } from "./hashing-keys.ts";

/** Prefixes let a scanner of leaked secrets know what it has found. */
const ID_PREFIX = "trk_";
const SECRET_PREFIX = "trs_";
const ID_BYTES = 15;
/** Keys from before there was a test mode do not say which: they are live. */
const ID_PATTERN = /^trk_(live_|test_)?[\w-]{20}$/;
const TEST_ID_PATTERN = /^trk_test_[\w-]{20}$/;
const SECRET_LENGTH_MAX = 100;

export type ApiKeySecret = { readonly id: string; readonly secret: string };

/** A fresh key: an id that is public, and 256 random bits that are shown once. Both say in which mode it is. */
export const newApiKey = (mode: TenantMode): ApiKeySecret => ({
  id: `${ID_PREFIX}${mode}_${randomBytes(ID_BYTES).toString("base64url")}`,
  secret: `${SECRET_PREFIX}${mode}_${randomSecret()}`,
});

/** The mode of a key, as its public id says. */
export const modeOfKey = (id: string): TenantMode => (TEST_ID_PATTERN.test(id) ? "test" : "live");

/** What is kept of the secret. It is bound to its id: a hash copied to another key's row opens nothing. */
export const hashApiSecret = (keys: HashingKeys, { id, secret }: ApiKeySecret): string =>
  keyedHash(keys.apiSecrets, `${id}:${secret}`).toString("base64url");

/** Whether the secret is the one of which `kept` is the hash. Takes the same time where there is no such key. */
export function isRightSecret(keys: HashingKeys, sent: ApiKeySecret, kept: string | undefined): boolean {
  const isEqual = equalsInConstantTime(Buffer.from(hashApiSecret(keys, sent)), Buffer.from(kept ?? NOBODY));
  return isEqual && kept !== undefined;
}

/** As long as a hash. */
const NOBODY = "x".repeat(43);

/** Reads what follows `Basic `; undefined where it cannot be a key of ours. */
export function readBasic(encoded: string): ApiKeySecret | undefined {
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  const [id, secret] = [text.slice(0, colon), text.slice(colon + 1)];
  return colon > 0 && ID_PATTERN.test(id) && secret.length <= SECRET_LENGTH_MAX ? { id, secret } : undefined;
}

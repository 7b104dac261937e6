import { randomInt } from "node:crypto";
import { keyedHash } from "../platform/crypto/index.ts";

export const RECOVERY_CODES = 10;
/** Without letters and digits that are taken for one another. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUP = 5;
const GROUPS = 2;

/** Fresh codes, shown once: 49 bits each, guessed against the limit of second factors. */
export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newCode);

const newCode = (): string =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP }, () => LETTERS[randomInt(LETTERS.length)]).join(""),
  ).join("-");

/** What is kept of a code, bound to its person: as it is typed, with or without the dash and in any case. */
export const hashRecoveryCode = (key: Buffer, userId: string, code: string): Buffer =>
  keyedHash(key, `${userId}:${code.toLowerCase().replaceAll(/[^a-z0-9]/g, "")}`);

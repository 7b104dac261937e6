import { randomInt } from "node:crypto";
import { partnerErrors } from "./partner-errors.ts";

/** Nothing that is read for something else: no 0 and o, no 1, i and l, no u beside v. */
const ALPHABET = "23456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 8;
/** What the column takes (partners_referral_code_check), and long enough to be told apart. */
const PATTERN = /^[a-z0-9][a-z0-9_-]{2,49}$/;

/** A new code: 30^8 of them, so that guessing finds nothing and two partners hardly ever meet. */
export const newReferralCode = (): string =>
  Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");

/** A code as it is kept and compared: in lower case. Throws `partner.code_invalid`. */
export function normalReferralCode(wished: string): string {
  const code = wished.trim().toLowerCase();
  if (!PATTERN.test(code)) throw partnerErrors.code_invalid({ field: "referralCode" });
  return code;
}

import { Secret, TOTP } from "otpauth";

/** RFC 6238 with what every authenticator app knows: SHA-1, six digits, thirty seconds. */
const PERIOD_SECONDS = 30;
const FORM = { algorithm: "SHA1", digits: 6, period: PERIOD_SECONDS } as const;
/** RFC 4226, section 4: at least 128 bits, 160 recommended. */
const SECRET_BYTES = 20;
/** A step before and one after: a clock that is half a minute off, and a code that was typed slowly (RFC 6238, section 5.2). */
export const DRIFT_STEPS = 1;

/** A fresh secret, in base32 as apps take it. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What an app scans: whose account it is, at which programme. */
export const totpUri = (secret: string, whose: { readonly programme: string; readonly email: string }): string =>
  new TOTP({ ...FORM, issuer: whose.programme, label: whose.email, secret }).toString();

/** The time step whose code this is, within the drift; undefined for a code of no step. The caller takes each step once. */
export function stepOfCode(secret: string, code: string, at: Date): bigint | undefined {
  const delta = new TOTP({ ...FORM, secret }).validate({ token: code, timestamp: at.getTime(), window: DRIFT_STEPS });
  if (delta === null) return undefined;
  return BigInt(Math.floor(at.getTime() / 1000 / PERIOD_SECONDS) + delta);
}

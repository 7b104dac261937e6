import { equalsInConstantTime, keyedHash } from "../platform/crypto/index.ts";
import type { Language } from "../platform/language/index.ts";
import { pageUrl } from "../platform/pages/index.ts";
import { isKind, type KindName, RHYTHMS, type Rhythm } from "./notice-catalogue.ts";

/** What a link turns off: a kind, or all that somebody gets in one digest. */
export type Unsubscribed = { readonly userId: string; readonly ends: KindName | Rhythm };

export const UNSUBSCRIBE_PATH = "/notices/unsubscribe";

/** For its tenant alone. It has no end: a mail that is years old must still be a way out (RFC 8058). */
const signatureOf = (key: Buffer, { tenantId, userId, ends }: Unsubscribed & { readonly tenantId: string }): Buffer =>
  keyedHash(key, `${tenantId} ${userId} ${ends}`);

/** The address at which somebody unsubscribes without signing in. It does that and nothing else. */
export function unsubscribeUrl(
  key: Buffer,
  { language, ...of }: Unsubscribed & { readonly tenantId: string; readonly language: Language | null },
  origin: string,
): string {
  const token = [of.userId, of.ends, signatureOf(key, of).toString("base64url")].join(".");
  return pageUrl(`${origin}${UNSUBSCRIBE_PATH}`, { token, language });
}

/** What a token turns off; undefined where it was not signed here, or for another tenant. */
export function readUnsubscribeToken(key: Buffer, tenantId: string, token: string): Unsubscribed | undefined {
  const [userId = "", ends = "", signature = ""] = token.split(".");
  if (!isEnding(ends)) return undefined;
  const found = { userId, ends };
  const isOurs = equalsInConstantTime(Buffer.from(signature, "base64url"), signatureOf(key, { ...found, tenantId }));
  return isOurs ? found : undefined;
}

const isRhythm = (text: string): text is Rhythm => (RHYTHMS as readonly string[]).includes(text);
const isEnding = (text: string): text is Unsubscribed["ends"] => isRhythm(text) || isKind(text);

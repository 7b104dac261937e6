import { createHash } from "node:crypto";
import { DAY_MS } from "../kernel/clock.ts";
import { randomSecret } from "../platform/crypto/index.ts";

/** The page that an invitation to a partner's team leads to. */
export const JOIN_PATH = "/auth/join-team";
const JOIN_TTL_MS = 7 * DAY_MS;

/** What is kept of a link: its 256 random bits are nobody's to guess. */
export const hashOfLink = (token: string): Buffer => createHash("sha256").update(token).digest();

/** A fresh link, with what is kept of it. */
export function newJoinLink(now: Date): { readonly token: string; readonly hash: Buffer; readonly expiresAt: Date } {
  const token = randomSecret();
  return { token, hash: hashOfLink(token), expiresAt: new Date(now.getTime() + JOIN_TTL_MS) };
}

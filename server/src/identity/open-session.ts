import type { Tx } from "../platform/database/index.ts";
import { truncateIp } from "../platform/truncate-ip.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { insertSession } from "./session-repository.ts";
import { issueSessionTokens, type SessionTokens, sessionExpiry } from "./session-tokens.ts";
import { fillLanguage, type User } from "./user-repository.ts";

const USER_AGENT_LENGTH_MAX = 300;

/** With what somebody signs in. `visitorId` is whom its tracking cookie names, where it has one. */
export type Browser = { readonly userAgent: string | null; readonly visitorId?: string | undefined };

export type SignedIn = { readonly user: User; readonly tokens: SessionTokens };

/**
 * Anybody can register an e-mail with a password of their own. Were they let in before its owner has read the mail, signing in would tell them
 * whether the e-mail was free. Whoever else has a password got it by a link, or by setting the programme up.
 */
export const mayOpenSession = (user: User): boolean =>
  user.status === "active" && (user.role !== "partner" || user.emailVerifiedAt !== null);

/** Opens a session for somebody who has just shown who they are. */
export async function openSession(
  parts: IdentityParts,
  tx: Tx,
  { user, browser }: { user: User; browser: Browser },
): Promise<SignedIn> {
  const { now, ip, language } = tx.ctx;
  if (language && user.language === null) await fillLanguage(tx, user.id, language);
  const expiresAt = sessionExpiry(now, now);
  const id = await insertSession(tx, {
    userId: user.id,
    userAgent: browser.userAgent?.slice(0, USER_AGENT_LENGTH_MAX) ?? null,
    network: ip === null ? null : truncateIp(ip),
    visitorId: browser.visitorId ?? null,
    expiresAt,
  });
  await parts.audit.record(tx, "session.started", { targetType: "user", targetId: user.id, after: { sessionId: id } });
  return { user, tokens: await issueSessionTokens(parts, tx, { id, userId: user.id, expiresAt }) };
}

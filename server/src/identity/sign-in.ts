import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { truncateIp } from "../platform/truncate-ip.ts";
import { maySignInFrom } from "./demo-login.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { authErrors } from "./identity-errors.ts";
import { normalEmail } from "./normal-email.ts";
import { isRightPassword } from "./password.ts";
import { insertSession } from "./session-repository.ts";
import { issueSessionTokens, type SessionTokens, sessionExpiry } from "./session-tokens.ts";
import { findCredentials, lockCredentials, type User } from "./user-repository.ts";

const USER_AGENT_LENGTH_MAX = 300;

/** With what somebody signs in. `visitorId` is whom its tracking cookie names, where it has one. */
type Browser = { readonly userAgent: string | null; readonly visitorId?: string | undefined };

export type SignedIn = { readonly user: User; readonly tokens: SessionTokens };

/**
 * Opens a session. Who does not exist, who has no password, who is disabled, whose password is wrong and who registered and never verified
 * their e-mail are answered alike and in the same time: `auth.credentials_wrong`. Throws `auth.too_many_attempts` for guessing.
 */
export async function signIn(
  parts: IdentityParts,
  ctx: Ctx,
  input: { email: string; password: string } & Browser,
): Promise<SignedIn> {
  const who = { account: `${ctx.tenantId}:${normalEmail(input.email)}`, ip: ctx.ip };
  await parts.guard.attempt(who);
  const found = await parts.db.read(ctx, (tx) => findCredentials(tx, input.email));
  // Outside the transaction: it takes long on purpose, and a connection is worth more than that.
  const isRight = await isRightPassword(found?.passwordHash ?? null, input.password);
  if (found === undefined || !isRight || !mayOpenSession(found.user)) throw authErrors.credentials_wrong();
  if (!maySignInFrom(found.user.email, { ip: ctx.ip, publicUrl: parts.publicUrl })) throw authErrors.demo_elsewhere();
  await parts.guard.succeeded(who);
  return parts.db.transaction(ctx, async (tx) => {
    const now = await lockCredentials(tx, found.user.id);
    const isSame = now?.passwordHash === found.passwordHash && mayOpenSession(now.user);
    if (!isSame) throw authErrors.credentials_wrong();
    return openSession(parts, tx, { user: now.user, browser: input });
  });
}

/**
 * Anybody can register an e-mail with a password of their own. Were they let in before its owner has read the mail, signing in would tell them
 * whether the e-mail was free. Whoever else has a password got it by a link, or by setting the programme up.
 */
const mayOpenSession = (user: User): boolean =>
  user.status === "active" && (user.role !== "partner" || user.emailVerifiedAt !== null);

/** Opens a session for somebody who has just shown who they are. */
export async function openSession(
  parts: IdentityParts,
  tx: Tx,
  { user, browser }: { user: User; browser: Browser },
): Promise<SignedIn> {
  const { now, ip } = tx.ctx;
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

import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { authErrors } from "./identity-errors.ts";
import {
  extendSession,
  findSessionOfToken,
  lockOpenSession,
  revokeSessions,
  spendRefreshToken,
} from "./session-repository.ts";
import { hashRefreshToken, issueSessionTokens, type SessionTokens, sessionExpiry } from "./session-tokens.ts";

/**
 * Gives a new pair of tokens for a refresh token, which is spent by that. A spent one that comes again was stolen, or its thief came first:
 * either way the session ends for both (RFC 9700, section 4.14.2). There is no grace for a client whose answer got lost: within it a thief
 * would look the same. Throws `auth.refresh_invalid`.
 */
export async function refreshSession(
  parts: IdentityParts,
  ctx: Ctx,
  input: { refreshToken: string; visitorId?: string | undefined },
): Promise<SessionTokens> {
  const hash = hashRefreshToken(parts, input.refreshToken);
  // The refusal is an answer of the transaction, not an error in it: what it revoked must stay revoked.
  const tokens = await parts.db.transaction(ctx, async (tx) => {
    const sessionId = await spendRefreshToken(tx, hash);
    if (sessionId === undefined) {
      await revokeFamily(parts, tx, hash);
      return undefined;
    }
    const session = await lockOpenSession(tx, sessionId);
    if (session === undefined) return undefined;
    const expiresAt = sessionExpiry(session.createdAt, tx.ctx.now);
    await extendSession(tx, { id: sessionId, expiresAt, visitorId: input.visitorId ?? null });
    return issueSessionTokens(parts, tx, { id: sessionId, userId: session.userId, expiresAt });
  });
  if (tokens === undefined) throw authErrors.refresh_invalid();
  return tokens;
}

/** Ends the session of a token that was spent before; a token that we never gave out ends nothing. */
async function revokeFamily(parts: IdentityParts, tx: Tx, hash: Buffer): Promise<void> {
  const session = await findSessionOfToken(tx, hash);
  if (session === undefined) return;
  const revoked = await revokeSessions(tx, { userId: session.userId, id: session.sessionId }, "refresh_reused");
  if (revoked.length === 0) return;
  await parts.audit.record(tx, "session.revoked", {
    targetType: "user",
    targetId: session.userId,
    after: { sessionId: session.sessionId },
    reason: "refresh_reused",
  });
}

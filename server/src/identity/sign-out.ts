import type { Ctx } from "../platform/context.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { findSessionOfToken, revokeSessions } from "./session-repository.ts";
import { hashRefreshToken } from "./session-tokens.ts";

/** Ends the session of a refresh token, spent or not. Signing out twice, or with a token of nobody, is no error. */
export async function signOut(parts: IdentityParts, ctx: Ctx, input: { refreshToken: string }): Promise<void> {
  await parts.db.transaction(ctx, async (tx) => {
    const session = await findSessionOfToken(tx, hashRefreshToken(parts, input.refreshToken));
    if (session === undefined) return;
    const revoked = await revokeSessions(tx, { userId: session.userId, id: session.sessionId }, "signed_out");
    if (revoked.length === 0) return;
    await parts.audit.record(tx, "session.ended", {
      targetType: "user",
      targetId: session.userId,
      after: { sessionId: session.sessionId },
    });
  });
}

import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { sessionErrors } from "./identity-errors.ts";
import { revokeSessions } from "./session-repository.ts";

/** Ends one of the caller's own sessions, at once. Another's is not found. */
export async function revokeSession(parts: IdentityParts, ctx: Ctx, input: { id: string }): Promise<void> {
  const { actor } = ctx;
  invariant(actor.type === "user", "the route admits people only");
  await parts.db.transaction(ctx, async (tx) => {
    const revoked = await revokeSessions(tx, { userId: actor.userId, id: input.id }, "revoked");
    if (revoked.length === 0) throw sessionErrors.not_found();
    await parts.audit.record(tx, "session.revoked", {
      targetType: "user",
      targetId: actor.userId,
      after: { sessionId: input.id },
    });
  });
}

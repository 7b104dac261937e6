import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { authErrors } from "./identity-errors.ts";
import { isRightPassword } from "./password.ts";
import { answerAsked, askSecondFactor } from "./second-factor.ts";
import { noteProof } from "./session-repository.ts";
import type { Shown } from "./show-factor.ts";
import { findCredentialsById, lockCredentials } from "./user-repository.ts";

function self({ actor }: Ctx): { readonly userId: string; readonly sessionId: string } {
  invariant(actor.type === "user", "the route admits people only");
  return actor;
}

/**
 * Shows again who the caller is, by their password. Whoever has a second factor shows one as well, as at sign-in: `auth.step_up_factor_required`
 * says how. Otherwise a password that leaked, and a session that was left open, would be enough to take the factor away. Throws
 * `auth.credentials_wrong`, `auth.too_many_attempts`.
 */
export async function stepUp(parts: IdentityParts, ctx: Ctx, { password }: { password: string }): Promise<void> {
  const { userId, sessionId } = self(ctx);
  const found = await parts.db.read(ctx, (tx) => findCredentialsById(tx, userId));
  invariant(found !== undefined, "a session belongs to somebody, and nobody is deleted");
  const who = { account: `${ctx.tenantId}:${found.user.email}`, ip: ctx.ip };
  await parts.guard.attempt(who);
  if (!(await isRightPassword(found.passwordHash, password))) throw authErrors.credentials_wrong();
  await parts.guard.succeeded(who);
  const asked = await parts.db.transaction(ctx, async (tx) => {
    // Whoever resets the password meanwhile waits, or is seen here.
    const now = await lockCredentials(tx, userId);
    if (now === undefined || now.passwordHash !== found.passwordHash) throw authErrors.credentials_wrong();
    const factor = await askSecondFactor(parts, tx, now.user, "step_up");
    if (factor === undefined) await noteProof(tx, sessionId);
    return factor;
  });
  // The refusal is an answer of the transaction, not an error in it: what was begun must stay.
  if (asked !== undefined) throw authErrors.step_up_factor_required({ ...asked });
}

/** Ends what `stepUp` began, by a factor or a recovery code of the caller's. Throws as `showSecondFactor`. */
export async function stepUpByFactor(
  parts: IdentityParts,
  ctx: Ctx,
  input: { readonly token: string; readonly shown: Shown },
): Promise<void> {
  const { userId, sessionId } = self(ctx);
  await answerAsked(parts, ctx, { ...input, purpose: "step_up", ofUser: userId }, (tx) => noteProof(tx, sessionId));
}

import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { authErrors } from "./identity-errors.ts";
import { isRightPassword } from "./password.ts";
import { noteProof } from "./session-repository.ts";
import { findCredentialsById } from "./user-repository.ts";

/** Shows again who the caller is, by their password. Throws `auth.credentials_wrong`, `auth.too_many_attempts`. */
export async function stepUp(parts: IdentityParts, ctx: Ctx, { password }: { password: string }): Promise<void> {
  const { actor } = ctx;
  invariant(actor.type === "user", "the route admits people only");
  const found = await parts.db.read(ctx, (tx) => findCredentialsById(tx, actor.userId));
  invariant(found !== undefined, "a session belongs to somebody, and nobody is deleted");
  const who = { account: `${ctx.tenantId}:${found.user.email}`, ip: ctx.ip };
  await parts.guard.attempt(who);
  if (!(await isRightPassword(found.passwordHash, password))) throw authErrors.credentials_wrong();
  await parts.guard.succeeded(who);
  await parts.db.transaction(ctx, (tx) => noteProof(tx, actor.sessionId));
}

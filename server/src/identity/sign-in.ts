import type { Ctx } from "../platform/context.ts";
import { maySignInFrom } from "./demo-login.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { authErrors } from "./identity-errors.ts";
import { normalEmail } from "./normal-email.ts";
import { type Browser, mayOpenSession, openSession, type SignedIn } from "./open-session.ts";
import { isRightPassword } from "./password.ts";
import { askSecondFactor } from "./second-factor.ts";
import { findCredentials, lockCredentials } from "./user-repository.ts";

/**
 * Opens a session. Who does not exist, who has no password, who is disabled, whose password is wrong and who registered and never verified
 * their e-mail are answered alike and in the same time: `auth.credentials_wrong`. Whoever has a second factor gets no session by the password:
 * `auth.second_factor_required` says how to go on. Throws `auth.too_many_attempts` for guessing.
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
  const opened = await parts.db.transaction(ctx, async (tx) => {
    const now = await lockCredentials(tx, found.user.id);
    const isSame = now?.passwordHash === found.passwordHash && mayOpenSession(now.user);
    if (!isSame) throw authErrors.credentials_wrong();
    const asked = await askSecondFactor(parts, tx, now.user, "second_factor");
    return asked === undefined ? openSession(parts, tx, { user: now.user, browser: input }) : { asked };
  });
  // The refusal is an answer of the transaction, not an error in it: what was begun must stay.
  if ("asked" in opened) throw authErrors.second_factor_required({ ...opened.asked });
  return opened;
}

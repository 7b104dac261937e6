import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { createUser, sendVerification } from "./create-user.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { authErrors } from "./identity-errors.ts";
import { userEvent } from "./identity-events.ts";
import { LINK_PATHS } from "./link-paths.ts";
import { dropOpenLinks, findLink, insertLink, spendLink } from "./link-repository.ts";
import { issueLinkToken, LINK_TTL_MS, openLinkToken } from "./one-time-link.ts";
import { hashPassword } from "./password.ts";
import { requireStrongPassword } from "./password-rules.ts";
import { findAdminIds, type User } from "./user-repository.ts";

const PURPOSE = "set_up";

/** Whether the programme has nobody yet who could run it. */
export const needsSetUp = (parts: IdentityParts, ctx: Ctx): Promise<boolean> =>
  parts.db.read(ctx, async (tx) => (await findAdminIds(tx)).length === 0);

/**
 * Makes a link with which its bearer becomes an admin, once. Only the program itself makes one, for whoever can read its output; a link
 * that was made before is worth nothing from then on.
 */
export const createSetUpLink = (parts: IdentityParts, ctx: Ctx): Promise<{ url: string; expiresAt: Date }> => {
  invariant(ctx.actor.type === "system", "no route makes a set-up link");
  return parts.db.transaction(ctx, async (tx) => {
    const { token, hash } = issueLinkToken({ key: parts.keys.links, tenantId: ctx.tenantId, purpose: PURPOSE });
    await dropOpenLinks(tx, { userId: null, purpose: PURPOSE });
    await insertLink(tx, { hash, purpose: PURPOSE, userId: null, email: null });
    await parts.audit.record(tx, "set_up_link.created", { targetType: "tenant", targetId: ctx.tenantId });
    const { url } = await findOwnTenant(tx, parts.publicUrl);
    return {
      url: `${url}${LINK_PATHS[PURPOSE]}?token=${token}`,
      expiresAt: new Date(ctx.now.getTime() + LINK_TTL_MS[PURPOSE]),
    };
  });
};

/** Makes the bearer of a set-up link an admin. Throws `auth.link_invalid`, `user.password_weak`, `user.email_taken`. */
export async function completeSetUp(
  parts: IdentityParts,
  ctx: Ctx,
  input: { token: string; email: string; name: string; password: string },
): Promise<User> {
  const hash = openLinkToken({ key: parts.keys.links, tenantId: ctx.tenantId, purpose: PURPOSE }, input.token);
  if (hash === undefined) throw authErrors.link_invalid();
  const link = await parts.db.read(ctx, (tx) => findLink(tx, { hash, purpose: PURPOSE }));
  if (link === undefined || link.isUsed) throw authErrors.link_invalid();
  requireStrongPassword(input.password, input.email);
  const passwordHash = await hashPassword(input.password);

  return parts.db.transaction(ctx, async (tx) => {
    if ((await spendLink(tx, { hash, purpose: PURPOSE })) === undefined) throw authErrors.link_invalid();
    const { email, name } = input;
    const user = await createUser(parts, tx, { email, name, role: "admin", passwordHash, language: ctx.language });
    await parts.outbox.publish(tx, [userEvent("user.joined", user)]);
    await sendVerification(tx, user);
    return user;
  });
}

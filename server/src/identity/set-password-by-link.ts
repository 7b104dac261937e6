import type { Ctx } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { authErrors } from "./identity-errors.ts";
import { dropOpenLinks, findLink, spendLink } from "./link-repository.ts";
import { type LinkPurpose, openLinkToken } from "./one-time-link.ts";
import { hashPassword } from "./password.ts";
import { requireStrongPassword } from "./password-rules.ts";
import { recordVerified } from "./record-verified.ts";
import { findUser, type User, updatePasswordHash } from "./user-repository.ts";

/** Links that set a password. Once one has, the others are worth nothing: an old invitation must not undo a reset. */
const PURPOSES = ["verify_email", "reset_password", "accept_invitation"] as const satisfies readonly LinkPurpose[];

/**
 * Sets the password of the person that a link was sent to, and spends the link with every other one that could set it. Who has the link
 * reads the person's mail, so the e-mail counts as verified from here on.
 */
export async function setPasswordByLink(
  parts: IdentityParts,
  ctx: Ctx,
  input: {
    token: string;
    password: string;
    purpose: (typeof PURPOSES)[number];
    whenSet: (tx: Tx, user: User) => Promise<void>;
  },
): Promise<void> {
  const { purpose } = input;
  const hash = openLinkToken({ key: parts.keys.links, tenantId: ctx.tenantId, purpose }, input.token);
  if (hash === undefined) throw authErrors.link_invalid();
  // Before the password is hashed, which takes long on purpose: a link that cannot be spent costs nothing.
  const person = await parts.db.read(ctx, async (tx) => {
    const link = await findLink(tx, { hash, purpose });
    return link?.isUsed === false ? bearerOf(tx, link) : undefined;
  });
  if (person === undefined) throw authErrors.link_invalid();
  requireStrongPassword(input.password, person.email);
  const passwordHash = await hashPassword(input.password);

  await parts.db.transaction(ctx, async (tx) => {
    const link = await spendLink(tx, { hash, purpose });
    const user = link && (await bearerOf(tx, link));
    if (user === undefined) throw authErrors.link_invalid();
    for (const each of PURPOSES) await dropOpenLinks(tx, { userId: user.id, purpose: each });
    await updatePasswordHash(tx, user.id, passwordHash);
    await recordVerified(parts, tx, user);
    await input.whenSet(tx, user);
  });
}

/** Whom a link was sent to, if they still have that address and may sign in. */
async function bearerOf(tx: ReadTx, link: { userId: string | null; email: string | null }): Promise<User | undefined> {
  const user = link.userId === null ? undefined : await findUser(tx, link.userId);
  return user?.status === "active" && user.email === link.email ? user : undefined;
}

import { type Ctx, requireScope } from "../platform/context.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { createUser } from "./create-user.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { userErrors } from "./identity-errors.ts";
import { userEvent } from "./identity-events.ts";
import { mailJobOf, SEND_INVITATION_JOB } from "./mail-job.ts";
import { requireRecentProof } from "./recent-proof.ts";
import { setPasswordByLink } from "./set-password-by-link.ts";
import { isStaff, mayDecideRole } from "./team-rules.ts";
import { fillLanguage, findInvited, type StaffRole, type User, updateName } from "./user-repository.ts";

/** The scopes of the caller; undefined for the program itself. */
export const scopesOf = ({ actor }: Ctx) => (actor.type === "user" || actor.type === "key" ? actor.scopes : undefined);

/** Adds a member of the team, who sets a password by the link that is sent. Throws `user.email_taken`, `user.role_above_own`, `auth.step_up_required`. */
export const inviteUser = (
  parts: IdentityParts,
  ctx: Ctx,
  input: { email: string; name: string | null; role: StaffRole },
): Promise<User> =>
  parts.db.transaction(ctx, async (tx) => {
    requireScope(ctx, "users:write");
    requireRecentProof(ctx);
    if (!mayDecideRole(scopesOf(ctx), input.role)) throw userErrors.role_above_own({ role: input.role });
    const user = await createUser(parts, tx, { ...input, passwordHash: null });
    await enqueue(tx, SEND_INVITATION_JOB, mailJobOf(ctx, user.id));
    await parts.outbox.publish(tx, [userEvent("user.invited", user)]);
    return user;
  });

/** Sends the invitation again to somebody who has not taken it. Throws `user.not_found`, `user.already_joined`. */
export const repeatInvitation = (parts: IdentityParts, ctx: Ctx, input: { id: string }): Promise<User> =>
  parts.db.transaction(ctx, async (tx) => {
    requireScope(ctx, "users:write");
    const found = await findInvited(tx, input.id);
    if (found === undefined || !isStaff(found.user.role)) throw userErrors.not_found();
    if (found.hasPassword || found.user.status !== "active") throw userErrors.already_joined();
    await enqueue(tx, SEND_INVITATION_JOB, mailJobOf(ctx, input.id), { key: `invite:${input.id}` });
    await parts.audit.record(tx, "user.invited_again", { targetType: "user", targetId: input.id });
    return found.user;
  });

/** Sets the first password of somebody who was invited. Throws `auth.link_invalid`, `user.password_weak`. */
export const acceptInvitation = (
  parts: IdentityParts,
  ctx: Ctx,
  input: { token: string; password: string; name?: string },
): Promise<void> =>
  setPasswordByLink(parts, ctx, {
    ...input,
    purpose: "accept_invitation",
    whenSet: async (tx, user) => {
      if (input.name !== undefined) await updateName(tx, user.id, input.name);
      if (ctx.language) await fillLanguage(tx, user.id, ctx.language);
      await parts.audit.record(tx, "user.joined", { targetType: "user", targetId: user.id });
      await parts.outbox.publish(tx, [userEvent("user.joined", user)]);
    },
  });

import type { Ctx } from "../platform/context.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { dropChallengesOf } from "./challenge-repository.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { mailJobOf, SEND_PASSWORD_CHANGED_JOB, SEND_RESET_JOB } from "./mail-job.ts";
import { normalEmail } from "./normal-email.ts";
import { revokeSessions } from "./session-repository.ts";
import { setPasswordByLink } from "./set-password-by-link.ts";
import { findUserByEmail } from "./user-repository.ts";

/**
 * Has a link sent with which a new password can be set. Answers alike, and does as much, whether or not somebody has this e-mail. Throws
 * `auth.too_many_attempts`.
 */
export async function requestPasswordReset(parts: IdentityParts, ctx: Ctx, input: { email: string }): Promise<void> {
  await parts.guard.mail({ account: `${ctx.tenantId}:${normalEmail(input.email)}`, ip: ctx.ip });
  await parts.db.transaction(ctx, async (tx) => {
    const user = await findUserByEmail(tx, input.email);
    // The job for nobody does nothing; enqueueing it takes as long.
    await enqueue(tx, SEND_RESET_JOB, mailJobOf(ctx, user?.id ?? null));
  });
}

/**
 * Sets a new password for the bearer of a reset link and ends every session of the person: whoever had the old password is out. Throws
 * `auth.link_invalid`, `user.password_weak`.
 */
export const resetPassword = (
  parts: IdentityParts,
  ctx: Ctx,
  input: { token: string; password: string },
): Promise<void> =>
  setPasswordByLink(parts, ctx, {
    ...input,
    purpose: "reset_password",
    whenSet: async (tx, user) => {
      await revokeSessions(tx, { userId: user.id }, "password_reset");
      // A sign-in that was begun with the old password ends too. The second factor itself stays: mail alone opens nothing.
      await dropChallengesOf(tx, user.id);
      await parts.audit.record(tx, "user.password_reset", { targetType: "user", targetId: user.id });
      await enqueue(tx, SEND_PASSWORD_CHANGED_JOB, mailJobOf(ctx, user.id));
    },
  });

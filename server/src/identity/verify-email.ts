import type { Ctx } from "../platform/context.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { dropChallengesOf } from "./challenge-repository.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { mailJobOf, SEND_VERIFICATION_JOB } from "./mail-job.ts";
import { normalEmail } from "./normal-email.ts";
import { revokeSessions } from "./session-repository.ts";
import { setPasswordByLink } from "./set-password-by-link.ts";
import { findUserByEmail } from "./user-repository.ts";

/**
 * Takes a link that was sent to an e-mail as proof that it is read by its owner, and the password that comes with it for theirs: anybody can
 * register anybody's e-mail, and whoever did so knows a password that must not open the owner's account. Throws `auth.link_invalid`,
 * `user.password_weak`.
 */
export const verifyEmail = (
  parts: IdentityParts,
  ctx: Ctx,
  input: { token: string; password: string },
): Promise<void> =>
  setPasswordByLink(parts, ctx, {
    ...input,
    purpose: "verify_email",
    whenSet: async (tx, user) => {
      await revokeSessions(tx, { userId: user.id }, "password_reset");
      await dropChallengesOf(tx, user.id);
    },
  });

/**
 * Has the link sent again. Answers alike, and does as much, whether or not somebody has this e-mail and is verified already. Throws
 * `auth.too_many_attempts`.
 */
export async function requestVerification(parts: IdentityParts, ctx: Ctx, input: { email: string }): Promise<void> {
  await parts.guard.mail({ account: `${ctx.tenantId}:${normalEmail(input.email)}`, ip: ctx.ip });
  await parts.db.transaction(ctx, async (tx) => {
    const user = await findUserByEmail(tx, input.email);
    await enqueue(tx, SEND_VERIFICATION_JOB, mailJobOf(ctx, user?.id ?? null));
  });
}

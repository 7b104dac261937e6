import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { dropChallengesOf } from "./challenge-repository.ts";
import {
  deleteFactors,
  deletePasskey,
  deleteTotp,
  findFactors,
  hasFactor,
  lockUser,
  replaceRecoveryCodes,
} from "./factor-repository.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { factorErrors, userErrors } from "./identity-errors.ts";
import { userEvent } from "./identity-events.ts";
import { scopesOf } from "./invite-user.ts";
import { type FactorChange, SEND_FACTOR_CHANGED_JOB } from "./mail-job.ts";
import { requireRecentProof } from "./recent-proof.ts";
import { revokeSessions } from "./session-repository.ts";
import { factorDueAt, findSignInSettings } from "./sign-in-settings.ts";
import { isStaff, mayDecideRole } from "./team-rules.ts";
import { findUser } from "./user-repository.ts";

/** Removes the caller's authenticator app. Throws `factor.not_found`, and `factor.last` where a factor is required and this is the last. */
export const removeTotp = (parts: IdentityParts, ctx: Ctx): Promise<void> =>
  remove(parts, ctx, "totp_removed", (tx, userId) => deleteTotp(tx, userId));

/** The same of one of their passkeys. */
export const removePasskey = (parts: IdentityParts, ctx: Ctx, { id }: { id: string }): Promise<void> =>
  remove(parts, ctx, "passkey_removed", (tx, userId) => deletePasskey(tx, userId, id));

const remove = (
  parts: IdentityParts,
  ctx: Ctx,
  change: FactorChange,
  take: (tx: Tx, userId: string) => Promise<boolean>,
): Promise<void> =>
  parts.db.transaction(ctx, async (tx) => {
    requireRecentProof(ctx);
    const { actor } = ctx;
    invariant(actor.type === "user", "the route admits people only");
    // Of two who take one factor each the second waits here, and finds that its own is the last.
    await lockUser(tx, actor.userId);
    const user = await findUser(tx, actor.userId);
    invariant(user !== undefined, "a session belongs to somebody, and nobody is deleted");
    if (!(await take(tx, user.id))) throw factorErrors.not_found();
    await dropChallengesOf(tx, user.id);
    if (!hasFactor(await findFactors(tx, user.id))) {
      if (factorDueAt(await findSignInSettings(tx), user) !== null) throw factorErrors.last();
      await replaceRecoveryCodes(tx, user.id, []);
    }
    await parts.audit.record(tx, `user.${change}`, { targetType: "user", targetId: user.id });
    await enqueue(tx, SEND_FACTOR_CHANGED_JOB, { userId: user.id, change });
  });

/**
 * Takes all factors of somebody who has lost them, ends their sessions and tells them. Where one is required they enrol another at their next
 * sign-in. Throws `user.not_found`, `user.role_above_own`, and `factor.own` for the caller's own.
 */
export const resetFactors = (parts: IdentityParts, ctx: Ctx, input: { id: string; reason: string }): Promise<void> =>
  parts.db.transaction(ctx, async (tx) => {
    requireScope(ctx, "users:write");
    requireRecentProof(ctx);
    if (ctx.actor.type === "user" && ctx.actor.userId === input.id) throw factorErrors.own();
    const user = await findUser(tx, input.id);
    if (user === undefined) throw userErrors.not_found();
    if (isStaff(user.role) && !mayDecideRole(scopesOf(ctx), user.role))
      throw userErrors.role_above_own({ role: user.role });
    await lockUser(tx, user.id);
    if (!(await deleteFactors(tx, user.id))) return;
    await revokeSessions(tx, { userId: user.id }, "factors_reset");
    await parts.audit.record(tx, "user.factors_reset", {
      targetType: "user",
      targetId: user.id,
      reason: input.reason,
    });
    await parts.outbox.publish(tx, [userEvent("user.factors_reset", user)]);
    await enqueue(tx, SEND_FACTOR_CHANGED_JOB, { userId: user.id, change: "reset" });
  });

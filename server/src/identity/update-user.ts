import { type Ctx, requireScope } from "../platform/context.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { userErrors } from "./identity-errors.ts";
import { userEvent } from "./identity-events.ts";
import { scopesOf } from "./invite-user.ts";
import { requireRecentProof } from "./recent-proof.ts";
import { revokeSessions } from "./session-repository.ts";
import { isStaff, leavesNoAdmin, mayDecideRole, type TeamChange } from "./team-rules.ts";
import { findUser, lockAdmins, type User, updateTeamMember } from "./user-repository.ts";

/**
 * Gives a member of the team another role, disables or enables them. Both count with their next request. Throws `user.last_admin`,
 * `auth.step_up_required`, and `user.role_above_own` where either role may do more than the caller.
 */
export const updateUser = (parts: IdentityParts, ctx: Ctx, input: { id: string } & TeamChange): Promise<User> =>
  parts.db.transaction(ctx, async (tx) => {
    requireScope(ctx, "users:write");
    requireRecentProof(ctx);
    const { id, ...change } = input;
    // First: of two admins who disable each other, the second waits here and then finds that they are the last.
    const admins = await lockAdmins(tx);
    const user = await findUser(tx, id);
    if (user === undefined || !isStaff(user.role)) throw userErrors.not_found();
    for (const role of [user.role, change.role ?? user.role]) {
      if (!mayDecideRole(scopesOf(ctx), role)) throw userErrors.role_above_own({ role });
    }
    if (leavesNoAdmin(user, change, admins)) throw userErrors.last_admin();

    const updated = await updateTeamMember(tx, id, change);
    if (updated.status === "disabled") await revokeSessions(tx, { userId: id }, "user_disabled");
    await parts.audit.record(tx, "user.updated", {
      targetType: "user",
      targetId: id,
      before: { role: user.role, status: user.status },
      after: { role: updated.role, status: updated.status },
    });
    await parts.outbox.publish(tx, [userEvent("user.updated", updated)]);
    return updated;
  });

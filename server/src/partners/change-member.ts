import { closeAccounts } from "../identity/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { type MemberView, memberView } from "./find-team.ts";
import { requireMember, requireTeamOwner } from "./invite-member.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { memberEvent } from "./team-events.ts";
import { deleteMembers, type MemberRole, updateMember } from "./team-repository.ts";

/** Gives somebody on the acting partner's team another role, which counts with their next request. Throws `auth.step_up_required`, `partner.member_not_found`. */
export const changeMember =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { id, role }: { readonly id: string; readonly role: MemberRole }): Promise<MemberView> =>
    deps.db.transaction(ctx, async (tx) => {
      const partnerId = requireTeamOwner(ctx);
      const before = await requireMember(tx, { id, partnerId });
      await updateMember(tx, id, { role });
      await deps.audit.record(tx, "partner_member.changed", {
        targetType: "partner_member",
        targetId: id,
        before: { role: before.role },
        after: { role },
      });
      await deps.outbox.publish(tx, [memberEvent("member.changed", { ...before, role })]);
      const { user_id } = before;
      const contacts = await deps.people.contactsOf(tx, user_id === null ? [] : [user_id]);
      return memberView({ ...before, role }, contacts.get(user_id ?? "")?.name);
    });

/**
 * Takes somebody off the acting partner's team: their sessions end, their account is closed for good and their e-mail is free for another. Throws
 * as `changeMember`. What they have made for programs goes on working, and its owner is told of it.
 */
export const removeMember =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { id }: { readonly id: string }): Promise<void> =>
    deps.db.transaction(ctx, async (tx) => {
      const partnerId = requireTeamOwner(ctx);
      const member = await requireMember(tx, { id, partnerId });
      const { role, user_id: userId } = member;
      await closeAccounts(tx, await deleteMembers(tx, { id }));
      if (userId !== null) await tellLeft(deps, tx, { partnerId, userId });
      await deps.audit.record(tx, "partner_member.removed", {
        targetType: "partner_member",
        targetId: id,
        before: { partnerId, userId, role },
      });
      await deps.outbox.publish(tx, [memberEvent("member.removed", member)]);
    });

/**
 * Has the partner told of what somebody who was taken off its team leaves behind. Nothing of it is turned off here: an integration that the partner
 * lives by would break without anybody's wish.
 */
async function tellLeft(
  deps: PartnerDeps,
  tx: Tx,
  of: { readonly partnerId: string; readonly userId: string },
): Promise<void> {
  const { partnerId } = of;
  const endpoints = await deps.findEndpointsMadeBy(tx, of);
  const keys = await deps.people.findKeysMadeBy(tx, of);
  if (endpoints.length + keys.length === 0) return;
  await deps.outbox.publish(tx, [
    {
      type: "partner_notice.member_left_behind",
      objectType: "partner",
      objectId: partnerId,
      data: { partnerId, endpoints, keys },
    },
  ]);
}

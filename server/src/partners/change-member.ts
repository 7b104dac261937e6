import { closeAccounts } from "../identity/index.ts";
import type { Ctx } from "../platform/context.ts";
import { type MemberView, memberView } from "./find-team.ts";
import { requireMember, requireTeamOwner } from "./invite-member.ts";
import type { PartnerDeps } from "./partner-deps.ts";
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
      const { user_id } = before;
      const contacts = await deps.people.contactsOf(tx, user_id === null ? [] : [user_id]);
      return memberView({ ...before, role }, contacts.get(user_id ?? "")?.name);
    });

/**
 * Takes somebody off the acting partner's team: their sessions end, their account is closed for good and their e-mail is free for another. Throws
 * as `changeMember`.
 */
export const removeMember =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { id }: { readonly id: string }): Promise<void> =>
    deps.db.transaction(ctx, async (tx) => {
      const partnerId = requireTeamOwner(ctx);
      const { role, user_id: userId } = await requireMember(tx, { id, partnerId });
      await closeAccounts(tx, await deleteMembers(tx, { id }));
      await deps.audit.record(tx, "partner_member.removed", {
        targetType: "partner_member",
        targetId: id,
        before: { partnerId, userId, role },
      });
    });

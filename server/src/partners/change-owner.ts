import type { Ctx } from "../platform/context.ts";
import { enqueueAll } from "../platform/jobs/index.ts";
import { type Team, teamOf } from "./find-team.ts";
import { requireActive, requireMember, requireTeamOwner } from "./invite-member.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";
import { partnerNews } from "./partner-events.ts";
import { TELL_OWNER_CHANGED_JOB } from "./partner-mails.ts";
import { updatePartnerIn } from "./partner-repository.ts";
import { lockSequences } from "./sequence-repository.ts";
import { memberEvent } from "./team-events.ts";
import { deleteMembers, insertMember, updateMember } from "./team-repository.ts";

/**
 * Hands the acting partner over to somebody who has joined its team. Whoever was its owner stays on the team as a manager, and both are told by mail;
 * what the partner has earned, signed and set up stays as it is. Throws `auth.step_up_required`, `partner.member_not_found`,
 * `partner.member_not_joined`, `partner.owner_changed`, `partner.wrong_state`.
 */
export const transferOwnership =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { id }: { readonly id: string }): Promise<Team> =>
    deps.db.transaction(ctx, async (tx) => {
      const partnerId = requireTeamOwner(ctx);
      // Of two who hand it over at once the second finds another owner.
      await lockSequences(tx, [partnerId]);
      const before = await requireActive(tx, partnerId);
      const formerId = before.userId;
      if (ctx.actor.type !== "user" || ctx.actor.userId !== formerId) throw partnerErrors.owner_changed();
      const heir = await requireMember(tx, { id, partnerId });
      const ownerId = heir.user_id;
      if (ownerId === null) throw partnerErrors.member_not_joined();
      // Another row, not this one with another person in it: whoever removes the member meanwhile means the member.
      await deleteMembers(tx, { id });
      const after = await updatePartnerIn(tx, before, { user_id: ownerId });
      const email = (await deps.people.contactsOf(tx, [formerId])).get(formerId)?.email;
      const kept =
        after &&
        email &&
        (await insertMember(tx, { partner_id: partnerId, email, role: "manager", invited_by: ownerId }));
      if (!after || !kept) throw partnerErrors.owner_changed();
      await updateMember(tx, kept.id, { user_id: formerId, joined_at: ctx.now });
      await enqueueAll(
        tx,
        TELL_OWNER_CHANGED_JOB,
        [ownerId, formerId].map((userId) => ({ payload: { userId, isOwner: userId === ownerId } })),
      );
      await deps.audit.record(tx, "partner.owner_changed", {
        targetType: "partner",
        targetId: partnerId,
        before: { userId: formerId },
        after: { userId: ownerId },
      });
      // The person whom it pays is another: who compares names compares again.
      await deps.outbox.publish(tx, [
        partnerNews("partner.updated", after),
        memberEvent("member.removed", heir),
        memberEvent("member.joined", { ...kept, joined_at: ctx.now }),
      ]);
      return teamOf(deps, tx, after);
    });

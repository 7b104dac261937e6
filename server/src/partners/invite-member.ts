import { authErrors, hashPassword, normalEmail, requireRecentProof, requireStrongPassword } from "../identity/index.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { type MemberView, memberView } from "./find-team.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";
import { SEND_MEMBER_INVITATION_JOB } from "./partner-mails.ts";
import { getPartner, type Partner } from "./partner-repository.ts";
import { memberEvent } from "./team-events.ts";
import { hashOfLink } from "./team-link.ts";
import {
  findInvited,
  insertMember,
  lockAndCountTeam,
  lockMember,
  type Member,
  type MemberRole,
  updateMember,
} from "./team-repository.ts";

/** A department, not a company: invitations are mails to whom somebody names. */
export const TEAM_MAX = 25;

/** The partner whose team the caller decides about; refuses who may not, and who has not shown for a while who they are. */
export function requireTeamOwner(ctx: Ctx): string {
  requireScope(ctx, "own:team:write");
  requireRecentProof(ctx);
  return requirePartner(ctx);
}

/** Somebody on a partner's team, locked; of another's, none. */
export async function requireMember(tx: Tx, of: { readonly id: string; readonly partnerId: string }): Promise<Member> {
  const member = await lockMember(tx, { id: of.id });
  if (member === undefined || member.partner_id !== of.partnerId) throw partnerErrors.member_not_found();
  return member;
}

/**
 * Invites somebody to the acting partner's team. The answer is the same whether or not the e-mail has an account: nobody learns it by inviting.
 * Throws `auth.step_up_required`, `partner.member_exists`, `partner.team_full`, `auth.too_many_attempts`.
 */
export const inviteMember =
  (deps: PartnerDeps) =>
  async (ctx: Ctx, input: { readonly email: string; readonly role: MemberRole }): Promise<MemberView> => {
    const partnerId = requireTeamOwner(ctx);
    const email = normalEmail(input.email);
    await deps.people.countMailTo(ctx, { email });
    return deps.db.transaction(ctx, async (tx) => {
      const { userId: owner } = await requireActive(tx, partnerId);
      if ((await lockAndCountTeam(tx, partnerId)) >= TEAM_MAX) throw partnerErrors.team_full({ limit: TEAM_MAX });
      const invitedBy = ctx.actor.type === "user" ? ctx.actor.userId : null;
      const isOwner = (await deps.people.contactsOf(tx, [owner])).get(owner)?.email === email;
      const member = isOwner
        ? undefined
        : await insertMember(tx, { partner_id: partnerId, email, role: input.role, invited_by: invitedBy ?? owner });
      if (member === undefined) throw partnerErrors.member_exists({ field: "email" });
      await enqueue(tx, SEND_MEMBER_INVITATION_JOB, { memberId: member.id, language: ctx.language ?? null });
      await deps.audit.record(tx, "partner_member.invited", {
        targetType: "partner_member",
        targetId: member.id,
        after: { partnerId, role: member.role },
      });
      await deps.outbox.publish(tx, [memberEvent("member.invited", member)]);
      return memberView(member);
    });
  };

/** A partner that is active. Throws `partner.wrong_state`. */
export async function requireActive(tx: Tx, partnerId: string): Promise<Partner> {
  const partner = await getPartner(tx, partnerId);
  if (partner.status !== "active") throw partnerErrors.wrong_state({ status: partner.status });
  return partner;
}

export type JoinTeam = { readonly token: string; readonly password: string; readonly name: string };

/**
 * Takes an invitation: makes the account of whoever has the link, who reads the mail that it was sent to. Throws `auth.link_invalid`,
 * `user.password_weak`, and `user.email_taken` where the e-mail has an account already.
 */
export const joinTeam =
  (deps: PartnerDeps) =>
  async (ctx: Ctx, { token, password, name }: JoinTeam): Promise<void> => {
    const linkHash = hashOfLink(token);
    // Before the password is hashed, which takes long on purpose: a link that cannot be taken costs nothing.
    const invited = await deps.db.read(ctx, (tx) => findInvited(tx, linkHash));
    if (invited === undefined) throw authErrors.link_invalid();
    requireStrongPassword(password, invited.email);
    const passwordHash = await hashPassword(password);
    await deps.db.transaction(ctx, async (tx) => {
      const member = await lockMember(tx, { linkHash });
      if (member === undefined || (member.link_expires_at ?? ctx.now) <= ctx.now) throw authErrors.link_invalid();
      const { status } = await getPartner(tx, member.partner_id);
      if (status === "terminated" || status === "rejected") throw authErrors.link_invalid();
      const { email } = member;
      const user = await deps.people.createUser(tx, {
        email,
        name,
        role: "partner",
        passwordHash,
        isEmailVerified: true,
        language: ctx.language,
      });
      await updateMember(tx, member.id, {
        user_id: user.id,
        joined_at: ctx.now,
        link_hash: null,
        link_expires_at: null,
      });
      await deps.audit.record(tx, "partner_member.joined", {
        targetType: "partner_member",
        targetId: member.id,
        after: { partnerId: member.partner_id, userId: user.id, role: member.role },
      });
      await deps.outbox.publish(tx, [memberEvent("member.joined", { ...member, joined_at: ctx.now })]);
    });
  };

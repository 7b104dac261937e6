import type { Ctx } from "../platform/context.ts";
import { composeMail } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { findInvitation } from "./invitation-repository.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { JOIN_PATH, newJoinLink } from "./team-link.ts";
import { lockMember, updateMember } from "./team-repository.ts";

/** Payloads hold ids: addresses are looked up when the mail is sent, so that the queue holds none. */
export const TELL_REGISTERED_JOB = "partners.tell_registered";
export const SEND_INVITATION_JOB = "partners.send_invitation";
export const SEND_MEMBER_INVITATION_JOB = "partners.send_member_invitation";
export const TELL_OWNER_CHANGED_JOB = "partners.tell_owner_changed";

/** To whom it is told that a partner has another owner: the one that it has now, or the one before. */
export type OwnerNews = { readonly userId: string; readonly isOwner: boolean };

/** Tells somebody who has an account that their e-mail was used to register. */
export const sendRegisteredMail =
  (deps: PartnerDeps) =>
  async (ctx: Ctx, { userId }: { readonly userId: string }): Promise<void> => {
    const mail = await deps.db.read(ctx, async (tx) => {
      const contact = (await deps.people.contactsOf(tx, [userId])).get(userId);
      const { name, url, look } = await findOwnTenant(tx, deps.publicUrl);
      return (
        contact &&
        composeMail(
          contact.email,
          {
            subject: `You have an account with ${name} already`,
            lines: [
              `Somebody, most likely you, asked to register with ${name} under this address, which has an account already.`,
              `Sign in there, or ask for another password: ${url}`,
            ],
            small: "If it was not you, do nothing.",
          },
          look,
        )
      );
    });
    if (mail) await deps.mailer.send(mail, ctx);
  };

/** Invites somebody to register; nothing where the invitation was taken back meanwhile. */
export const sendInvitationMail =
  (deps: PartnerDeps) =>
  async (ctx: Ctx, { invitationId }: { readonly invitationId: string }): Promise<void> => {
    const mail = await deps.db.read(ctx, async (tx) => {
      const invitation = await findInvitation(tx, invitationId);
      const { name, url, look } = await findOwnTenant(tx, deps.publicUrl);
      return (
        invitation &&
        composeMail(
          invitation.email,
          {
            subject: `Become a partner: ${name}`,
            lines: [`${name} invites you to apply as a partner, with the e-mail address that this was sent to.`],
            button: { label: "Apply", url: `${url}/portal/register` },
            small: "If you do not want to, do nothing.",
          },
          look,
        )
      );
    });
    if (mail) await deps.mailer.send(mail, ctx);
  };

/**
 * Makes the link of an invitation to a partner's team and mails it; nothing where it was taken or withdrawn meanwhile. It names the programme and
 * not the partner: what a partner calls itself is no text for mails to strangers.
 */
export const sendMemberInvitationMail =
  (deps: PartnerDeps) =>
  async (ctx: Ctx, { memberId }: { readonly memberId: string }): Promise<void> => {
    await deps.proveLinkHost?.(ctx);
    const mail = await deps.db.transaction(ctx, async (tx) => {
      const member = await lockMember(tx, { id: memberId });
      if (member === undefined || member.joined_at !== null) return undefined;
      const { token, hash, expiresAt } = newJoinLink(ctx.now);
      await updateMember(tx, member.id, { link_hash: hash, link_expires_at: expiresAt });
      const { name, tokenUrl, look } = await findOwnTenant(tx, deps.publicUrl);
      return composeMail(
        member.email,
        {
          subject: `Join a partner's team at ${name}`,
          lines: [`A partner of ${name} has invited you to work on its account there. Choose a password to begin.`],
          button: { label: "Accept invitation", url: `${tokenUrl}${JOIN_PATH}?token=${token}` },
          small: "The link works once, for seven days. If you do not know who invites you, do nothing.",
        },
        look,
      );
    });
    if (mail) await deps.mailer.send(mail, ctx);
  };

const OWNER_TEXTS = {
  now: {
    subject: "You own your partner's account",
    line: "The account that you work on was handed over to you. Where its money goes, who is on its team, its keys and its agreements are yours to decide now.",
  },
  before: {
    subject: "You have handed over your partner's account",
    line: "The account that you owned belongs to somebody of its team now. You stay on the team as a manager.",
  },
} as const;

/** Tells one of two people that a partner has another owner. */
export const sendOwnerNews =
  (deps: PartnerDeps) =>
  async (ctx: Ctx, { userId, isOwner }: OwnerNews): Promise<void> => {
    const mail = await deps.db.read(ctx, async (tx) => {
      const contact = (await deps.people.contactsOf(tx, [userId])).get(userId);
      const { name, url, look } = await findOwnTenant(tx, deps.publicUrl);
      const { subject, line } = OWNER_TEXTS[isOwner ? "now" : "before"];
      return (
        contact &&
        composeMail(
          contact.email,
          {
            subject: `${subject} with ${name}`,
            lines: [line],
            button: { label: "Open the team", url: `${url}/portal/team` },
            small: "If you know nothing of it, tell whoever runs the programme at once.",
          },
          look,
        )
      );
    });
    if (mail) await deps.mailer.send(mail, ctx);
  };

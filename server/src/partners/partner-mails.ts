import type { Ctx } from "../platform/context.ts";
import { type Language, say } from "../platform/language/index.ts";
import { composeMail } from "../platform/mail/index.ts";
import { pageUrl } from "../platform/pages/index.ts";
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

/** One that goes to somebody of whom it is perhaps not known which language they read: then it is that of whoever caused it. */
export type InLanguage<Id extends string> = { readonly [I in Id]: string } & {
  /** Absent from what an earlier release has put into the queue. */
  readonly language?: Language | null;
};

/** To whom it is told that a partner has another owner: the one that it has now, or the one before. */
export type OwnerNews = { readonly userId: string; readonly isOwner: boolean };

/** Tells somebody who has an account that their e-mail was used to register. */
export const sendRegisteredMail =
  (deps: PartnerDeps) =>
  async (ctx: Ctx, { userId, language: asked = null }: InLanguage<"userId">): Promise<void> => {
    const mail = await deps.db.read(ctx, async (tx) => {
      const contact = (await deps.people.contactsOf(tx, [userId])).get(userId);
      const { name: programme, url, look } = await findOwnTenant(tx, deps.publicUrl);
      if (contact === undefined) return undefined;
      const language = contact.language ?? asked;
      return composeMail(
        { email: contact.email, language },
        {
          subject: say(language, "registered.subject", { programme }),
          lines: [say(language, "registered.text", { programme }), say(language, "registered.signIn", { url })],
          small: say(language, "registered.small"),
        },
        look,
      );
    });
    if (mail) await deps.mailer.send(mail, ctx);
  };

/** Invites somebody to register; nothing where the invitation was taken back meanwhile. */
export const sendInvitationMail =
  (deps: PartnerDeps) =>
  async (ctx: Ctx, { invitationId, language = null }: InLanguage<"invitationId">): Promise<void> => {
    const mail = await deps.db.read(ctx, async (tx) => {
      const invitation = await findInvitation(tx, invitationId);
      const { name: programme, url, look } = await findOwnTenant(tx, deps.publicUrl);
      return (
        invitation &&
        composeMail(
          { email: invitation.email, language },
          {
            subject: say(language, "apply.subject", { programme }),
            lines: [say(language, "apply.text", { programme })],
            button: { label: say(language, "apply.button"), url: `${url}/portal/register` },
            small: say(language, "apply.small"),
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
  async (ctx: Ctx, { memberId, language = null }: InLanguage<"memberId">): Promise<void> => {
    await deps.proveLinkHost?.(ctx);
    const mail = await deps.db.transaction(ctx, async (tx) => {
      const member = await lockMember(tx, { id: memberId });
      if (member === undefined || member.joined_at !== null) return undefined;
      const { token, hash, expiresAt } = newJoinLink(ctx.now);
      await updateMember(tx, member.id, { link_hash: hash, link_expires_at: expiresAt });
      const { name: programme, tokenUrl, look } = await findOwnTenant(tx, deps.publicUrl);
      return composeMail(
        { email: member.email, language },
        {
          subject: say(language, "member.subject", { programme }),
          lines: [say(language, "member.text", { programme })],
          button: {
            label: say(language, "member.button"),
            // Which language they read, their browser says.
            url: pageUrl(`${tokenUrl}${JOIN_PATH}`, { token, language: null }),
          },
          small: say(language, "member.small"),
        },
        look,
      );
    });
    if (mail) await deps.mailer.send(mail, ctx);
  };

/** Tells one of two people that a partner has another owner. */
export const sendOwnerNews =
  (deps: PartnerDeps) =>
  async (ctx: Ctx, { userId, isOwner }: OwnerNews): Promise<void> => {
    const mail = await deps.db.read(ctx, async (tx) => {
      const contact = (await deps.people.contactsOf(tx, [userId])).get(userId);
      const { name: programme, url, look } = await findOwnTenant(tx, deps.publicUrl);
      if (contact === undefined) return undefined;
      const { language } = contact;
      const news = isOwner ? "owner.now" : "owner.before";
      return composeMail(
        contact,
        {
          subject: say(language, `${news}.subject`, { programme }),
          lines: [say(language, `${news}.text`)],
          button: { label: say(language, "owner.button"), url: `${url}/portal/team` },
          small: say(language, "owner.small"),
        },
        look,
      );
    });
    if (mail) await deps.mailer.send(mail, ctx);
  };

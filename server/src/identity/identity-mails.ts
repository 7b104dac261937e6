import { composeMail, type Mail, type MailLook } from "../platform/mail/index.ts";

/** The programme that writes, as people know it. */
type Sender = { readonly programme: string; readonly look?: MailLook | undefined };

export const verificationMail = (to: string, { programme, url, look }: Sender & { url: string }): Mail =>
  composeMail(
    to,
    {
      subject: `Confirm your e-mail for ${programme}`,
      lines: [`Confirm that this address is yours, and ${programme} can write to you.`],
      button: { label: "Confirm e-mail", url },
      small: "The link works once, for seven days. If you did not ask for this, do nothing.",
    },
    look,
  );

export const resetMail = (to: string, { programme, url, look }: Sender & { url: string }): Mail =>
  composeMail(
    to,
    {
      subject: `Set a new password for ${programme}`,
      lines: [`Somebody, most likely you, asked to set a new password for ${programme}.`],
      button: { label: "Set password", url },
      small: "The link works once, for one hour. If it was not you, do nothing: your password stays as it is.",
    },
    look,
  );

export const invitationMail = (to: string, { programme, url, look }: Sender & { url: string }): Mail =>
  composeMail(
    to,
    {
      subject: `Join the team of ${programme}`,
      lines: [`You are invited to the team of ${programme}. Choose a password to begin.`],
      button: { label: "Accept invitation", url },
      small: "The link works once, for seven days.",
    },
    look,
  );

export const passwordChangedMail = (to: string, { programme, look }: Sender): Mail =>
  composeMail(
    to,
    {
      subject: `Your password for ${programme} was changed`,
      lines: [`A new password was set for ${programme}, and every device was signed out.`],
      small: "If it was not you, ask for a link to set another one, and tell whoever runs the programme.",
    },
    look,
  );

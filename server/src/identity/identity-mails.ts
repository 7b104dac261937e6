import { composeMail, type Mail, type MailLook } from "../platform/mail/index.ts";
import type { FactorChange } from "./mail-job.ts";

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

const FACTOR_NEWS: Readonly<Record<FactorChange, string>> = {
  totp_added: "An authenticator app was added to your account.",
  totp_removed: "The authenticator app was removed from your account.",
  passkey_added: "A passkey was added to your account.",
  passkey_removed: "A passkey was removed from your account.",
  recovery_used: "One of your recovery codes was used: to sign in, or to show that it is you.",
  reset: "Your second factors were removed by whoever runs the programme, and every device was signed out.",
};

export const factorChangedMail = (to: string, { programme, look, change }: Sender & { change: FactorChange }): Mail =>
  composeMail(
    to,
    {
      subject: `How you sign in to ${programme} has changed`,
      lines: [FACTOR_NEWS[change]],
      small: "If it was not you, set another password at once and tell whoever runs the programme.",
    },
    look,
  );

import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/language/index.ts";

/** Payloads hold ids; what is secret is made when the mail is. */
export const SEND_VERIFICATION_JOB = "identity.send_verification";
export const SEND_RESET_JOB = "identity.send_reset";
export const SEND_INVITATION_JOB = "identity.send_invitation";
export const SEND_PASSWORD_CHANGED_JOB = "identity.send_password_changed";

/** Null: asked for an e-mail that nobody has. */
export type MailJob = {
  readonly userId: string | null;
  /** Of whoever caused it: for somebody of whom it is not known which language they read. Absent from what an earlier release has put into the queue. */
  readonly language?: Language | null;
};

/** A mail to somebody, in the language of what caused it where theirs is not known. */
export const mailJobOf = ({ language }: Ctx, userId: string | null): MailJob => ({
  userId,
  language: language ?? null,
});

/** Written by `enqueue` of this module alone. */
export const asMailJob = (payload: unknown): MailJob => payload as MailJob;

/** What happened to somebody's second factors. */
export type FactorChange =
  | "totp_added"
  | "totp_removed"
  | "passkey_added"
  | "passkey_removed"
  | "recovery_used"
  | "reset";
export const SEND_FACTOR_CHANGED_JOB = "identity.send_factor_changed";
export type FactorMailJob = { readonly userId: string; readonly change: FactorChange };
export const asFactorMailJob = (payload: unknown): FactorMailJob => payload as FactorMailJob;

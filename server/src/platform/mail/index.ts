export {
  composeMail,
  type MailLine,
  type MailLook,
  type MailText,
  type PartnerLook,
  PLAIN_LOOK,
} from "./compose-mail.ts";
export type { Mail, Mailer, MailServer } from "./mailer.ts";
export { createMailer } from "./mailer.ts";

export { composeMail, type MailLook, type MailText } from "./compose-mail.ts";
export type { Mail, Mailer, MailServer } from "./mailer.ts";
export { createMailer } from "./mailer.ts";

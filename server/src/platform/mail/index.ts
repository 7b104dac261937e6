export { composeMail, type MailText } from "./compose-mail.ts";
export type { Mail, Mailer } from "./mailer.ts";
export { createMailer } from "./mailer.ts";

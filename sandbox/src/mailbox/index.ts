export type { MailContent, MailSummary } from "./mail.ts";
export type { MailFilter } from "./mail-store.ts";
export { type Mailbox, type MailboxOptions, startMailbox } from "./start-mailbox.ts";

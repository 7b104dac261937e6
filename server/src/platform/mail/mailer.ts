import nodemailer from "nodemailer";
import { defineErrors } from "../../kernel/errors.ts";
import type { Ctx } from "../context.ts";
import { ERASED_MAIL_ENDING } from "../personal-data.ts";

/** One message to one person. Both bodies say the same. */
export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for every attempt at one message, so that mailboxes know it for one; made by each attempt when not given. */
  readonly messageId?: string;
  readonly attachments?: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: Buffer;
  }[];
  /** Ends mails of this kind for who posts to it (RFC 8058). */
  readonly unsubscribeUrl?: string;
};

/** The port to whatever delivers mail. */
export type MailServer = {
  /** Resolves when the next server has taken the message. Throws otherwise. */
  send(mail: Mail): Promise<void>;
  /** Whether the server answers and lets us in, without sending anything. */
  verify(): Promise<void>;
};

/** How modules send: for whose tenant is said each time, since a test twin's mail leaves nowhere. It is called from jobs, never inside a transaction. */
export type Mailer = {
  /** Resolves when the message is sent, or kept in the twin's mailbox. Throws otherwise: the job that called comes back later. */
  send(mail: Mail, ctx: Ctx): Promise<void>;
};

export const mailErrors = defineErrors("mail", {
  not_configured: { kind: "unavailable", title: "No mail server is set: give SMTP_URL" },
});

const TIMEOUT_MS = 15_000;

/** Mail over SMTP. Without a URL every message is refused; its job comes back for most of a day, and goes out if a URL has been set by then. */
export function createMailer({
  smtpUrl,
  from,
  timeoutMs = TIMEOUT_MS,
}: {
  smtpUrl: string | undefined;
  from: string;
  /** How long the server may keep silent. */
  timeoutMs?: number;
}): MailServer {
  if (smtpUrl === undefined) {
    const refuse = async (): Promise<never> => {
      throw mailErrors.not_configured();
    };
    return { send: refuse, verify: refuse };
  }
  const transport = nodemailer.createTransport(
    { url: smtpUrl, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    { from },
  );
  return {
    send: async ({ unsubscribeUrl, attachments = [], ...mail }) => {
      if (mail.to.endsWith(ERASED_MAIL_ENDING)) return;
      const headers = unsubscribeUrl === undefined ? {} : unsubscribeHeaders(unsubscribeUrl);
      await transport.sendMail({ ...mail, headers, attachments: [...attachments] });
    },
    verify: async () => {
      await transport.verify();
    },
  };
}

/** By which mail programs offer to unsubscribe with one click. */
const unsubscribeHeaders = (url: string) => ({
  "List-Unsubscribe": `<${url}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});

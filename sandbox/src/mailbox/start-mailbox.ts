import Fastify from "fastify";
import { takeForms } from "../servers/forms.ts";
import { guardHost } from "../servers/guard-host.ts";
import { listenOnLoopback } from "../servers/listen-on-loopback.ts";
import type { MailContent, MailSummary } from "./mail.ts";
import { type MailFilter, openMailStore } from "./mail-store.ts";
import { addMailboxApi, addMailboxPages } from "./mailbox-routes.ts";
import { openSmtpDoor } from "./smtp.ts";

export type MailboxOptions = {
  /** Where messages are kept. */
  readonly folder: string;
  /** 0, the default, takes a free one. */
  readonly smtpPort?: number;
  readonly httpPort?: number;
  /** How many messages, and how many bytes of them; the oldest go first. */
  readonly messagesMax?: number;
  readonly bytesMax?: number;
};

export type Mailbox = {
  /** For a mailer: `smtp://127.0.0.1:…`. */
  readonly smtpUrl: string;
  readonly smtpPort: number;
  /** Where people read. */
  readonly url: string;
  readonly port: number;
  /** Newest first. */
  messages(filter?: MailFilter): readonly MailSummary[];
  open(id: string): Promise<MailContent>;
  /** The newest message that matches, which may be yet to come. */
  waitFor(filter: MailFilter, signal?: AbortSignal): Promise<MailSummary & MailContent>;
  close(): Promise<void>;
};

/** Starts a mailbox on 127.0.0.1: a door for SMTP, and pages to read what came in. */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  await using boot = new AsyncDisposableStack();
  const now = (): Date => new Date();
  const store = openMailStore({ ...options, now });
  boot.defer(() => store.close());
  const smtp = await openSmtpDoor({ port: options.smtpPort ?? 0, keep: store.keep });
  boot.defer(() => smtp.close());
  const server = Fastify({ forceCloseConnections: true });
  boot.defer(() => server.close());
  guardHost(server);
  await takeForms(server);
  addMailboxPages(server, store, now);
  addMailboxApi(server, store);
  const { url, port } = await listenOnLoopback(server, options.httpPort ?? 0);

  const owned = boot.move();
  return {
    smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
    smtpPort: smtp.port,
    url,
    port,
    messages: store.list,
    open: store.open,
    async waitFor(filter, signal) {
      const summary = await store.waitFor(filter, signal);
      return { ...summary, ...(await store.open(summary.id)) };
    },
    close: () => owned.disposeAsync(),
  };
}

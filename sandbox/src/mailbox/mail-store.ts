import { randomBytes } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { mkdirSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openRecords } from "../records/record-store.ts";
import { type Envelope, type MailContent, type MailSummary, openMail, summarise } from "./mail.ts";

/** How much is kept; the oldest goes first. A demo sends some hundreds of messages of a few kilobytes. */
const MESSAGES_MAX = 1000;
const BYTES_MAX = 64 * 1024 * 1024;

export type MailFilter = {
  /** Part of a recipient's address. */
  readonly to?: string | undefined;
  /** Part of recipient, sender, subject or the beginning of the text. */
  readonly search?: string | undefined;
};

export type MailStore = {
  /** Keeps a message; on disk when this resolves. */
  readonly keep: (raw: Buffer, envelope: Envelope) => Promise<MailSummary>;
  /** Newest first. */
  readonly list: (filter?: MailFilter) => MailSummary[];
  readonly find: (id: string) => MailSummary | undefined;
  readonly open: (id: string) => Promise<MailContent>;
  readonly source: (id: string) => Promise<Buffer>;
  readonly markRead: (id: string) => void;
  readonly clear: () => Promise<void>;
  /** The newest message that matches, which may be yet to come. */
  readonly waitFor: (filter: MailFilter, signal?: AbortSignal) => Promise<MailSummary>;
  readonly close: () => void;
};

export type MailStoreOptions = {
  readonly folder: string;
  readonly messagesMax?: number;
  readonly bytesMax?: number;
  readonly now: () => Date;
};

/** Messages as they came, a file each, and a list of them that is read at the start. */
export function openMailStore(options: MailStoreOptions): MailStore {
  const { folder, now, messagesMax = MESSAGES_MAX, bytesMax = BYTES_MAX } = options;
  const files = join(folder, "messages");
  mkdirSync(files, { recursive: true });
  const { records, close } = openRecords<{ messages: MailSummary }>(["messages"], join(folder, "messages.jsonl"));
  const arrivals = new EventEmitter().setMaxListeners(0);
  const fileOf = (id: string): string => join(files, `${id}.eml`);

  const forget = async ({ id }: MailSummary): Promise<void> => {
    records.messages.remove(id);
    await rm(fileOf(id), { force: true });
  };
  const list = (filter: MailFilter = {}): MailSummary[] =>
    records.messages
      .all()
      .filter((message) => matches(message, filter))
      .toReversed();

  return {
    async keep(raw, envelope) {
      const received = now();
      const id = `${received.getTime()}-${randomBytes(4).toString("hex")}`;
      const summary = await summarise(raw, { id, receivedAt: received.toISOString(), envelope });
      await writeFile(fileOf(id), raw, { mode: 0o600, flush: true });
      records.messages.put(summary);
      for (const old of surplus(records.messages.all(), { messagesMax, bytesMax })) await forget(old);
      arrivals.emit("mail");
      return summary;
    },
    list,
    find: (id) => records.messages.get(id),
    open: async (id) => openMail(await readFile(fileOf(id))),
    source: (id) => readFile(fileOf(id)),
    markRead(id) {
      const message = records.messages.get(id);
      if (message?.isRead === false) records.messages.put({ ...message, isRead: true });
    },
    async clear() {
      for (const message of records.messages.all()) await forget(message);
    },
    async waitFor(filter, signal) {
      for (;;) {
        const [newest] = list(filter);
        if (newest !== undefined) return newest;
        await once(arrivals, "mail", signal === undefined ? {} : { signal });
      }
    },
    close,
  };
}

/** The oldest messages that are too many, or too much; the newest is always kept. */
function surplus(
  messages: readonly MailSummary[],
  { messagesMax, bytesMax }: { readonly messagesMax: number; readonly bytesMax: number },
): MailSummary[] {
  let left = messages.length;
  let bytes = messages.reduce((sum, { size }) => sum + size, 0);
  return messages.filter(({ size }) => {
    if (left <= 1 || (left <= messagesMax && bytes <= bytesMax)) return false;
    left -= 1;
    bytes -= size;
    return true;
  });
}

function matches(message: MailSummary, { to, search }: MailFilter): boolean {
  const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
  if (to !== undefined && !message.recipients.some((recipient) => has(recipient, to))) return false;
  if (search === undefined || search === "") return true;
  return [...message.recipients, message.from, message.subject, message.preview].some((text) => has(text, search));
}

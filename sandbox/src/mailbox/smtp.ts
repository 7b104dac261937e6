import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";
import type { Envelope } from "./mail.ts";

/** Larger messages are refused, as most mail servers do. */
const SIZE_MAX = 10 * 1024 * 1024;

const CLOSE_MS = 200;

export type SmtpDoor = { readonly port: number; close(): Promise<void> };

/** Takes mail over SMTP on 127.0.0.1: any sender, any recipient, any credentials, no encryption. Taken means kept. */
export async function openSmtpDoor(options: {
  readonly port: number;
  readonly keep: (raw: Buffer, envelope: Envelope) => Promise<unknown>;
}): Promise<SmtpDoor> {
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    allowInsecureAuth: true,
    logger: false,
    size: SIZE_MAX,
    // A mailer that keeps its connection open does not keep the program from ending.
    closeTimeout: CLOSE_MS,
    banner: "Tributary's mailbox: nothing leaves this machine",
    onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? "anyone" }),
    onData(stream, session, callback) {
      const { mailFrom, rcptTo } = session.envelope;
      const envelope = {
        sender: mailFrom === false ? "" : mailFrom.address,
        recipients: rcptTo.map(({ address }) => address),
      };
      const answer = async (): Promise<void> => {
        let failure: Error | null = null;
        try {
          await options.keep(await receive(stream), envelope);
        } catch (error) {
          failure = error instanceof Error ? error : new Error(String(error));
        }
        callback(failure, "Kept");
      };
      void answer();
    },
  });
  // A client that goes away in the middle is its own business.
  server.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(options.port, "127.0.0.1", () => resolve());
  });
  const { port } = server.server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function receive(stream: SMTPServerDataStream): Promise<Buffer> {
  const raw = await buffer(stream);
  if (stream.sizeExceeded === true) {
    throw Object.assign(new Error("The message is larger than this mailbox takes"), { responseCode: 552 });
  }
  return raw;
}

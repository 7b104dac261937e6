import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Mailbox, startMailbox } from "@tributary/sandbox";
import { afterAll, beforeAll, expect, it } from "vitest";
import { composeMail } from "./compose-mail.ts";
import { createMailer } from "./mailer.ts";

const ADA = { email: "ada@example.com", language: null };
let folder: string;
let mailbox: Mailbox;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tributary-mailer-"));
  mailbox = await startMailbox({ folder });
});
afterAll(async () => {
  await mailbox?.close();
  await rm(folder, { recursive: true, force: true });
});

it("a mail that can be ended says so in the headers of RFC 8058 and in both bodies, and keeps its name in each attempt", async () => {
  const mailer = createMailer({ smtpUrl: mailbox.smtpUrl, from: "tributary@operator.test" });
  const unsubscribeUrl = "https://partners.test/notices/unsubscribe?token=abc.daily.x-_y";
  const mail = composeMail(ADA, { subject: "News", lines: ["One\ntwo <three>"], unsubscribeUrl });
  await mailer.send({ ...mail, messageId: "<one@partners.test>" });
  await mailer.send({ ...mail, messageId: "<one@partners.test>" });
  const messages = await Promise.all(mailbox.messages().map(({ id }) => mailbox.open(id)));
  expect(messages).toHaveLength(2);
  for (const { headers, text, html } of messages) {
    const header = (name: string) => headers.find((one) => one.name.toLowerCase() === name)?.value;
    expect(header("list-unsubscribe")).toBe(`<${unsubscribeUrl}>`);
    expect(header("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
    expect(header("message-id")).toBe("<one@partners.test>");
    expect(text).toContain(unsubscribeUrl);
    expect(html).toContain(`href="${unsubscribeUrl}"`);
    expect(html).toContain("One<br>two &lt;three&gt;");
  }
});

it("a mail server that is not there, or takes the call and says nothing, is given up: the job that asked comes back", async () => {
  const silent = createServer((socket) => void socket.on("error", () => {}));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as AddressInfo;
  const mail = composeMail(ADA, { subject: "News", lines: ["One"] });
  const sending = () =>
    createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: "tributary@operator.test", timeoutMs: 100 }).send(mail);
  await expect(sending()).rejects.toThrow(/greeting|timeout/i);
  await new Promise((resolve) => silent.close(resolve));
  await expect(sending()).rejects.toThrow("ECONNREFUSED");
});

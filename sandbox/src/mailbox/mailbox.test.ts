import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import nodemailer, { type SendMailOptions } from "nodemailer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mailbox, type MailboxOptions, startMailbox } from "./start-mailbox.ts";

describe("the mailbox", () => {
  let folder: string;
  let mailbox: Mailbox;
  const open = async (options: Partial<MailboxOptions> = {}): Promise<void> => {
    mailbox = await startMailbox({ folder, ...options });
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "mailbox-"));
    await open();
  });
  afterEach(async () => {
    await mailbox.close();
    rmSync(folder, { recursive: true });
  });

  const send = (mail: SendMailOptions = {}) =>
    nodemailer.createTransport({ url: mailbox.smtpUrl }).sendMail({
      from: "Tributary <no-reply@example.com>",
      to: "ana@example.com",
      subject: "Confirm your e-mail address",
      text: "Hello Ana,\nopen http://127.0.0.1:8080/verify?token=abc_1&x=2.\n",
      ...mail,
    });
  const get = (path: string, init: RequestInit = {}) => fetch(mailbox.url + path, init);
  const page = async (path: string) => (await get(path)).text();
  const newest = () => mailbox.messages()[0]?.id ?? "";

  it("keeps what it has taken over a restart, under the same addresses", async () => {
    await send({ text: "Grüße aus Köln – 5 €" });
    const { smtpPort, port } = mailbox;
    await mailbox.close();
    await open({ smtpPort, httpPort: port });
    const [summary] = mailbox.messages();
    expect(summary).toMatchObject({
      from: "Tributary",
      sender: "no-reply@example.com",
      recipients: ["ana@example.com"],
      subject: "Confirm your e-mail address",
      preview: "Grüße aus Köln – 5 €",
      isRead: false,
    });
    expect((await mailbox.open(summary?.id ?? "")).text.trim()).toBe("Grüße aus Köln – 5 €");
  });

  it("lists whom a blind copy went to, and takes any credentials", async () => {
    const transport = nodemailer.createTransport({ url: mailbox.smtpUrl, auth: { user: "anyone", pass: "anything" } });
    await transport.sendMail({ from: "a@example.com", to: "b@example.com", bcc: "c@example.com", text: "x" });
    expect(mailbox.messages()[0]?.recipients).toEqual(["b@example.com", "c@example.com"]);
  });

  it("keeps so many messages and no more, the newest, on disk too", async () => {
    await mailbox.close();
    await open({ messagesMax: 2 });
    for (const subject of ["one", "two", "three"]) await send({ subject });
    expect(mailbox.messages().map(({ subject }) => subject)).toEqual(["three", "two"]);
    expect(readdirSync(join(folder, "messages"))).toHaveLength(2);
  });

  it("keeps so many bytes and no more, but always the newest", async () => {
    await mailbox.close();
    await open({ bytesMax: 3000 });
    for (const subject of ["one", "two", "three"]) await send({ subject, text: "x".repeat(2000) });
    expect(mailbox.messages().map(({ subject }) => subject)).toEqual(["three"]);
  });

  it("refuses a message that is too large, and says so to its sender", async () => {
    await expect(send({ text: "x".repeat(11 * 1024 * 1024) })).rejects.toMatchObject({ responseCode: 552 });
    expect(mailbox.messages()).toEqual([]);
  });

  it("shows the list, and a message whose links can be followed", async () => {
    expect(await page("/")).toContain("No mail yet");
    await send();
    expect(await page("/")).toContain("Confirm your e-mail address");
    const shown = await page(`/messages/${newest()}`);
    expect(shown).toContain('<a href="http://127.0.0.1:8080/verify?token=abc_1&amp;x=2" target="_blank"');
    expect(await page(`/messages/${newest()}?view=source`)).toContain("Message-ID:");
    expect(mailbox.messages()[0]?.isRead).toBe(true);
  });

  it("shows a message's HTML in a frame that runs nothing, loads nothing and reaches nothing", async () => {
    const html =
      '<p>Hi <a href="http://127.0.0.1:8080/x?a=1&amp;b=2">go</a><script>alert(1)</script><img src="cid:logo"></p>';
    const logo = { filename: "logo.png", cid: "logo", content: Buffer.from("PNG"), contentType: "image/png" };
    await send({ html, attachments: [logo] });
    const shown = await page(`/messages/${newest()}`);
    expect(shown).toContain('<iframe sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(shown).not.toContain("alert(1)");

    const frame = await get(`/messages/${newest()}/html`);
    const policy = frame.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("sandbox allow-popups allow-popups-to-escape-sandbox;");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/allow-scripts|allow-same-origin|script-src/);
    expect(await frame.text()).toContain(`src="data:image/png;base64,${Buffer.from("PNG").toString("base64")}"`);
    expect((await mailbox.open(newest())).links).toContain("http://127.0.0.1:8080/x?a=1&b=2");
  });

  it("escapes whatever a message says", async () => {
    const evil = `"><script>alert('x')</script>`;
    await send({ subject: evil, text: evil, from: `"${evil.replaceAll('"', "")}" <x@example.com>` });
    for (const path of [
      "/",
      `/messages/${newest()}`,
      `/messages/${newest()}?view=source`,
      `/?q=${encodeURIComponent(evil)}`,
    ]) {
      const response = await get(path);
      expect(await response.text()).not.toContain("<script");
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    }
  });

  it("is searched by address, subject and text", async () => {
    await send({ to: "ben@example.com", subject: "Your payout is on its way" });
    await send();
    expect(await page("/?q=BEN@")).toContain("Your payout is on its way");
    expect(await page("/?q=BEN@")).not.toContain("Confirm your e-mail");
    expect(await page("/?q=nobody")).toContain("No messages match");
    expect((await get("/messages/none")).status).toBe(404);
  });

  it("answers tests in JSON: the list, one message with its links, and the one that is yet to come", async () => {
    const waiting = get("/api/messages/latest?to=ana@example.com&waitMs=20000");
    const inside = mailbox.waitFor({ to: "ana@" });
    await send();
    const latest = (await (await waiting).json()) as { subject: string; links: string[] };
    expect(latest).toMatchObject({
      subject: "Confirm your e-mail address",
      links: ["http://127.0.0.1:8080/verify?token=abc_1&x=2"],
    });
    expect((await inside).links).toEqual(latest.links);
    expect(await (await get("/api/messages?to=ana&limit=1")).json()).toMatchObject({
      total: 1,
      messages: [{ id: newest() }],
    });
    expect(await (await get(`/api/messages/${newest()}`)).json()).toMatchObject({
      text: expect.stringContaining("Hello Ana"),
    });
    expect((await get("/api/messages/latest?to=nobody")).status).toBe(404);
    expect((await get("/api/messages/none")).status).toBe(404);
  });

  it("is emptied by a test, never by a page of another origin, and answers under no name but this machine's", async () => {
    await send();
    const foreign = await get("/api/messages", { method: "DELETE", headers: { origin: "https://example.com" } });
    expect([foreign.status, mailbox.messages().length]).toEqual([403, 1]);
    expect((await get("/api/messages", { method: "DELETE" })).status).toBe(204);
    expect(mailbox.messages()).toEqual([]);
    const rebound = await askUnderName(mailbox.port, "evil.example");
    expect(rebound).toBe(421);
  });

  it("ends although a mailer keeps its connection open", async () => {
    const transport = nodemailer.createTransport({
      pool: true,
      host: "127.0.0.1",
      port: mailbox.smtpPort,
      secure: false,
    });
    await transport.sendMail({ from: "a@example.com", to: "b@example.com", text: "x" });
    const startedMs = performance.now();
    await mailbox.close();
    expect(performance.now() - startedMs).toBeLessThan(5000);
    transport.close();
    await open();
  });

  it("says which port is taken, and leaves nothing running", async () => {
    const another = join(folder, "another");
    await expect(startMailbox({ folder: another, httpPort: mailbox.port })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    await expect(startMailbox({ folder: another, smtpPort: mailbox.smtpPort })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});

/** The status of an answer to a request that names another host; `fetch` does not let one. */
function askUnderName(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    http
      .get({ host: "127.0.0.1", port, path: "/", headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
      .on("error", reject);
  });
}

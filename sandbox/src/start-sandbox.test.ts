import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import nodemailer from "nodemailer";
import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLICK_ID, startFakeTributary } from "./shop/fake-tributary.ts";
import { openBrowser, wordsOf } from "./shop/shop-test-kit.ts";
import { startSandbox } from "./start-sandbox.ts";
import { RECIPIENT } from "./stripe/stripe-contract.ts";

describe("the sandbox", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("goes on after a restart where it ended: accounts at Stripe, mail, customers of the shop", async () => {
    const tributary = await startFakeTributary();
    const first = await startSandbox({ folder });
    first.shop.connect({ url: tributary.url, apiKey: tributary.apiKey });
    const account = await new Stripe(first.stripe.secretKey, first.stripe.clientOptions).accounts.create(RECIPIENT);
    await nodemailer
      .createTransport({ url: first.urls.smtp })
      .sendMail({ from: "a@example.com", to: "ana@example.com", subject: "Hello", text: "Ana" });
    let url = first.urls.shop;
    const browser = openBrowser(() => url);
    await browser.get(`/?tid=${CLICK_ID}`);
    await browser.send("/signup", { name: "Ana Novak", email: "ana@example.com" });
    const { path } = await browser.send("/checkout/studio", {});
    await first.close();

    await using again = await startSandbox({ folder, tributaryUrl: tributary.url, apiKey: tributary.apiKey });
    url = again.urls.shop;
    expect(again.stripe.accounts().map(({ id }) => id)).toEqual([account.id]);
    expect(again.mailbox.messages()).toMatchObject([{ subject: "Hello" }]);
    const page = await browser.get(path);
    expect(wordsOf(page.text)).toContain("Commission 2.90 USD");
    expect(page.text).toContain(`href="${again.urls.mailbox}"`);
    await tributary.close();
  });

  it("can be reached from this machine alone", async () => {
    await using sandbox = await startSandbox({ folder });
    const ports = [sandbox.stripe.port, sandbox.mailbox.port, sandbox.mailbox.smtpPort, sandbox.shop.port];
    for (const port of ports) await expect(canListen(port, "127.0.0.1")).resolves.toBe(false);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { address } of outside)
      for (const port of ports) await expect(canListen(port, address)).resolves.toBe(true);
  });

  it("says which port is taken, and leaves nothing running", async () => {
    await using sandbox = await startSandbox({ folder });
    const ports = { shop: sandbox.shop.port, stripe: await freePort() };
    const another = startSandbox({ folder: join(folder, "another"), ports });
    await expect(another).rejects.toMatchObject({ code: "EADDRINUSE", port: ports.shop });
    expect(await canListen(ports.stripe, "127.0.0.1")).toBe(true);
  });
});

/** Whether a server could listen there: nobody else does. */
async function canListen(port: number, host: string): Promise<boolean> {
  const server = createServer();
  const listening = await listen(server, port, host).then(
    () => true,
    () => false,
  );
  if (listening) await new Promise((resolve) => server.close(resolve));
  return listening;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server, 0, "127.0.0.1");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => server.once("error", reject).listen(port, host, resolve));

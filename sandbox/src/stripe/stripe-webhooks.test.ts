import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../clock.ts";
import { type Kit, openKit } from "./stripe-sandbox-kit.ts";

type Received = { readonly body: string; readonly signature: string };

/** A receiver that answers with the status it is told to. */
async function openReceiver() {
  const received: Received[] = [];
  let status = 200;
  const server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ body, signature: String(request.headers["stripe-signature"]) });
      response.statusCode = status;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    received,
    types: () => received.map(({ body }) => (JSON.parse(body) as { type: string }).type),
    answerWith: (next: number) => {
      status = next;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

describe("webhooks", () => {
  let kit: Kit;
  let receiver: Awaited<ReturnType<typeof openReceiver>>;
  let account: string;
  beforeEach(async () => {
    kit = await openKit();
    receiver = await openReceiver();
    account = await kit.payableAccount();
  });
  afterEach(async () => {
    await kit.sandbox.close();
    await receiver.close();
  });

  const listen = (options: { connect?: boolean; enabledEvents?: string[] } = {}) =>
    kit.sandbox.webhooks.addEndpoint({ url: receiver.url, enabledEvents: ["transfer.created"], ...options });

  it("are signed so that the official SDK verifies them, and no other secret, body or age does", async () => {
    const secret = listen();
    await kit.transfer(account, "a");
    await kit.sandbox.webhooks.idle();
    const [{ body, signature } = { body: "", signature: "" }] = receiver.received;
    const event = Stripe.webhooks.constructEvent(body, signature, secret);
    expect(event).toMatchObject({ object: "event", type: "transfer.created", data: { object: { amount: 100 } } });
    expect(event.request?.idempotency_key).toBe("a");

    const verify = (payload: string, key: string, atMs?: number) => () =>
      Stripe.webhooks.constructEvent(payload, signature, key, 300, undefined, atMs);
    expect(verify(body, "whsec_other")).toThrow(/signature/);
    expect(verify(`${body} `, secret)).toThrow(/signature/);
    expect(verify(body, secret, Date.now() + DAY_MS)).toThrow(/tolerance/);
  });

  it("about connected accounts go to connect endpoints and name the account; the platform's go to its own", async () => {
    listen({ connect: true, enabledEvents: ["*"] });
    await kit.transfer(account, "a");
    kit.sandbox.setStanding(account, "restricted");
    await kit.sandbox.webhooks.idle();
    expect(receiver.types()).toEqual(["capability.updated", "account.updated"]);
    expect(JSON.parse(receiver.received[1]?.body ?? "")).toMatchObject({
      account,
      data: { object: { payouts_enabled: false }, previous_attributes: { payouts_enabled: true } },
    });
  });

  it("can be registered through the API, which tells the secret once", async () => {
    const made = await kit.client.webhookEndpoints.create({ url: receiver.url, enabled_events: ["topup.succeeded"] });
    expect(made.secret).toMatch(/^whsec_/);
    expect((await kit.client.webhookEndpoints.retrieve(made.id)).secret).toBeUndefined();
    await kit.client.topups.create({ amount: 500, currency: "usd" });
    await kit.sandbox.webhooks.idle();
    expect(receiver.types()).toEqual(["topup.succeeded"]);

    await kit.client.webhookEndpoints.del(made.id);
    await kit.client.topups.create({ amount: 500, currency: "usd" });
    await kit.sandbox.webhooks.idle();
    expect(receiver.received).toHaveLength(1);
  });

  it("can be lost, doubled, and kept back to arrive in the other order", async () => {
    const { webhooks } = kit.sandbox;
    listen();
    const amounts = () =>
      receiver.received.map(
        ({ body }) => (JSON.parse(body) as { data: { object: Stripe.Transfer } }).data.object.amount,
      );
    const send = (amount: number) => kit.client.transfers.create({ amount, currency: "usd", destination: account });
    webhooks.loseNext(1);
    await send(1);
    webhooks.duplicateNext(1);
    await send(2);
    webhooks.hold();
    await send(3);
    await send(4);
    await webhooks.idle();
    expect(amounts()).toEqual([2, 2]);
    webhooks.release("reversed");
    await webhooks.idle();
    expect(amounts()).toEqual([2, 2, 4, 3]);
    expect(new Set(receiver.received.map(({ body }) => (JSON.parse(body) as { id: string }).id)).size).toBe(3);
    expect(webhooks.attempts().map(({ outcome }) => outcome)).toEqual(["lost", 200, 200, 200, 200]);
  });

  it("are tried again over three days until they are taken, under the same event id", async () => {
    listen();
    receiver.answerWith(503);
    await kit.transfer(account, "a");
    await kit.sandbox.webhooks.idle();
    await kit.sandbox.advance(HOUR_MS);
    const tried = receiver.received.length;
    expect(tried).toBeGreaterThan(1);
    receiver.answerWith(200);
    await kit.sandbox.advance(DAY_MS);
    await kit.sandbox.advance(7 * DAY_MS);
    expect(receiver.received).toHaveLength(tried + 1);
    expect(new Set(receiver.received.map(({ body }) => (JSON.parse(body) as { id: string }).id)).size).toBe(1);
  });

  it("are given up after that, and can be sent again by hand", async () => {
    listen();
    receiver.answerWith(500);
    await kit.transfer(account, "a");
    for (let day = 0; day < 10; day++) await kit.sandbox.advance(DAY_MS);
    const tried = receiver.received.length;
    await kit.sandbox.advance(DAY_MS);
    expect(receiver.received).toHaveLength(tried);

    receiver.answerWith(200);
    const [event] = kit.sandbox.events("transfer.created");
    kit.sandbox.webhooks.resend(event?.id ?? "");
    await kit.sandbox.webhooks.idle();
    expect(receiver.received).toHaveLength(tried + 1);
  });

  it("do not follow redirects", async () => {
    listen();
    receiver.answerWith(307);
    await kit.transfer(account, "a");
    await kit.sandbox.webhooks.idle();
    expect(kit.sandbox.webhooks.attempts().map(({ outcome }) => outcome)).toEqual([307]);
  });

  it("are fresh for a receiver whose clock is moved with the stand-in's", async () => {
    const secret = listen();
    await kit.sandbox.advance(3650 * DAY_MS);
    await kit.transfer(account, "a");
    await kit.sandbox.webhooks.idle();
    const [{ body, signature } = { body: "", signature: "" }] = receiver.received;
    const movedMs = kit.clock.now().getTime();
    expect(Stripe.webhooks.constructEvent(body, signature, secret, 300, undefined, movedMs).type).toBe(
      "transfer.created",
    );
  });

  it("that were lost can be read as events, by id and in a list, for 30 days", async () => {
    kit.sandbox.webhooks.loseNext(1);
    await kit.transfer(account, "a");
    const { data } = await kit.client.events.list({ type: "transfer.created" });
    const [event] = data;
    expect(await kit.client.events.retrieve(event?.id ?? "")).toMatchObject({ type: "transfer.created" });
    await kit.sandbox.advance(31 * DAY_MS);
    kit.sandbox.addFunds({ amount: 1, currency: "usd" });
    expect((await kit.client.events.list({ type: "transfer.created" })).data).toEqual([]);
  });
});

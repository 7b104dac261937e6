import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { asOwner } from "../../test/kit/postgres.ts";
import { answering, startReceiver } from "../../test/kit/receiver.ts";
import { webhookSuite } from "../../test/kit/webhook-suite.ts";
import { payoutNews } from "../../test/kit/webhooks.ts";
import { HOUR_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { RETIRED_SECRETS_MAX, SECRET_OVERLAP_MS } from "./change-endpoint.ts";
import { RETRY_PAUSES_MS, TRIES_MAX } from "./delivery-rules.ts";
import { ENDPOINT_MAX } from "./room-rules.ts";

const suite = webhookSuite();
const { register, deliver } = suite;
const LONGEST_MS = 2 * Math.max(...RETRY_PAUSES_MS);

/** Whether a secret verifies what was received, with the library that integrators use. */
function verifies(secret: string, { body, headers }: { body: string; headers: object }): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

describe("a message", () => {
  it("is verified by the library of Standard Webhooks, and by no other secret", async () => {
    const { secret } = await register();
    const news = payoutNews(suite.partnerId);
    await suite.world.tell(news);
    await deliver();
    const [message] = suite.receiver.received;
    expect(suite.receiver.received).toHaveLength(1);
    expect(verifies(secret, message as never)).toBe(true);
    expect(verifies(`whsec_${Buffer.alloc(32, 1).toString("base64")}`, message as never)).toBe(false);
    expect(verifies(secret, { ...message, body: `${message?.body} ` } as never)).toBe(false);
    const body = JSON.parse(message?.body ?? "") as Record<string, unknown>;
    expect(body).toMatchObject({ type: "payout.completed", data: { id: news.objectId, amount: 1_250 }, changes: null });
    expect(message?.headers["webhook-id"]).toBe(body["id"]);
    expect(message?.headers["content-type"]).toBe("application/json");
  });

  it("is signed by both secrets while one replaces the other, and by the new one alone afterwards", async () => {
    const { id, secret: old } = await register();
    const { secret: current } = await suite.world.webhooks.rotateSecret(suite.world.operator(), { id });
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    expect([old, current].map((secret) => verifies(secret, suite.receiver.received[0] as never))).toEqual([true, true]);
    suite.world.clock.advance(SECRET_OVERLAP_MS);
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    const last = suite.receiver.received[1];
    expect(last?.headers["webhook-signature"]).toMatch(/^v1,[^ ]+$/);
  });

  it("is signed by every secret whose overlap has not ended, however often it was replaced, up to a bound that names when the next may come", async () => {
    const { id, secret: first } = await register();
    const rotate = () => suite.world.webhooks.rotateSecret(suite.world.operator(), { id });
    const secrets = [first];
    for (let rotation = 0; rotation < RETIRED_SECRETS_MAX; rotation += 1) {
      secrets.push((await rotate()).secret);
      suite.world.clock.advance(HOUR_MS);
    }
    await expect(rotate()).rejects.toMatchObject({ code: "webhook.too_many_secrets" });
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    const { body = "", headers = {} } = suite.receiver.received[0] ?? {};
    const signed = new Date(Number(headers["webhook-timestamp"]) * 1_000);
    const made = secrets.map((secret) => new Webhook(secret).sign(String(headers["webhook-id"]), signed, body));
    expect(String(headers["webhook-signature"]).split(" ").sort()).toEqual(made.sort());
    suite.world.clock.advance(SECRET_OVERLAP_MS - RETIRED_SECRETS_MAX * HOUR_MS);
    await rotate();
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    const signatures = suite.receiver.received[1]?.headers["webhook-signature"] as string;
    expect(signatures.split(" ")).toHaveLength(RETIRED_SECRETS_MAX + 1);
  });

  it("says what is other than the event before told of the object", async () => {
    await register();
    const { objectId: id } = payoutNews(suite.partnerId);
    const states = [
      payoutNews(suite.partnerId, { id, status: "pending", type: "payout.requested" }),
      payoutNews(suite.partnerId, { id, status: "processing", type: "payout.processing" }),
      payoutNews(suite.partnerId, { id }),
    ];
    await suite.world.tell(states[0] as never, states[1] as never);
    await suite.world.tell(states[2] as never);
    await deliver();
    expect(suite.receiver.received.map(({ body }) => (JSON.parse(body) as { changes: unknown }).changes)).toEqual([
      null,
      { status: { old: "pending", new: "processing" } },
      { status: { old: "processing", new: "completed" } },
    ]);
  });

  it("is logged with its headers as they came, also when its secret is forgotten, and with those of the answer but what opens something", async () => {
    const { id } = await register();
    suite.receiver.answer = answering(200, { "x-request-id": "r-1", "set-cookie": "opens=sesame" });
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    for (let rotation = 0; rotation < 2; rotation += 1) {
      await suite.world.webhooks.rotateSecret(suite.world.operator(), { id });
      suite.world.clock.advance(SECRET_OVERLAP_MS);
    }
    const delivery = await suite.newest(id);
    const detail = await suite.world.webhooks.getDelivery(suite.world.operator(), { id: delivery?.id ?? "" });
    const [attempt] = detail.log;
    const { headers = {} } = suite.receiver.received[0] ?? {};
    const sent = ["content-type", "user-agent", "webhook-id", "webhook-timestamp", "webhook-signature"];
    expect(attempt?.requestHeaders).toEqual(sent.map((name) => ({ name, value: headers[name] })));
    expect(attempt?.responseHeaders?.slice(0, 2)).toEqual([
      { name: "x-request-id", value: "r-1" },
      { name: "set-cookie", value: "[redacted]" },
    ]);
  });
});

describe("a delivery", () => {
  it.each([
    ["a redirect, which is not followed", 302],
    ["what is not there", 404],
    ["a failure", 500],
  ])("is tried again on the schedule after %s", async (_, status) => {
    const elsewhere = await startReceiver();
    const { id } = await register();
    suite.receiver.answer = answering(status, { location: elsewhere.url });
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    expect(await suite.world.story(id)).toEqual([{ type: "payout.completed", status: "waiting", attempts: 1 }]);
    suite.world.clock.advance((RETRY_PAUSES_MS[0] ?? 0) - 1);
    expect(await deliver()).toBe(0);
    suite.world.clock.advance(RETRY_PAUSES_MS[0] ?? 0);
    suite.receiver.answer = answering(204);
    expect(await deliver()).toBe(1);
    expect(await suite.world.story(id)).toEqual([{ type: "payout.completed", status: "delivered", attempts: 2 }]);
    const [first, second] = suite.receiver.received;
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect(elsewhere.received).toEqual([]);
    await elsewhere[Symbol.asyncDispose]();
  });

  it("is dead after its last attempt, keeps its log, and is sent again by a replay of one and of a range", async () => {
    const { id } = await register();
    suite.receiver.answer = (response) => void response.writeHead(500).end("no \u0000 thanks");
    const from = suite.world.clock.now();
    await suite.world.tell(payoutNews(suite.partnerId));
    for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
      expect(await deliver()).toBe(1);
      suite.world.clock.advance(LONGEST_MS);
    }
    expect(await deliver()).toBe(0);
    expect(await suite.world.story(id)).toEqual([{ type: "payout.completed", status: "dead", attempts: TRIES_MAX }]);
    const { data } = await suite.world.webhooks.listDeliveries(suite.world.operator(), {
      filter: { endpointId: id },
      page: {},
    });
    const [dead] = data;
    const detail = await suite.world.webhooks.getDelivery(suite.world.operator(), { id: dead?.id ?? "" });
    expect(detail.log).toHaveLength(TRIES_MAX);
    expect(detail.log[0]).toMatchObject({ statusCode: 500, error: "answered 500", responseBody: "no \ufffd thanks" });
    expect(detail.body).toBe(suite.receiver.received[0]?.body);

    await suite.world.webhooks.replayDelivery(suite.world.operator(), { id: dead?.id ?? "" });
    suite.receiver.answer = answering(200);
    expect(await deliver()).toBe(1);
    const range = { endpointId: id, from, to: undefined };
    const missed = { ...range, includesDelivered: false };
    expect(await suite.world.webhooks.replayRange(suite.world.operator(), missed)).toEqual({
      replayed: 0,
      nextCursor: null,
    });
    const all = { ...range, includesDelivered: true };
    expect(await suite.world.webhooks.replayRange(suite.world.operator(), all)).toEqual({
      replayed: 1,
      nextCursor: null,
    });
    expect(await deliver()).toBe(1);
    expect(new Set(suite.receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });

  it("waits for the earlier one of its object, until that is delivered or dead; others do not", async () => {
    const { id } = await register();
    const [held, free] = [newId(), newId()];
    suite.receiver.answer = (response, { body }) =>
      void response.writeHead(body.includes(`"status":"pending"`) ? 503 : 200).end();
    await suite.world.tell(
      payoutNews(suite.partnerId, { id: held, status: "pending", type: "payout.requested" }),
      payoutNews(suite.partnerId, { id: held }),
      payoutNews(suite.partnerId, { id: free }),
    );
    const statuses = async () => (await suite.world.story(id)).map(({ status }) => status);
    await deliver();
    expect(await statuses()).toEqual(["waiting", "waiting", "delivered"]);
    suite.world.clock.advance(HOUR_MS);
    const order = suite.receiver.received.length;
    suite.receiver.answer = answering(200);
    await deliver();
    expect(await statuses()).toEqual(["delivered", "delivered", "delivered"]);
    const sent = suite.receiver.received.slice(order).map(({ body }) => (JSON.parse(body) as { type: string }).type);
    expect(sent).toEqual(["payout.requested", "payout.completed"]);
  });

  it("ends, and with it its endpoint, where the endpoint says that it is gone; its owner is told", async () => {
    const [gone, other] = [await register(), await startReceiver()];
    await register(other.url, ["webhook_endpoint.disabled"]);
    suite.receiver.answer = answering(410);
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    const endpoint = await suite.world.webhooks.getEndpoint(suite.world.operator(), { id: gone.id });
    expect(endpoint).toMatchObject({ status: "failed", statusReason: "gone" });
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    expect(suite.receiver.received).toHaveLength(1);
    expect(JSON.parse(other.received[0]?.body ?? "{}")).toMatchObject({
      type: "webhook_endpoint.disabled",
      data: { id: gone.id, reason: "gone" },
    });
    suite.world.mails.splice(0);
    await suite.world.runJobs();
    expect(suite.world.mails.map(({ to }) => to)).toEqual(["admin@operator.test"]);

    await suite.world.webhooks.enableEndpoint(suite.world.operator(), { id: gone.id });
    suite.receiver.answer = answering(200);
    const missed = { endpointId: gone.id, from: new Date(0), to: new Date(8e15), includesDelivered: false };
    await suite.world.webhooks.replayRange(suite.world.operator(), missed);
    await deliver();
    const statuses = (await suite.world.story(gone.id)).map(({ status }) => status);
    expect(statuses.length).toBeGreaterThanOrEqual(3);
    expect(new Set(statuses)).toEqual(new Set(["delivered"]));
    await other[Symbol.asyncDispose]();
  });

  it("that a former address calls gone does not end the endpoint that has moved", async () => {
    const { id } = await register();
    const url = `${suite.receiver.url}/new`;
    suite.receiver.answer = (response) =>
      void suite.world.webhooks
        .updateEndpoint(suite.world.operator(), { id, url })
        .finally(() => response.writeHead(410).end());
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    expect(suite.receiver.received).toHaveLength(1);
    expect(await suite.world.webhooks.getEndpoint(suite.world.operator(), { id })).toMatchObject({
      status: "active",
      url,
    });
  });

  it("waits with all others of its endpoint for as long as the endpoint asks", async () => {
    await register();
    suite.receiver.answer = answering(429, { "retry-after": "600" });
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    suite.receiver.answer = answering(200);
    await suite.world.tell(payoutNews(suite.partnerId));
    suite.world.clock.advance(599_000);
    expect(await deliver()).toBe(0);
    suite.world.clock.advance(HOUR_MS);
    expect(await deliver()).toBe(2);
  });

  it("is not held up by an endpoint that hangs, or that takes for ever to say it; those are tried again", async () => {
    const [hanging, slow] = [await startReceiver(), await startReceiver()];
    const [one, two] = [await register(hanging.url), await register(slow.url)];
    await register();
    hanging.answer = () => {};
    slow.answer = (response) => {
      const { socket } = response;
      socket?.write("HTTP/1.1 2");
      const timer = setInterval(() => socket?.write("0"), 20);
      socket?.once("close", () => clearInterval(timer));
    };
    await suite.world.tell(...Array.from({ length: ENDPOINT_MAX }, () => payoutNews(suite.partnerId)));
    const working = suite.world.worker({ sender: { timeoutMs: 500 } }).deliverDue();
    await suite.receiver.heard(ENDPOINT_MAX);
    await working;
    for (const { id } of [one, two])
      expect(new Set((await suite.world.story(id)).map(({ status }) => status))).toEqual(new Set(["waiting"]));
    const { data } = await suite.world.webhooks.listDeliveries(suite.world.operator(), {
      filter: { endpointId: one.id },
      page: {},
    });
    expect(data[0]).toMatchObject({ lastError: "no answer in time", lastStatusCode: null });
    const { log } = await suite.world.webhooks.getDelivery(suite.world.operator(), { id: data[0]?.id ?? "" });
    expect(log[0]).toMatchObject({ responseHeaders: null, responseBody: null });
    for (const each of [hanging, slow]) await each[Symbol.asyncDispose]();
  });

  it("is delivered where the answer is a success, however long it is; its beginning is kept", async () => {
    const { id } = await register();
    suite.receiver.answer = (response) => {
      response.writeHead(200).write("x".repeat(100_000));
      const timer = setInterval(() => response.write("y".repeat(100_000)), 5);
      response.once("close", () => clearInterval(timer));
    };
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    const { data } = await suite.world.webhooks.listDeliveries(suite.world.operator(), {
      filter: { endpointId: id },
      page: {},
    });
    const { status, log } = await suite.world.webhooks.getDelivery(suite.world.operator(), { id: data[0]?.id ?? "" });
    expect(status).toBe("delivered");
    expect(log[0]?.responseBody).toBe("x".repeat(1_000));
  });
});

describe("an address", () => {
  const failure = async (id: string) => {
    const { data } = await suite.world.webhooks.listDeliveries(suite.world.operator(), {
      filter: { endpointId: id },
      page: {},
    });
    return data[0];
  };

  it("that is not public is not connected to, whatever was registered", async () => {
    const { id } = await register();
    await suite.world.tell(payoutNews(suite.partnerId));
    await suite.world.worker({ addresses: { allowsLoopback: false, allowsPrivate: false } }).deliverDue();
    expect(await failure(id)).toMatchObject({ status: "waiting", lastError: "address refused" });
    expect(suite.receiver.received).toEqual([]);
  });

  it.each([
    ["that changes its mind after it was asked", [["203.0.113.7"], ["127.0.0.1"]]],
    ["of which one address is inside", [["93.184.215.14", "127.0.0.1"]]],
    ["that is an inner address in the clothes of IPv6", [["::ffff:127.0.0.1"]]],
    ["that is an inner address behind NAT64", [["64:ff9b::7f00:1"]]],
  ])("of a name %s is not connected to, and a name is resolved once for a connection", async (_, answers) => {
    const { id } = await suite.world.webhooks.createEndpoint(suite.world.operator(), {
      url: "https://rebinding.test/hooks",
      events: ["*"],
    });
    await asOwner(suite.world.clone, "update partner_webhooks set url = $2 where id = $1", [
      id,
      `http://rebinding.test:${suite.receiver.port}/hooks`,
    ]);
    await suite.world.tell(payoutNews(suite.partnerId));
    let asked = 0;
    const resolve = async () => {
      const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
      asked += 1;
      return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    };
    const closed = { allowsLoopback: false, allowsPrivate: false };
    await suite.world.worker({ addresses: closed, sender: { resolve } }).deliverDue();
    expect(asked).toBe(1);
    expect(await failure(id)).toMatchObject({ status: "waiting", lastError: "address refused" });
    expect(suite.receiver.received).toEqual([]);
  });

  it("that was checked is the one that is connected to", async () => {
    const { id } = await register(`http://localhost:${suite.receiver.port}/hooks`);
    await suite.world.tell(payoutNews(suite.partnerId));
    const resolve = async () => [{ address: "127.0.0.1", family: 4 }];
    await suite.world.worker({ sender: { resolve } }).deliverDue();
    expect(await failure(id)).toMatchObject({ status: "delivered" });
    expect(suite.receiver.received).toHaveLength(1);
  });
});

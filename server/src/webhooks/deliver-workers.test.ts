import { describe, expect, it } from "vitest";
import { asOwner } from "../../test/kit/postgres.ts";
import { answering, startReceiver } from "../../test/kit/receiver.ts";
import { webhookSuite } from "../../test/kit/webhook-suite.ts";
import { payoutNews } from "../../test/kit/webhooks.ts";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { findDueDeliveries, leaseEndpoints, type SettledAttempt, settleAttempts } from "./attempt-repository.ts";
import { LEASE_MS } from "./deliver.ts";
import { RETRY_PAUSES_MS, TRIES_MAX } from "./delivery-rules.ts";
import { ENDPOINT_MAX } from "./room-rules.ts";

const suite = webhookSuite();
const { register, deliver } = suite;
const LONGEST_MS = 2 * Math.max(...RETRY_PAUSES_MS);

/** A worker of which no more is seen than what it was lent and has read: it dies before it sends, or stands still. */
async function silentWorker() {
  const { db, clock } = suite.world;
  const lease = newId();
  const until = new Date(clock.now().getTime() + LEASE_MS);
  const endpoints = await leaseEndpoints(db, { lease, at: clock.now(), until, limit: 10 });
  const asked = endpoints.map((endpoint) => ({ endpoint, room: 100, held: [] }));
  const due = await findDueDeliveries(db, { lease, at: clock.now(), asked, limit: 100 });
  return { lease, endpoints, due };
}

const isLent = async (id: string): Promise<boolean> => {
  const rows = await asOwner(
    suite.world.clone,
    "select from partner_webhooks where id = $1 and leased_by is not null",
    [id],
  );
  return rows.length > 0;
};

describe("workers", () => {
  it("that find more endpoints than they send to at once begin with those that have waited longest", async () => {
    const { db, clock, clone } = suite.world;
    const endpoints = [await register(), await register(), await register()].map(({ id }) => id);
    await suite.world.tell(payoutNews(suite.partnerId));
    const [first = "", second = "", third = ""] = endpoints;
    const triggered = "update partner_webhooks set last_triggered_at = $2 where id = $1";
    await asOwner(clone, triggered, [first, clock.now()]);
    await asOwner(clone, triggered, [second, new Date(clock.now().getTime() - HOUR_MS)]);
    const lent = { lease: newId(), at: clock.now(), until: new Date(clock.now().getTime() + LEASE_MS), limit: 2 };
    const ids = (await leaseEndpoints(db, lent)).map(({ id }) => id);
    expect(ids.sort()).toEqual([second, third].sort());
  });

  it("look at what waits behind a failure when that is due again, and go on at once when it is delivered", async () => {
    const { id } = await register();
    const object = newId();
    suite.receiver.answer = answering(503);
    await suite.world.tell(...[1, 2, 3].map(() => payoutNews(suite.partnerId, { id: object })));
    await deliver();
    const due = await asOwner<{ due: Date }>(
      suite.world.clone,
      "select next_attempt_at as due from webhook_deliveries where endpoint_id = $1 order by sequence",
      [id],
    );
    expect(due.map((row) => row.due.getTime() > suite.world.clock.now().getTime())).toEqual([true, true, true]);
    suite.receiver.answer = answering(200);
    suite.world.clock.advance(LONGEST_MS);
    expect(await deliver()).toBe(3);
  });

  it("that stop give back what they were lent, so that the rest is sent at once by another", async () => {
    const { id } = await register();
    const answers = Promise.withResolvers<void>();
    suite.receiver.answer = (response) => void answers.promise.then(() => response.writeHead(200).end());
    await suite.world.tell(...Array.from({ length: 50 }, () => payoutNews(suite.partnerId)));
    const stopping = new AbortController();
    const working = suite.world.worker().run(stopping.signal);
    await suite.receiver.heard(ENDPOINT_MAX);
    stopping.abort();
    answers.resolve();
    await working;
    expect(await isLent(id)).toBe(false);
    expect(suite.receiver.received).toHaveLength(ENDPOINT_MAX);
    expect(await deliver()).toBe(50 - ENDPOINT_MAX);
  });

  it("send nothing more to an endpoint that was deleted meanwhile", async () => {
    const [gone, other] = [await register(), await startReceiver()];
    const answers = Promise.withResolvers<void>();
    suite.receiver.answer = (response) => void answers.promise.then(() => response.writeHead(200).end());
    await suite.world.tell(...Array.from({ length: 50 }, () => payoutNews(suite.partnerId)));
    const stopping = new AbortController();
    const working = suite.world.worker().run(stopping.signal);
    await suite.receiver.heard(ENDPOINT_MAX);
    await suite.world.webhooks.deleteEndpoint(suite.world.operator(), { id: gone.id });
    // What is heard of an endpoint that is there shows that the worker has looked again since.
    await register(other.url);
    await suite.world.tell(payoutNews(suite.partnerId));
    await other.heard(1);
    answers.resolve();
    stopping.abort();
    await working;
    expect(suite.receiver.received).toHaveLength(ENDPOINT_MAX);
    await other[Symbol.asyncDispose]();
  });

  it("that die before they send use up none of the tries", async () => {
    const { id } = await register();
    await suite.world.tell(payoutNews(suite.partnerId));
    for (let death = 0; death < TRIES_MAX; death += 1) {
      expect((await silentWorker()).due).toMatchObject([{ tries: 1 }]);
      suite.world.clock.advance(LEASE_MS);
    }
    suite.receiver.answer = answering(503);
    expect(await deliver()).toBe(1);
    expect(await suite.world.story(id)).toMatchObject([{ status: "waiting", attempts: 1 }]);
  });

  it("that work at once send each delivery once", async () => {
    const endpoints = [await register(), await register(), await register()];
    const events = Array.from({ length: 100 }, () => payoutNews(suite.partnerId));
    await suite.world.tell(...events);
    const made = await Promise.all([1, 2, 3].map(() => deliver()));
    expect(made.reduce((sum, one) => sum + one, 0)).toBe(300);
    expect(suite.receiver.received).toHaveLength(300);
    for (const { id } of endpoints)
      expect(new Set((await suite.world.story(id)).map(({ status }) => status))).toEqual(new Set(["delivered"]));
  });

  it("use a connection again as soon as it is answered: an endpoint has no more of them than requests at once", async () => {
    await register();
    const sockets = new Set<object | null>();
    suite.receiver.answer = (response) => {
      sockets.add(response.socket);
      response.writeHead(200).end();
    };
    await suite.world.tell(...Array.from({ length: 200 }, () => payoutNews(suite.partnerId)));
    expect(await deliver()).toBe(200);
    expect(sockets.size).toBeLessThanOrEqual(ENDPOINT_MAX);
  });

  it("take over from one that stands still when its time is over, and not before; its late answer is logged and changes nothing", async () => {
    const { id } = await register();
    await suite.world.tell(payoutNews(suite.partnerId));
    const { lease, endpoints, due } = await silentWorker();
    suite.world.clock.advance(LEASE_MS - 1);
    expect(await deliver()).toBe(0);
    suite.world.clock.advance(1);
    expect(await deliver()).toBe(1);
    expect(await suite.world.story(id)).toMatchObject([{ status: "delivered", attempts: 1 }]);
    const [endpoint, delivery] = [endpoints[0], due[0]];
    if (endpoint === undefined || delivery === undefined) throw new Error("the silent worker was lent nothing");
    const at = suite.world.clock.now();
    const late: SettledAttempt = {
      endpoint,
      delivery,
      startedAt: new Date(at.getTime() - LEASE_MS),
      durationMs: LEASE_MS,
      signature: null,
      statusCode: 500,
      error: "answered 500",
      responseHeaders: null,
      responseBody: null,
      status: "waiting",
      nextAttemptAt: at,
      throttledUntil: null,
    };
    // An answer that was written down, though the word of it was lost, is not logged twice.
    for (const _ of [1, 2]) await settleAttempts(suite.world.db, { lease, at, settled: [late] });
    expect(await suite.world.story(id)).toMatchObject([{ status: "delivered", attempts: 2 }]);
    const { log } = await suite.world.webhooks.getDelivery(suite.world.operator(), { id: delivery.id });
    expect(log.map(({ statusCode }) => statusCode)).toEqual([500, 200]);
    const [told] = (await suite.world.webhooks.listEndpoints(suite.world.operator(), {})).data;
    expect(told).toMatchObject({ failureCount: 0 });
  });

  it("whose clock jumps a day ahead, and back, send each delivery once and lose none", async () => {
    const { id } = await register();
    const stopping = new AbortController();
    const working = suite.world.worker().run(stopping.signal);
    const start = suite.world.clock.now();
    const { clock } = suite.world;
    for (const [turn, at] of [start, new Date(start.getTime() + DAY_MS), start].entries()) {
      clock.moveTo(at);
      await suite.world.tell(payoutNews(suite.partnerId), payoutNews(suite.partnerId));
      await suite.receiver.heard(2 * (turn + 1));
    }
    stopping.abort();
    await working;
    expect(suite.receiver.received).toHaveLength(6);
    expect(new Set((await suite.world.story(id)).map(({ status }) => status))).toEqual(new Set(["delivered"]));
  });

  it("leave a delivery that was replayed while it was on its way to be sent again", async () => {
    const { id } = await register();
    suite.receiver.answer = answering(503);
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    suite.world.clock.advance(LONGEST_MS);
    const delivery = await suite.newest(id);
    suite.receiver.answer = (response) =>
      void suite.world.webhooks
        .replayDelivery(suite.world.operator(), { id: delivery?.id ?? "" })
        .finally(() => response.writeHead(200).end());
    const stopping = new AbortController();
    const working = suite.world.worker().run(stopping.signal);
    await suite.receiver.heard(2);
    suite.receiver.answer = answering(200);
    await suite.receiver.heard(3);
    stopping.abort();
    await working;
    expect(await suite.world.story(id)).toMatchObject([{ status: "delivered", attempts: 3 }]);
  });
});

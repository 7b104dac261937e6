import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { asOwner } from "../../test/kit/postgres.ts";
import { answering, type Receiver, startReceiver } from "../../test/kit/receiver.ts";
import { payoutNews, type WebhookWorld, webhookWorld } from "../../test/kit/webhooks.ts";
import { newId } from "../kernel/id.ts";
import { ENDPOINT_MAX } from "./deliver.ts";
import { claimDeliveries } from "./delivery-repository.ts";
import { RETRY_PAUSES_MS, TRIES_MAX } from "./delivery-rules.ts";

let world: WebhookWorld;
let receiver: Receiver;
let partnerId: string;

beforeAll(async () => {
  world = await webhookWorld();
  partnerId = await world.newPartner();
});
beforeEach(async () => {
  // What happens in a test happens after the test before.
  world.clock.advance(1);
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver[Symbol.asyncDispose]();
  // What a test leaves waiting is not the next one's.
  await asOwner(world.clone, "update partner_webhooks set deleted_at = now()");
  const [error] = world.errors.splice(0);
  if (error !== undefined) throw error;
});
afterAll(() => world?.[Symbol.asyncDispose]());

const register = (url = receiver.url, events = ["*"]) =>
  world.webhooks.createEndpoint(world.operator(), { url, events });
const deliver = () => world.worker().deliverDue();
const LONGEST_MS = 2 * Math.max(...RETRY_PAUSES_MS);

/** Claims as a worker that dies before it sends. */
const claim = (limit: number, busy: ReadonlyMap<string, number> = new Map(), ownerMax = 500) => {
  const at = world.clock.now();
  const until = new Date(at.getTime() + 60_000);
  return claimDeliveries(world.db, { id: newId(), at, until, limit, endpointMax: 60, ownerMax, busy });
};

describe("workers", () => {
  it("claim first for the endpoint that has least on its way", async () => {
    const endpoints = [await register(), await register(), await register()].map(({ id }) => id).sort();
    await world.tell(...Array.from({ length: 6 }, () => payoutNews(partnerId)));
    const [first = "", second = "", third = ""] = endpoints;
    const claimed = await claim(
      5,
      new Map([
        [first, 50],
        [second, 40],
      ]),
    );
    expect(claimed.map(({ endpoint_id }) => endpoint_id)).toEqual(Array.from({ length: 5 }, () => third));
  });

  it("claim for one owner, of all its endpoints, no more than its part while others are there", async () => {
    const other = await world.newPartner();
    const own = [await register(), await register(), await register()].map(({ id }) => id);
    const theirs = await world.webhooks.createEndpoint(world.partner(other), { url: receiver.url, events: ["*"] });
    await world.tell(...Array.from({ length: 8 }, () => payoutNews(other)));
    const claimed = await claim(100, new Map([[own[0] ?? "", 3]]), 6);
    const counts = Map.groupBy(claimed, ({ endpoint_id }) => endpoint_id);
    expect(own.map((id) => counts.get(id)?.length)).toEqual([1, 1, 1]);
    expect(counts.get(theirs.id)).toHaveLength(6);
  });

  it("look at what waits behind a failure when that is due again, and go on at once when it is delivered", async () => {
    const { id } = await register();
    const object = newId();
    receiver.answer = answering(503);
    await world.tell(...[1, 2, 3].map(() => payoutNews(partnerId, { id: object })));
    await deliver();
    const due = await asOwner<{ due: Date }>(
      world.clone,
      "select next_attempt_at as due from webhook_deliveries where endpoint_id = $1 order by sequence",
      [id],
    );
    expect(due.map((row) => row.due.getTime() > world.clock.now().getTime())).toEqual([true, true, true]);
    receiver.answer = answering(200);
    world.clock.advance(LONGEST_MS);
    expect(await deliver()).toBe(3);
  });

  it("that stop give back what they hold, so that it is sent at once by another", async () => {
    const { id } = await register();
    const answers = Promise.withResolvers<void>();
    receiver.answer = (response) => void answers.promise.then(() => response.writeHead(200).end());
    await world.tell(...Array.from({ length: 50 }, () => payoutNews(partnerId)));
    const stopping = new AbortController();
    const working = world.worker().run(stopping.signal);
    await receiver.heard(ENDPOINT_MAX);
    stopping.abort();
    answers.resolve();
    await working;
    const [held] = await asOwner<{ count: string }>(
      world.clone,
      "select count(*) from webhook_deliveries where endpoint_id = $1 and claim is not null",
      [id],
    );
    expect(Number(held?.count)).toBe(0);
    expect(receiver.received).toHaveLength(ENDPOINT_MAX);
    expect(await deliver()).toBe(50 - ENDPOINT_MAX);
  });

  it("give back what waits for an endpoint that was deleted meanwhile", async () => {
    const { id } = await register();
    const answers = Promise.withResolvers<void>();
    receiver.answer = (response) => void answers.promise.then(() => response.writeHead(200).end());
    await world.tell(...Array.from({ length: 50 }, () => payoutNews(partnerId)));
    const stopping = new AbortController();
    const working = world.worker().run(stopping.signal);
    await receiver.heard(ENDPOINT_MAX);
    await world.webhooks.deleteEndpoint(world.operator(), { id });
    await vi.waitFor(
      async () => {
        const [held] = await asOwner<{ count: string }>(
          world.clone,
          "select count(*) from webhook_deliveries where endpoint_id = $1 and claim is not null",
          [id],
        );
        expect(Number(held?.count)).toBe(ENDPOINT_MAX);
      },
      { timeout: 20_000 },
    );
    answers.resolve();
    stopping.abort();
    await working;
    expect(receiver.received).toHaveLength(ENDPOINT_MAX);
  });

  it("that die before they send use up none of the tries", async () => {
    const { id } = await register();
    await world.tell(payoutNews(partnerId));
    for (let death = 0; death < TRIES_MAX; death += 1) {
      expect(await claim(1)).toMatchObject([{ attempt: death + 1, tries: 1 }]);
      world.clock.advance(61_000);
    }
    receiver.answer = answering(503);
    expect(await deliver()).toBe(1);
    expect(await world.story(id)).toMatchObject([{ status: "waiting" }]);
  });

  it("that work at once send each delivery once", async () => {
    const { id } = await register();
    const events = Array.from({ length: 200 }, () => payoutNews(partnerId));
    await world.tell(...events);
    const made = await Promise.all([1, 2, 3].map(() => world.worker().deliverDue()));
    expect(made.reduce((sum, one) => sum + one, 0)).toBe(200);
    expect(receiver.received).toHaveLength(200);
    expect(new Set((await world.story(id)).map(({ status }) => status))).toEqual(new Set(["delivered"]));
  });

  it("take over what one that died had claimed; its late answer changes nothing", async () => {
    const { id } = await register();
    const late = Promise.withResolvers<void>();
    receiver.answer = (response) => void late.promise.then(() => response.writeHead(500).end());
    await world.tell(payoutNews(partnerId));
    const stopping = new AbortController();
    const first = world.worker().run(stopping.signal);
    await receiver.heard(1);
    receiver.answer = answering(200);
    expect(await deliver()).toBe(0);
    world.clock.advance(61_000);
    expect(await deliver()).toBe(1);
    expect(await world.story(id)).toMatchObject([{ status: "delivered", attempts: 2 }]);
    late.resolve();
    stopping.abort();
    await first;
    expect(await world.story(id)).toMatchObject([{ status: "delivered", attempts: 2 }]);
    const [endpoint] = (await world.webhooks.listEndpoints(world.operator(), {})).data;
    expect(endpoint).toMatchObject({ failureCount: 0 });
  });
});

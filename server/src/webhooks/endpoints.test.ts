import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asOwner } from "../../test/kit/postgres.ts";
import { type Receiver, startReceiver } from "../../test/kit/receiver.ts";
import { payoutNews, type WebhookWorld, webhookWorld } from "../../test/kit/webhooks.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { replayRange } from "./replay-deliveries.ts";

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

describe("an endpoint", () => {
  it("of a partner is told of its own events alone, and of nothing once its tier has no webhooks", async () => {
    const other = await world.newPartner();
    const own = await world.webhooks.createEndpoint(world.partner(partnerId), { url: receiver.url, events: ["*"] });
    const plan = { id: newId(), version: 2, effectiveFrom: null, isRetroactive: false };
    await world.tell(
      payoutNews(other),
      payoutNews(partnerId),
      { type: "plan.published", objectType: "plan", objectId: plan.id, data: plan },
      { type: "user.email_verified", objectType: "user", objectId: newId(), data: { userId: newId() } },
    );
    world.excluded.add(partnerId);
    await world.tell(payoutNews(partnerId));
    world.excluded.delete(partnerId);
    await deliver();
    expect(await world.story(own.id)).toEqual([{ type: "payout.completed", status: "delivered", attempts: 1 }]);
  });

  it("is told of what it asked for, once, however often the outbox tells", async () => {
    const some = await register(receiver.url, ["payout.failed", "referral.*"]);
    await world.tell(payoutNews(partnerId), payoutNews(partnerId, { type: "payout.failed", status: "failed" }));
    const told = await asOwner(world.clone, "update outbox_events set dispatched_at = null returning 1");
    expect(told.length).toBeGreaterThan(1);
    await world.dispatcher.dispatchBatch();
    expect(await world.story(some.id)).toEqual([{ type: "payout.failed", status: "waiting", attempts: 0 }]);
  });

  it("that takes nothing for days has its owner warned, then is turned off; one that recovers is not", async () => {
    const [failing, recovering] = [
      await world.webhooks.createEndpoint(world.partner(partnerId), { url: receiver.url, events: ["*"] }),
      await world.webhooks.createEndpoint(world.partner(partnerId), { url: `${receiver.url}/well`, events: ["*"] }),
    ];
    let isWell = false;
    receiver.answer = (response, { path }) =>
      void response.writeHead(isWell && path.endsWith("well") ? 200 : 500).end();
    world.mails.splice(0);
    const pass = async (days: number) => {
      world.clock.advance(days * DAY_MS);
      await world.tell(payoutNews(partnerId));
      await deliver();
      await world.webhooks.watchEndpoints(world.system());
      await world.runJobs();
    };
    await pass(0);
    expect(world.mails).toEqual([]);
    await pass(2);
    expect(world.mails).toHaveLength(2);
    isWell = true;
    await pass(2);
    await pass(1);
    expect(world.mails).toHaveLength(3);
    const standing = async (id: string) => (await world.webhooks.getEndpoint(world.partner(partnerId), { id })).status;
    expect(await Promise.all([failing, recovering].map(({ id }) => standing(id)))).toEqual(["failed", "active"]);
    expect(world.mails.at(-1)?.to).toBe(`${partnerId}@partners.test`);
  });

  it("is not moved, replayed to, signed for or narrowed by a key that may not read its events, which opens no delivery", async () => {
    const { id } = await register(receiver.url, ["payout.*"]);
    const from = world.clock.now();
    await world.tell(payoutNews(partnerId));
    await deliver();
    world.clock.advance(1);
    const { data } = await world.webhooks.listDeliveries(world.operator(), { filter: { endpointId: id }, page: {} });
    const delivery = { id: data[0]?.id ?? "" };
    const key = world.operator(["webhooks:read", "webhooks:write", "program:read"]);
    const range = { endpointId: id, from, to: undefined, includesDelivered: true };
    const url = `${receiver.url}/mine`;
    const refused = { code: "webhook.event_refused" };
    await expect(world.webhooks.updateEndpoint(key, { id, url })).rejects.toMatchObject(refused);
    await expect(world.webhooks.updateEndpoint(key, { id, url, events: ["program.*"] })).rejects.toMatchObject(refused);
    await expect(world.webhooks.rotateSecret(key, { id })).rejects.toMatchObject(refused);
    await expect(world.webhooks.replayRange(key, range)).rejects.toMatchObject(refused);
    await expect(world.webhooks.replayDelivery(key, delivery)).rejects.toMatchObject(refused);
    await expect(world.webhooks.getDelivery(key, delivery)).rejects.toMatchObject(refused);
    await world.webhooks.updateEndpoint(key, { id, description: "What tells nothing is not asked about" });
    const reader = world.operator(["webhooks:read", "webhooks:write", "payouts:read"]);
    expect(await world.webhooks.getDelivery(reader, delivery)).toMatchObject({ status: "delivered" });
    expect(await world.webhooks.updateEndpoint(reader, { id, url })).toMatchObject({ url });
  });

  it("is not sent again what it does not ask for any more", async () => {
    const { id } = await register(receiver.url, ["payout.*"]);
    const from = world.clock.now();
    await world.tell(payoutNews(partnerId));
    await deliver();
    world.clock.advance(1);
    await world.webhooks.updateEndpoint(world.operator(), { id, events: ["program.*"] });
    const range = { endpointId: id, from, to: undefined, includesDelivered: true };
    expect(await world.webhooks.replayRange(world.operator(), range)).toMatchObject({ replayed: 0 });
  });

  it("is sent all of a range again part by part, though each part is delivered before the next is asked for", async () => {
    const { id } = await register();
    const from = world.clock.now();
    const missed = payoutNews(partnerId);
    await world.webhooks.updateEndpoint(world.operator(), { id, status: "inactive" });
    await world.tell(missed);
    await world.webhooks.updateEndpoint(world.operator(), { id, status: "active" });
    const news = Array.from({ length: 5 }, () => payoutNews(partnerId));
    await world.tell(...news);
    await deliver();
    receiver.received.splice(0);
    world.clock.advance(1);
    const replay = replayRange(world.deps, { max: 2 });
    const parts: number[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null && parts.length < 10) {
      const range = { endpointId: id, from, to: undefined, includesDelivered: true };
      const part = await replay(world.operator(), { ...range, cursor });
      parts.push(part.replayed);
      cursor = part.nextCursor;
      await deliver();
    }
    expect(parts).toEqual([2, 2, 2, 0]);
    const objects = receiver.received.map(({ body }) => (JSON.parse(body) as { data: { id: string } }).data.id);
    expect(objects.sort()).toEqual([missed, ...news].map(({ objectId }) => objectId).sort());
  });

  it("is sent what was delivered so long ago that it is not known only where all is asked for", async () => {
    const { id } = await register();
    const from = world.clock.now();
    await world.tell(payoutNews(partnerId));
    await deliver();
    world.clock.advance(31 * DAY_MS);
    await world.webhooks.forgetWebhooks(world.system());
    const range = { endpointId: id, from, to: undefined };
    const replay = (includesDelivered: boolean) =>
      world.webhooks.replayRange(world.operator(), { ...range, includesDelivered });
    expect(await replay(false)).toMatchObject({ replayed: 0 });
    expect(await replay(true)).toMatchObject({ replayed: 1 });
  });

  it("that was deleted leaves nothing behind but the newest event of each object", async () => {
    const { id } = await register();
    const object = newId();
    await world.tell(
      payoutNews(partnerId, { id: object, status: "pending", type: "payout.requested" }),
      payoutNews(partnerId, { id: object }),
    );
    await deliver();
    await world.webhooks.deleteEndpoint(world.operator(), { id });
    await world.webhooks.forgetWebhooks(world.system());
    expect(await world.story(id)).toEqual([]);
    expect(await asOwner(world.clone, "select from partner_webhooks where id = $1", [id])).toEqual([]);
    world.clock.advance(91 * DAY_MS);
    await world.webhooks.forgetOldEvents(world.system());
    const left = await asOwner<{ type: string }>(world.clone, "select type from webhook_events where object_id = $1", [
      object,
    ]);
    expect(left).toEqual([{ type: "payout.completed" }]);
  });
});

describe("what the operator alone is told of a payout", () => {
  it("is not in what its partner is told of it next", async () => {
    await world.webhooks.createEndpoint(world.partner(partnerId), { url: receiver.url, events: ["payout.*"] });
    const first = payoutNews(partnerId, { status: "processing", type: "payout.processing" });
    const difference = { payoutId: first.objectId, difference: "status_differs", transferId: "tr_1", currency: "USD" };
    const differed = { ...first, type: "payout.reconciliation_differed", data: difference };
    await world.tell(first, differed, payoutNews(partnerId, { id: first.objectId }));
    const next = payoutNews(partnerId, { id: first.objectId, status: "failed", type: "payout.returned" });
    await world.tell(differed);
    await world.tell(next);
    await deliver();
    expect(receiver.received.map(({ body }) => (JSON.parse(body) as { changes: unknown }).changes)).toEqual([
      null,
      { status: { old: "processing", new: "completed" } },
      { status: { old: "completed", new: "failed" } },
    ]);
  });
});

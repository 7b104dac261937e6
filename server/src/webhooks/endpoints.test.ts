import { describe, expect, it } from "vitest";
import { asOwner } from "../../test/kit/postgres.ts";
import { webhookSuite } from "../../test/kit/webhook-suite.ts";
import { payoutNews } from "../../test/kit/webhooks.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { replayRange } from "./replay-deliveries.ts";

const suite = webhookSuite();
const { register, deliver } = suite;

describe("an endpoint", () => {
  it("of a partner is told of its own events alone, and of nothing once its tier has no webhooks", async () => {
    const other = await suite.world.newPartner();
    const own = await suite.world.webhooks.createEndpoint(suite.world.partner(suite.partnerId), {
      url: suite.receiver.url,
      events: ["*"],
    });
    const plan = { id: newId(), version: 2, effectiveFrom: null, isRetroactive: false };
    await suite.world.tell(
      payoutNews(other),
      payoutNews(suite.partnerId),
      { type: "plan.published", objectType: "plan", objectId: plan.id, data: plan },
      { type: "user.email_verified", objectType: "user", objectId: newId(), data: { userId: newId() } },
    );
    suite.world.excluded.add(suite.partnerId);
    await suite.world.tell(payoutNews(suite.partnerId));
    suite.world.excluded.delete(suite.partnerId);
    await deliver();
    expect(await suite.world.story(own.id)).toEqual([{ type: "payout.completed", status: "delivered", attempts: 1 }]);
  });

  it("is told of what it asked for, once, however often the outbox tells", async () => {
    const some = await register(suite.receiver.url, ["payout.failed", "referral.*"]);
    await suite.world.tell(
      payoutNews(suite.partnerId),
      payoutNews(suite.partnerId, { type: "payout.failed", status: "failed" }),
    );
    const told = await asOwner(suite.world.clone, "update outbox_events set dispatched_at = null returning 1");
    expect(told.length).toBeGreaterThan(1);
    await suite.world.dispatcher.dispatchBatch();
    expect(await suite.world.story(some.id)).toEqual([{ type: "payout.failed", status: "waiting", attempts: 0 }]);
  });

  it("that takes nothing for days has its owner warned, then is turned off; one that recovers is not", async () => {
    const [failing, recovering] = [
      await suite.world.webhooks.createEndpoint(suite.world.partner(suite.partnerId), {
        url: suite.receiver.url,
        events: ["*"],
      }),
      await suite.world.webhooks.createEndpoint(suite.world.partner(suite.partnerId), {
        url: `${suite.receiver.url}/well`,
        events: ["*"],
      }),
    ];
    let isWell = false;
    suite.receiver.answer = (response, { path }) =>
      void response.writeHead(isWell && path.endsWith("well") ? 200 : 500).end();
    suite.world.mails.splice(0);
    const pass = async (days: number) => {
      suite.world.clock.advance(days * DAY_MS);
      await suite.world.tell(payoutNews(suite.partnerId));
      await deliver();
      await suite.world.webhooks.watchEndpoints(suite.world.system());
      await suite.world.runJobs();
    };
    await pass(0);
    expect(suite.world.mails).toEqual([]);
    await pass(2);
    expect(suite.world.mails).toHaveLength(2);
    isWell = true;
    await pass(2);
    await pass(1);
    expect(suite.world.mails).toHaveLength(3);
    const standing = async (id: string) =>
      (await suite.world.webhooks.getEndpoint(suite.world.partner(suite.partnerId), { id })).status;
    expect(await Promise.all([failing, recovering].map(({ id }) => standing(id)))).toEqual(["failed", "active"]);
    expect(suite.world.mails.at(-1)?.to).toBe(`${suite.partnerId}@partners.test`);
  });

  it("is not moved, replayed to, signed for or narrowed by a key that may not read its events, which opens no delivery", async () => {
    const { id } = await register(suite.receiver.url, ["payout.*"]);
    const from = suite.world.clock.now();
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    suite.world.clock.advance(1);
    const { data } = await suite.world.webhooks.listDeliveries(suite.world.operator(), {
      filter: { endpointId: id },
      page: {},
    });
    const delivery = { id: data[0]?.id ?? "" };
    const key = suite.world.operator(["webhooks:read", "webhooks:write", "program:read"]);
    const range = { endpointId: id, from, to: undefined, includesDelivered: true };
    const url = `${suite.receiver.url}/mine`;
    const refused = { code: "webhook.event_refused" };
    await expect(suite.world.webhooks.updateEndpoint(key, { id, url })).rejects.toMatchObject(refused);
    await expect(suite.world.webhooks.updateEndpoint(key, { id, url, events: ["program.*"] })).rejects.toMatchObject(
      refused,
    );
    await expect(suite.world.webhooks.rotateSecret(key, { id })).rejects.toMatchObject(refused);
    await expect(suite.world.webhooks.replayRange(key, range)).rejects.toMatchObject(refused);
    await expect(suite.world.webhooks.replayDelivery(key, delivery)).rejects.toMatchObject(refused);
    await expect(suite.world.webhooks.getDelivery(key, delivery)).rejects.toMatchObject(refused);
    await suite.world.webhooks.updateEndpoint(key, { id, description: "What tells nothing is not asked about" });
    const reader = suite.world.operator(["webhooks:read", "webhooks:write", "payouts:read"]);
    expect(await suite.world.webhooks.getDelivery(reader, delivery)).toMatchObject({ status: "delivered" });
    expect(await suite.world.webhooks.updateEndpoint(reader, { id, url })).toMatchObject({ url });
  });

  it("is not sent again what it does not ask for any more", async () => {
    const { id } = await register(suite.receiver.url, ["payout.*"]);
    const from = suite.world.clock.now();
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    suite.world.clock.advance(1);
    await suite.world.webhooks.updateEndpoint(suite.world.operator(), { id, events: ["program.*"] });
    const range = { endpointId: id, from, to: undefined, includesDelivered: true };
    expect(await suite.world.webhooks.replayRange(suite.world.operator(), range)).toMatchObject({ replayed: 0 });
  });

  it("is sent all of a range again part by part, though each part is delivered before the next is asked for", async () => {
    const { id } = await register();
    const from = suite.world.clock.now();
    const missed = payoutNews(suite.partnerId);
    await suite.world.webhooks.updateEndpoint(suite.world.operator(), { id, status: "inactive" });
    await suite.world.tell(missed);
    await suite.world.webhooks.updateEndpoint(suite.world.operator(), { id, status: "active" });
    const news = Array.from({ length: 5 }, () => payoutNews(suite.partnerId));
    await suite.world.tell(...news);
    await deliver();
    suite.receiver.received.splice(0);
    suite.world.clock.advance(1);
    const replay = replayRange(suite.world.deps, { max: 2 });
    const parts: number[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null && parts.length < 10) {
      const range = { endpointId: id, from, to: undefined, includesDelivered: true };
      const part = await replay(suite.world.operator(), { ...range, cursor });
      parts.push(part.replayed);
      cursor = part.nextCursor;
      await deliver();
    }
    expect(parts).toEqual([2, 2, 2, 0]);
    const objects = suite.receiver.received.map(({ body }) => (JSON.parse(body) as { data: { id: string } }).data.id);
    expect(objects.sort()).toEqual([missed, ...news].map(({ objectId }) => objectId).sort());
  });

  it("is sent what was delivered so long ago that it is not known only where all is asked for", async () => {
    const { id } = await register();
    const from = suite.world.clock.now();
    await suite.world.tell(payoutNews(suite.partnerId));
    await deliver();
    suite.world.clock.advance(31 * DAY_MS);
    await suite.world.webhooks.forgetWebhooks(suite.world.system());
    const range = { endpointId: id, from, to: undefined };
    const replay = (includesDelivered: boolean) =>
      suite.world.webhooks.replayRange(suite.world.operator(), { ...range, includesDelivered });
    expect(await replay(false)).toMatchObject({ replayed: 0 });
    expect(await replay(true)).toMatchObject({ replayed: 1 });
  });

  it("that was deleted leaves nothing behind but the newest event of each object with which the next is compared", async () => {
    const { id } = await register();
    const [object, sale] = [newId(), newId()];
    await suite.world.tell(
      payoutNews(suite.partnerId, { id: object, status: "pending", type: "payout.requested" }),
      payoutNews(suite.partnerId, { id: object }),
      { type: "payout.reconciliation_differed", objectType: "payout", objectId: object, data: { payoutId: object } },
      { type: "transaction.recorded", objectType: "transaction", objectId: sale, data: { id: sale } },
    );
    await deliver();
    await suite.world.webhooks.deleteEndpoint(suite.world.operator(), { id });
    await suite.world.webhooks.forgetWebhooks(suite.world.system());
    expect(await suite.world.story(id)).toEqual([]);
    expect(await asOwner(suite.world.clone, "select from partner_webhooks where id = $1", [id])).toEqual([]);
    suite.world.clock.advance(91 * DAY_MS);
    await suite.world.webhooks.forgetOldEvents(suite.world.system());
    const left = await asOwner<{ type: string }>(
      suite.world.clone,
      "select type from webhook_events where object_id = any ($1)",
      [[object, sale]],
    );
    expect(left).toEqual([{ type: "payout.completed" }]);
  });
});

describe("what the operator alone is told of a payout", () => {
  it("is not in what its partner is told of it next", async () => {
    await suite.world.webhooks.createEndpoint(suite.world.partner(suite.partnerId), {
      url: suite.receiver.url,
      events: ["payout.*"],
    });
    const first = payoutNews(suite.partnerId, { status: "processing", type: "payout.processing" });
    const difference = { payoutId: first.objectId, difference: "status_differs", transferId: "tr_1", currency: "USD" };
    const differed = { ...first, type: "payout.reconciliation_differed", data: difference };
    await suite.world.tell(first, differed, payoutNews(suite.partnerId, { id: first.objectId }));
    const next = payoutNews(suite.partnerId, { id: first.objectId, status: "failed", type: "payout.returned" });
    await suite.world.tell(differed);
    await suite.world.tell(next);
    await deliver();
    expect(suite.receiver.received.map(({ body }) => (JSON.parse(body) as { changes: unknown }).changes)).toEqual([
      null,
      { status: { old: "processing", new: "completed" } },
      { status: { old: "completed", new: "failed" } },
    ]);
  });
});

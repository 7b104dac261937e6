import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveRoutes } from "../../test/kit/routes.ts";
import { payoutNews, type WebhookWorld, webhookWorld } from "../../test/kit/webhooks.ts";
import type { Scope } from "../platform/scopes.ts";
import { createEventHub } from "./event-hub.ts";
import { createEventStreams, STREAMS_PER_CALLER } from "./stream-events.ts";
import { streamRoutes } from "./stream-routes.ts";

const ACCESS = {
  audience: "either",
  scopes: { partner: "own:webhooks:read", operator: "webhooks:read" },
} as const;

let world: WebhookWorld;
let http: Awaited<ReturnType<typeof serveRoutes>>;
let url: string;
let partnerId: string;
let hub: ReturnType<typeof createEventHub>;

beforeAll(async () => {
  world = await webhookWorld();
  partnerId = await world.newPartner();
  hub = createEventHub({ db: world.db, onError: () => {} });
  const openStream = createEventStreams({ db: world.db, hub, partners: world.deps.partners });
  http = await serveRoutes([streamRoutes(openStream, ACCESS, { heartbeatMs: 20 })], () => world.clock.now());
  await http.listen({ port: 0, host: "127.0.0.1" });
  url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}/api/v1/webhooks/stream`;
});
afterAll(async () => {
  await http?.close();
  await hub?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
});

type Frame = { readonly id: string; readonly event: string; readonly data: string };

/** Listens as a caller; `next` reads so many events. */
async function listen(
  caller: { partnerId?: string | null; scopes?: readonly Scope[]; keyId?: string },
  lastEventId?: string,
) {
  const { tenantId } = world;
  http.as({ tenantId, partnerId: null, ...caller });
  const stopping = new AbortController();
  const answer = await fetch(url, {
    headers: { accept: "text/event-stream", ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }) },
    signal: stopping.signal,
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let heartbeats = 0;
  const readMore = async (): Promise<boolean> => {
    const { done, value = "" } = (await reader?.read()) ?? { done: true };
    text += value;
    return !done;
  };
  const next = async (count: number): Promise<Frame[]> => {
    const frames: Frame[] = [];
    for (;;) {
      for (let end = text.indexOf("\n\n"); end >= 0 && frames.length < count; end = text.indexOf("\n\n")) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        if (block.startsWith(":")) heartbeats += 1;
        const [, id = "", event = "", data = ""] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(block) ?? [];
        if (id !== "") frames.push({ id, event, data });
      }
      if (frames.length >= count || !(await readMore())) return frames;
    }
  };
  return {
    status: answer.status,
    type: answer.headers.get("content-type"),
    next,
    /** The place that the stream has said it begins at. */
    place: async (): Promise<string> => {
      for (;;) {
        const place = /^id: (\d+)\n\n/m.exec(text)?.[1];
        if (place !== undefined) return place;
        if (!(await readMore())) throw new Error("the stream ended without a place");
      }
    },
    beats: async (count: number): Promise<number> => {
      const seen = () => (text.match(/: still here/g)?.length ?? 0) + heartbeats;
      while (seen() < count) await readMore();
      return seen();
    },
    stop: async () => {
      stopping.abort();
      await reader?.cancel().catch(() => {});
    },
  };
}

const ids = (frames: readonly Frame[]) =>
  frames.map(({ data }) => (JSON.parse(data) as { data: { id: string } }).data.id);

describe("a stream", () => {
  it("tells each event as it happens, in order, and goes on after the last one that was seen", async () => {
    const stream = await listen({});
    expect([stream.status, stream.type]).toEqual([200, "text/event-stream; charset=utf-8"]);
    const news = Array.from({ length: 5 }, () => payoutNews(partnerId));
    await world.tell(...news.slice(0, 2));
    const first = await stream.next(2);
    expect(ids(first)).toEqual(news.slice(0, 2).map(({ objectId }) => objectId));
    expect(first[0]?.event).toBe("payout.completed");
    await stream.stop();

    await world.tell(...news.slice(2));
    const again = await listen({}, first[0]?.id);
    expect(ids(await again.next(4))).toEqual(news.slice(1).map(({ objectId }) => objectId));
    await again.stop();
  });

  it("misses nothing of more than is read at once", async () => {
    const mark = await listen({});
    await world.tell(payoutNews(partnerId));
    const [seen] = await mark.next(1);
    await mark.stop();
    const news = Array.from({ length: 450 }, () => payoutNews(partnerId));
    await world.tell(...news);
    const stream = await listen({}, seen?.id);
    expect(ids(await stream.next(450))).toEqual(news.map(({ objectId }) => objectId));
    await stream.stop();
  });

  it("says where it begins, so that what happens before its first event is not missed either", async () => {
    const stream = await listen({});
    const place = await stream.place();
    await stream.stop();
    const news = payoutNews(partnerId);
    await world.tell(news);
    const again = await listen({}, place);
    expect(ids(await again.next(1))).toEqual([news.objectId]);
    await again.stop();
  });

  it("begins with now for who has seen a number that is not there yet, as after a restore", async () => {
    const stream = await listen({}, "999999999999");
    await stream.place();
    const news = payoutNews(partnerId);
    await world.tell(news);
    expect(ids(await stream.next(1))).toEqual([news.objectId]);
    await stream.stop();
  });

  it("ends for a caller who has left while it was opened", async () => {
    const [opening, left] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const ended = Promise.withResolvers<undefined>();
    const openStream = async () => {
      opening.resolve();
      await left.promise;
      return { from: 0n, next: () => ended.promise, end: () => ended.resolve(undefined) };
    };
    const slow = await serveRoutes([streamRoutes(openStream, ACCESS)], () => world.clock.now());
    await slow.listen({ port: 0, host: "127.0.0.1" });
    slow.as({ tenantId: world.tenantId, partnerId: null });
    slow.server.on("connection", (socket) => socket.once("close", () => setImmediate(left.resolve)));
    const leaving = new AbortController();
    const { port } = slow.server.address() as AddressInfo;
    const answer = fetch(`http://127.0.0.1:${port}/api/v1/webhooks/stream`, {
      headers: { accept: "text/event-stream" },
      signal: leaving.signal,
    });
    await opening.promise;
    leaving.abort();
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
    await ended.promise;
    await slow.close();
  });

  it("tells a partner of its own events alone, and a key of what it may read", async () => {
    const other = await world.newPartner();
    const own = await listen({ partnerId });
    const narrow = await listen({ scopes: ["webhooks:read", "program:read"] });
    const mine = payoutNews(partnerId);
    const plan = { id: mine.objectId, version: 1, effectiveFrom: null, isRetroactive: false };
    await world.tell(payoutNews(other), mine, {
      type: "plan.published",
      objectType: "plan",
      objectId: plan.id,
      data: plan,
    });
    expect(ids(await own.next(1))).toEqual([mine.objectId]);
    expect((await narrow.next(1)).map(({ event }) => event)).toEqual(["plan.published"]);
    for (const each of [own, narrow]) await each.stop();
  });

  it("shows that it lives while nothing happens", async () => {
    const stream = await listen({});
    expect(await stream.beats(2)).toBeGreaterThanOrEqual(2);
    await stream.stop();
  });

  it("is one of a few of its caller, and makes room when it ends", async () => {
    const keyId = "a-key";
    const open = [];
    for (let index = 0; index < STREAMS_PER_CALLER; index += 1) open.push(await listen({ keyId }));
    const refused = await listen({ keyId });
    expect(refused.status).toBe(429);
    await refused.stop();
    const another = await listen({ keyId: "another" });
    expect(another.status).toBe(200);
    for (const each of open) await each.stop();
    let status = 429;
    while (status === 429) {
      const again = await listen({ keyId });
      status = again.status;
      await again.stop();
    }
    expect(status).toBe(200);
  });

  it.each([
    ["what is no place in it", { accept: "text/event-stream", "last-event-id": "last" }, "stream.cursor_invalid"],
    ["who takes something else", { accept: "application/json" }, "stream.not_accepted"],
  ])("is refused to %s", async (_, headers, code) => {
    http.as({ tenantId: world.tenantId, partnerId: null });
    const answer = await fetch(url, { headers });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, code]);
  });
});

import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner } from "../../test/kit/postgres.ts";
import { serveRoutes } from "../../test/kit/routes.ts";
import { payoutNews, type WebhookWorld, webhookWorld } from "../../test/kit/webhooks.ts";
import { newId } from "../kernel/id.ts";
import type { Ctx } from "../platform/context.ts";
import { OPERATOR_SCOPES, PARTNER_SCOPES, type Scope } from "../platform/scopes.ts";
import { createEventHub } from "./event-hub.ts";
import { createEventStreams, type EventStream, STREAMS_PER_CALLER } from "./stream-events.ts";
import { streamRoutes } from "./stream-routes.ts";
import { createCallerWatch } from "./watch-callers.ts";

const ACCESS = {
  audience: "either",
  scopes: { partner: "own:webhooks:read", operator: "webhooks:read" },
} as const;

/** Callers of these tests are in no table. */
const UNWATCHED = { watch: () => () => {}, [Symbol.dispose]: () => {} };

let world: WebhookWorld;
let http: Awaited<ReturnType<typeof serveRoutes>>;
let url: string;
let partnerId: string;
let hub: ReturnType<typeof createEventHub>;

beforeAll(async () => {
  world = await webhookWorld();
  partnerId = await world.newPartner();
  hub = createEventHub({ db: world.db, onError: () => {} });
  const openStream = createEventStreams({ db: world.db, hub, callers: UNWATCHED, partners: world.deps.partners });
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

  it("ends, on every server, once the key is revoked, the session has ended, what they may do has changed, or their tenant was suspended", async () => {
    const { tenantId, clone } = world;
    const errors: unknown[] = [];
    const servers = [1, 2].map(() => {
      const callers = createCallerWatch({
        db: world.db,
        clock: world.clock,
        onError: (error) => errors.push(error),
        everyMs: 20,
      });
      return { callers, open: createEventStreams({ db: world.db, hub, callers, partners: world.deps.partners }) };
    });
    const [keyId, sessionId, demoted, userId] = [newId(), newId(), newId(), newId()];
    const at = world.clock.now();
    const write = (statement: string, ...more: unknown[]) => asOwner(clone, statement, [tenantId, at, ...more]);
    await write(
      `insert into partner_api_keys (tenant_id, id, key_name, api_key, api_secret_hash, created_at) values ($1, $3, 'A key', $4, 'hash', $2)`,
      keyId,
      keyId,
    );
    await write(
      `insert into users (tenant_id, id, role, email, created_at, updated_at) values ($1, $3, 'admin', $4, $2, $2)`,
      userId,
      `${userId}@people.test`,
    );
    for (const id of [sessionId, demoted])
      await write(
        `insert into sessions (tenant_id, id, user_id, created_at, last_used_at, proven_at, expires_at)
         values ($1, $3, $4, $2, $2, $2, $2::timestamptz + interval '1 day')`,
        id,
        userId,
      );
    const common = { tenantId, now: at, requestId: newId(), ip: null };
    const scopes = new Set(OPERATOR_SCOPES);
    const key = { ...common, actor: { type: "key", keyId, partnerId: null, scopes } } as const;
    const person = (id: string) =>
      ({ ...common, actor: { type: "user", userId, role: "admin", sessionId: id, partnerId: null, scopes } }) as const;
    const open = async (ctx: Ctx) =>
      Promise.all(servers.map(({ open: openOn }) => openOn(ctx, { lastEventId: undefined })));
    const [ofKey, ofSession, ofDemoted] = [await open(key), await open(person(sessionId)), await open(person(demoted))];
    const ended = (streams: readonly EventStream[]) => Promise.all(streams.map((stream) => stream.next()));

    await write(
      "update partner_api_keys set status = 'revoked', revoked_at = $2 where tenant_id = $1 and id = $3",
      keyId,
    );
    expect(await ended(ofKey)).toEqual([undefined, undefined]);
    await write(
      "update sessions set revoked_at = $2, revoked_reason = 'revoked' where tenant_id = $1 and id = $3",
      sessionId,
    );
    expect(await ended(ofSession)).toEqual([undefined, undefined]);
    // What goes on: the other session of the same person hears what happens, until they may do something else.
    const news = payoutNews(partnerId);
    await world.tell(news);
    const heard = await ended(ofDemoted);
    expect(heard.map((events) => events?.length)).toEqual([1, 1]);
    await write("update users set role = 'support', updated_at = $2 where tenant_id = $1 and id = $3", userId);
    expect(await ended(ofDemoted)).toEqual([undefined, undefined]);
    // Whoever was given another role while it was opened.
    expect(await ended(await open(person(demoted)))).toEqual([undefined, undefined]);
    const now = person(demoted);
    const ofSuspended = await open({ ...now, actor: { ...now.actor, role: "support" } });
    await world.tell(payoutNews(partnerId));
    expect((await ended(ofSuspended)).map((events) => events?.length)).toEqual([1, 1]);
    await asOwner(clone, "update tenants set status = 'suspended' where id = $1", [tenantId]);
    try {
      expect(await ended(ofSuspended)).toEqual([undefined, undefined]);
    } finally {
      await asOwner(clone, "update tenants set status = 'active' where id = $1", [tenantId]);
    }
    expect(errors).toEqual([]);
    for (const { callers } of servers) callers[Symbol.dispose]();
  });

  it("ends when the look of who looks as a partner is over, and when somebody must have a second factor and has none", async () => {
    const { tenantId, clone } = world;
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void errors.push(error);
    const callers = createCallerWatch({ db: world.db, clock: world.clock, onError, everyMs: 20 });
    const openOn = createEventStreams({ db: world.db, hub, callers, partners: world.deps.partners });
    const [sessionId, userId, at] = [newId(), newId(), world.clock.now()];
    const write = (statement: string, ...more: unknown[]) => asOwner(clone, statement, [tenantId, at, ...more]);
    await write(
      `insert into users (tenant_id, id, role, email, created_at, updated_at) values ($1, $3, 'support', $4, $2, $2)`,
      userId,
      `${userId}@people.test`,
    );
    await write(
      `insert into sessions (tenant_id, id, user_id, created_at, last_used_at, proven_at, expires_at)
       values ($1, $3, $4, $2, $2, $2, $2::timestamptz + interval '1 day')`,
      sessionId,
      userId,
    );
    const scopes = new Set(PARTNER_SCOPES);
    const common = { tenantId, now: at, requestId: newId(), ip: null };
    const actor = { type: "user", userId, role: "support", sessionId, partnerId: null, scopes } as const;
    const looksUntil = new Date(at.getTime() + 60_000);
    const look: Ctx = { ...common, actor: { ...actor, role: "partner", partnerId, isLooking: true, looksUntil } };
    const own: Ctx = { ...common, actor: { ...actor, scopes: new Set(OPERATOR_SCOPES) } };
    const [ofLook, ofPerson] = [
      await openOn(look, { lastEventId: undefined }),
      await openOn(own, { lastEventId: undefined }),
    ];
    await world.tell(payoutNews(partnerId));
    expect([(await ofLook.next())?.length, (await ofPerson.next())?.length]).toEqual([1, 1]);
    world.clock.advance(60_000);
    expect(await ofLook.next()).toBeUndefined();
    // The person's own goes on, until they must have a factor.
    await world.tell(payoutNews(partnerId));
    expect((await ofPerson.next())?.length).toBe(1);
    await write(
      `insert into sign_in_settings (tenant_id, required_roles, grace_days, required_since) values ($1, '["support"]', 0, $2)`,
    );
    try {
      expect(await ofPerson.next()).toBeUndefined();
    } finally {
      await asOwner(clone, "delete from sign_in_settings where tenant_id = $1", [tenantId]);
    }
    expect(errors).toEqual([]);
    callers[Symbol.dispose]();
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

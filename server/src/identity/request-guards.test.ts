import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { basic, bearer, type IdentityBench, openIdentity } from "../../test/kit/identity.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { LIMITS, PARTNER_KEYS_FACTOR } from "../platform/rate-limit/index.ts";
import { createAccessTokens } from "./access-token.ts";
import { authErrors } from "./identity-errors.ts";

let database: ClonedDatabase;
let bench: IdentityBench;
let caller = 0;
/** Who is told of a request to `/signed-late`. */
let late: { readonly begun: () => void; readonly over: () => void } | undefined;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = await openIdentity(database, {
    limits: {
      tracking: { points: 5, windowSeconds: 600 },
      signed: { points: 12, windowSeconds: 600 },
      signed_refused: { points: 3, windowSeconds: 600 },
    },
    routes: () => [
      (app) => {
        const seen = async ({ ctx }: { ctx: { actor: { type: string }; tenantId: string; now: Date } }) => ({
          actor: ctx.actor.type,
          tenantId: ctx.tenantId,
          now: ctx.now.toISOString(),
        });
        app.get("/open", { config: { access: { audience: "public" } } }, seen);
        app.get("/click", { config: { access: { audience: "public" }, rateLimit: "tracking" } }, seen);
        app.get("/signed", { config: { access: { audience: "public" }, rateLimit: "signed" } }, async (request) => {
          if (request.headers["signature"] !== "right") throw authErrors.credential_malformed();
          return {};
        });
        app.get(
          "/signed-late",
          { config: { access: { audience: "public" }, rateLimit: "signed" } },
          async (_, reply) => {
            const gone = once(reply.raw, "close");
            late?.begun();
            await gone;
            // When what follows the refusal is over: nothing of it waits for anything.
            setImmediate(() => late?.over());
            throw authErrors.credential_malformed();
          },
        );
        app.get("/person", { config: { access: { audience: "person" } } }, seen);
        app.get("/partner", { config: { access: { audience: "partner", scope: "own:payouts:read" } } }, seen);
        app.get(
          "/tiered",
          { config: { access: { audience: "partner", scope: "own:payouts:read", tiers: ["tier2"] } } },
          seen,
        );
        app.get("/operator", { config: { access: { audience: "operator", scope: "payouts:process" } } }, seen);
      },
    ],
  });
});
beforeEach(async () => {
  await asOwner(database, "truncate rate_limits");
});
afterAll(() => bench[Symbol.asyncDispose]());

const get = (url: string, headers: Record<string, string> = {}) =>
  bench.app.inject({
    url,
    headers: { host: bench.operator.host, "x-forwarded-for": `198.51.100.${(caller += 1) % 250}`, ...headers },
  });

const as = async (role: "admin" | "finance" | "support" | "partner") => {
  const person = await bench.addPerson(role);
  await asOwner(database, "update users set email_verified_at = created_at where id = $1", [person.id]);
  return bearer((await bench.signIn(person)).accessToken);
};

describe("a request", () => {
  it("is for the tenant whose host it names, at that tenant's time", async () => {
    expect((await get("/open")).json()).toEqual({
      actor: "anonymous",
      tenantId: bench.operator.id,
      now: bench.clock.now().toISOString(),
    });
    expect((await get("/open", { host: bench.neighbour.host.toUpperCase() })).json()).toMatchObject({
      tenantId: bench.neighbour.id,
    });
    const twin = await seedTenant(database, { at: bench.clock.now(), isOperator: false });
    await asOwner(database, "update tenants set mode = 'test', clock_offset_ms = 60000 where id = $1", [twin]);
    const later = new Date(bench.clock.now().getTime() + 60_000).toISOString();
    expect((await get("/open", { host: `${twin}.test` })).json()).toMatchObject({ tenantId: twin, now: later });
    const suspended = await seedTenant(database, { at: bench.clock.now(), isOperator: false });
    await asOwner(database, "update tenants set status = 'suspended' where id = $1", [suspended]);
    expect((await get("/open", { host: `${suspended}.test` })).json()).toMatchObject({
      status: 403,
      code: "tenant.suspended",
    });
  });

  it("with a token of another tenant is refused like one with no token of ours", async () => {
    const theirs = await bench.signIn(await bench.addPerson("admin", bench.neighbour), bench.neighbour);
    const strangers = await createAccessTokens([Buffer.alloc(32, 7)]);
    const forged = await strangers.issue(
      { tenantId: bench.operator.id, userId: bench.operator.id, sessionId: bench.operator.id },
      bench.clock.now(),
    );
    const [foreign, unknown] = [
      await get("/person", bearer(theirs.accessToken)),
      await get("/person", bearer(forged.token)),
    ];
    for (const answer of [foreign, unknown])
      expect(answer.json()).toMatchObject({ status: 401, code: "auth.token_invalid" });
    const { requestId: _one, ...left } = foreign.json<Record<string, unknown>>();
    const { requestId: _two, ...right } = unknown.json<Record<string, unknown>>();
    expect(left).toEqual(right);
    expect((await get("/person", { host: bench.neighbour.host, ...bearer(theirs.accessToken) })).statusCode).toBe(200);
  });

  it("with a true token for a session that is another person's, or that never was, is refused", async () => {
    const [one, two] = [await bench.addPerson("admin"), await bench.addPerson("support")];
    await bench.signIn(one);
    const [session] = await asOwner<{ id: string }>(database, "select id from sessions where user_id = $1", [one.id]);
    const own = await createAccessTokens(bench.secrets.signingKeys);
    for (const sessionId of [session?.id ?? "", two.id]) {
      const { token } = await own.issue({ tenantId: bench.operator.id, userId: two.id, sessionId }, bench.clock.now());
      expect((await get("/person", bearer(token))).json()).toMatchObject({ status: 401, code: "auth.token_invalid" });
    }
  });

  it.each([
    "Bearer",
    "Bearer ",
    "Digest abc",
    "Basic",
    "bearer a b",
    "Basic Zm9v,YmFy",
    "Bearer \u00e4",
    `Bearer ${"x".repeat(8_000)}`,
  ])("with %j for credentials is refused", async (authorization) => {
    const answer = await get("/person", { authorization });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: expect.stringMatching(/^auth\./) });
  });

  it("to a public route is nobody's, whatever credentials it carries", async () => {
    expect((await get("/open", bearer("old"))).json()).toMatchObject({ actor: "anonymous" });
    expect((await get("/open", await as("admin"))).json()).toMatchObject({ actor: "anonymous" });
  });
});

describe("a route", () => {
  it("admits whom it says, and refuses everybody else with the reason", async () => {
    const tier2 = bearer((await bench.signIn((await bench.addPartner("tier2")).user)).accessToken);
    const tier1 = bearer((await bench.signIn((await bench.addPartner("tier1")).user)).accessToken);
    const unregistered = await as("partner");
    const [admin, finance, support] = [await as("admin"), await as("finance"), await as("support")];
    const key = basic(
      await bench.identity.generateAPIKey(bench.operator.ctx, {
        owner: "operator",
        name: "k",
        scopes: ["payouts:process"],
      }),
    );
    const none = {};
    const cases: [string, Record<string, string>, number, string?][] = [
      ["/person", none, 401, "access.unauthenticated"],
      ["/person", support, 200],
      ["/person", tier1, 200],
      ["/person", key, 403, "access.person_required"],
      ["/operator", none, 401, "access.unauthenticated"],
      ["/operator", admin, 200],
      ["/operator", finance, 200],
      ["/operator", key, 200],
      ["/operator", support, 403, "access.scope_missing"],
      ["/operator", tier1, 403, "access.scope_missing"],
      ["/partner", none, 401, "access.unauthenticated"],
      ["/partner", tier1, 200],
      ["/partner", tier2, 200],
      ["/partner", unregistered, 403, "access.partner_required"],
      ["/partner", admin, 403, "access.partner_required"],
      ["/partner", key, 403, "access.partner_required"],
      ["/tiered", tier2, 200],
      ["/tiered", tier1, 403, "auth.tier_required"],
    ];
    for (const [url, headers, status, code] of cases) {
      const answer = await get(url, headers);
      expect([url, answer.statusCode, answer.json<{ code?: string }>().code]).toEqual([url, status, code]);
    }
  });

  it("for a partner is closed to a member of the team who is a partner too", async () => {
    const { user } = await bench.addPartner("tier3");
    await asOwner(database, "update users set role = 'admin' where id = $1", [user.id]);
    const { accessToken } = await bench.signIn(user);
    expect((await get("/partner", bearer(accessToken))).statusCode).toBe(403);
    expect((await get("/operator", bearer(accessToken))).statusCode).toBe(200);
  });
});

describe("a limit over the wire", () => {
  const address = (last: number) => ({ "x-forwarded-for": `203.0.113.${last}` });

  it("is told with every answer, and refuses what is over it, to the request", async () => {
    const first = await get("/open", address(1));
    expect(first.headers).toMatchObject({
      ratelimit: `"anonymous";r=${LIMITS.anonymous.points - 1};t=60`,
      "ratelimit-policy": `"anonymous";q=${LIMITS.anonymous.points};w=60`,
      "ratelimit-limit": String(LIMITS.anonymous.points),
      "ratelimit-remaining": String(LIMITS.anonymous.points - 1),
      "ratelimit-reset": "60",
    });
    const answers = await Promise.all(
      Array.from({ length: LIMITS.anonymous.points + 9 }, () => get("/open", address(1))),
    );
    const refused = answers.filter((answer) => answer.statusCode === 429);
    expect(refused).toHaveLength(10);
    expect(refused[0]?.json()).toMatchObject({
      code: "request.rate_limited",
      facts: { limit: LIMITS.anonymous.points },
    });
    expect(Number(refused[0]?.headers["retry-after"])).toBeGreaterThan(0);
    expect(refused[0]?.headers["content-type"]).toContain("application/problem+json");
    expect((await get("/open", address(2))).statusCode).toBe(200);
  });

  it("is that of the address which our proxy saw, whatever address the caller claims", async () => {
    const claiming = (turn: number) => ({ "x-forwarded-for": `192.0.2.${turn}, 203.0.113.8` });
    for (let turn = 1; turn <= 3; turn += 1) {
      const { headers } = await get("/open", claiming(turn));
      expect(headers["ratelimit-remaining"]).toBe(String(LIMITS.anonymous.points - turn));
    }
  });

  it("is a person's own, from wherever they call, and their tier's for each key of a partner", async () => {
    const { user } = await bench.addPartner("tier4");
    const { accessToken } = await bench.signIn(user);
    expect((await get("/partner", bearer(accessToken))).headers["ratelimit-policy"]).toContain(
      `"person";q=${LIMITS.person.points}`,
    );
    const ctx = bench.operator.ctx;
    const [row] = await asOwner<{ id: string }>(database, "select id from partners where user_id = $1", [user.id]);
    const partnerId = row?.id ?? "";
    const keyOf = async (name: string) =>
      basic(
        await bench.identity.generateAPIKey(
          {
            ...ctx,
            actor: {
              type: "key",
              keyId: partnerId,
              partnerId,
              scopes: new Set(["own:keys:write", "own:payouts:read"]),
            },
          },
          { owner: "partner", name, scopes: ["own:payouts:read"] },
        ),
      );
    const keys = [await keyOf("one"), await keyOf("two"), await keyOf("three")];
    const { points } = LIMITS.tier4;
    expect((await get("/partner", keys[0])).headers).toMatchObject({
      "ratelimit-policy": `"tier4";q=${points};w=60`,
      "ratelimit-remaining": String(points - 1),
    });
    await asOwner(database, "update rate_limits set points = $1 where key like 'tier4:%'", [points]);
    expect((await get("/partner", keys[0])).statusCode).toBe(429);
    expect((await get("/partner", keys[1])).statusCode).toBe(200);
    // Making keys makes no budget: together they have so much and no more.
    await asOwner(database, "update rate_limits set points = $1 where key like 'tier4x%'", [
      points * PARTNER_KEYS_FACTOR,
    ]);
    expect((await get("/partner", keys[2])).statusCode).toBe(429);
  });

  it("of clicks is counted without a write, and has an end", async () => {
    const answers = [];
    for (let turn = 0; turn < 7; turn += 1) answers.push((await get("/click", address(3))).statusCode);
    expect(answers).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(await asOwner(database, "select 1 from rate_limits")).toEqual([]);
    expect((await get("/click", address(4))).statusCode).toBe(200);
  });

  it("of what is signed is one of its own, and nothing of it is a visitor's", async () => {
    const right = { signature: "right", ...address(30) };
    for (let turn = 0; turn < 12; turn += 1) expect((await get("/signed", right)).statusCode).toBe(200);
    expect((await get("/signed", right)).statusCode).toBe(429);
    expect((await get("/click", address(30))).statusCode).toBe(200);
    expect(await asOwner(database, "select 1 from rate_limits")).toEqual([]);
  });

  it("of what is signed ends sooner for whoever signs nothing, at that tenant alone", async () => {
    const answers = [];
    for (let turn = 0; turn < 5; turn += 1) answers.push((await get("/signed", address(31))).statusCode);
    expect(answers).toEqual([401, 401, 401, 429, 429]);
    const right = { signature: "right" };
    expect((await get("/signed", { ...right, ...address(31) })).statusCode).toBe(429);
    expect((await get("/signed", { ...right, ...address(32) })).statusCode).toBe(200);
    expect((await get("/signed", { ...right, ...address(31), host: bench.neighbour.host })).statusCode).toBe(200);
  });

  it("of what is signed counts what was refused to who hung up before the answer, once", async () => {
    const origin = new URL(await bench.app.listen({ host: "127.0.0.1", port: 0 }));
    const hangUp = async () => {
      const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      late = { begun: begun.resolve, over: over.resolve };
      const socket = connect(Number(origin.port), origin.hostname);
      socket.write(
        `GET /signed-late HTTP/1.1\r\nHost: ${bench.operator.host}\r\nX-Forwarded-For: ${address(33)["x-forwarded-for"]}\r\n\r\n`,
      );
      await begun.promise;
      socket.destroy();
      await over.promise;
    };
    const right = { signature: "right", ...address(33) };
    await hangUp();
    await hangUp();
    expect((await get("/signed", right)).statusCode).toBe(200);
    await hangUp();
    expect((await get("/signed", right)).statusCode).toBe(429);
    expect((await get("/signed", { ...right, ...address(34) })).statusCode).toBe(200);
  });

  it("stops an address that tries credentials, and no one else", async () => {
    const attempt = (last: number) => get("/person", { ...bearer("guess"), ...address(last) });
    const answers = await Promise.all(Array.from({ length: LIMITS.refused.points + 5 }, () => attempt(5)));
    expect(answers.filter((answer) => answer.statusCode === 401)).toHaveLength(LIMITS.refused.points);
    expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(5);
    expect((await attempt(6)).statusCode).toBe(401);
    expect((await get("/person", { ...(await as("admin")), ...address(5) })).statusCode).toBe(200);
  });
});

describe("the API's own description", () => {
  it("names every route of identity but the pages, with who may call it", () => {
    const { paths } = bench.app.swagger() as {
      paths: Record<string, Record<string, { security?: object[]; operationId?: string }>>;
    };
    expect(Object.keys(paths).filter((path) => path.startsWith("/auth/"))).toEqual([]);
    expect(paths["/api/v1/auth/sign-in"]?.["post"]?.security).toEqual([]);
    expect(paths["/api/v1/auth/me"]?.["get"]?.security).toEqual([{ session: [] }]);
    expect(paths["/api/v1/partners/api-keys"]?.["post"]?.security).toContainEqual({ session: ["own:keys:write"] });
    expect(paths["/.well-known/jwks.json"]?.["get"]?.operationId).toBe("getJwks");
  });

  it("is true of the key set that other services verify tokens with", async () => {
    const answer = await get("/.well-known/jwks.json");
    expect(answer.json()).toEqual(bench.identity.jwks);
    expect(answer.headers["cache-control"]).toContain("max-age");
    expect(answer.body).not.toContain('"d"');
  });
});

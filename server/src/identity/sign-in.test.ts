import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearer, type IdentityBench, openIdentity, PASSWORD, type Tenancy } from "../../test/kit/identity.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import { LIMITS } from "../platform/rate-limit/index.ts";
import { ACCESS_TOKEN_TTL_MS } from "./access-token.ts";
import type { User } from "./user-repository.ts";

let database: ClonedDatabase;
let bench: IdentityBench;
let caller = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = await openIdentity(database);
});
afterAll(() => bench[Symbol.asyncDispose]());

/** An address that no other test has used up. */
const freshAddress = () => `198.51.${Math.floor((caller += 1) / 250)}.${caller % 250}`;

const post = (
  url: string,
  payload: object,
  { tenancy = bench.operator, headers = {} }: { tenancy?: Tenancy; headers?: Record<string, string> } = {},
) =>
  bench.app.inject({
    method: "POST",
    url: `/api/v1/auth/${url}`,
    payload,
    headers: { host: tenancy.host, "x-forwarded-for": freshAddress(), ...headers },
  });

const signIn = (user: Pick<User, "email">, password = PASSWORD, more: object = {}) =>
  post("sign-in", { email: user.email, password, ...more });

const me = (token: string, tenancy = bench.operator) =>
  bench.app.inject({ url: "/api/v1/auth/me", headers: { host: tenancy.host, ...bearer(token) } });

const bodyOf = (response: LightMyRequestResponse) => response.json<Record<string, string>>();
const cookieOf = (response: LightMyRequestResponse) =>
  response.cookies.find((cookie) => cookie.name === "tributary_refresh");

describe("signing in", () => {
  it("gives tokens with which somebody is known, and is audited", async () => {
    const user = await bench.addPerson("support");
    const response = await signIn({ email: user.email.toUpperCase() });
    expect(response.statusCode).toBe(200);
    expect(response.headers["cache-control"]).toBe("no-store");
    const { accessToken = "" } = bodyOf(response);
    const known = await me(accessToken);
    expect(known.json()).toMatchObject({ user: { id: user.id, role: "support" }, partnerId: null });
    expect(known.body).not.toContain("argon2");
    const acts = await asOwner(database, "select action from audit_log where target_id = $1 order by position", [
      user.id,
    ]);
    expect(acts.map(({ action }) => action)).toEqual(["user.created", "session.started"]);
  });

  it("answers alike for nobody, a wrong password, and who is disabled, has no password or never verified what they registered", async () => {
    const [known, disabled] = [await bench.addPerson("admin"), await bench.addPerson("admin")];
    await asOwner(database, "update users set status = 'disabled' where id = $1", [disabled.id]);
    const invited = await bench.db.transaction(bench.operator.ctx, (tx) =>
      bench.identity.createUser(tx, { email: "invited@people.test", role: "admin", passwordHash: null }),
    );
    const registered = await bench.addPerson("partner");
    const answers = await Promise.all([
      signIn({ email: "nobody@people.test" }),
      signIn(known, "a wrong password"),
      signIn(disabled),
      signIn(invited),
      signIn(registered),
    ]);
    const seen = answers.map((answer) => {
      const { requestId: _, ...body } = answer.json<Record<string, unknown>>();
      return [answer.statusCode, body];
    });
    expect(seen[0]).toMatchObject([401, { code: "auth.credentials_wrong" }]);
    for (const each of seen) expect(each).toEqual(seen[0]);
  });

  it("is not possible for a customer, or with the account of another tenant", async () => {
    await bench.db.transaction(bench.operator.ctx, (tx) =>
      bench.identity.upsertCustomers(tx, [{ externalId: "c1", email: "customer@people.test" }]),
    );
    expect((await signIn({ email: "customer@people.test" })).statusCode).toBe(401);
    const theirs = await bench.addPerson("admin", bench.neighbour);
    expect((await signIn(theirs)).statusCode).toBe(401);
  });

  it("lets one address try an account as often as the limit says and no more, even with all tries at once", async () => {
    const user = await bench.addPerson("admin");
    const address = { headers: { "x-forwarded-for": "203.0.113.9" } };
    const limit = LIMITS.sign_in_pair.points;
    const tries = await Promise.all(
      Array.from({ length: limit + 8 }, (_, turn) =>
        post("sign-in", { email: user.email, password: `wrong ${turn}` }, address),
      ),
    );
    expect(tries.filter((answer) => answer.statusCode === 401)).toHaveLength(limit);
    const refused = await post("sign-in", { email: user.email, password: PASSWORD }, address);
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({ code: "auth.too_many_attempts" });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(60);
    // From elsewhere the owner still gets in.
    expect((await signIn(user)).statusCode).toBe(200);
  });

  it("counts tries for an account that does not exist like those for one that does", async () => {
    const address = { headers: { "x-forwarded-for": "203.0.113.10" } };
    const attempt = () => post("sign-in", { email: "nobody@people.test", password: "x" }, address);
    for (let turn = 0; turn < LIMITS.sign_in_pair.points; turn += 1) expect((await attempt()).statusCode).toBe(401);
    expect((await attempt()).statusCode).toBe(429);
  });

  it("forgets wrong tries once it went well", async () => {
    const user = await bench.addPerson("admin");
    const address = { headers: { "x-forwarded-for": "203.0.113.11" } };
    for (let turn = 0; turn < LIMITS.sign_in_pair.points * 2; turn += 1) {
      const password = turn % 5 === 4 ? PASSWORD : "wrong";
      const response = await post("sign-in", { email: user.email, password }, address);
      expect(response.statusCode).toBe(turn % 5 === 4 ? 200 : 401);
    }
  });

  it.each([
    ["no JSON", "{"],
    ["no password", { email: "a@b.test" }],
    ["a field too many", { email: "a@b.test", password: "x", role: "admin" }],
    ["a number", { email: "a@b.test", password: 1 }],
    ["a zero byte", { email: "a\0@b.test", password: "x" }],
    ["a very long password", { email: "a@b.test", password: "x".repeat(100_000) }],
  ])("refuses %s", async (_what, payload) => {
    const response = await bench.app.inject({
      method: "POST",
      url: "/api/v1/auth/sign-in",
      headers: { host: bench.operator.host, "content-type": "application/json" },
      payload: typeof payload === "string" ? payload : JSON.stringify(payload),
    });
    expect(response.statusCode).toBe(400);
  });
});

describe("a session", () => {
  it("knows the visitor that its browser's tracking cookie names, from whenever it has one", async () => {
    const user = await bench.addPerson("admin");
    const ctx = { ...bench.operator.ctx, actor: { type: "anonymous" as const }, now: bench.clock.now() };
    const [first, later] = [newId(), newId()];
    const browser = { email: user.email, password: PASSWORD, userAgent: null };
    const seenAs = async (visitorId: string, tenancy = bench.operator) =>
      bench.db.read(tenancy.ctx, (tx) => bench.identity.findUsersOfVisitors(tx, [visitorId]));
    await bench.identity.signIn(ctx, { ...browser, visitorId: first });
    const { tokens } = await bench.identity.signIn(ctx, browser);
    const next = await bench.identity.refreshSession(ctx, { refreshToken: tokens.refreshToken, visitorId: later });
    await bench.identity.refreshSession(ctx, { refreshToken: next.refreshToken });
    for (const visitorId of [first, later]) {
      expect([...(await seenAs(visitorId))]).toEqual([user.id]);
      expect([...(await seenAs(visitorId, bench.neighbour))]).toEqual([]);
    }
    expect([...(await seenAs(newId()))]).toEqual([]);
  });
});

describe("a refresh token", () => {
  it("gives new tokens once; used again it ends the session for whoever holds it", async () => {
    const user = await bench.addPerson("admin");
    const first = bodyOf(await signIn(user));
    const second = bodyOf(await post("refresh", { refreshToken: first["refreshToken"] }));
    expect((await me(second["accessToken"] ?? "")).statusCode).toBe(200);
    expect((await post("refresh", { refreshToken: first["refreshToken"] })).json()).toMatchObject({
      code: "auth.refresh_invalid",
    });
    expect((await post("refresh", { refreshToken: second["refreshToken"] })).statusCode).toBe(401);
    expect((await me(second["accessToken"] ?? "")).json()).toMatchObject({ code: "auth.session_ended" });
    const acts = await asOwner(
      database,
      "select reason from audit_log where target_id = $1 and action = 'session.revoked'",
      [user.id],
    );
    expect(acts).toEqual([{ reason: "refresh_reused" }]);
  });

  it("that ten use at once gives one of them tokens, and those are worth nothing", async () => {
    const { refreshToken } = bodyOf(await signIn(await bench.addPerson("admin")));
    const answers = await Promise.all(Array.from({ length: 10 }, () => post("refresh", { refreshToken })));
    const [won, ...others] = answers.filter((answer) => answer.statusCode === 200);
    expect(others).toEqual([]);
    expect((await me(bodyOf(won as LightMyRequestResponse)["accessToken"] ?? "")).statusCode).toBe(401);
  });

  it("of another tenant, made up, or of a session that ended is refused alike", async () => {
    const user = await bench.addPerson("admin");
    const theirs = bodyOf(await signIn(user))["refreshToken"];
    const spent = bodyOf(await signIn(user))["refreshToken"];
    await post("sign-out", { refreshToken: spent });
    const answers = [
      await post("refresh", { refreshToken: theirs }, { tenancy: bench.neighbour }),
      await post("refresh", { refreshToken: "made up" }),
      await post("refresh", { refreshToken: spent }),
      await post("refresh", {}),
    ];
    for (const answer of answers) expect(answer.json()).toMatchObject({ status: 401, code: "auth.refresh_invalid" });
    expect((await post("refresh", { refreshToken: theirs })).statusCode).toBe(200);
  });

  it("ends with the session: after two weeks unused, and after ninety days in any case", async () => {
    const start = bench.clock.now();
    const user = await bench.addPerson("admin");
    const idle = bodyOf(await signIn(user))["refreshToken"];
    let used = bodyOf(await signIn(user))["refreshToken"];
    for (let week = 1; week <= 12; week += 1) {
      bench.clock.advance(7 * 86_400_000);
      used = bodyOf(await post("refresh", { refreshToken: used }))["refreshToken"];
      expect(used).toBeTypeOf("string");
    }
    expect((await post("refresh", { refreshToken: idle })).statusCode).toBe(401);
    bench.clock.advance(7 * 86_400_000);
    expect((await post("refresh", { refreshToken: used })).statusCode).toBe(401);
    bench.clock.moveTo(start);
  });

  it("of a browser is in a cookie that no script reads and no body repeats", async () => {
    const user = await bench.addPerson("admin");
    const response = await signIn(user, PASSWORD, { refreshToken: "cookie" });
    expect(bodyOf(response)["refreshToken"]).toBeUndefined();
    const cookie = cookieOf(response);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/api/v1/auth" });
    const headers = { cookie: `tributary_refresh=${cookie?.value}` };
    const stolen = await post("refresh", {}, { headers: { ...headers, "sec-fetch-site": "same-site" } });
    expect(stolen.statusCode).toBe(401);
    const refreshed = await post("refresh", {}, { headers: { ...headers, "sec-fetch-site": "same-origin" } });
    expect(refreshed.statusCode).toBe(200);
    expect(refreshed.body).not.toContain('refreshToken":');
    const next = { cookie: `tributary_refresh=${cookieOf(refreshed)?.value}` };
    const out = await post("sign-out", {}, { headers: next });
    expect(out.statusCode).toBe(204);
    expect(cookieOf(out)?.value).toBe("");
    expect((await post("refresh", {}, { headers: next })).statusCode).toBe(401);
  });

  it("of a browser travels encrypted wherever the programme is reached so", async () => {
    const own = await cloneDatabase();
    await using secure = await openIdentity(own, { publicUrl: "https://operator.test" });
    const user = await secure.addPerson("admin");
    const response = await secure.app.inject({
      method: "POST",
      url: "/api/v1/auth/sign-in",
      payload: { email: user.email, password: PASSWORD, refreshToken: "cookie" },
      headers: { host: secure.operator.host },
    });
    expect(response.cookies).toMatchObject([{ name: "__Secure-tributary_refresh", secure: true }]);
  });
});

describe("sessions", () => {
  it("are listed for their owner, who can end each of them at once", async () => {
    const [user, stranger] = [await bench.addPerson("admin"), await bench.addPerson("admin")];
    const [here, there] = [bodyOf(await signIn(user)), bodyOf(await signIn(user))];
    const list = await bench.app.inject({
      url: "/api/v1/auth/sessions",
      headers: { host: bench.operator.host, ...bearer(here["accessToken"] ?? "") },
    });
    const { data } = list.json<{ data: { id: string; isCurrent: boolean; network: string }[] }>();
    expect(data.filter((session) => session.isCurrent)).toHaveLength(1);
    expect(data).toHaveLength(2);
    expect(data[0]?.network).toMatch(/\.0\/24$/);
    const end = (id: string, token: string) =>
      bench.app.inject({
        method: "DELETE",
        url: `/api/v1/auth/sessions/${id}`,
        headers: { host: bench.operator.host, ...bearer(token) },
      });
    const other = data.find((session) => !session.isCurrent)?.id ?? "";
    const strange = bodyOf(await signIn(stranger))["accessToken"] ?? "";
    expect((await end(other, strange)).json()).toMatchObject({ status: 404, code: "session.not_found" });
    expect((await end(other, here["accessToken"] ?? "")).statusCode).toBe(204);
    expect((await end(other, here["accessToken"] ?? "")).statusCode).toBe(404);
    expect((await me(there["accessToken"] ?? "")).statusCode).toBe(401);
    expect((await me(here["accessToken"] ?? "")).statusCode).toBe(200);
  });

  it("end with their access token at the latest ten minutes after it was made", async () => {
    const start = bench.clock.now();
    const { accessToken = "" } = bodyOf(await signIn(await bench.addPerson("admin")));
    bench.clock.advance(ACCESS_TOKEN_TTL_MS - 1_000);
    expect((await me(accessToken)).statusCode).toBe(200);
    bench.clock.advance(1_000);
    expect((await me(accessToken)).json()).toMatchObject({ status: 401, code: "auth.token_invalid" });
    bench.clock.moveTo(start);
  });
});

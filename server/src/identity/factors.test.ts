import { describe, expect, it } from "vitest";
import { createAuthenticator } from "../../test/kit/authenticator.ts";
import { FACTORS, factorSuite, STEP } from "../../test/kit/factor-suite.ts";
import { codeOf } from "../../test/kit/factors.ts";
import { bearer, linkToken } from "../../test/kit/identity.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { DAY_MS } from "../kernel/clock.ts";
import type { StaffRole } from "./user-repository.ts";

const ORIGIN = "http://operator.test";

const suite = factorSuite();
const { pass, call, password, show, now, tokenOf, acts, withApp, asked } = suite;

/** Somebody with a passkey, the same. */
async function withPasskey(role: StaffRole = "admin") {
  const user = await suite.bench.addPerson(role);
  const token = tokenOf(await password(user));
  const device = createAuthenticator({ origin: ORIGIN });
  const enrolled = await addPasskey(token, device);
  return { user, token, device, id: (enrolled.body["passkey"] as { id: string }).id };
}
async function addPasskey(token: string, device: ReturnType<typeof createAuthenticator>) {
  const { body } = await call("POST", `${FACTORS}/passkeys/begin`, { token });
  const response = device.register(body["options"] as { challenge: string });
  return call("POST", `${FACTORS}/passkeys`, { token, body: { token: body["token"], name: "A phone", response } });
}

describe("whoever has a second factor", () => {
  it("gets nothing by the password alone: no session, no token that opens a route, no cookie", async () => {
    const { user } = await withApp();
    const before = await asOwner(suite.database, "select 1 from sessions where user_id = $1", [user.id]);
    const answer = await password(user);
    expect(answer).toMatchObject({
      status: 401,
      body: {
        code: "auth.second_factor_required",
        facts: { methods: ["totp", "recovery"], passkeyOptions: null },
      },
    });
    expect(answer.body).not.toHaveProperty("accessToken");
    expect(await asOwner(suite.database, "select 1 from sessions where user_id = $1", [user.id])).toEqual(before);
    const { token } = answer.body["facts"] as { token: string };
    expect((await call("GET", "/api/v1/auth/me", { token })).status).toBe(401);
    expect((await call("POST", "/api/v1/auth/refresh", { body: { refreshToken: token } })).status).toBe(401);
  });

  it("is let in by a code of the app, once: the same code opens nothing again, nor does one before it", async () => {
    const { user, secret } = await withApp();
    const code = now(secret);
    const first = await asked(user);
    const second = await asked(user);
    expect(await show(first.token, { code })).toMatchObject({ status: 200, body: { user: { id: user.id } } });
    expect((await show(second.token, { code })).body).toMatchObject({ status: 401, code: "auth.factor_wrong" });
    const earlier = codeOf(secret, new Date(suite.bench.clock.now().getTime() - STEP));
    expect((await show(second.token, { code: earlier })).status).toBe(401);
    pass(STEP);
    expect((await show(second.token, { code: now(secret) })).status).toBe(200);
  });

  it("is not kept out when a clock that was ahead is set back, and a code is taken once then as well", async () => {
    const { user, secret } = await withApp();
    const ahead = 1_000 * STEP;
    pass(ahead);
    expect((await show((await asked(user)).token, { code: now(secret) })).status).toBe(200);
    pass(-ahead + 3 * STEP);
    const code = now(secret);
    const [first, second] = [await asked(user), await asked(user)];
    expect((await show(first.token, { code })).status).toBe(200);
    expect((await show(second.token, { code })).body).toMatchObject({ code: "auth.factor_wrong" });
    pass(-ahead);
  });

  it("that shows one code twice at once is let in once", async () => {
    const { user, secret } = await withApp();
    const [one, other] = [await asked(user), await asked(user)];
    const code = now(secret);
    const both = await Promise.all([show(one.token, { code }), show(other.token, { code })]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 401]);
  });

  it.each([
    ["half a minute slow", -1, 200],
    ["half a minute fast", 1, 200],
    ["a minute slow", -2, 401],
    ["a minute fast", 2, 401],
  ])("whose clock is %s", async (_, steps, status) => {
    const { user, secret } = await withApp();
    pass(4 * STEP);
    const code = codeOf(secret, new Date(suite.bench.clock.now().getTime() + steps * STEP));
    expect((await show((await asked(user)).token, { code })).status).toBe(status);
  });

  it("and whose codes are guessed is kept from being guessed for long, from however many addresses and sign-ins", async () => {
    const { user, secret } = await withApp();
    const wrong = String((Number(now(secret)) + 1) % 1_000_000).padStart(6, "0");
    const codes: unknown[] = [];
    for (let turn = 0; turn < 12; turn += 1)
      codes.push((await show((await asked(user)).token, { code: wrong })).body["code"]);
    expect(codes).toContain("auth.factor_wrong");
    expect(codes.at(-1)).toBe("auth.too_many_attempts");
    // Not even the right one gets in, until the limit has forgotten.
    expect((await show((await asked(user)).token, { code: now(secret) })).status).toBe(429);
  });

  it("gets in by a recovery code, once each, and is told of it", async () => {
    const { user, codes } = await withApp();
    expect(new Set(codes).size).toBe(10);
    const recoveryCode = codes[0]?.toUpperCase().replace("-", " ");
    expect((await show((await asked(user)).token, { recoveryCode })).status).toBe(200);
    expect((await show((await asked(user)).token, { recoveryCode })).status).toBe(401);
    await suite.bench.runJobs();
    expect(suite.bench.mails.at(-1)).toMatchObject({ to: user.email, text: expect.stringContaining("recovery code") });
    expect(await acts(user)).toContain("user.recovery_code_used");
  });

  it("gets in by no code of another's app or list", async () => {
    const [ours, theirs] = [await withApp(), await withApp()];
    const { token } = await asked(ours.user);
    expect((await show(token, { code: now(theirs.secret) })).status).toBe(401);
    expect((await show(token, { recoveryCode: theirs.codes[0] })).status).toBe(401);
  });

  it("begins a sign-in that ends in minutes, and that another password ends at once", async () => {
    const { user, secret } = await withApp();
    const { token } = await asked(user);
    pass(11 * 60_000);
    expect((await show(token, { code: now(secret) })).body).toMatchObject({ code: "auth.challenge_invalid" });

    const begun = await asked(user);
    await call("POST", "/api/v1/auth/password/request-reset", { body: { email: user.email } });
    await suite.bench.runJobs();
    const body = { token: linkToken(suite.bench.mails), password: "eleven golden swans" };
    expect((await call("POST", "/api/v1/auth/password/reset", { body })).status).toBe(204);
    expect((await show(begun.token, { code: now(secret) })).body).toMatchObject({ code: "auth.challenge_invalid" });
    // The reset took the password, and not the factor.
    const again = await call("POST", "/api/v1/auth/sign-in", { body: { email: user.email, password: body.password } });
    expect(again.body).toMatchObject({ code: "auth.second_factor_required" });
  });
});

describe("a passkey", () => {
  it("is a second factor, and signs in alone as well: its device has asked for a finger or a PIN", async () => {
    const { user, device } = await withPasskey();
    const { token, passkeyOptions } = await asked(user);
    expect((await show(token, { passkey: device.sign(passkeyOptions) })).status).toBe(200);
    const begun = (await call("POST", "/api/v1/auth/passkey/begin")).body as {
      token: string;
      options: { challenge: string };
    };
    const answer = await call("POST", "/api/v1/auth/passkey", {
      body: { token: begun.token, passkey: device.sign(begun.options) },
    });
    expect(answer).toMatchObject({ status: 200, body: { user: { id: user.id } } });
  });

  it("answers each challenge once, and no other", async () => {
    const { user, device } = await withPasskey();
    const first = await asked(user);
    const second = await asked(user);
    const passkey = device.sign(first.passkeyOptions);
    expect((await show(second.token, { passkey })).body).toMatchObject({ code: "auth.passkey_refused" });
    expect((await show(first.token, { passkey })).status).toBe(200);
    expect((await show(first.token, { passkey })).body).toMatchObject({ code: "auth.challenge_invalid" });
    const begun = (await call("POST", "/api/v1/auth/passkey/begin")).body as {
      token: string;
      options: { challenge: string };
    };
    const replayed = await call("POST", "/api/v1/auth/passkey", { body: { token: begun.token, passkey } });
    expect(replayed.body).toMatchObject({ code: "auth.passkey_refused" });
  });

  it.each([
    ["another's", async () => (await withPasskey()).device, {}],
    ["one that nobody has enrolled", async () => createAuthenticator({ origin: ORIGIN }), {}],
    ["one that another site had signed", undefined, { origin: "https://evil.test" }],
    ["one of another host", undefined, { host: "evil.test" }],
    ["one whose device asked for nothing", undefined, { isVerified: false }],
    ["a copy, whose counter goes back", undefined, { counter: 1 }],
  ])("is refused where it is %s", async (_, otherDevice, told) => {
    const { user, device } = await withPasskey();
    const good = await asked(user);
    expect((await show(good.token, { passkey: device.sign(good.passkeyOptions) })).status).toBe(200);
    const { token, passkeyOptions } = await asked(user);
    const passkey = ((await otherDevice?.()) ?? device).sign(passkeyOptions, told);
    expect((await show(token, { passkey })).body).toMatchObject({ status: 401, code: "auth.passkey_refused" });
  });

  it("is enrolled by whoever has begun it, on our own pages, and by one person alone", async () => {
    const [one, other] = [await withApp(), await withApp()];
    const begin = async (token: string) =>
      (await call("POST", `${FACTORS}/passkeys/begin`, { token })).body as {
        token: string;
        options: { challenge: string };
      };
    const begun = await begin(one.token);
    const device = createAuthenticator({ origin: ORIGIN });
    const end = (token: string, of: typeof begun, told = {}) =>
      call("POST", `${FACTORS}/passkeys`, {
        token,
        body: { token: of.token, name: "A key", response: device.register(of.options, told) },
      });
    expect((await end(other.token, begun)).body).toMatchObject({ code: "auth.challenge_invalid" });
    expect((await end(one.token, begun, { origin: "https://evil.test" })).body).toMatchObject({
      code: "auth.passkey_refused",
    });
    expect((await end(one.token, await begin(one.token))).status).toBe(201);
    expect((await end(other.token, await begin(other.token))).body).toMatchObject({ code: "factor.enrolled" });
  });
});

describe("factors are added and removed", () => {
  it("with the first one come recovery codes, a mail, and the end of every other session", async () => {
    const user = await suite.bench.addPerson("finance");
    const elsewhere = tokenOf(await password(user));
    const token = tokenOf(await password(user));
    const { body: begun } = await call("POST", `${FACTORS}/totp`, { token });
    expect(begun["uri"]).toMatch(/^otpauth:\/\/totp\//);
    // Nothing counts before a code has confirmed it.
    expect((await password(user)).status).toBe(200);
    const { body } = await call("POST", `${FACTORS}/totp/confirm`, {
      token,
      body: { code: now(String(begun["secret"])) },
    });
    expect(body["recoveryCodes"]).toHaveLength(10);
    expect((await call("GET", "/api/v1/auth/me", { token: elsewhere })).status).toBe(401);
    expect((await call("GET", "/api/v1/auth/me", { token })).status).toBe(200);
    await suite.bench.runJobs();
    expect(suite.bench.mails.at(-1)).toMatchObject({
      to: user.email,
      text: expect.stringContaining("authenticator app was added"),
    });
    const kept = await asOwner<{ secret: string }>(
      suite.database,
      "select encode(secret_sealed, 'escape') as secret from totp_factors where user_id = $1",
      [user.id],
    );
    expect(kept[0]?.secret).not.toContain(String(begun["secret"]));
  });

  it("and an admin takes those of somebody who has lost them: audited, told, and every session ends", async () => {
    const admin = await withApp();
    const { user, token } = await withApp("finance");
    const url = `/api/v1/admin/users/${user.id}/reset-factors`;
    const body = { reason: "Lost her phone" };
    expect((await call("POST", url, { token, body })).status).toBe(403);
    const own = `/api/v1/admin/users/${admin.user.id}/reset-factors`;
    expect((await call("POST", own, { token: admin.token, body })).body).toMatchObject({ code: "factor.own" });
    expect((await call("POST", url, { token: admin.token, body })).status).toBe(204);
    expect((await call("GET", "/api/v1/auth/me", { token })).status).toBe(401);
    expect(await acts(user)).toContain("user.factors_reset");
    await suite.bench.runJobs();
    expect(suite.bench.mails.findLast(({ to }) => to === user.email)?.text).toContain(
      "removed by whoever runs the programme",
    );
    expect((await password(user)).status).toBe(200);
  });
});

describe("where the operator requires a factor of a role", () => {
  const require = async (requiredRoles: string[], graceDays: number) => {
    const admin = await withApp();
    const answer = await call("PUT", "/api/v1/admin/sign-in-settings", {
      token: admin.token,
      body: { requiredRoles, graceDays },
    });
    expect(answer.status).toBe(200);
    return admin;
  };

  it("whoever has none may still work until the grace is over, and then enrol one and nothing else", async () => {
    const user = await suite.bench.addPerson("admin");
    await require(["admin"], 3);
    const before = tokenOf(await password(user));
    expect((await call("GET", "/api/v1/admin/users", { token: before })).status).toBe(200);
    expect((await call("GET", FACTORS, { token: before })).body).toMatchObject({
      isRequired: true,
      dueAt: expect.any(String),
    });
    pass(3 * DAY_MS);
    const token = tokenOf(await password(user));
    expect((await call("GET", "/api/v1/admin/users", { token })).body).toMatchObject({
      status: 403,
      code: "auth.factor_required",
    });
    expect((await call("GET", "/api/v1/auth/me", { token })).status).toBe(200);
    expect((await addPasskey(token, createAuthenticator({ origin: ORIGIN }))).status).toBe(201);
    expect((await call("GET", "/api/v1/admin/users", { token })).status).toBe(200);
    await require([], 7);
  });

  it("other roles need none, and nobody removes their last, not by two requests at once either", async () => {
    const support = await suite.bench.addPerson("support");
    const { token, device, id } = await withPasskey();
    const { body: begun } = await call("POST", `${FACTORS}/totp`, { token });
    await call("POST", `${FACTORS}/totp/confirm`, { token, body: { code: now(String(begun["secret"])) } });
    await require(["admin", "finance"], 0);
    expect((await password(support)).status).toBe(200);
    const both = await Promise.all([
      call("DELETE", `${FACTORS}/totp`, { token }),
      call("DELETE", `${FACTORS}/passkeys/${id}`, { token }),
    ]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([204, 409]);
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ code: "factor.last" });
    expect(device.credentialId).not.toBe("");
    await require([], 7);
  });
});

it("a passkey or factor of another tenant is not there", async () => {
  const { id } = await withPasskey();
  const theirs = await suite.bench.addPerson("admin", suite.bench.neighbour);
  const { accessToken } = await suite.bench.signIn(theirs, suite.bench.neighbour);
  const at = (method: "DELETE" | "POST", url: string, payload?: object) =>
    suite.bench.app.inject({
      method,
      url,
      headers: { host: suite.bench.neighbour.host, ...bearer(accessToken) },
      ...(payload && { payload }),
    });
  expect((await at("DELETE", `${FACTORS}/passkeys/${id}`)).statusCode).toBe(404);
  const { user } = await withApp();
  const reset = await at("POST", `/api/v1/admin/users/${user.id}/reset-factors`, { reason: "Ours" });
  expect(reset.json()).toMatchObject({ status: 404, code: "user.not_found" });
});

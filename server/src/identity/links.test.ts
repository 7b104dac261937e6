import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  bearer,
  type IdentityBench,
  linkToken,
  openIdentity,
  PASSWORD,
  type Tenancy,
} from "../../test/kit/identity.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { HOUR_MS } from "../kernel/clock.ts";
import { LIMITS } from "../platform/rate-limit/index.ts";
import type { User } from "./user-repository.ts";

const NEW_PASSWORD = "zwei Hunde im Nebel";
let database: ClonedDatabase;
let bench: IdentityBench;
let caller = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = await openIdentity(database);
});
afterAll(() => bench[Symbol.asyncDispose]());

const post = (url: string, payload: object, tenancy: Tenancy = bench.operator) =>
  bench.app.inject({
    method: "POST",
    url: `/api/v1/auth/${url}`,
    payload,
    headers: { host: tenancy.host, "x-forwarded-for": `198.51.100.${(caller += 1)}` },
  });

const verify = (token: string, tenancy?: Tenancy) => post("verify-email", { token, password: PASSWORD }, tenancy);

const signIn = async (user: Pick<User, "email">, password: string) =>
  (await post("sign-in", { email: user.email, password })).statusCode;

/** Asks for a link and returns its token, as the mail has it. */
async function mailed(url: string, user: Pick<User, "email">, tenancy = bench.operator): Promise<string> {
  await bench.runJobs();
  bench.mails.length = 0;
  expect((await post(url, { email: user.email }, tenancy)).statusCode).toBe(202);
  await bench.runJobs();
  expect(bench.mails).toHaveLength(1);
  return linkToken(bench.mails);
}

const form = (url: string, fields: Record<string, string>) =>
  bench.app.inject({
    method: "POST",
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: {
      host: bench.operator.host,
      "content-type": "application/x-www-form-urlencoded",
      "x-forwarded-for": `198.51.100.${(caller += 1)}`,
    },
  });

const actsOn = async (userId: string): Promise<unknown[]> =>
  (await asOwner(database, "select action from audit_log where target_id = $1 order by position", [userId])).map(
    (row) => row["action"],
  );

describe("a verification link", () => {
  it("is mailed for a new user, proves the e-mail, and tells whom it concerns once", async () => {
    const user = await bench.addPerson("partner");
    bench.mails.length = 0;
    await bench.db.transaction(bench.operator.ctx, (tx) => bench.identity.sendVerification(tx, user));
    await bench.runJobs();
    expect(bench.mails).toMatchObject([{ to: user.email, subject: "Confirm your e-mail for Test" }]);
    expect(bench.mails[0]?.text).toContain("http://operator.test/auth/verify-email?token=");
    const token = linkToken(bench.mails);
    bench.events.length = 0;
    expect((await verify(token)).statusCode).toBe(204);
    expect((await verify(token)).json()).toMatchObject({ code: "auth.link_invalid" });
    expect(bench.events).toMatchObject([{ type: "user.email_verified", data: { userId: user.id } }]);
    expect(await actsOn(user.id)).toEqual(["user.created", "user.email_verified"]);
    const verified = await bench.db.read(bench.operator.ctx, (tx) => bench.identity.findUserByEmail(tx, user.email));
    expect(verified?.emailVerifiedAt).toEqual(bench.clock.now());
  });

  it("is not spent by a mail scanner that looks at it, and works from the page without a script", async () => {
    const user = await bench.addPerson("partner");
    const token = await mailed("verify-email/resend", user);
    const page = await bench.app.inject({
      url: `/auth/verify-email?token=${token}`,
      headers: { host: bench.operator.host },
    });
    expect(page.statusCode).toBe(200);
    expect(page.headers).toMatchObject({ "cache-control": "no-store", "referrer-policy": "no-referrer" });
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(page.body).toContain(`value="${token}"`);
    expect(await actsOn(user.id)).not.toContain("user.email_verified");
    const sent = await form("/auth/verify-email", { token, password: PASSWORD });
    expect(sent.statusCode).toBe(200);
    expect(sent.body).toContain("Your e-mail is confirmed");
    expect(await actsOn(user.id)).toContain("user.email_verified");
  });

  it("is refused when it is made up, changed, expired, of another tenant, of another purpose, or for an address no longer theirs", async () => {
    const user = await bench.addPerson("partner");
    const token = await mailed("verify-email/resend", user);
    const changed = `${token.slice(0, 10)}${token[10] === "A" ? "B" : "A"}${token.slice(11)}`;
    const reset = await mailed("password/request-reset", user);
    for (const bad of ["x", changed, reset, `${token}AAAA`])
      expect((await verify(bad)).json()).toMatchObject({
        status: 400,
        code: "auth.link_invalid",
      });
    expect((await verify(token, bench.neighbour)).json()).toMatchObject({
      code: "auth.link_invalid",
    });
    await asOwner(database, "update users set email = 'new-' || email where id = $1", [user.id]);
    expect((await verify(token)).json()).toMatchObject({ code: "auth.link_invalid" });
    await asOwner(database, "update users set email = $2 where id = $1", [user.id, user.email]);
    const start = bench.clock.now();
    bench.clock.advance(8 * 24 * HOUR_MS);
    expect((await verify(token)).json()).toMatchObject({ code: "auth.link_invalid" });
    bench.clock.moveTo(start);
    expect((await verify(token)).statusCode).toBe(204);
  });

  it("makes its bearer the only one who can sign in, also where a stranger has registered the e-mail and knows its password", async () => {
    const user = await bench.addPerson("partner");
    const [first, again] = [await mailed("verify-email/resend", user), await mailed("verify-email/resend", user)];
    const reset = await mailed("password/request-reset", user);
    const weak = await post("verify-email", { token: first, password: "password" });
    expect(weak.json()).toMatchObject({ code: "user.password_weak" });
    expect((await post("verify-email", { token: first, password: NEW_PASSWORD })).statusCode).toBe(204);
    expect(await signIn(user, PASSWORD)).toBe(401);
    expect(await signIn(user, NEW_PASSWORD)).toBe(200);
    for (const [url, token] of [
      ["verify-email", again],
      ["password/reset", reset],
    ] as const)
      expect((await post(url, { token, password: PASSWORD })).json()).toMatchObject({ code: "auth.link_invalid" });
    expect(await signIn(user, NEW_PASSWORD)).toBe(200);
  });

  it("leads to the host of its own tenant", async () => {
    const user = await bench.addPerson("partner", bench.neighbour);
    const token = await mailed("verify-email/resend", user, bench.neighbour);
    expect(bench.mails[0]?.text).toContain(`http://${bench.neighbour.host}/auth/verify-email?token=${token}`);
    expect((await verify(token, bench.neighbour)).statusCode).toBe(204);
  });
});

describe("a reset link", () => {
  it("sets a new password once, ends every session, and says so by mail", async () => {
    const user = await bench.addPerson("admin");
    const { accessToken } = await bench.signIn(user);
    const [token, other] = [await mailed("password/request-reset", user), await mailed("password/request-reset", user)];
    bench.mails.length = 0;
    expect((await post("password/reset", { token, password: NEW_PASSWORD })).statusCode).toBe(204);
    expect(await signIn(user, PASSWORD)).toBe(401);
    expect(await signIn(user, NEW_PASSWORD)).toBe(200);
    const old = await bench.app.inject({
      url: "/api/v1/auth/me",
      headers: { host: bench.operator.host, ...bearer(accessToken) },
    });
    expect(old.json()).toMatchObject({ code: "auth.session_ended" });
    for (const spent of [token, other])
      expect((await post("password/reset", { token: spent, password: PASSWORD })).json()).toMatchObject({
        code: "auth.link_invalid",
      });
    await bench.runJobs();
    expect(bench.mails).toMatchObject([{ to: user.email, subject: "Your password for Test was changed" }]);
    expect(await actsOn(user.id)).toContain("user.password_reset");
  });

  it("that ten use at once sets one password", async () => {
    const user = await bench.addPerson("admin");
    const token = await mailed("password/request-reset", user);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, turn) => post("password/reset", { token, password: `${NEW_PASSWORD} ${turn}` })),
    );
    expect(answers.filter((answer) => answer.statusCode === 204)).toHaveLength(1);
  });

  it("leaves no session to whoever signs in with the old password at the same moment", async () => {
    for (let round = 0; round < 6; round += 1) {
      const user = await bench.addPerson("admin");
      const token = await mailed("password/request-reset", user);
      await Promise.all([
        post("password/reset", { token, password: NEW_PASSWORD }),
        ...Array.from({ length: 4 }, () => signIn(user, PASSWORD)),
      ]);
      const open = await asOwner(database, "select id from sessions where user_id = $1 and revoked_at is null", [
        user.id,
      ]);
      expect(open).toEqual([]);
    }
  });

  it("is not spent by a password that is too easy, and ends after an hour", async () => {
    const user = await bench.addPerson("admin");
    const token = await mailed("password/request-reset", user);
    const weak = await post("password/reset", { token, password: "password123456" });
    expect(weak.json()).toMatchObject({ status: 400, code: "user.password_weak" });
    const start = bench.clock.now();
    bench.clock.advance(HOUR_MS);
    expect((await post("password/reset", { token, password: NEW_PASSWORD })).json()).toMatchObject({
      code: "auth.link_invalid",
    });
    bench.clock.moveTo(start);
    expect((await post("password/reset", { token, password: NEW_PASSWORD })).statusCode).toBe(204);
  });

  it("opens nothing for somebody who was disabled", async () => {
    const user = await bench.addPerson("support");
    const token = await mailed("password/request-reset", user);
    await asOwner(database, "update users set status = 'disabled' where id = $1", [user.id]);
    expect((await post("password/reset", { token, password: NEW_PASSWORD })).json()).toMatchObject({
      code: "auth.link_invalid",
    });
  });

  it("is asked for alike whether or not somebody has the e-mail, with as much work", async () => {
    const user = await bench.addPerson("admin");
    await bench.runJobs();
    bench.mails.length = 0;
    for (const url of ["password/request-reset", "verify-email/resend"]) {
      const [known, unknown] = [await post(url, { email: user.email }), await post(url, { email: `no-${user.email}` })];
      expect([unknown.statusCode, unknown.body]).toEqual([known.statusCode, known.body]);
    }
    const jobs = await asOwner<{ count: string }>(database, "select count(*) from tributary_jobs._private_jobs");
    expect(jobs).toEqual([{ count: "4" }]);
    await bench.runJobs();
    expect(bench.mails.map((mail) => mail.to)).toEqual([user.email, user.email]);
  });

  it("is mailed to one address only so often, known or not", async () => {
    for (const email of [(await bench.addPerson("admin")).email, "nobody@people.test"]) {
      for (let turn = 0; turn < LIMITS.mail_account.points; turn += 1)
        expect((await post("password/request-reset", { email })).statusCode).toBe(202);
      const refused = await post("password/request-reset", { email });
      expect(refused.json()).toMatchObject({ status: 429, code: "auth.too_many_attempts" });
    }
  });

  it("is in no job and no table, in the open", async () => {
    const user = await bench.addPerson("admin");
    await post("password/request-reset", { email: user.email });
    const jobs = await asOwner<{ payload: object }>(database, "select payload from tributary_jobs._private_jobs");
    expect(jobs.at(-1)?.payload).toEqual({ tenantId: bench.operator.id, payload: { userId: user.id, language: null } });
    bench.mails.length = 0;
    await bench.runJobs();
    const token = Buffer.from(linkToken(bench.mails), "base64url");
    const kept = await asOwner<{ token_hash: Buffer }>(database, "select token_hash from user_tokens");
    for (const { token_hash } of kept) expect(token.includes(token_hash)).toBe(false);
  });
});

describe("a set-up link", () => {
  const setUp = (token: string, email: string, tenancy = bench.operator) =>
    post("set-up", { token, email, name: "Ada", password: PASSWORD }, tenancy);
  const tokenOf = ({ url }: { url: string }) => new URL(url).searchParams.get("token") ?? "";

  it("makes the first admin, once", async () => {
    const { ctx } = bench.neighbour;
    expect(await bench.identity.needsSetUp(ctx)).toBe(true);
    const link = await bench.identity.createSetUpLink(ctx);
    expect(link.url).toContain(`http://${bench.neighbour.host}/auth/set-up?token=`);
    const made = await setUp(tokenOf(link), "first@people.test", bench.neighbour);
    expect([made.statusCode, made.json()]).toMatchObject([201, { role: "admin", email: "first@people.test" }]);
    expect(made.body).not.toContain("argon2");
    expect(await bench.identity.needsSetUp(ctx)).toBe(false);
    expect((await setUp(tokenOf(link), "second@people.test", bench.neighbour)).json()).toMatchObject({
      code: "auth.link_invalid",
    });
    const again = await post("sign-in", { email: "first@people.test", password: PASSWORD }, bench.neighbour);
    expect(again.statusCode).toBe(200);
  });

  it("makes one admin when two use it at once, and is worth nothing when another was made", async () => {
    const old = await bench.identity.createSetUpLink(bench.operator.ctx);
    const link = await bench.identity.createSetUpLink(bench.operator.ctx);
    expect((await setUp(tokenOf(old), "old@people.test")).json()).toMatchObject({ code: "auth.link_invalid" });
    const both = await Promise.all(["a", "b"].map((name) => setUp(tokenOf(link), `${name}@people.test`)));
    expect(both.map((answer) => answer.statusCode).toSorted((left, right) => left - right)).toEqual([201, 400]);
  });

  it("belongs to one tenant, and is not spent by an e-mail that is taken", async () => {
    const user = await bench.addPerson("support");
    const link = await bench.identity.createSetUpLink(bench.operator.ctx);
    expect((await setUp(tokenOf(link), "x@people.test", bench.neighbour)).json()).toMatchObject({
      code: "auth.link_invalid",
    });
    expect((await setUp(tokenOf(link), user.email)).json()).toMatchObject({ status: 409, code: "user.email_taken" });
    expect((await setUp(tokenOf(link), "later@people.test")).statusCode).toBe(201);
  });

  it("works from its page, which shows a refusal and keeps what was typed but the password, unharmed by markup", async () => {
    const token = tokenOf(await bench.identity.createSetUpLink(bench.operator.ctx));
    const page = await bench.app.inject({ url: `/auth/set-up?token=${token}`, headers: { host: bench.operator.host } });
    for (const field of ["email", "name", "password"]) expect(page.body).toContain(`name="${field}"`);
    const name = `"><script>alert(1)</script>`;
    const weak = await form("/auth/set-up", { token, email: "page@people.test", name, password: "password1234" });
    expect(weak.statusCode).toBe(400);
    expect(weak.body).toContain("too easy to guess");
    expect(weak.body).toContain(`value="page@people.test"`);
    expect(weak.body).not.toContain("password1234");
    expect(weak.body).not.toContain("<script>alert");
    const odd = await form("/auth/set-up", { token, email: "no address", name: "Ada", password: PASSWORD });
    expect([odd.statusCode, odd.headers["content-type"]]).toEqual([400, "text/html; charset=utf-8"]);
    const done = await form("/auth/set-up", { token, email: "page@people.test", name: "Ada", password: PASSWORD });
    expect(done.body).toContain("The admin exists");
    expect(await signIn({ email: "page@people.test" }, PASSWORD)).toBe(200);
  });

  it("is made by nobody over the wire", () => {
    const asAdmin = { ...bench.operator.ctx, actor: { type: "anonymous" } as const };
    expect(() => bench.identity.createSetUpLink(asAdmin)).toThrow("no route makes a set-up link");
  });
});

describe("what has ended", () => {
  it("is forgotten a month later", async () => {
    const user = await bench.addPerson("admin");
    await mailed("password/request-reset", user);
    await bench.signIn(user);
    const later = { ...bench.operator.ctx, now: new Date(bench.clock.now().getTime() + 60 * 24 * HOUR_MS) };
    await bench.identity.forgetExpired(later);
    for (const table of ["user_tokens", "refresh_tokens"])
      expect(await asOwner(database, `select 1 from ${table} where tenant_id = $1`, [bench.operator.id])).toEqual([]);
    expect(await asOwner(database, "select 1 from sessions where user_id = $1", [user.id])).toHaveLength(1);
  });
});

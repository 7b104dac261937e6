import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { basic, bearer, type IdentityBench, linkToken, openIdentity, PASSWORD } from "../../test/kit/identity.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import type { Ctx } from "../platform/context.ts";
import type { Scope } from "../platform/scopes.ts";
import type { User } from "./user-repository.ts";

let database: ClonedDatabase;
let bench: IdentityBench;
let admin: User;
let token: string;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = await openIdentity(database);
});
beforeEach(async () => {
  admin = await bench.addPerson("admin");
  token = (await bench.signIn(admin)).accessToken;
});
afterAll(() => bench[Symbol.asyncDispose]());

type Method = "GET" | "POST" | "PATCH";
const call = (method: Method, path: string, payload?: object, as = token, host = bench.operator.host) =>
  bench.app.inject({
    method,
    url: `/api/v1/${path}`,
    ...(payload && { payload }),
    headers: { host, ...bearer(as) },
  });

const invite = (fields: object = {}) =>
  call("POST", "admin/users", { email: `${newId()}@people.test`, role: "finance", ...fields });

const actsOn = async (userId: string): Promise<unknown[]> =>
  (await asOwner(database, "select action from audit_log where target_id = $1 order by position", [userId])).map(
    (row) => row["action"],
  );

describe("a member of the team", () => {
  it("is invited by an admin, joins by the link in the mail, and has the role that was given", async () => {
    bench.mails.length = 0;
    const invited = (await invite({ name: "Grace" })).json<User>();
    expect(invited).toMatchObject({ role: "finance", name: "Grace", status: "active", emailVerifiedAt: null });
    await bench.runJobs();
    expect(bench.mails).toMatchObject([{ to: invited.email, subject: "Join the team of Test" }]);
    const joined = await bench.app.inject({
      method: "POST",
      url: "/api/v1/auth/accept-invitation",
      payload: { token: linkToken(bench.mails), password: PASSWORD },
      headers: { host: bench.operator.host },
    });
    expect(joined.statusCode).toBe(204);
    const theirs = (await bench.signIn(invited)).accessToken;
    expect((await call("GET", "auth/me", undefined, theirs)).json()).toMatchObject({ user: { role: "finance" } });
    expect(await actsOn(invited.id)).toEqual(["user.created", "user.email_verified", "user.joined", "session.started"]);
    const again = await call("POST", `admin/users/${invited.id}/invitation`);
    expect(again.json()).toMatchObject({ status: 409, code: "user.already_joined" });
  });

  it("gets the invitation again until they have joined", async () => {
    const { id } = (await invite()).json<User>();
    const { data } = (await call("GET", "admin/users?limit=100&sort=-createdAt")).json<{ data: object[] }>();
    expect(data).toEqual(expect.arrayContaining([expect.objectContaining({ id, hasJoined: false })]));
    expect(data).toEqual(expect.arrayContaining([expect.objectContaining({ id: admin.id, hasJoined: true })]));
    await bench.runJobs();
    bench.mails.length = 0;
    expect((await call("POST", `admin/users/${id}/invitation`)).statusCode).toBe(200);
    await bench.runJobs();
    expect(bench.mails).toHaveLength(1);
    for (const nobody of [newId(), (await bench.addPerson("partner")).id])
      expect((await call("POST", `admin/users/${nobody}/invitation`)).statusCode).toBe(404);
  });

  it("who has set a password by a reset is not undone by the invitation that lies in their mail", async () => {
    bench.mails.length = 0;
    const invited = (await invite()).json<User>();
    await bench.runJobs();
    const invitation = linkToken(bench.mails);
    bench.mails.length = 0;
    await call("POST", "auth/password/request-reset", { email: invited.email });
    await bench.runJobs();
    const reset = await call("POST", "auth/password/reset", { token: linkToken(bench.mails), password: PASSWORD });
    expect(reset.statusCode).toBe(204);
    const accepted = await call("POST", "auth/accept-invitation", {
      token: invitation,
      password: "zwei Hunde im Nebel",
    });
    expect(accepted.json()).toMatchObject({ status: 400, code: "auth.link_invalid" });
    await bench.signIn(invited);
  });

  it("says on the page of the invitation by what name the team knows them", async () => {
    bench.mails.length = 0;
    const invited = (await invite()).json<User>();
    await bench.runJobs();
    const token = linkToken(bench.mails);
    const joined = await bench.app.inject({
      method: "POST",
      url: "/auth/accept-invitation",
      payload: new URLSearchParams({ token, name: "Grace Hopper", password: PASSWORD }).toString(),
      headers: { host: bench.operator.host, "content-type": "application/x-www-form-urlencoded" },
    });
    expect(joined.statusCode).toBe(200);
    const theirs = (await bench.signIn(invited)).accessToken;
    expect((await call("GET", "auth/me", undefined, theirs)).json()).toMatchObject({ user: { name: "Grace Hopper" } });
  });

  it("cannot be invited twice, as a partner, or with a name that breaks lines", async () => {
    expect((await invite({ email: admin.email.toUpperCase() })).json()).toMatchObject({
      status: 409,
      code: "user.email_taken",
    });
    expect((await invite({ role: "partner" })).statusCode).toBe(400);
    expect((await invite({ name: "a\nBcc: x" })).statusCode).toBe(400);
  });

  it("may do what their role may with the very next request after it was changed", async () => {
    const finance = await bench.addPerson("finance");
    const theirs = (await bench.signIn(finance)).accessToken;
    expect((await call("GET", "admin/users", undefined, theirs)).statusCode).toBe(403);
    expect((await call("PATCH", `admin/users/${finance.id}`, { role: "admin" })).statusCode).toBe(200);
    expect((await call("GET", "admin/users", undefined, theirs)).statusCode).toBe(200);
    await call("PATCH", `admin/users/${finance.id}`, { role: "support" });
    expect((await call("GET", "admin/users", undefined, theirs)).statusCode).toBe(403);
    const [act] = await asOwner(
      database,
      "select before, after from audit_log where target_id = $1 and action = 'user.updated'",
      [finance.id],
    );
    expect(act).toEqual({ before: { role: "finance", status: "active" }, after: { role: "admin", status: "active" } });
  });

  it("is out at once when disabled, and stays signed out when enabled", async () => {
    const support = await bench.addPerson("support");
    const { accessToken } = await bench.signIn(support);
    await call("PATCH", `admin/users/${support.id}`, { status: "disabled" });
    expect((await call("GET", "auth/me", undefined, accessToken)).json()).toMatchObject({ code: "auth.session_ended" });
    await expect(bench.signIn(support)).rejects.toMatchObject({ code: "auth.credentials_wrong" });
    await call("PATCH", `admin/users/${support.id}`, { status: "active" });
    expect((await call("GET", "auth/me", undefined, accessToken)).statusCode).toBe(401);
    await expect(bench.signIn(support)).resolves.toBeDefined();
  });

  it("is not found among another tenant's, customers or partners", async () => {
    const theirs = await bench.addPerson("support", bench.neighbour);
    const partner = await bench.addPerson("partner");
    for (const id of [theirs.id, partner.id, newId()])
      expect((await call("PATCH", `admin/users/${id}`, { status: "disabled" })).json()).toMatchObject({
        status: 404,
        code: "user.not_found",
      });
    const listed = (await call("GET", "admin/users?limit=200")).json<{ data: User[] }>().data.map((user) => user.id);
    expect(listed).toContain(admin.id);
    expect(listed).not.toContain(theirs.id);
    expect(listed).not.toContain(partner.id);
  });
});

describe("the last admin", () => {
  it("stays one, even when two admins disable each other at the same moment", async () => {
    const { neighbour } = bench;
    const two = [await bench.addPerson("admin", neighbour), await bench.addPerson("admin", neighbour)];
    const tokens = await Promise.all(two.map((user) => bench.signIn(user, neighbour)));
    const answers = await Promise.all(
      two.map((_, turn) =>
        call(
          "PATCH",
          `admin/users/${two[1 - turn]?.id}`,
          { status: "disabled" },
          tokens[turn]?.accessToken,
          neighbour.host,
        ),
      ),
    );
    expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(1);
    const left = await asOwner<{ id: string }>(
      database,
      "select id from users where tenant_id = $1 and role = 'admin' and status = 'active'",
      [neighbour.id],
    );
    expect(left).toHaveLength(1);
    const ctx: Ctx = { ...neighbour.ctx, now: bench.clock.now() };
    const id = left[0]?.id ?? "";
    for (const change of [{ role: "support" as const }, { status: "disabled" as const }])
      await expect(bench.identity.updateUser(ctx, { id, ...change })).rejects.toMatchObject({
        code: "user.last_admin",
      });
    await expect(bench.identity.updateUser(ctx, { id, role: "admin" })).resolves.toMatchObject({ role: "admin" });
  });
});

describe("nobody gives more than they have", () => {
  const limited = (...scopes: Scope[]): Ctx => ({
    ...bench.operator.ctx,
    actor: { type: "key", keyId: newId(), partnerId: null, scopes: new Set(scopes) },
  });

  it("by inviting or promoting, or by disabling somebody above them", async () => {
    const [support, other] = [await bench.addPerson("support"), await bench.addPerson("admin")];
    const ctx = limited("users:write");
    const email = `${newId()}@people.test`;
    await expect(bench.identity.inviteUser(ctx, { email, name: null, role: "admin" })).rejects.toMatchObject({
      code: "user.role_above_own",
    });
    await expect(bench.identity.updateUser(ctx, { id: support.id, role: "admin" })).rejects.toMatchObject({
      code: "user.role_above_own",
    });
    await expect(bench.identity.updateUser(ctx, { id: other.id, status: "disabled" })).rejects.toMatchObject({
      code: "user.role_above_own",
    });
  });

  it("and finance, support, partners and keys decide nothing about the team", async () => {
    const { accessToken } = await bench.signIn(await bench.addPerson("finance"));
    const { user } = await bench.addPartner("tier3");
    const partner = (await bench.signIn(user)).accessToken;
    for (const as of [accessToken, partner]) {
      expect((await call("POST", "admin/users", { email: "x@people.test", role: "support" }, as)).json()).toMatchObject(
        {
          status: 403,
          code: "access.scope_missing",
        },
      );
      expect((await call("PATCH", `admin/users/${admin.id}`, { status: "disabled" }, as)).statusCode).toBe(403);
    }
    const key = await bench.identity.generateAPIKey(bench.operator.ctx, {
      owner: "operator",
      name: "k",
      scopes: ["partners:write"],
    });
    const byKey = await bench.app.inject({
      url: "/api/v1/admin/users",
      headers: { host: bench.operator.host, ...basic(key) },
    });
    expect(byKey.statusCode).toBe(403);
    for (const verb of [
      () => bench.identity.findUsers(limited("partners:read"), {}),
      () =>
        bench.identity.inviteUser(limited("partners:read"), { email: "y@people.test", name: null, role: "support" }),
      () => bench.identity.updateUser(limited("partners:read"), { id: admin.id, status: "disabled" }),
      () => bench.identity.repeatInvitation(limited("partners:read"), { id: admin.id }),
    ])
      await expect(verb()).rejects.toMatchObject({ code: "access.scope_missing" });
  });
});

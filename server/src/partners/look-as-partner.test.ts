import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../test/kit/app.ts";
import { type Everything, serveEverything } from "../../test/kit/declared-routes.ts";
import { type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { addStaff } from "../../test/kit/staff.ts";
import { newId } from "../kernel/id.ts";

let database: ClonedDatabase;
let world: WholeApp;
let everything: Everything;
let partner: { id: string; auth: string };
let admin: string;
let adminId: string;
const REASON = "Cannot find its statement";

type Look = { accessToken: string; expiresAt: string };
const lookAs = (auth: string, id = partner.id) =>
  world.send<Look>("POST", `/api/v1/admin/partners/${id}/look`, { auth, body: { reason: REASON } });
const signedIn = async (role: "admin" | "finance" | "support"): Promise<{ id: string; auth: string }> => {
  const { id, email } = await addStaff(world, { role });
  return { id, auth: await world.signIn(email) };
};
const looking = async (auth = admin): Promise<string> => `Bearer ${(await lookAs(auth)).body.accessToken}`;

/** Every route of some kind, asked by whoever looks: what each answers. */
async function askAll(auth: string, isAsked: (route: Everything["routes"][number]) => boolean) {
  const answers: [route: string, status: number, code: string][] = [];
  for (const { name, method, url } of everything.routes.filter(isAsked)) {
    const answer = await everything.http.inject({
      method,
      url: url.replaceAll(/:\w+/g, () => newId()),
      headers: { host: "operator.test", authorization: auth, "idempotency-key": newId() },
      ...(method === "GET" ? {} : { payload: {} }),
    });
    const isJson = String(answer.headers["content-type"]).includes("json");
    const code = isJson ? answer.json<{ code?: string } | null>()?.code : undefined;
    answers.push([name, answer.statusCode, code ?? ""]);
  }
  return answers;
}

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  everything = await serveEverything(world.app);
  partner = await world.addPartner({ email: "ada@partners.test" });
  ({ id: adminId, auth: admin } = await signedIn("admin"));
});
afterAll(async () => {
  await everything.http.close();
  await world[Symbol.asyncDispose]();
  await database.drop();
});

describe("whoever looks as a partner", () => {
  it("sees what the partner sees, and is told that it is a look", async () => {
    const auth = await looking();
    const me = await world.send<{ partnerId: string; isLooking: boolean; scopes: string[] }>("GET", "/api/v1/auth/me", {
      auth,
    });
    expect(me.body).toMatchObject({ partnerId: partner.id, isLooking: true });
    expect(me.body.scopes.filter((scope) => !/^own:\w+:read$/.test(scope))).toEqual([]);
    const seen = await world.send("GET", "/api/v1/partners/profile", { auth });
    const own = await world.send("GET", "/api/v1/partners/profile", { auth: partner.auth });
    expect(seen.body).toEqual(own.body);
  });

  it("is refused no read of the partner's", async () => {
    const answers = await askAll(
      await looking(),
      ({ method, access }) => method === "GET" && access.audience === "partner",
    );
    expect(answers.length).toBeGreaterThan(15);
    // A download is counted: that is the partner's own.
    const refused = answers.filter(([, , code]) => code === "access.looking_only").map(([name]) => name);
    expect(refused).toEqual(["GET /api/v1/partners/materials/:id/file"]);
    expect(everything.takeFailures()).toEqual([]);
  });

  it("changes nothing: every route that is no read refuses it by name, before it reads a body", async () => {
    const answers = await askAll(
      await looking(),
      ({ method, access }) => method !== "GET" && access.audience !== "public",
    );
    expect(answers.length).toBeGreaterThan(50);
    expect(answers.filter(([, status, code]) => status !== 403 || code !== "access.looking_only")).toEqual([]);
  });

  it("reaches nothing of the operator's, and neither devices nor another look", async () => {
    const auth = await looking();
    const answers = await askAll(auth, ({ method, access }) => method === "GET" && access.audience === "operator");
    expect(answers.length).toBeGreaterThan(20);
    expect(answers.filter(([, status]) => status !== 403)).toEqual([]);
    expect((await world.send("GET", "/api/v1/auth/sessions", { auth })).status).toBe(403);
    expect((await lookAs(auth)).status).toBe(403);
  });

  it("is held off by the database too, should a route forget", async () => {
    const ctx = {
      ...world.ctx(),
      actor: {
        type: "user" as const,
        userId: adminId,
        sessionId: newId(),
        role: "partner" as const,
        partnerId: partner.id,
        scopes: new Set<never>(),
        isLooking: true as const,
      },
    };
    await expect(world.app.db.transaction(ctx, async () => {})).rejects.toMatchObject({ code: "access.looking_only" });
  });

  it("is in the trail with who, whom and why", async () => {
    await lookAs(admin);
    const { body } = await world.send<{ data: object[] }>(
      "GET",
      `/api/v1/admin/audit?action=partner.looked_at&targetId=${partner.id}&limit=1`,
      { auth: world.operatorKey },
    );
    expect(body.data).toMatchObject([{ actorId: adminId, targetId: partner.id, reason: REASON }]);
  });

  it("looks no longer than a quarter of an hour, and no longer than the session that asked", async () => {
    const { auth: own } = await signedIn("support");
    const auth = await looking(own);
    const mine = await world.send<{ data: { id: string; isCurrent: boolean }[] }>("GET", "/api/v1/auth/sessions", {
      auth: own,
    });
    const current = mine.body.data.find(({ isCurrent }) => isCurrent);
    await world.send("DELETE", `/api/v1/auth/sessions/${current?.id}`, { auth: own });
    expect((await world.send("GET", "/api/v1/partners/profile", { auth })).status).toBe(401);

    const { auth: other } = await signedIn("admin");
    const late = await looking(other);
    world.clock.advance(14 * 60_000);
    expect((await world.send("GET", "/api/v1/partners/profile", { auth: late })).status).toBe(200);
    world.clock.advance(2 * 60_000);
    expect((await world.send("GET", "/api/v1/partners/profile", { auth: late })).status).toBe(401);
    admin = (await signedIn("admin")).auth;
  });
});

it("who may not look, and keys, are refused; a partner that is not there is a 404", async () => {
  const { auth: finance } = await signedIn("finance");
  expect((await lookAs(finance)).status).toBe(403);
  expect((await lookAs(world.operatorKey)).status).toBe(403);
  expect((await lookAs(admin, newId())).status).toBe(404);
  const unsaid = await world.send("POST", `/api/v1/admin/partners/${partner.id}/look`, {
    auth: admin,
    body: { reason: "" },
  });
  expect(unsaid.status).toBe(400);
});

it("a look's token passes for no access token, and none of ours for a look", async () => {
  const token = (await lookAs(admin)).body.accessToken;
  const [header = "", ...rest] = token.split(".");
  const { typ, ...other } = JSON.parse(Buffer.from(header, "base64url").toString());
  expect(typ).toBe("look+jwt");
  const forged = [Buffer.from(JSON.stringify({ ...other, typ: "at+jwt" })).toString("base64url"), ...rest].join(".");
  const { status } = await world.send("GET", "/api/v1/auth/me", { auth: `Bearer ${forged}` });
  expect(status).toBe(401);
});

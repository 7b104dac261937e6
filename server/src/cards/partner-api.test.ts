import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API, connectProgram, HOLDER, makeProduct, makeUser, settleCards } from "../../test/kit/cards.ts";
import { fresh, must, sale } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { KEY_SCOPES } from "../identity/index.ts";

type Row = Record<string, unknown>;
let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
let admin: string;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  admin = ours.admin;
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const world = () => tenants.world;
type Secret = { id: string; apiKey: string; apiSecret: string };

/** A new active partner of the tier that has the API. */
async function join(): Promise<PartnerAt> {
  const partner = await ours.register("technology");
  await must(ours, "PUT", `/api/v1/admin/partners/${partner.id}/approve`, { auth: admin, body: {} });
  return { ...partner, auth: await world().signIn(partner.email) };
}

async function makeKey(partner: PartnerAt, more: object = {}): Promise<Secret> {
  const made = await must(ours, "POST", "/api/v1/partners/api-keys", {
    auth: partner.auth,
    body: { name: "A key", scopes: KEY_SCOPES.partner, ...more },
  });
  return { id: String(made["id"]), apiKey: String(made["apiKey"]), apiSecret: String(made["secret"]) };
}

const from = (address: string) => ({ headers: { "x-forwarded-for": address } });
const exchange = ({ apiKey, apiSecret }: Secret, more: object = {}, side = ours) =>
  side.send("POST", `${API}/auth`, { body: { apiKey, apiSecret }, ...more });
const tokenOf = async (secret: Secret, more: object = {}) =>
  `Bearer ${String((await exchange(secret, more)).body["accessToken"])}`;
const users = (auth: string, more: object = {}, side = ours) => side.send("GET", `${API}/users`, { auth, ...more });
const actOn = (partner: PartnerAt, act: "suspend" | "reactivate" | "terminate") =>
  must(ours, "PUT", `/api/v1/admin/partners/${partner.id}/${act}`, { auth: admin, body: { reason: "For a test" } });

describe("a token of a key", () => {
  it("does what the key may for ten minutes, and counts against the key's limits", async () => {
    const secret = await makeKey(await join(), { scopes: ["own:users:read"] });
    const answer = await exchange(secret);
    expect(answer.body).toMatchObject({ tokenType: "Bearer", scopes: ["own:users:read"] });
    const auth = `Bearer ${String(answer.body["accessToken"])}`;
    expect((await users(auth)).status).toBe(200);
    const cards = await ours.send("GET", `${API}/cards`, { auth });
    expect(cards.body).toMatchObject({ status: 403, code: "access.scope_missing" });
    const counted = await world().http.inject({
      method: "GET",
      url: `${API}/users`,
      headers: { host: ours.host, authorization: auth },
    });
    expect(counted.headers["ratelimit-policy"] ?? counted.headers["x-ratelimit-limit"]).toMatch(/600/);
    world().clock.advance(600_000);
    expect((await users(auth)).body).toMatchObject({ status: 401, code: "auth.token_invalid" });
    admin = await ours.addMember("admin");
  });

  it("is refused with the next call when the key is revoked, or its partner suspended, and counts again when it is reinstated", async () => {
    const partner = await join();
    const secret = await makeKey(partner);
    const auth = await tokenOf(secret);
    await actOn(partner, "suspend");
    expect((await users(auth)).body).toMatchObject({ status: 403, code: "auth.partner_inactive" });
    expect((await exchange(secret)).body).toMatchObject({ status: 403, code: "auth.partner_inactive" });
    const withKey = `Basic ${Buffer.from(`${secret.apiKey}:${secret.apiSecret}`).toString("base64")}`;
    const post = await ours.send("POST", `${API}/users`, { auth: withKey, body: { externalId: fresh("user") } });
    expect(post.body).toMatchObject({ status: 403, code: "auth.partner_inactive" });
    await actOn(partner, "reactivate");
    expect((await users(auth)).status).toBe(200);
    await must(ours, "DELETE", `/api/v1/partners/api-keys/${secret.id}`, { auth: partner.auth });
    expect((await users(auth)).body).toMatchObject({ status: 401, code: "auth.key_revoked" });
  });

  it.each([
    ["203.0.113.0/24", "203.0.113.9", "198.51.100.1"],
    ["2001:db8:7::/48", "2001:db8:7:1::5", "2001:db8:8::1"],
  ])("is taken from %s and from nowhere else, and given nowhere else", async (block, inside, outside) => {
    const secret = await makeKey(await join(), { ipAllowList: [block] });
    const auth = await tokenOf(secret, from(inside));
    expect((await users(auth, from(inside))).status).toBe(200);
    for (const answer of [await users(auth, from(outside)), await exchange(secret, from(outside))])
      expect(answer.body).toMatchObject({ status: 403, code: "auth.key_address_refused" });
  });

  it("is none in another tenant, none of a person, and no person's is one of a key", async () => {
    const secret = await makeKey(await join());
    const auth = await tokenOf(secret);
    expect((await users(auth, {}, tenants.theirs)).body).toMatchObject({ status: 401, code: "auth.token_invalid" });
    expect((await exchange(secret, {}, tenants.theirs)).body).toMatchObject({ status: 401, code: "auth.key_invalid" });
    const sessions = await ours.send("GET", "/api/v1/auth/sessions", { auth });
    expect(sessions.body).toMatchObject({ status: 403, code: "access.person_required" });
    const [header = "", payload = "", signature = ""] = auth.replace("Bearer ", "").split(".");
    const asPerson = Buffer.from(header, "base64url").toString().replace("key+jwt", "at+jwt");
    const forged = `Bearer ${Buffer.from(asPerson).toString("base64url")}.${payload}.${signature}`;
    expect((await users(forged)).body).toMatchObject({ status: 401, code: "auth.token_invalid" });
  });

  it("is given to nobody with a wrong secret, to no operator's key, and to no tier without the API", async () => {
    const partner = await join();
    const secret = await makeKey(partner);
    expect((await exchange({ ...secret, apiSecret: `${secret.apiSecret}x` })).body).toMatchObject({
      status: 401,
      code: "auth.key_invalid",
    });
    const [id = "", apiSecret = ""] = Buffer.from(ours.operatorKey.replace("Basic ", ""), "base64")
      .toString()
      .split(":");
    expect((await exchange({ id: "", apiKey: id, apiSecret })).body).toMatchObject({ code: "access.partner_required" });
    await asOwner(database, "update partners set tier = 'tier1' where id = $1", [partner.id]);
    expect((await exchange(secret)).body).toMatchObject({ status: 403, code: "auth.tier_required" });
  });
});

describe("a user that a partner makes", () => {
  it("is tied to it for good: what the user pays is earned by the partner", async () => {
    const partner = await join();
    const auth = await tokenOf(await makeKey(partner));
    const user = await makeUser(ours, { email: `${fresh("ana")}@example.com` }, auth);
    const referral = await must(ours, "GET", `/api/v1/partners/referrals?limit=5`, { auth: partner.auth });
    expect(referral["data"]).toMatchObject([{ id: user["referralId"], status: "converted" }]);
    const [customer] = await asOwner<{ external_id: string; email_verified_at: unknown }>(
      database,
      "select external_id, email_verified_at from users where id = $1",
      [user["customerId"]],
    );
    expect(customer).toEqual({ external_id: `${partner.id}:${String(user["externalId"])}`, email_verified_at: null });
    await must(ours, "POST", "/api/v1/transactions", {
      auth: ours.operatorKey,
      key: fresh("key"),
      body: sale(ours, customer?.external_id ?? ""),
    });
    const list = await must(ours, "GET", `${API}/transactions?customerId=${String(user["customerId"])}`, { auth });
    expect(list["data"]).toMatchObject([{ kind: "payment", amount: 12_000, referralId: user["referralId"] }]);
    expect(Object.keys((list["data"] as Row[])[0] ?? {})).not.toContain("revenue");
  });

  it("is no other partner's customer, however the partner names it", async () => {
    const [one, other] = [await join(), await join()];
    const externalId = fresh("user");
    const first = await makeUser(ours, { externalId }, one.auth);
    const second = await makeUser(ours, { externalId }, other.auth);
    expect(second["customerId"]).not.toBe(first["customerId"]);
    const taken = await ours.send("POST", `${API}/users`, { auth: one.auth, body: { externalId } });
    expect(taken.body).toMatchObject({ status: 409, code: "partner_user.exists" });
    const read = await ours.send("GET", `${API}/users/${String(first["id"])}`, { auth: other.auth });
    expect(read.body).toMatchObject({ status: 404, code: "partner_user.not_found" });
  });

  it("asked for five times at once is one", async () => {
    const partner = await join();
    const externalId = fresh("user");
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => ours.send("POST", `${API}/users`, { auth: partner.auth, body: { externalId } })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
    const list = await must(ours, "GET", `${API}/users`, { auth: partner.auth });
    expect(list["data"]).toHaveLength(1);
  });

  it("is not the partner itself", async () => {
    const partner = await join();
    const answer = await ours.send("POST", `${API}/users`, {
      auth: partner.auth,
      body: { externalId: fresh("user"), email: partner.email.toUpperCase() },
    });
    expect(answer.body).toMatchObject({ status: 409, code: "referral.self" });
  });

  it("is listed by its name, suspended, and closed for good", async () => {
    const partner = await join();
    const user = await makeUser(ours, {}, partner.auth);
    const url = `${API}/users/${String(user["id"])}`;
    const found = await must(ours, "GET", `${API}/users?externalId=${String(user["externalId"])}`, {
      auth: partner.auth,
    });
    expect(found["data"]).toMatchObject([{ id: user["id"], status: "active" }]);
    await must(ours, "PATCH", url, { auth: partner.auth, body: { status: "suspended" } });
    await must(ours, "DELETE", url, { auth: partner.auth });
    expect(await must(ours, "DELETE", url, { auth: partner.auth })).toMatchObject({ status: "closed" });
    const late = await ours.send("PATCH", url, { auth: partner.auth, body: { status: "active" } });
    expect(late.body).toMatchObject({ status: 409, code: "partner_user.closed" });
  });
});

describe("a card that a partner asks for", () => {
  it("twice with one Idempotency-Key is one card, and closes with its user", async () => {
    const partner = await join();
    const side = { ...ours, admin };
    const programId = await connectProgram(world(), side);
    const productId = await makeProduct(world(), side, { programId, partner });
    const auth = await tokenOf(await makeKey(partner));
    const user = await makeUser(ours, {}, auth);
    const body = { userId: user["id"], productId, cardholder: HOLDER };
    const key = fresh("key");
    const answers = await Promise.all([1, 2, 3].map(() => ours.send("POST", `${API}/cards`, { auth, key, body })));
    expect(new Set(answers.map((answer) => answer.body["id"])).size).toBe(1);
    await settleCards(world());
    expect(
      world()
        .marqeta.made("cards")
        .filter((card) => card["user_token"] === user["id"]),
    ).toHaveLength(1);
    await must(ours, "DELETE", `${API}/users/${String(user["id"])}`, { auth });
    await settleCards(world());
    const list = await must(ours, "GET", `${API}/cards`, { auth });
    expect(list["data"]).toMatchObject([{ state: "terminated" }]);
    expect(
      world()
        .marqeta.made("users")
        .find((one) => one["token"] === user["id"]),
    ).toMatchObject({ status: "CLOSED" });
  });

  it("is told of to its webhooks, which belong to the API", async () => {
    const partner = await join();
    const auth = await tokenOf(await makeKey(partner));
    const url = `${API}/webhooks`;
    const body = { url: "http://127.0.0.1:9/hooks", events: ["card.*"] };
    const made = await must(ours, "POST", url, { auth, body });
    expect(made).toMatchObject({ secret: expect.any(String), events: ["card.*"] });
    const own = `${url}/${String(made["id"])}`;
    await must(ours, "PATCH", own, { auth, body: { events: ["card.issued"] } });
    expect(await must(ours, "GET", own, { auth })).toMatchObject({ events: ["card.issued"] });
    expect((await must(ours, "GET", url, { auth }))["data"]).toHaveLength(1);
    expect((await ours.send("GET", own, { auth: ours.rival.auth })).status).not.toBe(200);
    await must(ours, "DELETE", own, { auth });
    expect((await must(ours, "GET", url, { auth }))["data"]).toEqual([]);
  });
});

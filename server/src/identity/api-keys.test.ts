import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { basic, bearer, type IdentityBench, openIdentity, type Tenancy } from "../../test/kit/identity.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import type { Scope } from "../platform/scopes.ts";
import { ACTIVE_KEYS_MAX } from "./generate-api-key.ts";

type NewKey = { id: string; apiKey: string; secret: string; scopes: Scope[]; status: string; ipAllowList: string[] };
type Owner = "partners" | "admin";

let database: ClonedDatabase;
let bench: IdentityBench;
/** Access tokens of people. */
let partner: string;
let admin: string;
let partnerId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = await openIdentity(database, {
    routes: () => [
      (app) => {
        app.get(
          "/partner",
          { config: { access: { audience: "partner", scope: "own:payouts:read" } } },
          async ({ ctx }) => ctx.actor.type,
        );
        app.get(
          "/operator",
          { config: { access: { audience: "operator", scope: "partners:read" } } },
          async ({ ctx }) => ctx.actor.type,
        );
      },
    ],
  });
});
beforeEach(async () => {
  const person = await bench.addPartner("tier3");
  ({ partnerId } = person);
  partner = (await bench.signIn(person.user)).accessToken;
  admin = (await bench.signIn(await bench.addPerson("admin"))).accessToken;
});
afterAll(() => bench[Symbol.asyncDispose]());

const make = (owner: Owner, fields: object, as = owner === "partners" ? partner : admin, headers = {}) =>
  bench.app.inject({
    method: "POST",
    url: `/api/v1/${owner}/api-keys`,
    payload: { name: "test", scopes: owner === "partners" ? ["own:payouts:read"] : ["partners:read"], ...fields },
    headers: { host: bench.operator.host, ...bearer(as), ...headers },
  });
const made = async (owner: Owner, fields: object = {}): Promise<NewKey> => {
  const response = await make(owner, fields);
  expect(response.statusCode).toBe(201);
  return response.json<NewKey>();
};
const get = (
  url: string,
  key: { apiKey: string; secret: string },
  { tenancy = bench.operator, ip = "203.0.113.7" }: { tenancy?: Tenancy; ip?: string } = {},
) => bench.app.inject({ url, headers: { host: tenancy.host, "x-forwarded-for": ip, ...basic(key) } });
const revoke = (owner: Owner, id: string, as = owner === "partners" ? partner : admin) =>
  bench.app.inject({
    method: "DELETE",
    url: `/api/v1/${owner}/api-keys/${id}`,
    headers: { host: bench.operator.host, ...bearer(as) },
  });
const list = (owner: Owner, as = owner === "partners" ? partner : admin) =>
  bench.app.inject({ url: `/api/v1/${owner}/api-keys`, headers: { host: bench.operator.host, ...bearer(as) } });

/** A key as the list shows it. */
const shown = async (owner: Owner, id: string) =>
  (await list(owner)).json<{ data: { id: string }[] }>().data.find((key) => key.id === id);

describe("a key", () => {
  it("lets a program act for its partner, or for the operator, within its scopes", async () => {
    const own = await made("partners");
    expect((await get("/partner", own)).body).toBe("key");
    expect((await get("/operator", own)).json()).toMatchObject({ status: 403, code: "access.scope_missing" });
    const operator = await made("admin");
    expect((await get("/operator", operator)).body).toBe("key");
    expect((await get("/partner", operator)).json()).toMatchObject({ status: 403, code: "access.partner_required" });
    const other = await made("admin", { scopes: ["payouts:read"] });
    expect((await get("/operator", other)).json()).toMatchObject({ status: 403, code: "access.scope_missing" });
  });

  it("shows its secret once, and is kept as a hash that is no hash of the secret alone", async () => {
    const key = await made("admin");
    expect(key.secret).toMatch(/^trs_live_[\w-]{43}$/);
    const listed = await list("admin");
    expect(await shown("admin", key.id)).toMatchObject({ apiKey: key.apiKey, status: "active", lastUsedAt: null });
    expect(listed.body).not.toContain("secret");
    const everything = JSON.stringify([
      await asOwner(database, "select * from partner_api_keys"),
      await asOwner(database, "select * from audit_log"),
      await asOwner(database, "select * from idempotency_keys"),
    ]);
    expect(everything).not.toContain(key.secret.slice(4));
    const acts = await asOwner(database, "select action, after from audit_log where target_id = $1", [key.id]);
    expect(acts).toMatchObject([{ action: "key.created", after: { scopes: ["partners:read"] } }]);
  });

  it("that is asked for twice under one idempotency key is made once, and its secret not repeated", async () => {
    const headers = { "idempotency-key": newId() };
    expect((await make("admin", { name: "twice" }, admin, headers)).statusCode).toBe(201);
    expect((await make("admin", { name: "twice" }, admin, headers)).json()).toMatchObject({
      status: 409,
      code: "idempotency.secret_not_repeated",
    });
    expect(await asOwner(database, "select 1 from partner_api_keys where key_name = 'twice'")).toHaveLength(1);
  });

  it("with a wrong secret, of nobody, or of another tenant is refused alike", async () => {
    const key = await made("admin");
    const wrong = { ...key, secret: `${key.secret.slice(0, -1)}${key.secret.endsWith("A") ? "B" : "A"}` };
    const theirs = await bench.identity.generateAPIKey(bench.neighbour.ctx, {
      owner: "operator",
      name: "k",
      scopes: ["partners:read"],
    });
    const other = await made("admin");
    const answers = [
      await get("/operator", wrong),
      await get("/operator", { apiKey: "trk_AAAAAAAAAAAAAAAAAAAA", secret: key.secret }),
      await get("/operator", { apiKey: key.apiKey, secret: other.secret }),
      await get("/operator", { apiKey: key.apiKey, secret: "" }),
      await get("/operator", theirs),
      await get("/operator", key, { tenancy: bench.neighbour }),
      await get("/operator", { apiKey: "trk_\0AAAAAAAAAAAAAAAAAAA", secret: "x" }),
    ];
    for (const answer of answers) {
      expect(answer.json()).toMatchObject({ status: 401, code: "auth.key_invalid" });
      expect(answer.headers["www-authenticate"]).toContain("Bearer");
    }
    expect((await get("/operator", theirs, { tenancy: bench.neighbour })).statusCode).toBe(200);
  });

  it("whose hash somebody copied to another key's row opens nothing", async () => {
    const [mine, target] = [await made("partners"), await made("admin")];
    await asOwner(
      database,
      "update partner_api_keys set api_secret_hash = (select api_secret_hash from partner_api_keys where id = $1) where id = $2",
      [mine.id, target.id],
    );
    expect((await get("/operator", { apiKey: target.apiKey, secret: mine.secret })).json()).toMatchObject({
      code: "auth.key_invalid",
    });
  });

  it("is refused with the very next request after it was revoked, and revoking it again changes nothing", async () => {
    const key = await made("partners");
    expect((await get("/partner", key)).statusCode).toBe(200);
    for (let turn = 0; turn < 2; turn += 1)
      expect((await revoke("partners", key.id)).json()).toMatchObject({ status: "revoked" });
    expect((await get("/partner", key)).json()).toMatchObject({ status: 401, code: "auth.key_revoked" });
    const acts = await asOwner(database, "select 1 from audit_log where target_id = $1 and action = 'key.revoked'", [
      key.id,
    ]);
    expect(acts).toHaveLength(1);
  });

  it("ends when it says, and cannot say a time that is over", async () => {
    const start = bench.clock.now();
    const key = await made("admin", { expiresAt: new Date(start.getTime() + 60_000).toISOString() });
    bench.clock.advance(59_999);
    expect((await get("/operator", key)).statusCode).toBe(200);
    bench.clock.advance(1);
    expect((await get("/operator", key)).json()).toMatchObject({ status: 401, code: "auth.key_expired" });
    expect(await shown("admin", key.id)).toMatchObject({ status: "expired" });
    bench.clock.moveTo(start);
    expect((await make("admin", { expiresAt: start.toISOString() })).json()).toMatchObject({
      status: 400,
      code: "key.expiry_past",
    });
  });

  it("counts from the addresses on its list alone", async () => {
    const key = await made("admin", { ipAllowList: ["203.0.113.9/24", "2001:db8::/32"] });
    expect(key.ipAllowList).toEqual(["203.0.113.0/24", "2001:db8::/32"]);
    for (const ip of ["203.0.113.200", "2001:db8:5::1"])
      expect((await get("/operator", key, { ip })).statusCode).toBe(200);
    for (const ip of ["198.51.100.1", "2001:db9::1"])
      expect((await get("/operator", key, { ip })).json()).toMatchObject({
        status: 403,
        code: "auth.key_address_refused",
      });
    const wrong = await make("admin", { ipAllowList: ["127.1"] });
    expect(wrong.json()).toMatchObject({ status: 400, code: "key.address_invalid" });
  });

  it("notes its last use behind the request, at most once a minute", async () => {
    const start = bench.clock.now();
    const key = await made("admin");
    const lastUse = async () => {
      await bench.identity[Symbol.asyncDispose]();
      return (await list("admin")).json<{ data: { lastUsedAt: string }[] }>().data[0]?.lastUsedAt;
    };
    await Promise.all(Array.from({ length: 20 }, () => get("/operator", key)));
    expect(await lastUse()).toBe(start.toISOString());
    bench.clock.advance(59_000);
    await get("/operator", key);
    expect(await lastUse()).toBe(start.toISOString());
    bench.clock.advance(1_000);
    await get("/operator", key);
    expect(await lastUse()).toBe(bench.clock.now().toISOString());
    bench.clock.moveTo(start);
  });
});

describe("nobody makes a key that may do more than they may", () => {
  it.each([
    ["a partner, one of the operator's scopes", "partners", ["partners:read"]],
    ["a partner, making keys", "partners", ["own:keys:write"]],
    ["an admin, making keys", "admin", ["keys:write"]],
    ["an admin, inviting people", "admin", ["users:write"]],
    ["an admin, a partner's scope", "admin", ["own:payouts:write"]],
    ["an admin, what does not exist", "admin", ["everything"]],
  ] as const)("%s", async (_who, owner, scopes) => {
    expect((await make(owner, { scopes })).statusCode).toBe(400);
    const ctx = { ...bench.operator.ctx };
    const direct = bench.identity.generateAPIKey(
      owner === "admin"
        ? ctx
        : { ...ctx, actor: { type: "key", keyId: newId(), partnerId, scopes: new Set(["own:keys:write"]) } },
      { owner: owner === "admin" ? "operator" : "partner", name: "x", scopes: [...scopes] as Scope[] },
    );
    await expect(direct).rejects.toMatchObject({ code: "key.scope_refused" });
  });

  it("a giver with some scopes, others", async () => {
    const ctx = {
      ...bench.operator.ctx,
      actor: { type: "key", keyId: newId(), partnerId: null, scopes: new Set<Scope>(["keys:write", "partners:read"]) },
    } as const;
    const asking = bench.identity.generateAPIKey(ctx, {
      owner: "operator",
      name: "x",
      scopes: ["partners:read", "payouts:process"],
    });
    await expect(asking).rejects.toMatchObject({ code: "key.scope_refused", facts: { scopes: ["payouts:process"] } });
  });

  it("and a partner makes no operator's key, finance and support none at all", async () => {
    expect((await make("admin", {}, partner)).statusCode).toBe(403);
    for (const role of ["finance", "support"] as const) {
      const { accessToken } = await bench.signIn(await bench.addPerson(role));
      expect((await make("admin", {}, accessToken)).json()).toMatchObject({
        status: 403,
        code: "access.scope_missing",
      });
    }
    expect((await make("partners", {}, admin)).json()).toMatchObject({ status: 403, code: "access.partner_required" });
  });

  it("and no key makes, lists or revokes keys", async () => {
    const [own, operator] = [await made("partners"), await made("admin")];
    expect((await get("/api/v1/partners/api-keys", own)).json()).toMatchObject({ code: "access.scope_missing" });
    expect((await get("/api/v1/admin/api-keys", operator)).json()).toMatchObject({ code: "access.scope_missing" });
  });
});

describe("keys of a partner", () => {
  it("are for tiers whose plan includes the API, and stop when the partner leaves such a tier", async () => {
    const key = await made("partners");
    const { user } = await bench.addPartner("tier1");
    const { accessToken } = await bench.signIn(user);
    expect((await make("partners", {}, accessToken)).json()).toMatchObject({ status: 403, code: "auth.tier_required" });
    await asOwner(database, "update partners set tier = 'tier2' where id = $1", [partnerId]);
    expect((await get("/partner", key)).json()).toMatchObject({ status: 403, code: "auth.tier_required" });
    await asOwner(database, "update partners set tier = 'tier4' where id = $1", [partnerId]);
    expect((await get("/partner", key)).statusCode).toBe(200);
  });

  it("are not found by another partner, the operator's list or another tenant", async () => {
    const key = await made("partners");
    const { user } = await bench.addPartner("tier3");
    const stranger = (await bench.signIn(user)).accessToken;
    const theirs = await bench.addPartner("tier3", bench.neighbour);
    const elsewhere = (await bench.signIn(theirs.user, bench.neighbour)).accessToken;
    expect((await revoke("partners", key.id, stranger)).json()).toMatchObject({ status: 404, code: "key.not_found" });
    expect((await revoke("admin", key.id)).json()).toMatchObject({ status: 404, code: "key.not_found" });
    expect((await list("partners", stranger)).json()).toMatchObject({ data: [] });
    const abroad = await bench.app.inject({
      method: "DELETE",
      url: `/api/v1/partners/api-keys/${key.id}`,
      headers: { host: bench.neighbour.host, ...bearer(elsewhere) },
    });
    expect(abroad.statusCode).toBe(404);
    expect((await get("/partner", key)).statusCode).toBe(200);
  });

  it("are as many as one may have and no more, even when all are asked for at once", async () => {
    const answers = await Promise.all(Array.from({ length: ACTIVE_KEYS_MAX.partner + 3 }, () => make("partners", {})));
    const madeKeys = answers.filter((answer) => answer.statusCode === 201);
    expect(madeKeys).toHaveLength(ACTIVE_KEYS_MAX.partner);
    for (const refused of answers.filter((answer) => answer.statusCode !== 201))
      expect(refused.json()).toMatchObject({ status: 409, code: "key.too_many" });
    await revoke("partners", madeKeys[0]?.json<NewKey>().id ?? "");
    expect((await make("partners", {})).statusCode).toBe(201);
  });

  it("end with the partner", async () => {
    const [one, two] = [await made("partners"), await made("partners")];
    await bench.db.transaction(bench.operator.ctx, (tx) =>
      bench.identity.revokeKeysOfPartner(tx, { partnerId, reason: "partner terminated" }),
    );
    expect((await get("/partner", one)).json()).toMatchObject({ code: "auth.key_revoked" });
    const three = await made("partners");
    await asOwner(database, "update partners set status = 'terminated', terminated_at = $2 where id = $1", [
      partnerId,
      bench.clock.now(),
    ]);
    for (const key of [two, three])
      expect((await get("/partner", key)).json()).toMatchObject({ code: "auth.key_revoked" });
  });

  it.each([
    { name: "" },
    { name: "x".repeat(101) },
    { scopes: [] },
    { scopes: "own:payouts:read" },
    { expiresAt: "tomorrow" },
    { ipAllowList: "203.0.113.1" },
    { partnerId: newId() },
  ])("are not made from %j", async (fields) => {
    expect((await make("partners", fields)).json()).toMatchObject({ status: 400, code: "request.invalid" });
  });
});

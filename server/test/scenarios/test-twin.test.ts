import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import { listTenants } from "../../src/platform/database/index.ts";
import { findOwnClock, setOwnClock } from "../../src/tenants/index.ts";
import { snapshot } from "../isolation/tenant-tables.ts";
import { TIERS } from "../kit/app.ts";
import { fresh, idOf, must, sale } from "../kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { breaksIn } from "../kit/sub-operators.ts";
import { makeTestKey, type TestKey, twinCtx } from "../kit/twins.ts";
import { openTwoTenants, type Side, type TwoTenants } from "../kit/two-tenants.ts";

const MODE = "/api/v1/admin/test-mode";
/** Three days of hold, and paid each Friday: a week has it all. 2026-03-01 is a Sunday. */
const HOLD_DAYS = 3;
const A_WEEK_ON = "2026-03-08T12:00:00.000Z";

let database: ClonedDatabase;
let tenants: TwoTenants;
let side: Side;
let operator: TestKey;
let partner: TestKey;
/** The partner that stands in the twin for the side's. */
let counterpart: { readonly id: string; readonly referralCode: string };

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  side = tenants.ours;
  const { programs } = side.app;
  const tiers = { ...TIERS, tier4: { ...TIERS.tier4, holdDays: HOLD_DAYS } };
  const { id: planId } = await programs.draftPlan(side.ctx(), { tiers });
  await programs.publishPlan(side.ctx(), { planId });
  await must(side, "PUT", "/api/v1/admin/payouts/settings", {
    auth: side.admin,
    body: { coolingOffHours: 0, approvalExpiresHours: 24, releasesScheduled: true },
  });
  await must(side, "PUT", "/api/v1/admin/payouts/settings/currency", {
    auth: side.admin,
    body: {
      currency: "USD",
      approvalAbove: 1,
      feeBorneBy: "programme",
      feeFixed: 0,
      feeRate: 0,
      schedule: { every: "week", day: 5, minimum: 0 },
    },
  });
  partner = await makeTestKey(side, "partner");
  operator = await makeTestKey(side, "admin");
  const profile = await must(side, "GET", "/api/v1/partners/profile", { auth: partner.auth });
  counterpart = { id: idOf(profile), referralCode: String(profile["referralCode"]) };
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** Moves the clock, and lets the queue and the outbox work until it is there. */
async function move(to: string): Promise<void> {
  await must(side, "POST", `${MODE}/clock`, { auth: operator.auth, body: { to } });
  const isThere = async () => {
    await tenants.world.settle();
    return (await must(side, "GET", "/api/v1/clock", { auth: partner.auth }))["movingTo"];
  };
  await expect.poll(isThere, { timeout: 120_000, interval: 10 }).toBeNull();
}

describe("the test twin", { timeout: 180_000 }, () => {
  it("earns, approves and pays as its clock is moved, and nothing of it reaches the live books, a mailbox or a bank", async () => {
    const { world } = tenants;
    const hook = { url: "https://app.example.com/webhooks", events: ["*"] };
    const endpoint = await must(side, "POST", "/api/v1/webhooks/endpoints", { auth: partner.auth, body: hook });
    expect(endpoint["mode"]).toBe("test");
    await world.settle();
    // Once more: what the first has told is mailed.
    await world.settle();
    const [live, mails] = [await snapshot(database, side.tenantId), world.mails.length];

    const { headers } = await side.send("GET", `/test/r/${counterpart.referralCode}`);
    const clickId = new URL(String(headers["location"])).searchParams.get("tid") ?? "";
    const customer = fresh("customer");
    const conversion = { externalId: customer, clickId, email: `${customer}@customers.test`, emailVerified: true };
    await must(side, "POST", "/api/v1/referrals/convert", { auth: operator.auth, body: conversion });
    const body = sale(side, customer, { amount: 1_000_000 });
    await must(side, "POST", "/api/v1/transactions", { auth: operator.auth, key: fresh("key"), body });
    const statuses = async () =>
      (
        (await must(side, "GET", "/api/v1/partners/commissions", { auth: partner.auth }))["data"] as {
          status: string;
        }[]
      ).map(({ status }) => status);
    expect(new Set(await statuses())).toEqual(new Set(["pending"]));

    await move(A_WEEK_ON);

    expect(new Set(await statuses())).toEqual(new Set(["paid"]));
    const { data: payouts } = await must(side, "GET", "/api/v1/partners/payouts", { auth: partner.auth });
    expect(payouts).toMatchObject([{ status: "completed", paymentMethod: "test" }]);
    // Days one after the other: held until the fourth, due on the sixth.
    const [paid] = payouts as { requestedAt?: string; createdAt?: string }[];
    expect(String(paid?.createdAt ?? paid?.requestedAt).slice(0, 10)).toBe("2026-03-06");
    expect(await must(side, "GET", "/api/v1/clock", { auth: partner.auth })).toEqual({
      mode: "test",
      now: A_WEEK_ON,
      movingTo: null,
    });

    expect(await snapshot(database, side.tenantId)).toEqual(live);
    expect(world.mails.slice(mails).map(({ to }) => to)).toEqual([]);
    const kept = await must(side, "GET", `${MODE}/mails`, { auth: operator.auth });
    expect(kept["data"]).not.toEqual([]);
    const within = await twinCtx(tenants, database, side);
    const events = await asOwner<{ body: string }>(database, "select body from webhook_events where tenant_id = $1", [
      within.tenantId,
    ]);
    expect(new Set(events.map((event) => (JSON.parse(event.body) as { mode: string }).mode))).toEqual(
      new Set(["test"]),
    );
    expect(await breaksIn(world, within)).toEqual([]);
    expect(await breaksIn(world, side.ctx())).toEqual([]);
  });

  it("is reached by test keys alone, and by these nothing else is", async () => {
    expect([operator.apiKey, partner.apiKey, partner.secret].map((one) => one.slice(0, 9))).toEqual([
      "trk_test_",
      "trk_test_",
      "trs_test_",
    ]);
    const profileOf = (auth: string) => must(side, "GET", "/api/v1/partners/profile", { auth });
    expect(idOf(await profileOf(partner.auth))).toBe(counterpart.id);
    expect(counterpart.id).not.toBe(side.partner.id);
    expect(idOf(await profileOf(side.partnerKey))).toBe(side.partner.id);

    const get = (auth: string, id: string) => side.send("GET", `/api/v1/admin/partners/${id}`, { auth });
    expect((await get(operator.auth, side.partner.id)).status).toBe(404);
    expect((await get(side.operatorKey, counterpart.id)).status).toBe(404);
    expect((await get(operator.auth, counterpart.id)).body).toMatchObject({
      externalId: side.partner.id,
      tier: "tier4",
    });

    // By a token that it was exchanged for, too; and at no other tenant's address.
    const { apiKey, secret: apiSecret } = partner;
    const { accessToken } = await must(side, "POST", "/api/v1/partner-api/auth", { body: { apiKey, apiSecret } });
    expect(idOf(await profileOf(`Bearer ${String(accessToken)}`))).toBe(counterpart.id);
    for (const auth of [partner.auth, `Bearer ${String(accessToken)}`])
      expect((await tenants.theirs.send("GET", "/api/v1/partners/profile", { auth })).status).toBe(401);

    // A route that asks nobody who they are takes a test key into the twin as well, and a wrong one nowhere.
    const registration = { password: "seven silver herons", name: "Bo", partnerType: "affiliate" };
    const email = `${fresh("bo")}@partners.test`;
    await must(side, "POST", "/api/v1/partners/register", { auth: operator.auth, body: { ...registration, email } });
    const { tenantId } = await twinCtx(tenants, database, side);
    const users = await asOwner(database, "select tenant_id from users where email = $1", [email]);
    expect(users).toEqual([{ tenant_id: tenantId }]);
    const wrong = `Basic ${Buffer.from(`${operator.apiKey}:wrong`).toString("base64")}`;
    const refused = await side.send("POST", "/api/v1/partners/register", {
      auth: wrong,
      body: { ...registration, email: `${fresh("cy")}@partners.test` },
    });
    expect(refused).toMatchObject({ status: 401, body: { code: "auth.key_invalid" } });
  });

  it("is paid and issued cards by nobody outside: the database knows no other way", async () => {
    const { tenantId } = await twinCtx(tenants, database, side);
    const methodOf = (tenant: string, id: string, kind: string) =>
      asOwner(
        database,
        `insert into payout_methods (tenant_id, id, partner_id, kind, summary, status, created_at, updated_at)
         values ($1, $2, $3, $4, 'A', 'replaced', now(), now())`,
        [tenant, newId(), id, kind],
      );
    await expect(methodOf(tenantId, counterpart.id, "bank_file")).rejects.toThrow("test provider");
    await expect(methodOf(side.tenantId, side.partner.id, "test")).rejects.toThrow("test provider");
    const within = await twinCtx(tenants, database, side);
    const elsewhere = { externalId: "po_1", partnerExternalId: "p-1", amount: 1n, currency: "USD", paidAt: within.now };
    await expect(side.app.payouts.importPayouts(within, [elsewhere])).rejects.toMatchObject({
      code: "payout.import_in_test_mode",
    });
    const connect = (auth: string, baseUrl: string) =>
      side.send("POST", "/api/v1/admin/card-programs", {
        auth,
        body: { name: "Cards", baseUrl, currency: "USD", applicationToken: "token", adminToken: "token" },
      });
    const [issuer, real] = ["https://issuer.test", "https://sandbox-api.marqeta.com/v3"];
    expect((await connect(operator.auth, real)).body).toMatchObject({ code: "card_program.test_issuer" });
    expect((await connect(side.operatorKey, issuer)).body).toMatchObject({ code: "card_program.address_refused" });
    const program = await connect(operator.auth, issuer);
    expect(program.status).toBe(201);
    await tenants.world.settle();
    const { data } = await must(side, "GET", "/api/v1/admin/card-programs", { auth: operator.auth });
    expect(data).toMatchObject([{ id: program.body["id"], status: "active" }, { name: "Test cards" }]);
    const domain = await side.send("POST", "/api/v1/admin/domains", {
      auth: operator.auth,
      body: { domain: "go.acme.com" },
    });
    // Domains are people's to enter, and people are in no twin.
    expect(domain).toMatchObject({ status: 403, body: { code: "access.scope_missing" } });
    const reconciled = await side.send("GET", "/api/v1/admin/payouts/reconciliation", {
      auth: operator.auth,
      query: { from: "2026-03-01T00:00:00Z", to: "2026-03-02T00:00:00Z" },
    });
    expect(reconciled.body).toMatchObject({ code: "payout.method_unavailable" });
  });

  it("has a clock that goes forward, within bounds, by one move at a time", async () => {
    const clock = (to: string, auth = operator.auth) => side.send("POST", `${MODE}/clock`, { auth, body: { to } });
    const now = new Date(String((await must(side, "GET", "/api/v1/clock", { auth: operator.auth }))["now"]));
    const after = (ms: number) => new Date(now.getTime() + ms).toISOString();
    for (const to of [after(0), after(-1)])
      expect((await clock(to)).body).toMatchObject({ code: "test_mode.clock_back" });
    expect((await clock(after(367 * DAY_MS))).body).toMatchObject({ code: "test_mode.clock_too_far" });
    // A live key, and a partner, move nothing.
    expect(await clock(after(1_000), side.operatorKey)).toMatchObject({
      status: 409,
      body: { code: "test_mode.live_key" },
    });
    expect((await clock(after(1_000), partner.auth)).status).toBe(403);
    expect(await must(side, "GET", "/api/v1/clock", { auth: side.operatorKey })).toMatchObject({ mode: "live" });

    // Nor does the program itself move it back, or a live one at all: the database refuses.
    const { db } = side.app;
    const within = await twinCtx(tenants, database, side);
    const { offsetMs } = await db.read(within, findOwnClock);
    for (const [ctx, offset] of [
      [within, offsetMs - 1],
      [side.ctx(), 1],
    ] as const)
      await expect(db.transaction(ctx, (tx) => setOwnClock(tx, { offsetMs: offset, target: null }))).rejects.toThrow(
        /forward alone|tenants_clock_test_mode_check/,
      );

    // A person moves it from the live tenant; and who comes meanwhile waits.
    const admin = await side.addMember("admin");
    expect((await clock(after(3_600_000), admin)).body).toMatchObject({ twin: { movingTo: after(3_600_000) } });
    expect((await clock(after(7_200_000), admin)).body).toMatchObject({ code: "test_mode.clock_moving" });
    const isThere = async () => {
      await tenants.world.settle();
      return (await must(side, "GET", MODE, { auth: operator.auth }))["twin"];
    };
    await expect
      .poll(isThere, { timeout: 60_000, interval: 10 })
      .toMatchObject({ now: after(3_600_000), movingTo: null });
  });

  it("has its clock taken up again where a server died on the way", async () => {
    const within = await twinCtx(tenants, database, side);
    const target = new Date(within.now.getTime() + DAY_MS);
    const { offsetMs } = await side.app.db.read(within, findOwnClock);
    await side.app.db.transaction(within, (tx) => setOwnClock(tx, { offsetMs, target }));
    await tenants.world.settle();
    expect((await must(side, "GET", "/api/v1/clock", { auth: operator.auth }))["now"]).toBe(within.now.toISOString());
    await tenants.world.wake("twins.wake_clock");
    const isThere = async () => {
      await tenants.world.settle();
      return must(side, "GET", "/api/v1/clock", { auth: operator.auth });
    };
    await expect
      .poll(isThere, { timeout: 60_000, interval: 10 })
      .toMatchObject({ now: target.toISOString(), movingTo: null });
  });

  it("follows the live programme where that is asked for, and keeps what has happened in it", async () => {
    const admin = await side.addMember("admin");
    const { programs } = side.app;
    const tiers = { ...TIERS, tier4: { ...TIERS.tier4, holdDays: 9 } };
    const { id: planId } = await programs.draftPlan(side.ctx(), { tiers });
    await programs.publishPlan(side.ctx(), { planId });
    await must(side, "PUT", "/api/v1/admin/program", {
      auth: admin,
      body: { destinationHosts: ["shop.test", "b.test"] },
    });
    const { twin } = await must(side, "POST", `${MODE}/refresh`, { auth: admin });
    expect(twin).toMatchObject({ movingTo: null });
    expect(await must(side, "GET", "/api/v1/admin/program", { auth: operator.auth })).toMatchObject({
      destinationHosts: ["shop.test", "b.test"],
    });
    const within = await twinCtx(tenants, database, side);
    const terms = await asOwner<{ version: number }>(
      database,
      `select p.version from partner_terms t join commission_plans p on (p.tenant_id, p.id) = (t.tenant_id, t.plan_id)
        where t.tenant_id = $1 and t.partner_id = $2 order by p.version desc limit 1`,
      [within.tenantId, counterpart.id],
    );
    expect(terms).toEqual([{ version: 2 }]);
    expect(await breaksIn(tenants.world, within)).toEqual([]);
  });

  it("shows its keys where the live ones are listed, by their mode, and they end with them", async () => {
    const auth = tenants.ours.partner.auth;
    const list = async (mode: string) =>
      (
        (await must(side, "GET", "/api/v1/partners/api-keys", { auth, query: { mode } }))["data"] as {
          id: string;
          mode: string;
        }[]
      ).map((key) => [key.id === partner.id, key.mode]);
    expect(await list("test")).toEqual([[true, "test"]]);
    expect((await list("live")).map(([isOurs, mode]) => [isOurs, mode])).toEqual([[false, "live"]]);

    const profile = () => side.send("GET", "/api/v1/partners/profile", { auth: partner.auth });
    const { id } = side.partner;
    await must(side, "PUT", `/api/v1/admin/partners/${id}/suspend`, {
      auth: side.operatorKey,
      body: { reason: "For a test" },
    });
    const { apiKey, secret: apiSecret } = partner;
    const exchanged = await side.send("POST", "/api/v1/partner-api/auth", { body: { apiKey, apiSecret } });
    expect(exchanged.body).toMatchObject({ code: "auth.partner_inactive" });
    await must(side, "PUT", `/api/v1/admin/partners/${id}/reactivate`, {
      auth: side.operatorKey,
      body: { reason: "For a test" },
    });
    expect((await profile()).status).toBe(200);
    await must(side, "DELETE", `/api/v1/partners/api-keys/${partner.id}`, { auth });
    expect((await profile()).body).toMatchObject({ code: "auth.key_revoked" });
  });

  it("is removed for good: its keys and links answer no more, and the next one is new", async () => {
    const admin = await side.addMember("admin");
    const before = await twinCtx(tenants, database, side);
    expect(await must(side, "DELETE", MODE, { auth: admin })).toEqual({ twin: null });
    expect((await side.send("GET", MODE, { auth: operator.auth })).body).toMatchObject({ code: "auth.key_invalid" });
    expect((await side.send("GET", `/test/r/${counterpart.referralCode}`)).status).toBe(404);
    expect((await side.send("DELETE", MODE, { auth: admin })).body).toMatchObject({ code: "tenant.no_twin" });
    expect(await must(side, "GET", MODE, { auth: admin })).toEqual({ twin: null });
    const { twin } = await must(side, "POST", MODE, { auth: admin });
    expect(twin).toMatchObject({ now: side.ctx().now.toISOString(), movingTo: null });
    expect((await twinCtx(tenants, database, side)).tenantId).not.toBe(before.tenantId);
  });

  it("of a sub-operator is that one's own", async () => {
    const { theirs } = tenants;
    const key = await makeTestKey(theirs, "admin");
    expect((await theirs.send("GET", "/api/v1/clock", { auth: key.auth })).body).toMatchObject({ mode: "test" });
    expect((await side.send("GET", "/api/v1/clock", { auth: key.auth })).status).toBe(401);
    const rows = await asOwner(database, "select parent_id from tenants where live_id = $1", [theirs.tenantId]);
    expect(rows).toEqual([{ parent_id: null }]);
    // It ends with that one: its jobs rest, and its keys open nothing.
    const { tenantId } = await twinCtx(tenants, database, theirs);
    await asOwner(database, "update tenants set status = 'removed' where id = $1", [theirs.tenantId]);
    const known = await listTenants(theirs.app.db);
    expect(known.find(({ id }) => id === tenantId)).toMatchObject({ mode: "test", status: "removed" });
    const isClosed = async () => (await theirs.send("GET", "/api/v1/clock", { auth: key.auth })).status;
    await expect.poll(isClosed).toBe(410);
  });
});

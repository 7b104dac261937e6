import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { newId } from "../../src/kernel/id.ts";
import { DEFAULT_TIERS } from "../../src/programs/index.ts";
import { openApp, PASSWORD, type WholeApp } from "../kit/app.ts";
import { ownBank } from "../kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import {
  type At,
  addAdmin,
  addBank,
  addSubOperator,
  atHost,
  breaksIn,
  done,
  NO_LIMITS,
  registerAt,
  report,
  type SubOperatorAt,
} from "../kit/sub-operators.ts";

const LIST = "/api/v1/admin/sub-operators";

let database: ClonedDatabase;
let world: WholeApp;
let operator: At;
let admin: string;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  operator = atHost(world, "operator.test");
  admin = await addAdmin(world);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

afterEach(() => vi.restoreAllMocks());
let passed = 0;
/** What every server knows of a tenant is older from now on than it is kept for, whether or not it has heard of a change. */
function later(): void {
  vi.restoreAllMocks();
  const now = performance.now.bind(performance);
  passed += 70_000;
  const ahead = passed;
  vi.spyOn(performance, "now").mockImplementation(() => now() + ahead);
}

const viewOf = (id: string) => done(operator, "GET", `${LIST}/${id}`, { auth: admin });

async function shareOf(bank: SubOperatorAt): Promise<number | undefined> {
  await world.settle();
  const figures = (await viewOf(bank.id))["figures"] as { currency: string; share: number }[];
  return figures.find(({ currency }) => currency === "USD")?.share;
}

describe("the limits of a sub-operator", { timeout: 120_000 }, () => {
  it("bind its plans and its partners, and a lower one takes nothing away", async () => {
    const limits = { maxPartners: 2, maxRate: 0.2, currencies: ["USD"], countries: ["GB"] };
    const bank = await addSubOperator(world, admin, { limits });
    const { at, admin: auth } = bank;
    // It begins with a plan inside them.
    const plans = await done(at, "POST", "/api/v1/admin/program/plans", { auth, body: {} });
    await done(at, "POST", `/api/v1/admin/program/plans/${String(plans["id"])}/publish`, { auth, body: {} });

    const publish = async (tiers: object) => {
      const draft = await done(at, "POST", "/api/v1/admin/program/plans", { auth, body: { tiers } });
      const url = `/api/v1/admin/program/plans/${String(draft["id"])}/publish`;
      return (await at("POST", url, { auth, body: {} })).body;
    };
    expect(await publish(DEFAULT_TIERS)).toMatchObject({
      code: "sub_operator.rate_above_limit",
      facts: { field: "tiers.tier2.recurringRate", maximum: 0.2 },
    });
    expect(await at("PUT", "/api/v1/admin/program", { auth, body: { currency: "EUR" } })).toMatchObject({
      body: { code: "sub_operator.currency_not_allowed" },
    });

    const [one, two] = [await registerAt(world, at, { country: "GB" }), await registerAt(world, at, { country: "GB" })];
    expect([one.status, two.status]).toEqual(["active", "active"]);
    const foreign = await registerAt(world, at, { country: "FR" });
    expect(foreign.status).toBe("pending");
    const third = await registerAt(world, at, { country: "GB" });
    expect(third.status).toBe("pending");
    const approve = (id: string) => at("PUT", `/api/v1/admin/partners/${id}/approve`, { auth, body: {} });
    expect((await approve(third.id)).body).toMatchObject({ code: "partner.approval_held" });
    // Terms of its own are held to the limit, too.
    const terms = await at("PUT", `/api/v1/admin/partners/${one.id}/terms`, {
      auth,
      body: { overrides: { recurringRate: 0.15, tierMultiplier: 2 }, reason: "More" },
    });
    expect(terms.body).toMatchObject({
      code: "sub_operator.rate_above_limit",
      facts: { field: "overrides.recurringRate" },
    });

    const set = (more: object) =>
      done(operator, "PUT", `${LIST}/${bank.id}/limits`, { auth: admin, body: { ...limits, ...more } });
    expect(await set({ maxPartners: 1 })).toMatchObject({ limits: { maxPartners: 1 }, partners: 2 });
    expect((await done(at, "GET", "/api/v1/partners/profile", { auth: two.auth }))["status"]).toBe("active");
    expect(await done(at, "GET", "/api/v1/admin/program/limits", { auth })).toMatchObject({
      maxPartners: 1,
      partners: 2,
    });
    expect((await approve(third.id)).status).toBe(409);
    await set({ maxPartners: 3, countries: null });
    // One place, two who ask at once.
    const answers = await Promise.all([approve(third.id), approve(foreign.id)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const imported = world.app.partners.importPartners(bank.ctx(), [
      {
        externalId: "i-1",
        email: "i1@partners.test",
        partnerType: "affiliate",
        joinedAt: new Date("2026-01-01"),
      },
    ]);
    await expect(imported).rejects.toMatchObject({ code: "partner.limit_reached" });
    await set({ maxPartners: null, maxRate: null });
    expect((await publish(DEFAULT_TIERS))["code"]).toBeUndefined();
  });
});

describe("the host of a new sub-operator", { timeout: 120_000 }, () => {
  it("is nobody's who is about to be served on it: who makes it waits, and is refused", async () => {
    const partnerId = await addBank(world, admin);
    const host = `${newId()}.bank.test`;
    const holder = new Client({ connectionString: database.ownerUrl, options: "-c search_path=tributary" });
    await holder.connect();
    try {
      // As a check that finds the records of a domain there.
      await holder.query("begin");
      await holder.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`domain ${host}`]);
      await holder.query(
        `insert into custom_domains (tenant_id, id, domain, token, state, state_since, created_at)
         values ($1, $2, $3, 'token', 'active', $4, $4)`,
        [world.ctx().tenantId, newId(), host, world.clock.now()],
      );
      const making = operator("POST", LIST, {
        auth: admin,
        body: {
          partnerId,
          name: "Harbour Bank",
          host,
          admin: { email: `${newId()}@bank.test`, name: "Bo" },
          limits: NO_LIMITS,
        },
      });
      await expect.poll(() => asOwner(database, WAITING)).not.toEqual([]);
      await holder.query("commit");
      expect((await making).body).toMatchObject({ code: "sub_operator.host_taken", facts: { field: "host" } });
    } finally {
      await holder.end();
    }
  });
});
const WAITING = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

describe("a sub-operator that is suspended", { timeout: 120_000 }, () => {
  const act = (bank: SubOperatorAt, name: string) =>
    operator("PUT", `${LIST}/${bank.id}/${name}`, { auth: admin, body: { reason: "The licence is not paid" } });

  it("leads visitors on, counts them and takes money in; who registers or signs in is told why not; and it is resumed", async () => {
    const bank = await addSubOperator(world, admin);
    const partner = await registerAt(world, bank.at);
    expect((await act(bank, "suspend")).body).toMatchObject({ status: "suspended" });
    expect((await act(bank, "suspend")).body["code"]).toBe("sub_operator.wrong_state");
    later();

    const followed = await bank.at("GET", `/r/${partner.referralCode}`, {});
    expect(followed.status).toBe(302);
    const clicks = await asOwner(database, "select 1 from clicks where tenant_id = $1", [bank.id]);
    expect(clicks).toHaveLength(1);
    await report(world, bank, {});
    expect(await shareOf(bank)).toBe(5_000);
    expect((await bank.at("GET", "/api/v1/brand")).status).toBe(200);
    for (const [method, url, body] of [
      ["POST", "/api/v1/auth/sign-in", { email: "first@bank.test", password: PASSWORD }],
      [
        "POST",
        "/api/v1/partners/register",
        { email: "new@partners.test", password: PASSWORD, name: "Cy", partnerType: "affiliate" },
      ],
    ] as const)
      expect(await bank.at(method, url, { body })).toMatchObject({
        status: 403,
        body: { code: "tenant.suspended", facts: { reason: "The licence is not paid" } },
      });
    // Nor does what they were signed in with, or a key of their systems, open anything else.
    for (const [url, auth] of [
      ["/api/v1/admin/program", bank.admin],
      ["/api/v1/partners/profile", partner.auth],
      ["/api/v1/admin/commissions", bank.key],
    ] as const)
      expect(await bank.at("GET", url, { auth })).toMatchObject({ status: 403, body: { code: "tenant.suspended" } });

    expect((await act(bank, "resume")).body).toMatchObject({ status: "active", statusReason: null });
    later();
    expect((await bank.at("GET", "/api/v1/admin/program", { auth: bank.admin })).status).toBe(200);
  });

  it("is removed once nothing is owed, keeps its books, and its host leads nobody elsewhere", async () => {
    const bank = await addSubOperator(world, admin);
    await report(world, bank, {});
    expect((await act(bank, "remove")).body).toMatchObject({
      code: "sub_operator.still_owed",
      facts: { unbookedSales: 1 },
    });
    await world.settle();
    expect((await act(bank, "remove")).body).toMatchObject({
      code: "sub_operator.still_owed",
      facts: { owed: [{ what: "share", currency: "USD", amount: 5_000 }] },
    });
    await done(operator, "POST", `${LIST}/${bank.id}/settlements`, {
      auth: admin,
      key: newId(),
      body: { kind: "payment", currency: "USD", amount: 5_000, reference: "The last" },
    });
    const partner = await registerAt(world, bank.at);
    const grant = { partnerId: partner.id, amount: 100, currency: "USD", reason: "For a test" };
    await world.app.commissions.grantCommission(bank.ctx(), grant);
    expect((await act(bank, "remove")).body).toMatchObject({
      facts: { owed: [{ what: "partners", currency: "USD", amount: 100 }] },
    });
    const [{ id: commissionId } = { id: "" }] = await asOwner<{ id: string }>(
      database,
      "select id from commissions where tenant_id = $1",
      [bank.id],
    );
    await world.app.commissions.cancelCommission(bank.ctx(), { commissionId, reason: "For a test" });
    expect((await act(bank, "remove")).body).toMatchObject({ status: "removed" });
    later();
    expect((await bank.at("GET", "/api/v1/brand")).body).toMatchObject({ code: "tenant.removed" });
    expect((await bank.at("GET", `/r/${partner.referralCode}`)).status).toBe(410);
    expect((await act(bank, "resume")).body["code"]).toBe("sub_operator.wrong_state");
    const again = await operator("POST", LIST, {
      auth: admin,
      body: {
        partnerId: bank.partnerId,
        name: "Again",
        host: bank.host,
        admin: { email: "x@bank.test", name: "X" },
        limits: NO_LIMITS,
      },
    });
    expect(again.body["code"]).toBe("sub_operator.host_taken");
    expect(await viewOf(bank.id)).toMatchObject({ status: "removed", figures: [{ revenue: 10_000, share: 5_000 }] });
    expect([...(await breaksIn(world, world.ctx())), ...(await breaksIn(world, bank.ctx()))]).toEqual([]);
  });

  it("is not removed while what it pays by hand stands in no bank file: nobody could take the file any more", async () => {
    const bank = await addSubOperator(world, admin);
    const partner = await registerAt(world, bank.at);
    await done(bank.at, "PUT", "/api/v1/partners/payouts/method", { auth: partner.auth, body: ownBank() });
    const { app } = world;
    const grant = { partnerId: partner.id, amount: 700, currency: "USD", reason: "For a test" };
    await app.commissions.approveCommission(bank.ctx(), {
      commissionId: (await app.commissions.grantCommission(bank.ctx(), grant)).id,
    });
    await app.payouts.requestPayoutFor(bank.ctx(), { partnerId: partner.id, currency: "USD" });
    expect(await app.payouts.processPayouts(bank.ctx(), {})).toEqual({ processed: 1, held: [] });
    await world.settle();
    expect((await act(bank, "remove")).body).toMatchObject({
      code: "sub_operator.still_owed",
      facts: { owed: [{ what: "partners", currency: "USD", amount: 700 }] },
    });
    expect((await app.payouts.exportBankFile(bank.ctx(), {})).rows).toBe(1);
    expect((await act(bank, "remove")).body).toMatchObject({ status: "removed" });
  });

  it("is nobody's but its parent's, and the partner that it is sees it", async () => {
    const [bank, other] = [await addSubOperator(world, admin), await addSubOperator(world, admin)];
    for (const path of ["", "/shares"])
      expect((await other.at("GET", `${LIST}/${bank.id}${path}`, { auth: other.admin })).status).toBe(404);
    expect(
      (await other.at("PUT", `${LIST}/${bank.id}/suspend`, { auth: other.admin, body: { reason: "?" } })).status,
    ).toBe(404);
    expect((await other.at("PUT", `${LIST}/${bank.id}/limits`, { auth: other.admin, body: NO_LIMITS })).status).toBe(
      404,
    );
    const listed = await done(other.at, "GET", LIST, { auth: other.admin });
    expect(listed["data"]).toEqual([]);
    const stranger = await registerAt(world, other.at);
    const none = await other.at("GET", "/api/v1/partners/sub-operator", { auth: stranger.auth });
    expect({ status: none.status, body: none.body }).toEqual({ status: 200, body: null });
    const own = await world.app.whitelabel.getOwnSubOperator({
      ...world.ctx(),
      actor: {
        type: "user",
        userId: newId(),
        role: "partner",
        sessionId: newId(),
        partnerId: bank.partnerId,
        scopes: new Set(["own:profile:read"]),
      },
    });
    expect(own?.id).toBe(bank.id);
  });
});

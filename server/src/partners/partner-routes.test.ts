import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPartners, PASSWORD, type PartnerBench } from "../../test/kit/partners.ts";
import { cloneDatabase } from "../../test/kit/postgres.ts";
import { type Caller, serveRoutes } from "../../test/kit/routes.ts";
import { newId } from "../kernel/id.ts";
import { DEFAULT_TIERS, programRoutes } from "../programs/index.ts";
import { adminPartnerRoutes } from "./admin-partner-routes.ts";
import { partnerRoutes } from "./partner-routes.ts";
import { NAMED_MAX } from "./who.ts";

let bench: PartnerBench;
let app: Awaited<ReturnType<typeof serveRoutes>>;
beforeAll(async () => {
  bench = await openPartners(await cloneDatabase());
  app = await serveRoutes(
    [programRoutes(bench.programs), partnerRoutes(bench.partners), adminPartnerRoutes(bench.partners)],
    () => bench.clock.now(),
  );
});
afterAll(async () => {
  await app.close();
  await bench[Symbol.asyncDispose]();
});

type Method = "GET" | "PUT" | "POST" | "DELETE";
async function call(caller: Partial<Caller>, method: Method, url: string, payload?: object) {
  app.as({ tenantId: bench.tenantId, partnerId: null, ...caller });
  const response = await app.inject({ method, url: `/api/v1${url}`, ...(payload === undefined ? {} : { payload }) });
  return { status: response.statusCode, body: response.body === "" ? null : response.json() };
}
const operator = (method: Method, url: string, payload?: object) => call({}, method, url, payload);

/** Ids of all partners that a query lists, page after page. */
async function listed(query: string): Promise<string[]> {
  const { body } = await operator("GET", `/admin/partners?limit=200&${query}`);
  const ids: string[] = body.data.map(({ id }: { id: string }) => id);
  if (body.nextCursor === null) return ids;
  return [...ids, ...(await listed(`${query.replace(/&cursor=.*/, "")}&cursor=${body.nextCursor}`))];
}

describe("the routes of a partner", () => {
  it("take a registration and answer it alike for a known e-mail", async () => {
    const payload = { email: `${newId()}@people.test`, password: PASSWORD, name: "Ada", partnerType: "affiliate" };
    const first = await operator("POST", "/partners/register", payload);
    expect(first).toEqual({ status: 202, body: { status: "verification_sent" } });
    expect(await operator("POST", "/partners/register", payload)).toEqual(first);
  });

  it.each([
    [{ email: "no address" }],
    [{ email: 5 }],
    [{ role: "admin" }],
    [{ partnerType: "friend" }],
    [{ country: "Germany" }],
    [{ password: "" }],
    [{ name: "a\0b" }],
    [{ companyName: "half \ud83d" }],
    [{ name: "x".repeat(201) }],
  ])("refuse a registration that does not fit: %j", async (fields) => {
    const payload = { email: "a@b.example", password: PASSWORD, name: "Ada", ...fields };
    expect((await operator("POST", "/partners/register", payload)).status).toBe(400);
  });

  it("show and change the own profile, rates as decimal fractions and amounts as integers", async () => {
    const partnerId = await bench.register({ partnerType: "reseller" });
    const profile = await call({ partnerId }, "GET", "/partners/profile");
    expect(profile).toMatchObject({
      status: 200,
      body: {
        id: partnerId,
        commissionRate: 25,
        isEmailVerified: true,
        openUpgrade: null,
        terms: {
          recurringRate: 0.25,
          transactionRate: 0.001,
          signupBonus: 10_000,
          recurringDuration: null,
          minimumPayout: { USD: 10_000 },
          volumeBonuses: [
            { threshold: 50, bonus: 0.05 },
            { threshold: 100, bonus: 0.1 },
          ],
        },
      },
    });
    const changed = await call({ partnerId }, "PUT", "/partners/profile", { companyName: "Ada Ltd" });
    expect(changed.body.companyName).toBe("Ada Ltd");
    expect((await call({ partnerId }, "PUT", "/partners/profile", {})).status).toBe(400);
    expect((await call({ partnerId }, "PUT", "/partners/profile", { tier: "tier4" })).status).toBe(400);
    expect((await call({ partnerId: null, scopes: ["own:profile:read"] }, "GET", "/partners/profile")).status).toBe(
      403,
    );
  });

  it("tell anybody what each kind of partner is offered, by the plan in force, and how long approval has taken", async () => {
    const nobody = { partnerId: null, scopes: [] };
    const offer = await call(nobody, "GET", "/partners/offer");
    expect(offer).toMatchObject({ status: 200, body: { registration: "open", currency: "USD" } });
    const kinds = Object.fromEntries(
      offer.body.tiers.map((one: { partnerType: string }) => [one.partnerType, one]),
    ) as Record<string, object>;
    expect(Object.keys(kinds)).toEqual(["affiliate", "reseller", "whitelabel", "technology"]);
    expect(kinds["affiliate"]).toMatchObject({
      tier: "tier1",
      signupBonus: 5_000,
      recurringRate: 0.1,
      recurringDuration: 12,
      holdDays: 30,
      minimumPayout: { USD: 5_000 },
      isApprovedAtOnce: true,
      usualDays: null,
    });
    expect(kinds["technology"]).toMatchObject({ isApprovedAtOnce: false, usualDays: null });
    for (let count = 0; count < 5; count += 1) {
      const partnerId = await bench.register({ partnerType: "technology" });
      bench.clock.advance(36 * 3_600_000);
      await operator("PUT", `/admin/partners/${partnerId}/approve`);
    }
    const later = await call(nobody, "GET", "/partners/offer");
    expect(later.body.tiers.at(-1)).toMatchObject({ partnerType: "technology", usualDays: 2 });
  });

  it("tell nobody the rates of a programme that takes no registrations", async () => {
    bench.outside.flags.delete("partner-program");
    const offer = await call({ partnerId: null, scopes: [] }, "GET", "/partners/offer").finally(() =>
      bench.outside.flags.add("partner-program"),
    );
    expect(offer).toMatchObject({ status: 200, body: { registration: "closed", tiers: [] } });
  });

  it("tell a refused applicant what it was told of why, and take its application again, once", async () => {
    const partnerId = await bench.register({ isVerified: false });
    const message = "We have an imprint by now.";
    expect((await call({ partnerId }, "POST", "/partners/application", { message })).status).toBe(409);
    await operator("PUT", `/admin/partners/${partnerId}/reject`, {
      reason: "Looks odd",
      tell: "Your site has no imprint.",
    });
    const refused = await call({ partnerId }, "GET", "/partners/profile");
    expect(refused.body).toMatchObject({ status: "rejected", toldReason: "Your site has no imprint." });
    expect(refused.body).not.toHaveProperty("statusReason");
    expect((await call({ partnerId }, "POST", "/partners/application", { message: "" })).status).toBe(400);
    const again = await call({ partnerId }, "POST", "/partners/application", { message });
    expect(again).toMatchObject({ status: 200, body: { status: "pending", toldReason: null } });
    expect((await operator("GET", `/admin/partners/${partnerId}`)).body).toMatchObject({
      status: "pending",
      statusReason: message,
    });
    expect((await bench.news(partnerId)).at(-1)).toBe("partner.applied_again");
    expect((await call({ partnerId }, "POST", "/partners/application", { message })).status).toBe(409);
    const elsewhere = await call({ partnerId: await bench.neighbour() }, "POST", "/partners/application", { message });
    expect(elsewhere.status).toBe(404);
  });

  it("refuse text that cannot be kept, wherever it comes", async () => {
    const partnerId = await bench.register();
    for (const text of ["a\0b", "half \ud83d"]) {
      expect((await call({ partnerId }, "PUT", "/partners/profile", { companyName: text })).status).toBe(400);
      expect((await call({ partnerId }, "PUT", "/partners/profile", { settings: { note: text } })).status).toBe(400);
      expect((await operator("PUT", `/admin/partners/${partnerId}/suspend`, { reason: text })).status).toBe(400);
    }
    expect((await operator("GET", "/admin/partners?q=a%00b")).status).toBe(400);
    expect((await call({ partnerId }, "PUT", "/partners/profile", { settings: { ["__proto__x"]: 1 } })).status).toBe(
      400,
    );
    const kept = { note: "two\nlines \u{1F600}" };
    expect((await call({ partnerId }, "PUT", "/partners/profile", { settings: kept })).body.settings).toEqual(kept);
  });

  it("ask for a tier, and close the account", async () => {
    const partnerId = await bench.register();
    const asked = await call({ partnerId }, "POST", "/partners/upgrade", { tier: "tier2" });
    expect(asked).toMatchObject({ status: 201, body: { toTier: "tier2", eligibility: { isEligible: false } } });
    expect((await operator("GET", "/admin/partners/upgrades?status=requested")).body.data).toMatchObject([
      { id: asked.body.id },
    ]);
    expect(await operator("PUT", `/admin/partners/upgrades/${asked.body.id}/approve`)).toMatchObject({
      status: 200,
      body: { status: "approved" },
    });
    expect((await operator("PUT", `/admin/partners/upgrades/${asked.body.id}/reject`, { reason: "no" })).status).toBe(
      409,
    );
    expect(await call({ partnerId }, "DELETE", "/partners/account")).toMatchObject({
      status: 200,
      body: { status: "terminated", tier: "tier2" },
    });
  });
});

describe("the routes of an operator", () => {
  it("move a partner from state to state; a reason is wanted for what is against it", async () => {
    const id = await bench.register({ isVerified: false });
    const act = (name: string, payload?: object) => operator("PUT", `/admin/partners/${id}/${name}`, payload);
    expect((await act("suspend", { reason: "r" })).body.code).toBe("partner.wrong_state");
    expect(await act("approve")).toMatchObject({ status: 200, body: { status: "active" } });
    expect((await act("suspend")).status).toBe(400);
    expect(await act("suspend", { reason: "fraud" })).toMatchObject({
      status: 200,
      body: { status: "suspended", statusReason: "fraud" },
    });
    expect(await act("reactivate")).toMatchObject({ status: 200, body: { status: "active", statusReason: null } });
    expect(await act("terminate", { reason: "end" })).toMatchObject({ status: 200, body: { status: "terminated" } });
    expect((await act("approve")).status).toBe(409);
    expect((await operator("PUT", `/admin/partners/${await bench.neighbour()}/approve`)).status).toBe(404);
    expect((await call({ scopes: ["partners:read"] }, "PUT", `/admin/partners/${id}/approve`)).status).toBe(403);
  });

  it("list and show partners, and agree terms with them", async () => {
    const id = await bench.register();
    const listed = await operator("GET", "/admin/partners?status=active&limit=1&sort=-createdAt");
    expect(listed).toMatchObject({ status: 200, body: { data: [{ status: "active" }] } });
    expect((await operator("GET", "/admin/partners?status=friend")).status).toBe(400);
    const agreed = await operator("PUT", `/admin/partners/${id}/terms`, {
      overrides: { recurringRate: 0.15 },
      reason: "agreed",
    });
    expect(agreed).toMatchObject({ status: 200, body: { recurringRate: 0.15 } });
    const refused = await operator("PUT", `/admin/partners/${id}/terms`, {
      overrides: { recurringRate: 0.2 },
      reason: "x",
    });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: "plan.rate_out_of_range", facts: { field: "overrides.recurringRate" } },
    });
    const shown = await operator("GET", `/admin/partners/${id}`);
    expect(shown.body).toMatchObject({
      terms: { recurringRate: 0.15 },
      termsHistory: [{ isOwn: true }, { isOwn: false }],
    });
    const given = await call({ scopes: ["commissions:read"] }, "GET", "/admin/partners");
    expect(given.status).toBe(403);
  });

  it("find partners by what their person is called, whom the trail then names", async () => {
    const name = `Ada ${newId()}`;
    const partnerId = await bench.register({ name });
    const found = await operator("GET", `/admin/partners?q=${encodeURIComponent(name.slice(0, -1).toUpperCase())}`);
    expect(found.body.data).toMatchObject([{ id: partnerId }]);
    await bench.db.read(bench.ctx(), async (tx) => {
      const { ids, isCut } = await bench.partners.named(tx, name);
      expect(isCut).toBe(false);
      const [person = "", ...others] = ids.filter((id) => id !== partnerId);
      expect(others).toEqual([]);
      const names = await bench.partners.namesOf(tx, [partnerId, person, newId(), "a job"]);
      expect([...names.keys()].toSorted()).toEqual([partnerId, person].toSorted());
      expect(names.get(person)).toBe(name);
    });
  });

  it("find every partner of a search, however many, and say where the trail looks for some of them alone", async () => {
    const host = `${newId()}.test`;
    const rows = Array.from({ length: NAMED_MAX + 1 }, (_, index) => ({
      externalId: `${index}@${host}`,
      email: `${index}@${host}`,
      companyName: null,
      joinedAt: bench.clock.now(),
    }));
    await bench.partners.importPartners(bench.ctx(), rows);
    expect(new Set(await listed(`q=${host}`)).size).toBe(NAMED_MAX + 1);
    const { ids, isCut } = await bench.db.read(bench.ctx(), (tx) => bench.partners.named(tx, host));
    // A person and a partner each.
    expect([ids.length, isCut]).toEqual([2 * NAMED_MAX, true]);
  });

  it("invite, and take an invitation back", async () => {
    const invited = await operator("POST", "/admin/partners/invitations", { emails: [`${newId()}@people.test`] });
    expect(invited.status).toBe(201);
    const id = invited.body.invited[0].id;
    expect((await operator("GET", "/admin/partners/invitations")).body.data).toMatchObject([
      { id, hasRegistered: false },
    ]);
    expect((await operator("POST", `/admin/partners/invitations/${id}/mail`)).body).toMatchObject({ id });
    expect((await operator("POST", "/admin/partners/invitations/none/mail")).status).toBe(400);
    expect(await operator("DELETE", `/admin/partners/invitations/${id}`)).toEqual({ status: 204, body: null });
    expect((await operator("DELETE", `/admin/partners/invitations/${id}`)).status).toBe(404);
  });

  it("change the programme, and draft, edit and publish its plan", async () => {
    expect((await operator("PUT", "/admin/program", { name: "Shop" })).body).toMatchObject({
      name: "Shop",
      currency: "USD",
    });
    expect((await operator("PUT", "/admin/program", {})).status).toBe(400);
    const draft = await operator("POST", "/admin/program/plans", {});
    expect(draft).toMatchObject({ status: 201, body: { state: "draft", version: null, tiers: DEFAULT_TIERS } });
    const url = `/admin/program/plans/${draft.body.id}`;
    const tiers = { ...DEFAULT_TIERS, tier1: { ...DEFAULT_TIERS.tier1, recurringRate: 0.123456 } };
    expect((await operator("PUT", url, { tiers })).body.tiers.tier1.recurringRate).toBe(0.123456);
    const wrong = { ...DEFAULT_TIERS, tier1: { ...DEFAULT_TIERS.tier1, recurringRate: 0.2 } };
    expect((await operator("PUT", url, { tiers: wrong })).body).toMatchObject({
      code: "plan.rate_out_of_range",
      facts: { field: "tiers.tier1.recurringRate" },
    });
    expect((await operator("PUT", url, { tiers: { ...tiers, tier5: tiers.tier1 } })).status).toBe(400);
    expect((await operator("POST", `${url}/publish`, {})).body).toMatchObject({ state: "in_force", version: 2 });
    expect((await operator("POST", `${url}/publish`, {})).status).toBe(409);
    expect((await operator("GET", "/admin/program/plans?status=published")).body.data).toMatchObject([
      { version: 2 },
      { version: 1 },
    ]);
    expect((await operator("GET", url)).body.tiers.tier1.recurringRate).toBe(0.123456);
  });
});

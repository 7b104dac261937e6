import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NOW, type ReferralWorld, referralWorld, type SeededPartner } from "../../test/kit/referrals.ts";
import { serveRoutes } from "../../test/kit/routes.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { operatorReferralRoutes } from "./operator-referral-routes.ts";

let world: ReferralWorld;
let partner: SeededPartner;
let externalId: string;
const transactions = new Map<string, string>();

beforeAll(async () => {
  world = await referralWorld({
    explainTransaction: (_tx, id) => {
      const customerId = transactions.get(id);
      return Promise.resolve(
        customerId === undefined ? undefined : { customerId, explanation: { earned: 12n, at: NOW } },
      );
    },
  });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.moveTo(NOW);
  partner = await world.partner();
  externalId = `customer ${newId()}`;
});
const ago = (ms: number) => new Date(NOW.getTime() - ms);

describe("an explanation", () => {
  it("of a customer names every touch with its outcome, the rule that chose, and what is missing", async () => {
    const [gone, late] = [await world.partner({ status: "terminated" }), await world.partner()];
    const visitorId = newId();
    const chosen = await world.click(partner, { visitorId, at: ago(3_000) });
    const inactive = await world.click(gone, { visitorId, at: ago(2_000) });
    const old = await world.click(late, { visitorId, at: ago(31 * DAY_MS) });
    const referral = await world.referrals.convertReferral(world.ctx(), { externalId, clickId: inactive });
    await world.click(late, { visitorId });

    const explained = await world.referrals.explain(world.ctx(), { of: externalId });
    expect(explained).toMatchObject({
      subject: { kind: "customer", id: externalId },
      customer: { id: referral.customerId, externalId },
      referral: { id: referral.id, partnerId: partner.id },
      model: "last",
      rule: "click",
      missing: ["No payment has qualified it"],
    });
    expect(explained.touches.map(({ id, outcome }) => [id, outcome])).toEqual([
      [inactive, "partner_inactive"],
      [chosen, "chosen"],
      [old, "out_of_window"],
    ]);
    expect(await world.referrals.explain(world.ctx(), { of: chosen })).toMatchObject({ referral: { id: referral.id } });
  });

  it("of a click that decided nothing shows what the visitor did besides", async () => {
    const visitorId = newId();
    const [one, two] = [await world.click(partner, { visitorId }), await world.click(partner, { visitorId })];
    const explained = await world.referrals.explain(world.ctx(), { of: one });
    expect(explained.touches.map((touch) => touch.id)).toEqual([one, two]);
    expect(explained.missing).toHaveLength(1);
    expect(explained.referral).toBeNull();
  });

  it("of somebody who is nobody's, who has only signed up, who is unverified, who was rejected, says so", async () => {
    const missing = async () => (await world.referrals.explain(world.ctx(), { of: externalId })).missing.join();
    await world.db.transaction(world.ctx(), (tx) => world.deps.customers.upsertCustomers(tx, [{ externalId }]));
    expect(await missing()).toMatch(/nobody's/);
    await world.owner("update programs set requires_verified_email = true where tenant_id = $1", [world.tenantId]);
    const { id } = await world.referrals.signUpReferral(world.ctx(), {
      externalId,
      clickId: await world.click(partner),
    });
    await world.owner("update programs set requires_verified_email = false where tenant_id = $1", [world.tenantId]);
    expect(await missing()).toMatch(/signed up.*not verified/);
    await world.referrals.rejectReferral(world.ctx(), { referralId: id, reason: "A bot", takesBackApproved: false });
    expect(await missing()).toMatch(/rejected: A bot/);
  });

  it("of an import and of an assignment names them as the rule", async () => {
    const rows = [{ externalId, referralCode: partner.code, clickedAt: null, convertedAt: ago(1), email: null }];
    await world.referrals.importReferrals(world.ctx(), rows);
    expect((await world.referrals.explain(world.ctx(), { of: externalId })).rule).toBe("import");
    const by = { externalId: `hand ${newId()}`, partnerId: partner.id, reason: "x" };
    await world.referrals.assignReferral(world.ctx(), by);
    expect((await world.referrals.explain(world.ctx(), { of: by.externalId })).rule).toBe("manual");
  });

  it("of a transaction adds what later modules know", async () => {
    const { customerId } = await world.referrals.convertReferral(world.ctx(), {
      externalId,
      clickId: await world.click(partner),
    });
    const id = newId();
    transactions.set(id, customerId ?? "");
    expect(await world.referrals.explain(world.ctx(), { of: id })).toMatchObject({
      subject: { kind: "transaction", id },
      customer: { externalId },
      transaction: { earned: 12, at: NOW.toISOString() },
    });
  });

  it("is not found in another tenant, and asked over the wire for exactly one thing", async () => {
    const clickId = await world.click(partner);
    const { customerId } = await world.referrals.convertReferral(world.ctx(), { externalId, clickId });
    for (const of of [clickId, externalId, "unknown"])
      await expect(world.referrals.explain(world.ctx(world.otherTenantId), { of })).rejects.toMatchObject({
        code: "referral.nothing_explained",
      });
    const app = await serveRoutes([operatorReferralRoutes(world.referrals)], () => NOW);
    app.as({ tenantId: world.tenantId, partnerId: null });
    const get = async (query: string) => app.inject({ method: "GET", url: `/api/v1/admin/explain?${query}` });
    expect((await get(`clickId=${clickId}`)).json()).toMatchObject({ rule: "click", touches: [{ id: clickId }] });
    transactions.set("sale 1", customerId ?? "");
    expect((await get("transaction=sale%201")).json()).toMatchObject({ transaction: { earned: 12 } });
    expect((await get("transaction=unknown")).statusCode).toBe(404);
    for (const bad of ["", `clickId=${clickId}&customer=x`, "clickId=x"]) expect((await get(bad)).statusCode).toBe(400);
    await app.close();
  });
});

describe("the addresses of old clicks", () => {
  it("become networks after their days, others stay, and the next run goes on from there", async () => {
    const retention = await referralWorld({ ipRetentionDays: 30 });
    const [one, stranger] = [await retention.partner(), await retention.partner({ tenantId: retention.otherTenantId })];
    for (const days of [400, 60, 30, 29]) await retention.click(one, { at: ago(days * DAY_MS + 1) });
    await retention.click(one, { at: ago(30 * DAY_MS) });
    await retention.click(stranger, { at: ago(60 * DAY_MS) });
    await retention.owner("update clicks set ip = '2001:db8:1:2::3' where clicked_at = $1", [ago(60 * DAY_MS + 1)]);
    const ips = async () =>
      (
        await retention.owner<{ ip: string }>("select ip::text from clicks order by partner_id = $1 desc, clicked_at", [
          one.id,
        ])
      ).map((row) => row.ip);

    expect(await retention.referrals.truncateClickIps(retention.ctx())).toBe(3n);
    const exact = "192.0.2.77/32";
    expect(await ips()).toEqual(["192.0.2.0/24", "2001:db8:1::/48", "192.0.2.0/24", exact, exact, exact]);
    expect(await retention.referrals.truncateClickIps(retention.ctx())).toBe(0n);
    retention.clock.advance(DAY_MS);
    expect(await retention.referrals.truncateClickIps(retention.ctx())).toBe(2n);
    expect((await ips()).at(-1)).toBe(exact);
    await retention.close();
  });

  it("are, beside what names a browser, all of a click that the server may ever change", async () => {
    const clickId = await world.click(partner);
    for (const change of ["partner_id = gen_random_uuid()", "clicked_at = clicked_at", "campaign = 'x'"])
      await expect(
        world.db.transaction(world.ctx(), (tx) =>
          sql.raw(`update clicks set ${change} where id = '${clickId}'`).execute(tx),
        ),
      ).rejects.toThrow(/permission denied/);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HOST, NOW, type ReferralWorld, referralWorld, type SeededPartner } from "../../test/kit/referrals.ts";
import { serveRoutes } from "../../test/kit/routes.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { LINKS_MAX } from "./link-rules.ts";
import { operatorReferralRoutes } from "./operator-referral-routes.ts";
import { partnerReferralRoutes } from "./referral-routes.ts";

let world: ReferralWorld;
let app: Awaited<ReturnType<typeof serveRoutes>>;
let partner: SeededPartner;
let other: SeededPartner;

beforeAll(async () => {
  world = await referralWorld();
  app = await serveRoutes([partnerReferralRoutes(world.referrals), operatorReferralRoutes(world.referrals)], () =>
    world.clock.now(),
  );
});
afterAll(async () => {
  await app.close();
  await world.close();
});
beforeEach(async () => {
  world.clock.moveTo(NOW);
  [partner, other] = [await world.partner(), await world.partner()];
});

const asPartner = (who: SeededPartner) => app.as({ tenantId: who.tenantId, partnerId: who.id });
const asOperator = (tenantId = world.tenantId) => app.as({ tenantId, partnerId: null });
const get = async (url: string) => {
  const response = await app.inject({ method: "GET", url });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>(), text: response.body };
};
const post = async (url: string, payload: object) => {
  const response = await app.inject({ method: "POST", url, payload });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
};
const convert = async (of: SeededPartner, email = `grace-${newId()}@mail.example.com`) =>
  world.referrals.convertReferral(world.ctx(of.tenantId), {
    externalId: `SECRET-NAME-${newId()}`,
    clickId: await world.click(of),
    email,
    ip: "198.51.100.7",
  });
const dataOf = (body: Record<string, unknown>) => body["data"] as Record<string, unknown>[];

describe("a partner's referrals", () => {
  it("show customers masked, and nothing else of them", async () => {
    const referral = await convert(partner);
    asPartner(partner);
    for (const { text } of [
      await get("/api/v1/partners/referrals"),
      await get(`/api/v1/partners/referrals/${referral.id}`),
    ]) {
      expect(text).toContain('"customer":"g…@m….com"');
      expect(text).not.toMatch(/SECRET-NAME|grace|198\.51|192\.0\.2/);
      expect(text).not.toContain(referral.customerId);
    }
  });

  it("are its own alone", async () => {
    const [mine, theirs] = [await convert(partner), await convert(other)];
    const foreign = await world.partner({ tenantId: world.otherTenantId });
    const elsewhere = await convert(foreign);
    asPartner(partner);
    expect(dataOf((await get("/api/v1/partners/referrals")).body).map((row) => row["id"])).toEqual([mine.id]);
    for (const { id } of [theirs, elsewhere]) {
      expect((await get(`/api/v1/partners/referrals/${id}`)).status).toBe(404);
    }
    app.as({ tenantId: world.otherTenantId, partnerId: partner.id });
    expect((await get(`/api/v1/partners/referrals/${mine.id}`)).status).toBe(404);
    expect(dataOf((await get("/api/v1/partners/referrals")).body)).toEqual([]);
  });

  it("come in pages, by state and by date", async () => {
    for (let index = 0; index < 5; index += 1) {
      world.clock.advance(1_000);
      await convert(partner);
    }
    asPartner(partner);
    const seen: string[] = [];
    let cursor = "";
    do {
      const { body } = await get(`/api/v1/partners/referrals?limit=2&sort=createdAt${cursor}`);
      seen.push(...dataOf(body).map((row) => JSON.stringify(row["createdAt"])));
      cursor = typeof body["nextCursor"] === "string" ? `&cursor=${body["nextCursor"]}` : "";
    } while (cursor !== "");
    expect(seen).toHaveLength(5);
    expect(seen).toEqual(seen.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(dataOf((await get("/api/v1/partners/referrals?status=pending")).body)).toEqual([]);
    expect(dataOf((await get("/api/v1/partners/referrals?createdFrom=2026-03-01T12:00:03Z")).body)).toHaveLength(3);
    for (const bad of ["status=odd", "limit=0", "cursor=x", "unknown=1", "createdFrom=yesterday"])
      expect((await get(`/api/v1/partners/referrals?${bad}`)).status).toBe(400);
  });

  it("are counted over a period, with the clicks", async () => {
    await convert(partner);
    await convert(partner);
    const { id } = await convert(partner);
    await world.referrals.rejectReferral(world.ctx(), { referralId: id, reason: "x", takesBackApproved: false });
    await convert(other);
    const visitorId = newId();
    await world.click(partner, { visitorId });
    await world.click(partner, { visitorId });
    asPartner(partner);
    const during = (from: string, to: string) => get(`/api/v1/partners/referrals/stats?from=${from}&to=${to}`);
    expect((await during("2026-03-01T12:00:00Z", "2026-03-02T00:00:00Z")).body).toMatchObject({
      clicks: 5,
      signups: 3,
      conversions: 3,
      qualified: 0,
      rejected: 1,
    });
    expect((await during("2026-03-01T12:00:00.001Z", "2026-03-02T00:00:00Z")).body).toMatchObject({
      clicks: 0,
      signups: 0,
    });
    expect((await during("2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z")).status).toBe(400);
    expect((await during("2020-03-02T00:00:00Z", "2026-03-01T00:00:00Z")).status).toBe(400);
  });
});

describe("the operator's referrals", () => {
  it("are every partner's, by partner and by customer, and no other tenant's", async () => {
    const [one] = [await convert(partner), await convert(other)];
    asOperator();
    expect(dataOf((await get(`/api/v1/admin/referrals?partnerId=${partner.id}`)).body)).toMatchObject([
      { id: one.id, externalId: one.externalId, partnerId: partner.id, termsId: partner.termsId },
    ]);
    const byName = `/api/v1/admin/referrals?externalId=${encodeURIComponent(one.externalId ?? "")}`;
    expect(dataOf((await get(byName)).body)).toHaveLength(1);
    expect(dataOf((await get("/api/v1/admin/referrals?externalId=nobody")).body)).toEqual([]);
    asOperator(world.otherTenantId);
    expect((await get(`/api/v1/admin/referrals/${one.id}`)).status).toBe(404);
    expect(dataOf((await get(byName)).body)).toEqual([]);
  });

  it("are made, verified and rejected over the wire, and malformed calls refused", async () => {
    asOperator();
    const clickId = await world.click(partner);
    const externalId = `customer ${newId()}`;
    const claim = { externalId, clickId, email: "Ada@example.com", ip: "2001:db8::1" };
    expect((await post("/api/v1/referrals/signup", claim)).body).toMatchObject({ status: "pending" });
    const converted = await post("/api/v1/referrals/convert", claim);
    expect([converted.status, converted.body["status"]]).toEqual([200, "converted"]);
    expect((await post("/api/v1/referrals/verify", { externalId })).body["verifiedAt"]).toBe(NOW.toISOString());
    const reject = `/api/v1/admin/referrals/${String(converted.body["id"])}/reject`;
    expect((await post(reject, { reason: " " })).status).toBe(400);
    expect((await post(reject, { reason: "Fraud" })).body["status"]).toBe("rejected");
    expect((await post(reject, { reason: "Fraud" })).status).toBe(409);
    for (const bad of [
      {},
      { externalId: "" },
      { externalId: "a\u0000b" },
      { externalId: "x", clickId: "not an id" },
      { externalId: "x", clickId, email: "no address" },
      { externalId: "x", clickId, ip: "not an ip" },
      { externalId: "x", clickId, emailVerified: "yes" },
      { externalId: "x", clickId, extra: 1 },
      { externalId: "x".repeat(256), clickId },
      { externalId: 7, clickId },
    ])
      expect((await post("/api/v1/referrals/convert", bad)).status).toBe(400);
    const assigned = { externalId: newId(), partnerId: partner.id, reason: "Agreed by phone" };
    expect((await post("/api/v1/admin/referrals/assign", assigned)).body["source"]).toBe("manual");
  });

  it("are out of a partner's reach", async () => {
    asPartner(partner);
    for (const url of ["convert", "signup", "verify", "validate"])
      expect((await post(`/api/v1/referrals/${url}`, { externalId: "x", code: "xx" })).status).not.toBe(200);
    expect((await get("/api/v1/admin/referrals")).status).toBe(403);
    expect((await get("/api/v1/admin/explain?customer=x")).status).toBe(403);
  });
});

describe("links", () => {
  it("begin with the partner's own code, and more lead where the partner says, on the programme's hosts", async () => {
    asPartner(partner);
    const made = await post("/api/v1/partners/referrals/link", {
      campaign: "spring",
      destination: `https://${HOST}/a`,
      subIds: { sub1: "x" },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ destination: `https://${HOST}/a`, campaign: "spring", subIds: { sub1: "x" } });
    expect(made.body["url"]).toMatch(/^https:\/\/go\.example\/r\/[2-9a-hjkmnp-z]{10}$/);
    const links = dataOf((await get("/api/v1/partners/referrals/links?sort=createdAt")).body);
    expect(links.map((link) => [link["isDefault"], link["code"] === partner.code])).toContainEqual([true, true]);
    expect(links).toHaveLength(2);
    const own = dataOf((await get("/api/v1/partners/referrals/links?isDefault=true")).body);
    expect(own.map((link) => link["code"])).toEqual([partner.code]);
    expect((await get("/api/v1/partners/referrals/links?isDefault=perhaps")).status).toBe(400);
    expect(await world.audited(String(made.body["id"]))).toMatchObject([{ action: "referral_link.created" }]);
  });

  it("lead nowhere else, carry nothing odd, and are not made by a partner who is not active", async () => {
    asPartner(partner);
    for (const destination of ["https://evil.example/", "javascript:alert(1)", `https://${HOST}@evil.example/`])
      expect((await post("/api/v1/partners/referrals/link", { destination })).body["code"]).toBe(
        "referral.destination_invalid",
      );
    for (const bad of [
      { destination: 1 },
      { campaign: "x".repeat(101) },
      { subIds: { sub9: "x" } },
      { partnerId: other.id },
    ])
      expect((await post("/api/v1/partners/referrals/link", bad)).status).toBe(400);
    for (const status of ["suspended", "terminated", "pending"] as const) {
      asPartner(await world.partner({ status }));
      expect((await post("/api/v1/partners/referrals/link", {})).body["code"]).toBe("referral.partner_inactive");
    }
  });

  it("have an end to their number", async () => {
    await world.owner(
      `insert into referral_links (tenant_id, id, partner_id, code, created_at)
       select $1, gen_random_uuid(), $2::uuid, 'many-' || substr($2::text, 25) || n, $3 from generate_series(1, $4::int) n`,
      [partner.tenantId, partner.id, NOW, LINKS_MAX - 1],
    );
    asPartner(partner);
    expect((await post("/api/v1/partners/referrals/link", {})).body["code"]).toBe("referral.too_many_links");
  });

  it("are archived by their partner alone, once, and never the default", async () => {
    asPartner(partner);
    const id = String((await post("/api/v1/partners/referrals/link", {})).body["id"]);
    const archive = (link: string) => post(`/api/v1/partners/referrals/links/${link}/archive`, {});
    asPartner(other);
    expect((await archive(id)).status).toBe(404);
    asPartner(partner);
    expect((await archive(id)).body["status"]).toBe("archived");
    expect((await archive(id)).body["code"]).toBe("referral.state");
    const [own] = await world.owner<{ id: string }>("select id from referral_links where code = $1", [partner.code]);
    expect((await archive(own?.id ?? "")).body["code"]).toBe("referral.state");
    expect(dataOf((await get("/api/v1/partners/referrals/links?status=archived")).body)).toHaveLength(1);
  });

  it("follow a partner's code when it changes, while the earlier one goes on leading", async () => {
    const changeTo = async (code: string) => {
      await world.owner("update partners set referral_code = $2 where id = $1", [partner.id, code]);
      await world.db.transaction(world.ctx(), (tx) =>
        world.referrals.createDefaultLinks(tx, [{ type: "partner.code_changed", objectId: partner.id }]),
      );
      const links = await world.owner<{ code: string; is_default: boolean; status: string }>(
        "select code, is_default, status from referral_links where partner_id = $1 order by created_at, id",
        [partner.id],
      );
      return links.map((link) => `${link.code} ${link.is_default} ${link.status}`);
    };
    const fresh = `fresh-${newId()}`;
    expect(await changeTo(fresh)).toEqual([`${partner.code} false active`, `${fresh} true active`]);
    const [old] = await world.owner<{ id: string }>("select id from referral_links where code = $1", [partner.code]);
    await world.referrals.archiveReferralLink(world.as(partner), { linkId: old?.id ?? "" });
    expect(await changeTo(partner.code)).toEqual([`${partner.code} true active`, `${fresh} false active`]);
  });

  it("of a partner's own code are made once, and a code that is another's is refused", async () => {
    const again = (type = "partner.created") =>
      world.db.transaction(world.ctx(), (tx) =>
        world.referrals.createDefaultLinks(tx, [{ type, objectId: partner.id }]),
      );
    await again();
    const codes = await world.db.read(world.ctx(), (tx) =>
      world.referrals.findTakenCodes(tx, [partner.code, "free-code"]),
    );
    expect([...codes]).toEqual([partner.code]);
    await world.owner("update referral_links set partner_id = $2 where code = $1", [partner.code, other.id]);
    await expect(again()).rejects.toMatchObject({ code: "referral.code_taken" });
  });
});

describe("coupons", () => {
  const code = () => `C-${newId()}`.slice(0, 24).toUpperCase();
  const create = (body: object) => post("/api/v1/admin/coupons", { partnerId: partner.id, ...body });

  it("are exclusive unless said otherwise, unique while in use, audited, and free again when archived", async () => {
    asOperator();
    const name = code();
    const made = await create({ code: name.toLowerCase() });
    expect([made.status, made.body]).toMatchObject([201, { code: name, isExclusive: true, status: "active" }]);
    expect((await create({ code: name, partnerId: other.id })).body["code"]).toBe("referral.code_taken");
    const id = String(made.body["id"]);
    expect((await post(`/api/v1/admin/coupons/${id}/archive`, {})).body["status"]).toBe("archived");
    expect((await post(`/api/v1/admin/coupons/${id}/archive`, {})).status).toBe(409);
    expect((await create({ code: name, partnerId: other.id, isExclusive: false })).body["isExclusive"]).toBe(false);
    expect(dataOf((await get(`/api/v1/admin/coupons?code=${name.toLowerCase()}&status=active`)).body)).toMatchObject([
      { partnerId: other.id },
    ]);
    expect((await world.audited(id)).map((row) => row.action)).toEqual(["coupon.created", "coupon.archived"]);
    asOperator(world.otherTenantId);
    expect((await post(`/api/v1/admin/coupons/${id}/archive`, {})).status).toBe(404);
    expect((await create({ code: code() })).status).toBe(404);
  });

  it("end after they start, on days that exist, with a partner who takes part", async () => {
    asOperator();
    const [early, late] = ["2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"];
    expect((await create({ code: code(), startsAt: late, endsAt: early })).body["code"]).toBe(
      "referral.coupon_period_invalid",
    );
    expect((await create({ code: code(), endsAt: "2026-01-01T00:00:00Z" })).body["code"]).toBe(
      "referral.coupon_period_invalid",
    );
    expect((await create({ code: code(), startsAt: "2026-02-30T00:00:00Z" })).status).toBe(400);
    expect((await create({ code: "no spaces" })).status).toBe(400);
    const gone = await world.partner({ status: "terminated" });
    expect((await create({ code: code(), partnerId: gone.id })).body["code"]).toBe("referral.partner_inactive");
  });

  it("and links are told valid or not, and why", async () => {
    asOperator();
    const name = code();
    await create({ code: name, startsAt: "2026-03-02T00:00:00Z" });
    const valid = async (text: string) => (await post("/api/v1/referrals/validate", { code: text })).body;
    expect(await valid(name)).toEqual({ isValid: false, kind: "coupon", reason: "referral.coupon_invalid" });
    world.clock.advance(2 * DAY_MS);
    expect(await valid(name)).toEqual({ isValid: true, kind: "coupon", reason: null });
    expect(await valid(partner.code)).toEqual({ isValid: true, kind: "link", reason: null });
    expect(await valid("nobodys")).toEqual({ isValid: false, kind: null, reason: "referral.code_unknown" });
    const gone = await world.partner({ status: "rejected" });
    expect(await valid(gone.code)).toMatchObject({ isValid: false, reason: "referral.partner_inactive" });
  });
});

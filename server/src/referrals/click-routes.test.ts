import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BROWSER, HOST, NOW, type ReferralWorld, referralWorld, type SeededPartner } from "../../test/kit/referrals.ts";
import { isId, newId } from "../kernel/id.ts";
import { type App, createHttpServer } from "../platform/http/index.ts";
import { clickRoutes } from "./click-routes.ts";
import { createVisitorCookies } from "./visitor-cookie.ts";

let world: ReferralWorld;
let app: App;
let partner: SeededPartner;

beforeAll(async () => {
  world = await referralWorld();
  app = await serve(() => world.tenantId);
});
afterAll(async () => {
  await app.close();
  await world.close();
});
beforeEach(async () => {
  partner = await world.partner();
});

const serve = (tenantId: () => string) =>
  createHttpServer({
    logger: false,
    routes: [
      clickRoutes({
        referrals: world.referrals,
        cookies: createVisitorCookies({ key: randomBytes(32), isSecure: true }),
      }),
    ],
    identify: (request) => Promise.resolve({ ...world.ctx(tenantId()), ip: request.ip, actor: { type: "anonymous" } }),
    authorize: () => {},
    limit: () => Promise.resolve(),
    trustProxy: false,
    publicUrl: "https://go.example",
  });

type ClickRow = {
  id: string;
  link_id: string;
  partner_id: string;
  visitor_id: string;
  device_id: string | null;
  is_repeat: boolean;
  ip: string;
  user_agent: string;
  referrer: string | null;
  campaign: string | null;
  sub_ids: object;
  clicked_at: Date;
};
const clicksOf = (of: SeededPartner = partner) =>
  world.owner<ClickRow>("select * from clicks where partner_id = $1 order by clicked_at, id", [of.id]);
const visit = (path = `/r/${partner.code}`, headers: Record<string, string> = {}, method: "GET" | "HEAD" = "GET") =>
  app.inject({ method, url: path, headers: { "user-agent": BROWSER, ...headers } });
const cookieOf = (response: Awaited<ReturnType<typeof visit>>): string =>
  String(response.headers["set-cookie"] ?? "").split(";")[0] ?? "";
const locationOf = (response: Awaited<ReturnType<typeof visit>>) => new URL(String(response.headers.location));

describe("the redirect", () => {
  it("leads to the destination with the id of a click that is in the database before the answer", async () => {
    const response = await visit(`/r/${partner.code.toUpperCase()}?utm_campaign=spring&sub1=a&sub5=e&sub9=x&fbclid=1`, {
      referer: "https://blog.example/post?q=secret",
    });
    expect(response.statusCode).toBe(302);
    expect(response.headers["cache-control"]).toBe("no-store");
    const location = locationOf(response);
    expect(location.origin).toBe(`https://${HOST}`);
    const [click, ...others] = await clicksOf();
    expect(others).toEqual([]);
    expect(click).toMatchObject({
      id: location.searchParams.get("tid"),
      partner_id: partner.id,
      is_repeat: false,
      device_id: null,
      ip: "127.0.0.1",
      user_agent: BROWSER,
      referrer: "https://blog.example/post",
      campaign: "spring",
      sub_ids: { sub1: "a", sub5: "e" },
      clicked_at: NOW,
    });
  });

  it("remembers the visitor by a cookie that is first-party, and counts a second click as a repeat", async () => {
    const first = await visit();
    expect(first.headers["set-cookie"]).toMatch(/^__Host-.*HttpOnly; SameSite=Lax; Secure$/);
    const again = await visit(undefined, { cookie: cookieOf(first) });
    expect(again.headers["set-cookie"]).toBeUndefined();
    const [one, two] = await clicksOf();
    expect([one?.is_repeat, two?.is_repeat]).toEqual([false, true]);
    expect(two?.visitor_id).toBe(one?.visitor_id);
    const forged = await visit(undefined, { cookie: `${cookieOf(first)}x` });
    expect(forged.headers["set-cookie"]).toBeDefined();
    expect((await clicksOf())[2]?.visitor_id).not.toBe(one?.visitor_id);
  });

  it.each([
    ["a bot", { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" }],
    ["a link preview", { "user-agent": "facebookexternalhit/1.1" }],
    ["a prefetch", { "sec-purpose": "prefetch" }],
    ["a prerender", { "sec-purpose": "prefetch;prerender" }],
    ["an old prefetch", { purpose: "prefetch" }],
  ])("leads %s on without a record, an id or a cookie", async (_who, headers) => {
    const response = await visit(undefined, headers);
    expect([response.statusCode, response.headers.location]).toEqual([302, `https://${HOST}/`]);
    expect(response.headers["set-cookie"]).toBeUndefined();
    expect(await clicksOf()).toEqual([]);
  });

  it("answers HEAD without a record", async () => {
    const response = await visit(undefined, {}, "HEAD");
    expect([response.statusCode, response.headers.location]).toEqual([302, `https://${HOST}/`]);
    expect(await clicksOf()).toEqual([]);
  });

  it.each(["suspended", "terminated"] as const)("goes on for a partner who is %s, and counts", async (status) => {
    const one = await world.partner({ status });
    expect((await visit(`/r/${one.code}`)).statusCode).toBe(302);
    expect(await clicksOf(one)).toHaveLength(1);
  });

  it.each(["nobodys-code", "a", "..%2f..%2fetc", "a".repeat(90), "x'; drop table clicks; --"])(
    "is not found for a code that is none: %s",
    async (code) => {
      const response = await visit(`/r/${encodeURIComponent(decodeURIComponent(code))}`);
      expect(response.statusCode).toBe(404);
      expect(response.headers.location).toBeUndefined();
    },
  );

  it("does not know another tenant's code", async () => {
    const stranger = await world.partner({ tenantId: world.otherTenantId });
    expect((await visit(`/r/${stranger.code}`)).statusCode).toBe(404);
    expect(await clicksOf(stranger)).toEqual([]);
  });

  it("honours ?to= on the programme's hosts", async () => {
    const to = encodeURIComponent(`https://${HOST}/pricing?a=1#plans`);
    const location = locationOf(await visit(`/r/${partner.code}?to=${to}`));
    expect(isId(location.searchParams.get("tid") ?? "")).toBe(true);
    location.searchParams.delete("tid");
    expect(location.href).toBe(`https://${HOST}/pricing?a=1#plans`);
  });

  it.each([
    "https://evil.example/",
    "//evil.example",
    `https://${HOST}@evil.example`,
    `https://${HOST}.evil.example`,
    "javascript:alert(1)",
    "https:\\\\evil.example",
    `https://evil.example\r\nLocation: https://${HOST}`,
    "\u0000https://evil.example",
  ])("never leads elsewhere: ?to=%s", async (to) => {
    for (const query of [`to=${encodeURIComponent(to)}`, `to=${encodeURIComponent(to)}&to=${encodeURIComponent(to)}`]) {
      const response = await visit(`/r/${partner.code}?${query}`);
      expect(response.statusCode).toBe(302);
      expect(locationOf(response).host).toBe(HOST);
      expect(Object.keys(response.headers).filter((name) => name === "location")).toHaveLength(1);
    }
  });

  it("leads to the programme's own destination when a link's host is no longer the programme's", async () => {
    const link = await world.referrals.generateReferralLink(world.as(partner), { destination: `https://${HOST}/old` });
    const others = await world.owner<{ destination_url: string }>(
      "update referral_links set destination_url = 'https://left.example/' where id = $1 returning destination_url",
      [link.id],
    );
    expect(others).toHaveLength(1);
    expect(locationOf(await visit(`/r/${link.code}`)).host).toBe(HOST);
  });

  it("of an archived link goes on leading there, without a record", async () => {
    const link = await world.referrals.generateReferralLink(world.as(partner), { destination: `https://${HOST}/x` });
    await world.referrals.archiveReferralLink(world.as(partner), { linkId: link.id });
    const response = await visit(`/r/${link.code}`);
    expect([response.statusCode, response.headers.location]).toEqual([302, `https://${HOST}/x`]);
    expect(await clicksOf()).toEqual([]);
  });

  it("keeps what the link says unless the visit says otherwise", async () => {
    const link = await world.referrals.generateReferralLink(world.as(partner), {
      campaign: "newsletter",
      subIds: { sub1: "link", sub2: "link" },
    });
    await visit(`/r/${link.code}?sub1=visit`);
    expect(await clicksOf()).toMatchObject([{ campaign: "newsletter", sub_ids: { sub1: "visit", sub2: "link" } }]);
  });

  it("loses no acknowledged click of a crowd, and makes none up", async () => {
    const responses = await Promise.all(Array.from({ length: 300 }, () => visit()));
    const acknowledged = responses.map((response) => locationOf(response).searchParams.get("tid"));
    const stored = (await clicksOf()).map((click) => click.id);
    expect(new Set(stored)).toEqual(new Set(acknowledged));
    expect(stored).toHaveLength(300);
  });

  it("loses no acknowledged click when the database drops every connection under way", async () => {
    const terminate = () =>
      world.owner(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'tributary'`,
      );
    const acknowledged: string[] = [];
    const crowd = async () => {
      for (let round = 0; round < 40; round += 1) {
        const response = await visit();
        if (response.statusCode === 302) acknowledged.push(locationOf(response).searchParams.get("tid") ?? "");
      }
    };
    const storms = async () => {
      for (let round = 0; round < 6; round += 1) await terminate();
    };
    await Promise.all([...Array.from({ length: 16 }, crowd), storms()]);
    const stored = new Set((await clicksOf()).map((click) => click.id));
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });

  it("answers 503 and no destination when the click cannot be committed", async () => {
    await visit();
    await world.owner("alter table clicks add constraint refuse_all check (clicked_at < '2000-01-01') not valid");
    const response = await visit();
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([503, "referral.click_not_recorded"]);
    expect(response.headers.location).toBeUndefined();
    expect(response.body).not.toMatch(/constraint|refuse_all|clicks"/);
    await world.owner("alter table clicks drop constraint refuse_all");
    expect((await visit()).statusCode).toBe(302);
  });
});

describe("tracking from a page's script", () => {
  const track = (body: object, headers: Record<string, string> = {}) =>
    app.inject({
      method: "POST",
      url: "/api/v1/referrals/track",
      headers: { "user-agent": BROWSER, ...headers },
      payload: body,
    });

  it("records the visit with its device, campaign, sub-ids and referrer, and answers its id", async () => {
    const deviceId = `device-${newId()}`;
    const response = await track({
      code: partner.code,
      deviceId,
      campaign: "spring",
      referrer: "https://blog.example/a?b=c",
      subIds: { sub2: "b" },
    });
    expect(response.statusCode).toBe(200);
    expect(await clicksOf()).toMatchObject([
      {
        id: response.json<{ clickId: string }>().clickId,
        device_id: deviceId,
        campaign: "spring",
        referrer: "https://blog.example/a",
        sub_ids: { sub2: "b" },
      },
    ]);
  });

  it("records no bot", async () => {
    const response = await track({ code: partner.code }, { "user-agent": "Googlebot/2.1" });
    expect([response.json(), response.headers["set-cookie"]]).toEqual([{ clickId: null }, undefined]);
    expect(await clicksOf()).toEqual([]);
  });

  it.each([
    [{}, 400],
    [{ code: 7 }, 400],
    [{ code: "abc", deviceId: "short" }, 400],
    [{ code: "abc", deviceId: "with space in it" }, 400],
    [{ code: "abc", unknown: true }, 400],
    [{ code: "abc", subIds: { sub6: "x" } }, 400],
    [{ code: "abc", campaign: "x".repeat(201) }, 400],
    [{ code: "nobodys" }, 404],
    [{ code: "?" }, 404],
  ])("refuses %j with %i", async (body, status) => {
    expect((await track(body)).statusCode).toBe(status);
  });

  it("takes JSON alone, so that no page elsewhere can post to it unasked", async () => {
    const response = await app.inject({
      method: "POST",
      url: "/api/v1/referrals/track",
      headers: { "content-type": "text/plain", "user-agent": BROWSER },
      payload: JSON.stringify({ code: partner.code }),
    });
    expect(response.statusCode).toBe(400);
    expect(await clicksOf()).toEqual([]);
  });

  it("opens itself to pages on the programme's hosts, and to no others", async () => {
    const allowed = await track({ code: partner.code }, { origin: `https://${HOST}` });
    expect(allowed.headers).toMatchObject({
      "access-control-allow-origin": `https://${HOST}`,
      "access-control-allow-credentials": "true",
    });
    expect(String(allowed.headers.vary)).toMatch(/origin/i);
    for (const origin of [
      "https://evil.example",
      "null",
      `https://${HOST}.evil.example`,
      `https://evil.example/https://${HOST}`,
    ]) {
      const preflight = await app.inject({
        method: "OPTIONS",
        url: "/api/v1/referrals/track",
        headers: { origin, "access-control-request-method": "POST" },
      });
      expect(preflight.statusCode).toBe(204);
      expect(preflight.headers["access-control-allow-origin"]).toBeUndefined();
      expect((await track({ code: partner.code }, { origin })).headers["access-control-allow-origin"]).toBeUndefined();
    }
    const preflight = await app.inject({
      method: "OPTIONS",
      url: "/api/v1/referrals/track",
      headers: { origin: `https://${HOST}`, "access-control-request-method": "POST" },
    });
    expect(preflight.headers).toMatchObject({
      "access-control-allow-origin": `https://${HOST}`,
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "content-type",
    });
  });

  it("opens a refused answer too, so that a page reads why", async () => {
    const refused = await track({ code: "nobodys" }, { origin: `https://${HOST}` });
    expect([refused.statusCode, refused.headers["access-control-allow-origin"]]).toEqual([404, `https://${HOST}`]);
  });
});

describe("what a visitor has said to being recognised", () => {
  const track = (body: object, headers: Record<string, string> = {}) =>
    app.inject({
      method: "POST",
      url: "/api/v1/referrals/track",
      headers: { "user-agent": BROWSER, ...headers },
      payload: { code: partner.code, deviceId: "device-0001", referrer: "https://blog.example/", ...body },
    });
  const nobody = { consent: "denied", ip: null, user_agent: null, referrer: null, device_id: null };

  it("stands on the click; where nobody asked it is unknown", async () => {
    await visit();
    await track({ consent: "granted" });
    expect((await clicksOf()).map((click) => Reflect.get(click, "consent"))).toEqual(["unknown", "granted"]);
  });

  it.each([
    [
      "a browser's Global Privacy Control, on a link",
      () => visit(undefined, { "sec-gpc": "1", referer: "https://blog.example/" }),
    ],
    ["a browser's Global Privacy Control, from a page", () => track({}, { "sec-gpc": "1" })],
    ["the page", () => track({ consent: "denied" })],
  ])("where it is no, by %s, the click counts, and neither address, browser nor cookie is kept", async (_, request) => {
    const answer = await request();
    expect(answer.statusCode).toBeLessThan(400);
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(await clicksOf()).toMatchObject([nobody]);
  });

  it("outranks what the browser asks for, where the page was told yes", async () => {
    await track({ consent: "granted" }, { "sec-gpc": "1" });
    expect(await clicksOf()).toMatchObject([{ consent: "granted", user_agent: BROWSER }]);
  });

  it("has a visitor who says no not be known by the cookie of an earlier visit", async () => {
    const first = await visit();
    await visit(undefined, { cookie: cookieOf(first), "sec-gpc": "1" });
    const [before, after] = await clicksOf();
    expect(after?.visitor_id).not.toBe(before?.visitor_id);
  });
});

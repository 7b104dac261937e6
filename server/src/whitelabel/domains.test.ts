import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DnsServer, startDns } from "../../test/kit/dns.ts";
import { fresh, must } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { OPERATOR_SCOPES } from "../platform/scopes.ts";
import type { DomainView } from "./domain-view.ts";

const HOST = "operator.test";
let database: ClonedDatabase;
let dns: DnsServer;
let tenants: TwoTenants;
let ours: Side;
let theirs: Side;

beforeAll(async () => {
  database = await cloneDatabase();
  dns = await startDns();
  tenants = await openTwoTenants(database, { domains: { dnsServers: [dns.address] } });
  ({ ours, theirs } = tenants);
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await dns?.[Symbol.asyncDispose]();
  await database?.drop();
});
beforeEach(async () => {
  dns.zone.clear();
  dns.zone.set(HOST, { A: ["203.0.113.1"] });
  await asOwner(database, "delete from custom_domains");
  await asOwner(database, "update tenants set link_host = null");
});

const freshDomain = (): string => `${fresh("go")}.acme-cards.com`;
const url = "/api/v1/admin/domains";
const enter = async (side: Side, domain: string) =>
  (await must(side, "POST", url, { auth: side.operatorKey, body: { domain } })) as unknown as DomainView;
const refused = async (side: Side, domain: string) =>
  (await side.send("POST", url, { auth: side.operatorKey, body: { domain } })).body;
const shown = async (side: Side, { id }: { id: string }) =>
  (await must(side, "GET", `${url}/${id}`, { auth: side.operatorKey })) as unknown as DomainView;
const check = async (side: Side, { id }: { id: string }) => {
  await must(side, "POST", `${url}/${id}/check`, { auth: side.operatorKey, body: {} });
  await tenants.world.settle();
  return shown(side, { id });
};
/** Sets the records that an entry asks for. */
const setRecords = ({ records }: DomainView, besides: readonly string[] = []) => {
  for (const { type, name, value } of records)
    dns.zone.set(name, type === "TXT" ? { TXT: [value, ...besides] } : { CNAME: [value] });
};
const serve = async (side: Side, domain: string) => {
  const entered = await enter(side, domain);
  setRecords(entered);
  expect(await check(side, entered)).toMatchObject({ state: "active", problems: [], isServed: true });
  return entered;
};
const pass = async (ms: number) => {
  tenants.world.clock.advance(ms);
  await tenants.world.wake("whitelabel.check_domains");
  await tenants.world.settle();
};
const tenantAt = async (host: string) => (await tenants.world.app.tenants.tenantForHost(host)).id;
const certificate = async (domain: string, headers: Record<string, string> = {}, remoteAddress = "127.0.0.1") =>
  (
    await tenants.everything.http.inject({
      method: "GET",
      url: "/internal/certificates/ask",
      query: { domain },
      headers: { host: "127.0.0.1", ...headers },
      remoteAddress,
    })
  ).statusCode;

/** Servers hear of a change soon. */
const becomesCertified = (domain: string, status: number) =>
  expect.poll(() => certificate(domain), { timeout: 20_000 }).toBe(status);

describe("a custom domain", () => {
  it("is asked about as soon as it is entered, and says exactly what is still missing", async () => {
    const domain = freshDomain();
    const entered = await enter(theirs, domain.toUpperCase());
    expect(entered).toMatchObject({ domain, state: "pending", isServed: false });
    expect(entered.records).toEqual([
      { type: "TXT", name: `_tributary.${domain}`, value: expect.stringMatching(/^tributary-domain=[\w-]{22}$/) },
      { type: "CNAME", name: domain, value: HOST },
    ]);
    await tenants.world.settle();
    const first = await shown(theirs, entered);
    expect(first.problems.map(({ code }) => code)).toEqual(["txt_missing", "points_nowhere"]);
    expect(first.problems[1]?.expected).toEqual([HOST, "203.0.113.1"]);
    dns.zone.set(domain, { A: ["198.51.100.7"] });
    expect((await check(theirs, entered)).problems).toMatchObject([
      { code: "txt_missing" },
      { code: "points_elsewhere", found: ["198.51.100.7"] },
    ]);
    expect(await certificate(domain)).toBe(404);
    setRecords(entered);
    expect(await check(theirs, entered)).toMatchObject({ state: "active", problems: [] });
    expect(await tenantAt(domain)).toBe(theirs.tenantId);
    await becomesCertified(domain, 200);
  });

  it("may lead here by addresses instead, where no CNAME may stand", async () => {
    const entered = await enter(ours, freshDomain());
    setRecords(entered);
    dns.zone.set(entered.domain, { A: ["203.0.113.1"] });
    expect(await check(ours, entered)).toMatchObject({ state: "active" });
  });

  it.each(["*.acme-cards.com", "127.0.0.1", HOST, `x.${HOST}`, "a".repeat(400), "acme.localhost"])(
    "called %s is refused, and says by which rule",
    async (domain) => {
      expect(await refused(ours, domain)).toMatchObject({
        code: "domain.invalid",
        facts: { reason: expect.any(String) },
      });
    },
  );

  it("is not entered twice, and a tenant has ten at most", async () => {
    const domain = freshDomain();
    await enter(ours, domain);
    expect(await refused(ours, `${domain.toUpperCase()}.`)).toMatchObject({ code: "domain.entered_already" });
    for (let more = 1; more < 10; more += 1) await enter(ours, freshDomain());
    expect(await refused(ours, freshDomain())).toMatchObject({ code: "domain.too_many", facts: { maximum: 10 } });
  });

  it("is entered by who has shown just now who they are: mails that set passwords will lead to it", async () => {
    const ctx = ours.ctx();
    const enterAs = (provenAt: Date) =>
      tenants.world.app.whitelabel.setupCustomDomain(
        {
          ...ctx,
          actor: {
            type: "user",
            userId: newId(),
            sessionId: newId(),
            role: "admin",
            partnerId: null,
            scopes: new Set(OPERATOR_SCOPES),
            provenAt,
          },
        },
        { domain: freshDomain() },
      );
    await expect(enterAs(new Date(ctx.now.getTime() - HOUR_MS))).rejects.toMatchObject({
      code: "auth.step_up_required",
    });
    expect(await enterAs(ctx.now)).toMatchObject({ state: "pending" });
  });

  it("is not there for another tenant", async () => {
    const entered = await enter(ours, freshDomain());
    const { operatorKey: auth } = theirs;
    for (const [method, path] of [
      ["GET", ""],
      ["POST", "/check"],
      ["DELETE", ""],
    ] as const) {
      const sent = { auth, ...(method === "POST" && { body: {} }) };
      expect((await theirs.send(method, `${url}/${entered.id}${path}`, sent)).status).toBe(404);
    }
    expect((await must(theirs, "GET", url, { auth }))["data"]).toEqual([]);
  });

  it("that DNS says nothing about stays what it is, for as long as that lasts", async () => {
    const entered = await serve(theirs, freshDomain());
    dns.zone.set(entered.domain, "fails");
    dns.zone.set(`_tributary.${entered.domain}`, "fails");
    for (let day = 0; day < 5; day += 1) await pass(DAY_MS);
    const now = await shown(theirs, entered);
    expect(now.state).toBe("active");
    expect(now.problems.map(({ code }) => code)).toEqual(["unanswered", "unanswered"]);
  });

  it("that loses its records is served for three days more, then no more, and again when they are back", async () => {
    const entered = await serve(theirs, freshDomain());
    const start = tenants.world.mails.length;
    dns.zone.delete(entered.domain);
    await pass(7 * HOUR_MS);
    expect(await shown(theirs, entered)).toMatchObject({ state: "failing", isServed: true });
    expect(await tenantAt(entered.domain)).toBe(theirs.tenantId);
    await pass(2 * DAY_MS);
    expect(await shown(theirs, entered)).toMatchObject({ state: "failing" });
    await pass(DAY_MS);
    expect(await shown(theirs, entered)).toMatchObject({ state: "broken", isServed: false });
    await becomesCertified(entered.domain, 404);
    await expect.poll(() => tenantAt(entered.domain), { timeout: 20_000 }).toBe(ours.tenantId);
    setRecords(entered);
    await pass(DAY_MS);
    expect(await shown(theirs, entered)).toMatchObject({ state: "active" });
    const subjects = new Set(tenants.world.mails.slice(start).map(({ subject }) => subject.split(":")[0]));
    expect([...subjects]).toEqual([
      "A record of your domain is missing",
      "Your domain is no longer served",
      "Your domain is served",
    ]);
  });

  it("that is never shown is looked at ever less often and given up after two weeks, until somebody asks", async () => {
    const entered = await enter(ours, freshDomain());
    await tenants.world.settle();
    await pass(4 * 60_000);
    const first = await shown(ours, entered);
    await pass(60_000);
    const second = await shown(ours, entered);
    expect([first, second].map(({ checkedAt }) => checkedAt)).toEqual([first.checkedAt, second.checkedAt]);
    expect(Date.parse(String(second.checkedAt))).toBeGreaterThan(Date.parse(String(first.checkedAt)));
    await pass(14 * DAY_MS);
    expect(await shown(ours, entered)).toMatchObject({ state: "lapsed", nextCheckAt: null });
    setRecords(entered);
    await pass(DAY_MS);
    expect((await shown(ours, entered)).state).toBe("lapsed");
    expect((await check(ours, entered)).state).toBe("active");
  });

  it("is gone as soon as it is removed, from what is served and from what links are made with", async () => {
    const entered = await serve(theirs, freshDomain());
    await must(theirs, "DELETE", `${url}/${entered.id}`, { auth: theirs.operatorKey });
    await expect.poll(() => tenantAt(entered.domain), { timeout: 20_000 }).toBe(ours.tenantId);
    await becomesCertified(entered.domain, 404);
    expect(await asOwner(database, "select link_host from tenants where link_host is not null")).toEqual([]);
    expect((await theirs.send("GET", `${url}/${entered.id}`, { auth: theirs.operatorKey })).status).toBe(404);
  });
});

describe("taking over a domain", () => {
  it("that another tenant is served on is refused without saying whose it is", async () => {
    const { domain } = await serve(theirs, freshDomain());
    const problem = await refused(ours, domain);
    expect(problem).toMatchObject({ code: "domain.taken", status: 409 });
    expect(JSON.stringify(problem)).not.toContain(theirs.tenantId);
  });

  it("by being first to enter it keeps its owner from nothing", async () => {
    const domain = freshDomain();
    const squatter = await enter(ours, domain);
    const owner = await serve(theirs, domain);
    expect(owner.records[0]?.value).not.toBe(squatter.records[0]?.value);
    expect(await check(ours, squatter)).toMatchObject({ state: "pending", problems: [{ code: "txt_other" }] });
    expect(await tenantAt(domain)).toBe(theirs.tenantId);
  });

  it("whose CNAME still leads here needs a record of one's own: the one of whoever left counts for nothing", async () => {
    const left = await serve(theirs, freshDomain());
    await must(theirs, "DELETE", `${url}/${left.id}`, { auth: theirs.operatorKey });
    const taker = await enter(ours, left.domain);
    expect(await check(ours, taker)).toMatchObject({ state: "pending", problems: [{ code: "txt_other" }] });
    const back = await enter(theirs, left.domain);
    expect(await check(theirs, back)).toMatchObject({ state: "pending", problems: [{ code: "txt_other" }] });
    await becomesCertified(left.domain, 404);
  });

  it("by two who both hold its records, at once, gives it to one", async () => {
    const domain = freshDomain();
    const [one, two] = [await enter(ours, domain), await enter(theirs, domain)];
    setRecords(one, [two.records[0]?.value ?? ""]);
    await Promise.all([
      tenants.world.app.whitelabel.checkDomain(ours.ctx(), { domainId: one.id }),
      tenants.world.app.whitelabel.checkDomain(theirs.ctx(), { domainId: two.id }),
    ]);
    const states = [await shown(ours, one), await shown(theirs, two)];
    expect(states.map(({ state }) => state).toSorted()).toEqual(["active", "pending"]);
    expect(states.find(({ state }) => state === "pending")?.problems).toMatchObject([{ code: "taken" }]);
  });

  it("while it is being checked leaves a removed entry removed", async () => {
    const entered = await enter(ours, freshDomain());
    setRecords(entered);
    await Promise.all([
      tenants.world.app.whitelabel.checkDomain(ours.ctx(), { domainId: entered.id }),
      must(ours, "DELETE", `${url}/${entered.id}`, { auth: ours.operatorKey }),
    ]);
    expect(await asOwner(database, "select id from custom_domains")).toEqual([]);
    expect(await asOwner(database, "select link_host from tenants where link_host is not null")).toEqual([]);
  });
});

describe("links and mails", () => {
  it("are made with the newest domain that is served, and with the installation's address where none is", async () => {
    const linkUrl = async () => {
      const { data } = await must(ours, "GET", "/api/v1/partners/referrals/links", { auth: ours.partnerKey });
      return new URL((data as { url: string }[])[0]?.url ?? "").host;
    };
    const mailed = async () => {
      const start = tenants.world.mails.length;
      await ours.send("POST", "/api/v1/auth/password/request-reset", { body: { email: ours.partner.email } });
      await tenants.world.settle();
      return new URL(/https?:\S+/.exec(tenants.world.mails[start]?.text ?? "")?.[0] ?? "").host;
    };
    expect(await linkUrl()).toBe(HOST);
    const older = await serve(ours, freshDomain());
    expect([await linkUrl(), await mailed()]).toEqual([older.domain, older.domain]);
    tenants.world.clock.advance(1_000);
    const newer = await serve(ours, freshDomain());
    expect(await linkUrl()).toBe(newer.domain);
    await must(ours, "DELETE", `${url}/${newer.id}`, { auth: ours.operatorKey });
    expect(await linkUrl()).toBe(older.domain);
    // Who has another's old name gets no links that were meant for them, though they are still served on it.
    dns.zone.delete(`_tributary.${older.domain}`);
    expect(await check(ours, older)).toMatchObject({ state: "failing", isServed: true });
    expect([await linkUrl(), await mailed()]).toEqual([HOST, HOST]);
    setRecords(older);
    expect(await check(ours, older)).toMatchObject({ state: "active" });
    expect(await linkUrl()).toBe(older.domain);
    await must(ours, "DELETE", `${url}/${older.id}`, { auth: ours.operatorKey });
    expect([await linkUrl(), await mailed()]).toEqual([HOST, HOST]);
  });
});

describe("whether a certificate may be got", () => {
  it("is no for what nobody is served on, whatever it is called, and for who was removed; links of who is suspended are served", async () => {
    const { domain } = await serve(theirs, freshDomain());
    for (const name of [`x.${domain}`, `${domain}.`, "%", "' or true --", "*", HOST])
      expect([name, await certificate(name)]).toEqual([name, 404]);
    await becomesCertified(domain.toUpperCase(), 200);
    const become = (status: string) =>
      asOwner(database, "update tenants set status = $2 where id = $1", [theirs.tenantId, status]);
    try {
      await become("suspended");
      await becomesCertified(domain, 200);
      await become("removed");
      await becomesCertified(domain, 404);
    } finally {
      await become("active");
    }
  });

  it("is answered however many names a stranger says: nobody uses up what others need", async () => {
    const { domain } = await serve(theirs, freshDomain());
    const names = Array.from({ length: 2_000 }, (_, turn) => `n${turn}.stranger.com`);
    expect(new Set(await Promise.all(names.map((name) => certificate(name))))).toEqual(new Set([404]));
    await becomesCertified(domain, 200);
  });

  it("is told to a proxy near by and to nobody through it or from afar", async () => {
    const { domain } = await serve(theirs, freshDomain());
    await becomesCertified(domain, 200);
    for (const near of ["127.0.0.1", "::1", "172.18.0.3", "10.0.0.2", "fd00::2"])
      expect([near, await certificate(domain, {}, near)]).toEqual([near, 200]);
    for (const afar of ["203.0.113.5", "2001:db9::5", "8.8.8.8"])
      expect([afar, await certificate(domain, {}, afar)]).toEqual([afar, 404]);
    for (const name of ["x-forwarded-for", "x-forwarded-host", "forwarded", "via", "x-real-ip"])
      expect([name, await certificate(domain, { [name]: "1.2.3.4" })]).toEqual([name, 404]);
  });
});

import { describe, expect, it } from "vitest";
import { DOMAINS_URL, domainSuite, freshDomain, HOST } from "../../test/kit/domains.ts";
import { must } from "../../test/kit/journey-steps.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import type { Side } from "../../test/kit/two-tenants.ts";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";

const { domains, tenants, ours, theirs } = domainSuite();

const refused = (side: Side, domain: string): Promise<unknown> =>
  domains()
    .enter(side, domain)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
const pass = async (ms: number) => {
  tenants().world.clock.advance(ms);
  await tenants().world.wake("whitelabel.check_domains");
  await tenants().world.settle();
};
const certificate = async (domain: string, headers: Record<string, string> = {}, remoteAddress = "127.0.0.1") =>
  (
    await tenants().everything.http.inject({
      method: "GET",
      url: "/internal/certificates/ask",
      query: { domain },
      headers: { host: "127.0.0.1", ...headers },
      remoteAddress,
    })
  ).statusCode;

/** Servers hear of a change soon. */
const becomesCertified = (domain: string, status: number) => expect.poll(() => certificate(domain)).toBe(status);

describe("a custom domain", () => {
  it("is asked about as soon as it is entered, and says exactly what is still missing", async () => {
    const domain = freshDomain();
    const entered = await domains().enter(theirs(), domain.toUpperCase());
    expect(entered).toMatchObject({ domain, state: "pending", isServed: false });
    expect(entered.records).toEqual([
      { type: "TXT", name: `_tributary.${domain}`, value: expect.stringMatching(/^tributary-domain=[\w-]{22}$/) },
      { type: "CNAME", name: domain, value: HOST },
    ]);
    await tenants().world.settle();
    const first = await domains().shown(theirs(), entered);
    expect(first.problems.map(({ code }) => code)).toEqual(["txt_missing", "points_nowhere"]);
    expect(first.problems[1]?.expected).toEqual([HOST, "203.0.113.1"]);
    domains().dns.zone.set(domain, { A: ["198.51.100.7"] });
    expect((await domains().check(theirs(), entered)).problems).toMatchObject([
      { code: "txt_missing" },
      { code: "points_elsewhere", found: ["198.51.100.7"] },
    ]);
    expect(await certificate(domain)).toBe(404);
    domains().setRecords(entered);
    expect(await domains().check(theirs(), entered)).toMatchObject({ state: "active", problems: [] });
    expect(await domains().tenantAt(domain)).toBe(theirs().tenantId);
    await becomesCertified(domain, 200);
  });

  it("may lead here by addresses instead, where no CNAME may stand", async () => {
    const entered = await domains().enter(ours(), freshDomain());
    domains().setRecords(entered);
    domains().dns.zone.set(entered.domain, { A: ["203.0.113.1"] });
    expect(await domains().check(ours(), entered)).toMatchObject({ state: "active" });
  });

  it.each(["*.acme-cards.com", "127.0.0.1", HOST, `x.${HOST}`, "a".repeat(400), "acme.localhost"])(
    "called %s is refused, and says by which rule",
    async (domain) => {
      expect(await refused(ours(), domain)).toMatchObject({
        code: "domain.invalid",
        facts: { reason: expect.any(String) },
      });
    },
  );

  it("is not entered twice, and a tenant has ten at most", async () => {
    const domain = freshDomain();
    await domains().enter(ours(), domain);
    expect(await refused(ours(), `${domain.toUpperCase()}.`)).toMatchObject({ code: "domain.entered_already" });
    for (let more = 1; more < 10; more += 1) await domains().enter(ours(), freshDomain());
    expect(await refused(ours(), freshDomain())).toMatchObject({ code: "domain.too_many", facts: { maximum: 10 } });
  });

  it("is entered by who has shown just now who they are: mails that set passwords will lead to it", async () => {
    const { whitelabel } = tenants().world.app;
    const before = new Date(ours().ctx().now.getTime() - HOUR_MS);
    const entered = await domains().enter(ours(), freshDomain());
    const stale = { code: "auth.step_up_required" };
    await expect(
      whitelabel.setupCustomDomain(domains().person(ours(), before), { domain: freshDomain() }),
    ).rejects.toMatchObject(stale);
    await expect(
      whitelabel.removeDomain(domains().person(ours(), before), { domainId: entered.id }),
    ).rejects.toMatchObject(stale);
    expect(await domains().shown(ours(), entered)).toMatchObject({ state: "pending" });
  });

  it("is entered and removed by people alone: no key may, and none is given that could", async () => {
    const { id } = await domains().enter(ours(), freshDomain());
    const { operatorKey: auth } = ours();
    const sent = { auth, body: { domain: freshDomain() } };
    expect((await ours().send("POST", DOMAINS_URL, sent)).status).toBe(403);
    expect((await ours().send("DELETE", `${DOMAINS_URL}/${id}`, { auth })).status).toBe(403);
    expect((await must(ours(), "GET", DOMAINS_URL, { auth }))["data"]).toHaveLength(1);
    expect((await must(ours(), "GET", DOMAINS_URL, { auth, query: { state: "active" } }))["data"]).toEqual([]);
    const asked = { auth: await ours().addMember("admin"), body: { name: "Domains", scopes: ["domains:write"] } };
    expect((await ours().send("POST", "/api/v1/admin/api-keys", asked)).status).toBe(400);
  });

  it("is not there for another tenant", async () => {
    const entered = await domains().enter(ours(), freshDomain());
    const { operatorKey: auth } = theirs();
    for (const [method, path] of [
      ["GET", ""],
      ["POST", "/check"],
    ] as const) {
      const sent = { auth, ...(method === "POST" && { body: {} }) };
      expect((await theirs().send(method, `${DOMAINS_URL}/${entered.id}${path}`, sent)).status).toBe(404);
    }
    await expect(domains().remove(theirs(), entered)).rejects.toMatchObject({ code: "domain.not_found" });
    expect((await must(theirs(), "GET", DOMAINS_URL, { auth }))["data"]).toEqual([]);
  });

  it("that DNS says nothing about stays what it is, for as long as that lasts", async () => {
    const entered = await domains().serve(theirs(), freshDomain());
    domains().dns.zone.set(entered.domain, "fails");
    domains().dns.zone.set(`_tributary.${entered.domain}`, "fails");
    for (let day = 0; day < 5; day += 1) await pass(DAY_MS);
    const now = await domains().shown(theirs(), entered);
    expect(now.state).toBe("active");
    expect(now.problems.map(({ code }) => code)).toEqual(["unanswered", "unanswered"]);
  });

  it("that loses its records is served for three days more, then no more, and again when they are back", async () => {
    const entered = await domains().serve(theirs(), freshDomain());
    const start = tenants().world.mails.length;
    domains().dns.zone.delete(entered.domain);
    await pass(7 * HOUR_MS);
    expect(await domains().shown(theirs(), entered)).toMatchObject({ state: "failing", isServed: true });
    expect(await domains().tenantAt(entered.domain)).toBe(theirs().tenantId);
    await pass(2 * DAY_MS);
    expect(await domains().shown(theirs(), entered)).toMatchObject({ state: "failing" });
    await pass(DAY_MS);
    expect(await domains().shown(theirs(), entered)).toMatchObject({ state: "broken", isServed: false });
    await becomesCertified(entered.domain, 404);
    await expect.poll(() => domains().tenantAt(entered.domain)).toBe(ours().tenantId);
    domains().setRecords(entered);
    await pass(DAY_MS);
    expect(await domains().shown(theirs(), entered)).toMatchObject({ state: "active" });
    const subjects = new Set(
      tenants()
        .world.mails.slice(start)
        .map(({ subject }) => subject.split(":")[0]),
    );
    expect([...subjects]).toEqual([
      "A record of your domain is missing",
      "Your domain is no longer served",
      "Your domain is served",
    ]);
  });

  it("that is never shown is looked at ever less often and given up after two weeks, until somebody asks", async () => {
    const entered = await domains().enter(ours(), freshDomain());
    await tenants().world.settle();
    await pass(4 * 60_000);
    const first = await domains().shown(ours(), entered);
    await pass(60_000);
    const second = await domains().shown(ours(), entered);
    expect([first, second].map(({ checkedAt }) => checkedAt)).toEqual([first.checkedAt, second.checkedAt]);
    expect(Date.parse(String(second.checkedAt))).toBeGreaterThan(Date.parse(String(first.checkedAt)));
    await pass(14 * DAY_MS);
    expect(await domains().shown(ours(), entered)).toMatchObject({ state: "lapsed", nextCheckAt: null });
    domains().setRecords(entered);
    await pass(DAY_MS);
    expect((await domains().shown(ours(), entered)).state).toBe("lapsed");
    expect((await domains().check(ours(), entered)).state).toBe("active");
  });

  it("is gone as soon as it is removed, from what is served and from what links are made with", async () => {
    const entered = await domains().serve(theirs(), freshDomain());
    await domains().remove(theirs(), entered);
    await expect.poll(() => domains().tenantAt(entered.domain)).toBe(ours().tenantId);
    await becomesCertified(entered.domain, 404);
    expect(await asOwner(domains().database, "select link_host from tenants where link_host is not null")).toEqual([]);
    expect((await theirs().send("GET", `${DOMAINS_URL}/${entered.id}`, { auth: theirs().operatorKey })).status).toBe(
      404,
    );
  });
});

describe("taking over a domain", () => {
  it("that another tenant is served on is refused without saying whose it is", async () => {
    const { domain } = await domains().serve(theirs(), freshDomain());
    const problem = await refused(ours(), domain);
    expect(problem).toMatchObject({ code: "domain.taken" });
    expect(JSON.stringify(problem)).not.toContain(theirs().tenantId);
  });

  it("by being first to enter it keeps its owner from nothing", async () => {
    const domain = freshDomain();
    const squatter = await domains().enter(ours(), domain);
    const owner = await domains().serve(theirs(), domain);
    expect(owner.records[0]?.value).not.toBe(squatter.records[0]?.value);
    expect(await domains().check(ours(), squatter)).toMatchObject({
      state: "pending",
      problems: [{ code: "txt_other" }],
    });
    expect(await domains().tenantAt(domain)).toBe(theirs().tenantId);
  });

  it("whose CNAME still leads here needs a record of one's own: the one of whoever left counts for nothing", async () => {
    const left = await domains().serve(theirs(), freshDomain());
    await domains().remove(theirs(), left);
    const taker = await domains().enter(ours(), left.domain);
    expect(await domains().check(ours(), taker)).toMatchObject({ state: "pending", problems: [{ code: "txt_other" }] });
    const back = await domains().enter(theirs(), left.domain);
    expect(await domains().check(theirs(), back)).toMatchObject({
      state: "pending",
      problems: [{ code: "txt_other" }],
    });
    await becomesCertified(left.domain, 404);
  });

  it("by two who both hold its records, at once, gives it to one", async () => {
    const domain = freshDomain();
    const [one, two] = [await domains().enter(ours(), domain), await domains().enter(theirs(), domain)];
    domains().setRecords(one, [two.records[0]?.value ?? ""]);
    await Promise.all([
      tenants().world.app.whitelabel.checkDomain(ours().ctx(), { domainId: one.id }),
      tenants().world.app.whitelabel.checkDomain(theirs().ctx(), { domainId: two.id }),
    ]);
    const states = [await domains().shown(ours(), one), await domains().shown(theirs(), two)];
    expect(states.map(({ state }) => state).toSorted()).toEqual(["active", "pending"]);
    expect(states.find(({ state }) => state === "pending")?.problems).toMatchObject([{ code: "taken" }]);
  });

  it("while it is being checked leaves a removed entry removed", async () => {
    const entered = await domains().enter(ours(), freshDomain());
    domains().setRecords(entered);
    await Promise.all([
      tenants().world.app.whitelabel.checkDomain(ours().ctx(), { domainId: entered.id }),
      domains().remove(ours(), entered),
    ]);
    expect(await asOwner(domains().database, "select id from custom_domains")).toEqual([]);
    expect(await asOwner(domains().database, "select link_host from tenants where link_host is not null")).toEqual([]);
  });
});

describe("whether a certificate may be got", () => {
  it("is no for what nobody is served on, whatever it is called, and for who was removed; links of who is suspended are served", async () => {
    const { domain } = await domains().serve(theirs(), freshDomain());
    for (const name of [`x.${domain}`, `${domain}.`, "%", "' or true --", "*", HOST])
      expect([name, await certificate(name)]).toEqual([name, 404]);
    await becomesCertified(domain.toUpperCase(), 200);
    const become = (status: string) =>
      asOwner(domains().database, "update tenants set status = $2 where id = $1", [theirs().tenantId, status]);
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
    const { domain } = await domains().serve(theirs(), freshDomain());
    const names = Array.from({ length: 2_000 }, (_, turn) => `n${turn}.stranger.com`);
    expect(new Set(await Promise.all(names.map((name) => certificate(name))))).toEqual(new Set([404]));
    await becomesCertified(domain, 200);
  });

  it("is told to a proxy near by and to nobody through it or from afar", async () => {
    const { domain } = await domains().serve(theirs(), freshDomain());
    await becomesCertified(domain, 200);
    for (const near of ["127.0.0.1", "::1", "172.18.0.3", "10.0.0.2", "fd00::2"])
      expect([near, await certificate(domain, {}, near)]).toEqual([near, 200]);
    for (const afar of ["203.0.113.5", "2001:db9::5", "8.8.8.8"])
      expect([afar, await certificate(domain, {}, afar)]).toEqual([afar, 404]);
    for (const name of ["x-forwarded-for", "x-forwarded-host", "forwarded", "via", "x-real-ip"])
      expect([name, await certificate(domain, { [name]: "1.2.3.4" })]).toEqual([name, 404]);
  });
});

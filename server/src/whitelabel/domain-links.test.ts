import { describe, expect, it } from "vitest";
import { domainSuite, freshDomain, HOST } from "../../test/kit/domains.ts";
import { must } from "../../test/kit/journey-steps.ts";
import { HOUR_MS } from "../kernel/clock.ts";
import { setSubOperator } from "../platform/database/index.ts";

const { domains, tenants, ours, theirs } = domainSuite();

describe("links and mails", () => {
  it("are made with the newest domain that is served, and with the installation's address where none is", async () => {
    const linkUrl = async () => {
      const { data } = await must(ours(), "GET", "/api/v1/partners/referrals/links", { auth: ours().partnerKey });
      return new URL((data as { url: string }[])[0]?.url ?? "").host;
    };
    expect(await linkUrl()).toBe(HOST);
    const older = await domains().serve(ours(), freshDomain());
    expect([await linkUrl(), await domains().mailed(ours())]).toEqual([older.domain, older.domain]);
    tenants().world.clock.advance(1_000);
    const newer = await domains().serve(ours(), freshDomain());
    expect(await linkUrl()).toBe(newer.domain);
    await domains().remove(ours(), newer);
    expect(await linkUrl()).toBe(older.domain);
    // Who has another's old name gets no links that were meant for them, though they are still served on it.
    domains().dns.zone.delete(`_tributary.${older.domain}`);
    expect(await domains().check(ours(), older)).toMatchObject({ state: "failing", isServed: true });
    expect([await linkUrl(), await domains().mailed(ours())]).toEqual([HOST, HOST]);
    domains().setRecords(older);
    expect(await domains().check(ours(), older)).toMatchObject({ state: "active" });
    expect(await linkUrl()).toBe(older.domain);
    await domains().remove(ours(), older);
    expect([await linkUrl(), await domains().mailed(ours())]).toEqual([HOST, HOST]);
  });

  it("with a token are made with a domain that DNS said just now is the tenant's, and otherwise with its own host", async () => {
    const entered = await domains().serve(ours(), freshDomain());
    tenants().world.clock.advance(HOUR_MS);
    const { checkedAt } = await domains().shown(ours(), entered);
    // It is asked about again, long before that is due.
    expect(await domains().mailed(ours())).toBe(entered.domain);
    expect((await domains().shown(ours(), entered)).checkedAt).not.toEqual(checkedAt);
    // Somebody else has registered it since: their records are not the tenant's.
    tenants().world.clock.advance(HOUR_MS);
    domains().dns.zone.set(`_tributary.${entered.domain}`, { TXT: ["tributary-domain=of-somebody-else"] });
    expect(await domains().mailed(ours())).toBe(HOST);
    expect(await domains().shown(ours(), entered)).toMatchObject({ state: "failing" });
    domains().setRecords(entered);
    expect(await domains().check(ours(), entered)).toMatchObject({ state: "active" });
    expect(await domains().mailed(ours())).toBe(entered.domain);
    // Nobody answers for it: it is served, and trusted with no token.
    tenants().world.clock.advance(HOUR_MS);
    domains().dns.zone.set(entered.domain, "fails");
    domains().dns.zone.set(`_tributary.${entered.domain}`, "fails");
    expect(await domains().mailed(ours())).toBe(HOST);
    expect(await domains().shown(ours(), entered)).toMatchObject({ state: "active" });
  });
});

describe("the domain of a tenant that was removed", () => {
  it("says that its programme has ended for as long as it leads here, and is whose it is shown to be next", async () => {
    const left = await domains().serve(theirs(), freshDomain());
    const squatted = await domains().enter(theirs(), freshDomain());
    const become = (status: "active" | "removed") =>
      tenants().world.app.db.transaction(ours().ctx(), (tx) =>
        setSubOperator(tx, { id: theirs().tenantId, status, reason: "It has ended", limits: {} }),
      );
    const at = async (host: string) => (await ours().send("GET", "/api/v1/brand", { headers: { host } })).status;
    try {
      await become("removed");
      await expect.poll(() => at(left.domain), { timeout: 20_000 }).toBe(410);
      // What it never showed to be its own was never its.
      expect(await at(squatted.domain)).toBe(200);
      const taken = await domains().enter(ours(), left.domain);
      expect(await at(left.domain)).toBe(410);
      domains().setRecords(taken);
      expect(await domains().check(ours(), taken)).toMatchObject({ state: "active" });
      await expect.poll(() => at(left.domain), { timeout: 20_000 }).toBe(200);
      expect(await domains().tenantAt(left.domain)).toBe(ours().tenantId);
    } finally {
      await become("active");
    }
  });
});

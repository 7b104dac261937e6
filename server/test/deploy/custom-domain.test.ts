import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DnsServer, startDns } from "../kit/dns.ts";
import { must } from "../kit/journey-steps.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { hasCaddy, type Proxy, startProxy } from "../kit/proxy.ts";
import { openTwoTenants, type TwoTenants } from "../kit/two-tenants.ts";

const HOST = "operator.test";
const DOMAIN = "partners.acme-cards.com";
const STRANGER = "stranger.acme-cards.com";
const BRAND = "/api/v1/brand";

describe.skipIf(!hasCaddy())("a custom domain behind Caddy, found by DNS", () => {
  let database: ClonedDatabase;
  let dns: DnsServer;
  let tenants: TwoTenants;
  let proxy: Proxy;

  beforeAll(async () => {
    database = await cloneDatabase();
    dns = await startDns();
    dns.zone.set(HOST, { A: ["127.0.0.1"] });
    tenants = await openTwoTenants(database, { domains: { dnsServers: [dns.address] } });
    const { http } = tenants.everything;
    await http.listen({ port: 0, host: "127.0.0.1" });
    const { port } = http.server.address() as AddressInfo;
    proxy = await startProxy({ server: `127.0.0.1:${port}`, host: HOST, dns: dns.address });
  });
  afterAll(async () => {
    await proxy?.[Symbol.asyncDispose]();
    await tenants?.[Symbol.asyncDispose]();
    await dns?.[Symbol.asyncDispose]();
    await database?.drop();
  });

  const nameAt = async (...request: Parameters<Proxy["get"]>): Promise<unknown> => {
    const { status, body } = await proxy.get(...request);
    expect(status).toBe(200);
    return (JSON.parse(body) as { name: string }).name;
  };

  it("gets a certificate once its records are there, and not before, and leads to its tenant", async () => {
    const { theirs, world } = tenants;
    const { admin: auth } = theirs;
    expect(await nameAt(HOST, BRAND)).toBe("Partners");
    const entered = await must(theirs, "POST", "/api/v1/admin/domains", { auth, body: { domain: DOMAIN } });
    // It leads here, and nobody has shown that it is theirs.
    dns.zone.set(DOMAIN, { CNAME: [HOST] });
    await world.settle();
    await expect(proxy.get(DOMAIN, BRAND)).rejects.toThrow("alert");
    const [txt] = entered["records"] as { name: string; value: string }[];
    dns.zone.set(txt?.name ?? "", { TXT: [txt?.value ?? ""] });
    await must(theirs, "POST", `/api/v1/admin/domains/${String(entered["id"])}/check`, { auth, body: {} });
    await world.settle();
    expect(await nameAt(DOMAIN, BRAND)).toBe("Theirs");
    expect(await nameAt(HOST, BRAND)).toBe("Partners");
  });

  it("of nobody gets no certificate, though it leads here", async () => {
    dns.zone.set(STRANGER, { CNAME: [HOST] });
    await expect(proxy.get(STRANGER, BRAND)).rejects.toThrow("alert");
    await expect(proxy.get(STRANGER, BRAND, { host: HOST })).rejects.toThrow("alert");
  });

  it("is the host that was asked, whatever a caller says that was forwarded", async () => {
    const forged = { "x-forwarded-host": HOST, forwarded: `host=${HOST}`, "x-forwarded-for": "10.0.0.1" };
    expect(await nameAt(DOMAIN, BRAND, forged)).toBe("Theirs");
    expect(await nameAt(HOST, BRAND, { "x-forwarded-host": DOMAIN })).toBe("Partners");
  });

  it("shows nobody outside what the proxy asks, and leads from http to https", async () => {
    for (const path of [`/internal/certificates/ask?domain=${DOMAIN}`, "/metrics"])
      expect([path, (await proxy.get(DOMAIN, path)).status]).toEqual([path, 404]);
    const { status, headers } = await proxy.getPlain(DOMAIN, "/portal/");
    expect([status, headers["location"]]).toEqual([308, expect.stringMatching(/^https:\/\/partners\.acme-cards\.com/)]);
  });
});

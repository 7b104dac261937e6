import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { plainBranding } from "../../src/whitelabel/branding.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { connectProgram, makeCard, makeProduct, settleCards } from "../kit/cards.ts";
import { serveEverything } from "../kit/declared-routes.ts";
import { type DnsServer, startDns } from "../kit/dns.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { hasCaddy, type Proxy, startProxy } from "../kit/proxy.ts";
import {
  type At,
  addAdmin,
  addSubOperator,
  breaksIn,
  cardSideOf,
  done,
  registerAt,
  signInAt,
} from "../kit/sub-operators.ts";
import { BROWSER } from "../kit/two-tenants.ts";

const HOST = "operator.test";
const DOMAIN = "partners.harbour-bank.com";
const { radius, font, welcome, links, mail } = plainBranding("Harbour Bank");
const LOOK = { name: "Harbour Bank", accent: "#0b6e99", radius, font, welcome, links, mail, version: 0 };

/** As a bank would try it: everything over HTTPS, by the names that it has. */
describe.skipIf(!hasCaddy())("a bank that becomes a sub-operator", () => {
  let database: ClonedDatabase;
  let dns: DnsServer;
  let world: WholeApp;
  let proxy: Proxy;
  const closing = new AsyncDisposableStack();

  beforeAll(async () => {
    database = await cloneDatabase();
    closing.defer(() => database.drop());
    dns = closing.use(await startDns());
    dns.zone.set(HOST, { A: ["127.0.0.1"] });
    world = closing.use(await openApp(database, { domains: { dnsServers: [dns.address] } }));
    const { http } = await serveEverything(world.app);
    closing.defer(() => http.close());
    await http.listen({ port: 0, host: "127.0.0.1" });
    const { port } = http.server.address() as AddressInfo;
    proxy = closing.use(await startProxy({ server: `127.0.0.1:${port}`, host: HOST, dns: dns.address }));
  });
  afterAll(() => closing.disposeAsync());

  /** Asks on a host as a browser does: by DNS, and with a certificate or not at all. */
  const on =
    (host: string): At =>
    async (method, url, { auth, body, key } = {}) => {
      const answer = await proxy.send(host, url, {
        method,
        headers: {
          "user-agent": BROWSER,
          ...(auth === undefined ? {} : { authorization: auth }),
          ...(key === undefined ? {} : { "idempotency-key": key }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        body: body && JSON.stringify(body),
      });
      const isJson = String(answer.headers["content-type"] ?? "").includes("json");
      return { ...answer, body: isJson ? (JSON.parse(answer.body) as Record<string, unknown>) : {} };
    };

  /** What is not zero in the books of a partner. */
  const booksOf = async (partnerId: string): Promise<Record<string, number>> => {
    const rows = await asOwner<{ kind: string; balance: string }>(
      database,
      "select kind, balance from ledger_accounts where partner_id = $1 and currency = 'USD' and balance <> 0",
      [partnerId],
    );
    return Object.fromEntries(rows.map(({ kind, balance }) => [kind, Number(balance)]));
  };

  it("brands its portal, proves its domain, signs a partner up there, whose customer spends by card: commission, share and fees stand in both books to the cent", async () => {
    const operator = on(HOST);
    let admin = await addAdmin(world);
    const tomorrow = new Date(world.clock.now().getTime() + DAY_MS).toISOString().slice(0, 10);
    const fees = { startsOn: tomorrow, supportFrom: null, maySetOff: true, dueDays: 30 };
    const bank = await addSubOperator(world, admin, { fees });
    dns.zone.set(bank.host, { CNAME: [HOST] });
    const atHome = on(bank.host);

    await done(atHome, "PUT", "/api/v1/admin/branding", { auth: bank.admin, body: LOOK });
    const entered = await done(atHome, "POST", "/api/v1/admin/domains", { auth: bank.admin, body: { domain: DOMAIN } });
    dns.zone.set(DOMAIN, { CNAME: [HOST] });
    await world.settle();
    await expect(proxy.get(DOMAIN, "/api/v1/brand")).rejects.toThrow("alert");
    const [txt] = entered["records"] as { name: string; value: string }[];
    dns.zone.set(txt?.name ?? "", { TXT: [txt?.value ?? ""] });
    const check = `/api/v1/admin/domains/${String(entered["id"])}/check`;
    await done(atHome, "POST", check, { auth: bank.admin, body: {} });
    await world.settle();
    const at = on(DOMAIN);
    expect(await done(at, "GET", "/api/v1/brand")).toMatchObject({ name: "Harbour Bank", accent: LOOK.accent });

    const partner = await registerAt(world, at, { partnerType: "whitelabel" });
    expect(world.mails.findLast(({ text }) => text.includes("token="))?.text).toContain(`//${DOMAIN}/`);
    await done(at, "PUT", `/api/v1/admin/partners/${partner.id}/approve`, { auth: bank.admin, body: {} });
    await done(at, "PUT", `/api/v1/admin/fees/agreements/${partner.id}`, {
      auth: bank.admin,
      body: { ...fees, endsOn: null },
    });
    const [link] = (await done(at, "GET", "/api/v1/partners/referrals/links", { auth: partner.auth }))["data"] as {
      url: string;
    }[];
    expect(new URL(link?.url ?? "").host).toBe(DOMAIN);
    expect((await at("GET", new URL(link?.url ?? "").pathname)).status).toBe(302);

    const side = cardSideOf({ ...bank, at }, partner);
    const programId = await connectProgram(world, side);
    // The issuer is told once: of the host that stays.
    expect(world.marqeta.made("gateways")).toMatchObject([{ url: expect.stringContaining(`//${bank.host}/`) }]);
    const productId = await makeProduct(world, side, { programId });
    const card = await makeCard(world, side, { productId });
    const spend = async (amount: number): Promise<string> => {
      const { isApproved, token } = await world.marqeta.purchases.pay({ cardToken: card.id, amount });
      expect(isApproved).toBe(true);
      const cleared = world.marqeta.purchases.clear(token);
      await settleCards(world);
      return cleared;
    };
    const purchase = await spend(1_234.56);
    // It brought 12.35: the bank keeps 6.18 and its operator has 6.17; of the bank's own revenue its partner earns half.
    expect(await booksOf(partner.id)).toMatchObject({ pending: 618 });
    expect(await booksOf(bank.partnerId)).toMatchObject({ share_receivable: 617, share_revenue: 617 });
    world.marqeta.purchases.refund({ cleared: purchase, amount: 234.56 });
    await settleCards(world);
    expect(await booksOf(partner.id)).toMatchObject({ pending: 501 });
    expect(await booksOf(bank.partnerId)).toMatchObject({ share_receivable: 500, share_revenue: 500 });

    // The domain goes, and the cards pay on.
    await done(atHome, "DELETE", `/api/v1/admin/domains/${String(entered["id"])}`, { auth: bank.admin });
    await spend(100);
    expect(await booksOf(partner.id)).toMatchObject({ pending: 551 });
    expect(await booksOf(bank.partnerId)).toMatchObject({ share_receivable: 550, share_revenue: 550 });

    world.clock.advance(DAY_MS);
    await world.settle();
    await world.wake("fees.issue_due");
    // Each owes its own operator 50,000.00 once, and 5,000.00 for the one product.
    const owed = { fee_receivable: 5_500_000, fee_revenue: 5_500_000 };
    expect(await booksOf(partner.id)).toEqual({ pending: 551, commission_expense: 551, ...owed });
    expect(await booksOf(bank.partnerId)).toEqual({ share_receivable: 550, share_revenue: 550, ...owed });
    admin = await addAdmin(world);
    expect(await done(operator, "GET", `/api/v1/admin/sub-operators/${bank.id}`, { auth: admin })).toMatchObject({
      figures: [
        { currency: "USD", revenue: 1_100, share: 550, shareOwed: 550, feesCharged: 5_500_000, feesOwed: 5_500_000 },
      ],
    });
    expect([...(await breaksIn(world, world.ctx())), ...(await breaksIn(world, bank.ctx()))]).toEqual([]);
    // Whoever was signed in before the day is over signs in again, at home.
    const [user] = world.mails.filter(({ to }) => to.endsWith("@partners.test"));
    expect(await signInAt(atHome, user?.to ?? "")).toContain("Bearer ");
  }, 120_000);
});

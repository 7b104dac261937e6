import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { newId } from "../../src/kernel/id.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { OPERATOR_SCOPES } from "../../src/platform/scopes.ts";
import type { DomainView } from "../../src/whitelabel/domain-view.ts";
import { startDns } from "./dns.ts";
import { fresh, must } from "./journey-steps.ts";
import { asOwner, cloneDatabase } from "./postgres.ts";
import { openTwoTenants, type Side } from "./two-tenants.ts";

/** Where the installation is. */
export const HOST = "operator.test";
export const DOMAINS_URL = "/api/v1/admin/domains";
export const freshDomain = (): string => `${fresh("go")}.acme-cards.com`;

/** Two tenants, and a name server of theirs whose zone a test writes. */
async function openDomains() {
  const database = await cloneDatabase();
  const dns = await startDns();
  const tenants = await openTwoTenants(database, { domains: { dnsServers: [dns.address] } });
  const { world } = tenants;
  /** Somebody of the team who has shown just now, or at another time, who they are: the clock is moved by days, and sessions end meanwhile. */
  const person = (side: Side, provenAt?: Date): Ctx => {
    const ctx = side.ctx();
    const scopes = new Set(OPERATOR_SCOPES);
    const [userId, sessionId] = [newId(), newId()];
    return {
      ...ctx,
      actor: { type: "user", userId, sessionId, role: "admin", partnerId: null, scopes, provenAt: provenAt ?? ctx.now },
    };
  };
  const enter = (side: Side, domain: string): Promise<DomainView> =>
    world.app.whitelabel.setupCustomDomain(person(side), { domain });
  const remove = (side: Side, { id }: { id: string }): Promise<void> =>
    world.app.whitelabel.removeDomain(person(side), { domainId: id });
  const shown = async (side: Side, { id }: { id: string }) =>
    (await must(side, "GET", `${DOMAINS_URL}/${id}`, { auth: side.operatorKey })) as unknown as DomainView;
  const check = async (side: Side, { id }: { id: string }) => {
    await must(side, "POST", `${DOMAINS_URL}/${id}/check`, { auth: side.operatorKey, body: {} });
    await world.settle();
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
  /** The host of the link in the mail by which somebody new proves their e-mail: it carries a token. */
  const mailed = async (side: Side) => {
    const email = `${newId()}@people.test`;
    const { identity } = world.app;
    await world.app.db.transaction(side.ctx(), async (tx) =>
      identity.sendVerification(
        tx,
        await identity.createUser(tx, { email, role: "support", passwordHash: null, name: "Ada" }),
      ),
    );
    await world.settle();
    const mail = world.mails.find(({ to }) => to === email);
    return new URL(/https?:\S+/.exec(mail?.text ?? "")?.[0] ?? "").host;
  };
  /** As before the first entry. */
  const begin = async () => {
    dns.zone.clear();
    dns.zone.set(HOST, { A: ["203.0.113.1"] });
    await asOwner(database, "delete from custom_domains");
    await asOwner(database, "update tenants set link_host = null");
  };
  return {
    database,
    tenants,
    dns,
    person,
    enter,
    remove,
    shown,
    check,
    setRecords,
    serve,
    mailed,
    begin,
    tenantAt: async (host: string) => (await world.app.tenants.tenantForHost(host)).id,
    [Symbol.asyncDispose]: async () => {
      await tenants[Symbol.asyncDispose]();
      await dns[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}

type Domains = Awaited<ReturnType<typeof openDomains>>;

/** The same for a file of tests: each begins without domains. */
export function domainSuite() {
  let opened: Domains;
  beforeAll(async () => {
    opened = await openDomains();
  });
  afterAll(async () => {
    await opened?.[Symbol.asyncDispose]();
  });
  beforeEach(() => opened.begin());
  return {
    domains: () => opened,
    tenants: () => opened.tenants,
    ours: () => opened.tenants.ours,
    theirs: () => opened.tenants.theirs,
  };
}

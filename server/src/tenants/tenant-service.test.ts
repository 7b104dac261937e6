import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { systemContext } from "../platform/context.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import { createTenantService, findOwnTenant, saveLinkHost, showBrand } from "./index.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
let database: ClonedDatabase;
let db: Database;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await database.drop();
});

describe("the operator", () => {
  it("does not exist before set-up, and that is not remembered", async () => {
    const tenants = createTenantService({ db });
    await expect(tenants.tenantForHost("any.test")).rejects.toMatchObject({
      code: "tenant.not_set_up",
      kind: "unavailable",
    });
    expect(await tenants.findOperator()).toBeUndefined();
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, turn) =>
        createTenantService({ db }).createOperator({ name: `Operator ${turn}`, now: NOW }),
      ),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
    const found = await tenants.tenantForHost("any.test");
    expect(found).toMatchObject({ id: made[0]?.id, isOperator: true, isActive: true, clockOffsetMs: 0 });
    expect((await tenants.findOperator())?.id).toBe(found.id);
  });

  it("is asked for by one question at a time, however many hosts are named at once", async () => {
    const theirs = await seedTenant(database, { at: NOW, isOperator: false });
    const wide = openDatabase({ url: database.serverUrl, poolMax: 8 });
    try {
      const tenants = createTenantService({ db: wide });
      const hosts = [`${theirs}.test`, ...Array.from({ length: 1_200 }, (_, turn) => `h${turn}.invalid`)];
      const found = await Promise.all(hosts.map((host) => tenants.tenantForHost(host)));
      expect(found.map(({ isOperator }) => isOperator)).toEqual(hosts.map((_, turn) => turn > 0));
      expect(wide.pool.totalCount).toBe(1);
    } finally {
      await wide[Symbol.asyncDispose]();
    }
  });

  it("is asked for again after a question that failed", async () => {
    const away = (): never => {
      throw new Error("away");
    };
    const unscoped = new Proxy(db.unscoped, { get: () => away });
    let isAway = true;
    const flaky: Database = {
      ...db,
      get unscoped() {
        return isAway ? unscoped : db.unscoped;
      },
    };
    const tenants = createTenantService({ db: flaky });
    await expect(tenants.tenantForHost("any.test")).rejects.toThrow("away");
    isAway = false;
    expect(await tenants.tenantForHost("any.test")).toMatchObject({ isOperator: true });
  });

  it("answers on every host that is nobody else's", async () => {
    const theirs = await seedTenant(database, { at: NOW, isOperator: false });
    const tenants = createTenantService({ db });
    expect(await tenants.tenantForHost(`${theirs.toUpperCase()}.TEST`)).toMatchObject({
      id: theirs,
      isOperator: false,
    });
    for (const host of ["", "localhost", `x.${theirs}.test`, `${theirs}.test.`, "' or true --"])
      expect(await tenants.tenantForHost(host)).toMatchObject({ isOperator: true });
  });
});

describe("a tenant", () => {
  it("that is suspended is refused, and so is nobody else", async () => {
    const theirs = await seedTenant(database, { at: NOW, isOperator: false });
    await asOwner(database, "update tenants set status = 'suspended' where id = $1", [theirs]);
    const tenants = createTenantService({ db });
    await expect(tenants.tenantForHost(`${theirs}.test`)).rejects.toMatchObject({ code: "tenant.suspended" });
    expect(await tenants.tenantForHost("localhost")).toMatchObject({ isActive: true });
  });

  it("in test mode has a clock of its own", async () => {
    const theirs = await seedTenant(database, { at: NOW, isOperator: false });
    await asOwner(database, "update tenants set mode = 'test', clock_offset_ms = 86400000 where id = $1", [theirs]);
    expect(await createTenantService({ db }).tenantForHost(`${theirs}.test`)).toMatchObject({
      clockOffsetMs: 86_400_000,
    });
  });

  it("has its links made with a domain of its own where it has one, and its logo is found there", async () => {
    const theirs = await seedTenant(database, { at: NOW, isOperator: false });
    const ownOf = (tx: Parameters<typeof findOwnTenant>[0]) => findOwnTenant(tx, "https://partners.test/");
    const ctx = systemContext({ tenantId: theirs, job: "test", now: NOW });
    const found = await db.transaction(ctx, async (tx) => {
      const logo = { url: "/api/v1/brand/images/1", name: "Acme" };
      const look = { ground: "#ffffff", text: "#000000", button: "#000000", buttonText: "#ffffff", logo };
      await showBrand(tx, "Acme", look);
      await saveLinkHost(tx, "go.acme.com", NOW);
      return ownOf(tx);
    });
    // Machines that are told once are told of the host that stays.
    expect([found.name, found.url, found.look?.logo?.url, found.lastingUrl]).toEqual([
      "Acme",
      "https://go.acme.com",
      "https://go.acme.com/api/v1/brand/images/1",
      `https://${theirs}.test`,
    ]);
    await db.transaction(ctx, (tx) => saveLinkHost(tx, null, null));
    expect((await db.read(ctx, ownOf)).look?.logo?.url).toBe(`https://${theirs}.test/api/v1/brand/images/1`);
  });

  it("has links with a token made with a domain that was shown to be its own within ten minutes, and else with its host", async () => {
    const theirs = await seedTenant(database, { at: NOW, isOperator: false });
    const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
    const tokenUrl = async (provenAt: Date | null, now: Date) => {
      const ctx = systemContext({ tenantId: theirs, job: "test", now });
      await db.transaction(ctx, (tx) => saveLinkHost(tx, "go.acme.com", provenAt));
      return (await db.read(ctx, (tx) => findOwnTenant(tx, "https://partners.test/"))).tokenUrl;
    };
    const own = `https://${theirs}.test`;
    expect(await tokenUrl(NOW, at(10))).toBe("https://go.acme.com");
    expect(await tokenUrl(NOW, new Date(at(10).getTime() + 1))).toBe(own);
    expect(await tokenUrl(null, NOW)).toBe(own);
  });

  it("is reached on its own host, and the operator where the installation is", async () => {
    const theirs = await seedTenant(database, { at: NOW, isOperator: false });
    const { id } = await createTenantService({ db }).tenantForHost("localhost");
    const urlOf = async (tenantId: string) =>
      (
        await db.read(systemContext({ tenantId, job: "test", now: NOW }), (tx) =>
          findOwnTenant(tx, "https://partners.test/"),
        )
      ).url;
    expect(await urlOf(theirs)).toBe(`https://${theirs}.test`);
    expect(await urlOf(id)).toBe("https://partners.test");
  });
});

describe("which host is whose", () => {
  /** A server of its own, with how many questions it has asked the database. */
  const openServer = () => {
    const counter = { questions: 0 };
    const counting: Database = {
      ...db,
      get unscoped() {
        counter.questions += 1;
        return db.unscoped;
      },
    };
    const tenants = createTenantService({ db: counting, onError: () => {} });
    return { counter, tenants, [Symbol.asyncDispose]: () => tenants[Symbol.asyncDispose]() };
  };
  const LISTENERS = "datname = current_database() and application_name = 'tributary listener' and query <> ''";
  const isHeard = () =>
    expect.poll(() => asOwner(database, `select pid from pg_stat_activity where ${LISTENERS}`)).not.toEqual([]);

  it("costs no question when it is known, of tenants and of a thousand hosts that nobody has", async () => {
    await using server = openServer();
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => seedTenant(database, { at: NOW, isOperator: false })),
    );
    const hosts = [
      ...ids.map((id) => `${id}.test`),
      ...Array.from({ length: 1_000 }, (_, turn) => `nobody-${turn}.test`),
    ];
    await server.tenants.tenantForHost("warm.test");
    await isHeard();
    for (const host of hosts) await server.tenants.tenantForHost(host);
    const before = server.counter.questions;
    for (let turn = 0; turn < 50; turn += 1) {
      for (const host of hosts) {
        expect(server.tenants.knownForHost(host)).toBeDefined();
        await server.tenants.tenantForHost(host);
      }
    }
    expect(server.counter.questions).toBe(before);
  });

  it("is kept once of all that is too long to be a name, so that no caller fills the memory with what it calls a host", async () => {
    await using server = openServer();
    const knownAfterAnother = async () => {
      await server.tenants.tenantForHost(`${"a".repeat(8_000)}.test`);
      return server.tenants.knownForHost(`${"b".repeat(8_000)}.test`);
    };
    await expect.poll(knownAfterAnother).toMatchObject({ isOperator: true });
  });

  it("is right on every server soon after a change, and after a connection that heard of it was lost", async () => {
    await using one = openServer();
    await using two = openServer();
    const theirs = await seedTenant(database, { at: NOW, isOperator: false });
    const host = `moved-${theirs}.test`;
    const both = () => Promise.all([one, two].map(async ({ tenants }) => (await tenants.findForHost(host))?.id));
    const sees = (ids: (string | undefined)[]) => expect.poll(both, { interval: 20 }).toEqual(ids);
    const operator = (await one.tenants.findOperator())?.id;
    expect(await both()).toEqual([operator, operator]);
    await asOwner(database, "update tenants set host = $2 where id = $1", [theirs, host]);
    await sees([theirs, theirs]);
    await asOwner(database, `select pg_terminate_backend(pid) from pg_stat_activity where ${LISTENERS}`);
    await asOwner(database, "update tenants set host = null where id = $1", [theirs]);
    await sees([operator, operator]);
    await asOwner(database, "update tenants set host = $2 where id = $1", [theirs, host]);
    await sees([theirs, theirs]);
  });
});

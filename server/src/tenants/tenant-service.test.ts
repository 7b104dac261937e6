import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { systemContext } from "../platform/context.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import { createTenantService, findOwnTenant } from "./index.ts";

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

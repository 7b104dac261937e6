import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backUp } from "../../src/app/backup/back-up.ts";
import { restore } from "../../src/app/backup/restore.ts";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { listTenants } from "../../src/platform/database/index.ts";
import { findOwnClock, setOwnClock } from "../../src/tenants/index.ts";
import { snapshot } from "../isolation/tenant-tables.ts";
import { convert, fresh, must, sale } from "../kit/journey-steps.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { breaksIn } from "../kit/sub-operators.ts";
import { makeTestKey, type TestKey, twinCtx } from "../kit/twins.ts";
import { openTwoTenants, type Side, type TwoTenants } from "../kit/two-tenants.ts";

const MODE = "/api/v1/admin/test-mode";
let database: ClonedDatabase;
let tenants: TwoTenants;
let side: Side;
let operator: TestKey;
let partner: TestKey;
/** A customer of the live partner's, and one of its counterpart's. */
let customers: { readonly live: string; readonly test: string };
let folder: string;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  side = tenants.ours;
  folder = await mkdtemp(join(tmpdir(), "tributary-twin-"));
  partner = await makeTestKey(side, "partner");
  operator = await makeTestKey(side, "admin");
  const { referralCode } = await must(side, "GET", "/api/v1/partners/profile", { auth: partner.auth });
  const { headers } = await side.send("GET", `/test/r/${String(referralCode)}`);
  const clickId = new URL(String(headers["location"])).searchParams.get("tid") ?? "";
  const test = fresh("customer");
  const conversion = { externalId: test, clickId, email: `${test}@customers.test`, emailVerified: true };
  await must(side, "POST", "/api/v1/referrals/convert", { auth: operator.auth, body: conversion });
  const { customer: live } = await convert(side, side.partner);
  customers = { live, test };
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const sell = (auth: string, customer: string) =>
  must(side, "POST", "/api/v1/transactions", { auth, key: fresh("key"), body: sale(side, customer) });
const sellInBoth = async (): Promise<void> => {
  await sell(side.operatorKey, customers.live);
  await sell(operator.auth, customers.test);
  await tenants.world.settle();
};
const clock = () => must(side, "GET", "/api/v1/clock", { auth: operator.auth });
const both = async () => {
  const { tenantId } = await twinCtx(tenants, database, side);
  return [await snapshot(database, side.tenantId), await snapshot(database, tenantId)];
};
const breaks = async (): Promise<string[]> => [
  ...(await breaksIn(tenants.world, side.ctx())),
  ...(await breaksIn(tenants.world, await twinCtx(tenants, database, side))),
];

describe("a backup of a tenant that has a twin", { timeout: 300_000 }, () => {
  it("brings both back as they were: to the row, with a clock that goes back with its rows and walks on where it was going", async () => {
    const { world } = tenants;
    await sellInBoth();
    // A move that has begun, and whose step waits in the queue.
    const within = await twinCtx(tenants, database, side);
    const { now } = await clock();
    const to = new Date(Date.parse(String(now)) + DAY_MS).toISOString();
    await must(side, "POST", `${MODE}/clock`, { auth: operator.auth, body: { to } });
    const before = await both();
    const path = join(folder, "backup");
    await backUp({ ownerUrl: database.ownerUrl, path, now: world.clock.now() });

    await sellInBoth();
    const arrived = async () => {
      await world.settle();
      return clock();
    };
    await expect.poll(arrived, { timeout: 120_000, interval: 10 }).toMatchObject({ now: to, movingTo: null });
    const key = await makeTestKey(side, "admin");
    expect(await both()).not.toEqual(before);

    await restore({ ownerUrl: database.ownerUrl, path });

    expect(await both()).toEqual(before);
    expect(await breaks()).toEqual([]);
    // It is the same twin, its clock on its way; a key that was made since is gone with its row.
    expect((await twinCtx(tenants, database, side)).tenantId).toBe(within.tenantId);
    expect((await side.app.db.read(within, findOwnClock)).target?.toISOString()).toBe(to);
    expect((await side.send("GET", "/api/v1/clock", { auth: key.auth })).body).toMatchObject({
      code: "auth.key_invalid",
    });

    await expect.poll(arrived, { timeout: 120_000, interval: 10 }).toMatchObject({ now: to, movingTo: null });
    const live = await snapshot(database, side.tenantId);
    await sell(operator.auth, customers.test);
    await world.settle();
    expect(await snapshot(database, side.tenantId)).toEqual(live);
    await sellInBoth();
    expect(await breaks()).toEqual([]);
  });

  it("leaves what keeps them apart: one twin for each tenant, a clock that goes forward alone, keys that lead nowhere else", async () => {
    const within = await twinCtx(tenants, database, side);
    const { db } = side.app;
    const { offsetMs } = await db.read(within, findOwnClock);
    await expect(
      db.transaction(within, (tx) => setOwnClock(tx, { offsetMs: offsetMs - 1, target: null })),
    ).rejects.toThrow(/forward alone/);
    const twins = (await listTenants(db)).filter(({ mode }) => mode === "test");
    expect(twins).toMatchObject([{ id: within.tenantId, status: "active" }]);
    const made = await must(side, "POST", MODE, { auth: await side.addMember("admin") });
    expect(made["twin"]).toMatchObject({ movingTo: null });
    expect((await listTenants(db)).filter(({ mode }) => mode === "test")).toHaveLength(1);
    const profile = await must(side, "GET", "/api/v1/partners/profile", { auth: partner.auth });
    expect(
      (await side.send("GET", `/api/v1/admin/partners/${String(profile["id"])}`, { auth: side.operatorKey })).status,
    ).toBe(404);
    expect((await tenants.theirs.send("GET", "/api/v1/partners/profile", { auth: partner.auth })).status).toBe(401);
  });
});

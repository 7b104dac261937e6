import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { newId } from "../kernel/id.ts";
import { type Ctx, systemContext } from "../platform/context.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import {
  type CustomerInput,
  createCustomers,
  findCustomerExternalIds,
  findCustomers,
  findCustomersByExternalIds,
  lockCustomers,
  upsertCustomers,
} from "./customer-repository.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
let database: ClonedDatabase;
let db: Database;
let ctx: Ctx;
let elsewhere: Ctx;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
  ctx = systemContext({ tenantId: await seedTenant(database, { at: NOW }), job: "test", now: NOW });
  elsewhere = { ...ctx, tenantId: await seedTenant(database, { at: NOW, isOperator: false }) };
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await database.drop();
});

const upsert = (...customers: CustomerInput[]) => db.transaction(ctx, (tx) => upsertCustomers(tx, customers));

async function customerOf(externalId: string) {
  const ids = await db.read(ctx, (tx) => findCustomersByExternalIds(tx, [externalId]));
  const [customer] = await db.read(ctx, async (tx) => [...(await findCustomers(tx, [...ids.values()])).values()]);
  return customer;
}

describe("customers of the host", () => {
  it("are made once, however often and in whatever batch they are named", async () => {
    const [one, two] = [newId(), newId()];
    const first = await upsert({ externalId: one }, { externalId: two }, { externalId: one });
    expect(first.size).toBe(2);
    expect(await upsert({ externalId: two }, { externalId: one })).toEqual(first);
  });

  it("are one customer when twenty batches name them at once", async () => {
    const names = Array.from({ length: 30 }, () => newId());
    const batches = await Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        upsert(...(turn % 2 ? names : names.toReversed()).map((externalId) => ({ externalId }))),
      ),
    );
    for (const batch of batches) expect(batch).toEqual(batches[0]);
    expect(await asOwner(database, "select id from users where external_id = any ($1)", [names])).toHaveLength(30);
  });

  it("keep the first e-mail that is known of them", async () => {
    const externalId = newId();
    await upsert({ externalId });
    await upsert({ externalId, email: " Ada@Example.com" });
    await upsert({ externalId, email: "eve@example.com" });
    expect(await customerOf(externalId)).toMatchObject({ email: "ada@example.com", emailVerifiedAt: null });
  });

  it("are verified at the address that they have, and by no other", async () => {
    const externalId = newId();
    await upsert({ externalId, email: "ada@example.com" });
    await upsert({ externalId, email: "eve@example.com", emailVerified: true });
    expect(await customerOf(externalId)).toMatchObject({ emailVerifiedAt: null });
    await upsert({ externalId, email: "ada@example.com", emailVerified: true });
    expect(await customerOf(externalId)).toMatchObject({ email: "ada@example.com", emailVerifiedAt: NOW });
  });

  it("are left as they are where the name is that of somebody who signs in", async () => {
    const externalId = newId();
    await asOwner(
      database,
      `insert into users (tenant_id, id, role, email, external_id, created_at, updated_at)
       values ($1, $2, 'partner', 'own@example.com', $3, $4, $4)`,
      [ctx.tenantId, newId(), externalId, NOW],
    );
    await upsert({ externalId, email: "other@example.com", emailVerified: true });
    expect(await customerOf(externalId)).toMatchObject({ email: "own@example.com", emailVerifiedAt: null });
  });

  it("are locked until the transaction ends, so that what concerns one of them happens in turn", async () => {
    const externalId = newId();
    await upsert({ externalId });
    const order: string[] = [];
    let isLocked: () => void = () => {};
    const locked = new Promise<void>((resolve) => {
      isLocked = resolve;
    });
    const first = db.transaction(ctx, async (tx) => {
      await lockCustomers(tx, [externalId]);
      isLocked();
      await customerOf(externalId);
      order.push("first");
    });
    await locked;
    const second = db.transaction(ctx, async (tx) => {
      await createCustomers(tx, [externalId]);
      order.push("second");
    });
    await Promise.all([first, second]);
    expect(order).toEqual(["first", "second"]);
  });

  it("of another tenant are not found, locked or shared", async () => {
    const externalId = newId();
    const own = await upsert({ externalId, email: "ada@example.com" });
    const ids = [...own.values()];
    const seen = await db.transaction(elsewhere, async (tx) => [
      await findCustomersByExternalIds(tx, [externalId]),
      await findCustomers(tx, ids),
      await findCustomerExternalIds(tx, ids),
      await lockCustomers(tx, [externalId]),
    ]);
    expect(seen.map((found) => found.size)).toEqual([0, 0, 0, 0]);
    const theirs = await db.transaction(elsewhere, (tx) => createCustomers(tx, [externalId]));
    expect(theirs.get(externalId)).not.toBe(own.get(externalId));
  });
});

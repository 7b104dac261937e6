import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { seedTenant } from "../../../test/kit/seed.ts";
import { movableClock } from "../../kernel/clock.ts";
import { newId } from "../../kernel/id.ts";
import { type Ctx, systemContext } from "../context.ts";
import { type Database, openDatabase } from "../database/index.ts";
import { createOutbox } from "../outbox/index.ts";
import { createFlags, type Flags } from "./index.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
let database: ClonedDatabase;
let db: Database;
let ctx: Ctx;
let elsewhere: Ctx;
let flags: Flags;
let acts: { action: string; after: object }[];

const open = () =>
  createFlags({
    db,
    clock: movableClock(NOW),
    audit: { record: async (_tx, action, { after }) => void acts.push({ action, after }) },
    outbox: createOutbox(() => ({})),
  });

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
  ctx = systemContext({ tenantId: await seedTenant(database, { at: NOW }), job: "test", now: NOW });
  elsewhere = { ...ctx, tenantId: await seedTenant(database, { at: NOW, isOperator: false }) };
});
beforeEach(async () => {
  acts = [];
  flags = await open();
});
afterAll(async () => {
  await flags[Symbol.asyncDispose]();
  await db[Symbol.asyncDispose]();
  await database.drop();
});

describe("a feature", () => {
  it("is off until somebody turns it on, which counts at once, in one tenant, and is audited", async () => {
    expect(await flags.isEnabled(ctx, "partner-program")).toBe(false);
    await flags.setFlag(ctx, { key: "partner-program", isEnabled: true });
    expect(await flags.isEnabled(ctx, "partner-program")).toBe(true);
    expect(await flags.isEnabled(ctx, "partner-program-beta")).toBe(false);
    expect(await flags.isEnabled(elsewhere, "partner-program")).toBe(false);
    expect(acts).toEqual([{ action: "flag.enabled", after: { key: "partner-program", isEnabled: true } }]);
    await flags.setFlag(ctx, { key: "partner-program", isEnabled: false });
    expect(await flags.isEnabled(ctx, "partner-program")).toBe(false);
    expect(acts.at(-1)?.action).toBe("flag.disabled");
  });

  it("is told from the store by a server that has not looked yet, and from memory by one that has", async () => {
    expect(await flags.isEnabled(elsewhere, "partner-program-beta")).toBe(false);
    await using other = await open();
    await other.setFlag(elsewhere, { key: "partner-program-beta", isEnabled: true });
    await using third = await open();
    expect(await third.isEnabled(elsewhere, "partner-program-beta")).toBe(true);
    expect(await flags.isEnabled(elsewhere, "partner-program-beta")).toBe(false);
  });

  it("is listed whether or not it was ever set", async () => {
    const listed = await flags.listFlags({ ...ctx, tenantId: newId() });
    expect(listed.map(({ key, isEnabled, updatedAt }) => [key, isEnabled, updatedAt])).toEqual([
      ["partner-program-beta", false, null],
      ["partner-program", false, null],
    ]);
  });

  it("that is not known cannot be set", async () => {
    for (const key of ["partner-programme", "toString"])
      await expect(flags.setFlag(ctx, { key, isEnabled: true })).rejects.toMatchObject({ code: "flag.unknown" });
  });

  it("is set by who may", async () => {
    const reader: Ctx = {
      ...ctx,
      actor: { type: "key", keyId: newId(), partnerId: null, scopes: new Set(["audit:read"]) },
    };
    const setting = flags.setFlag(reader, { key: "partner-program", isEnabled: true });
    await expect(setting).rejects.toMatchObject({ code: "access.scope_missing" });
    await expect(flags.listFlags(reader)).rejects.toMatchObject({ code: "access.scope_missing" });
  });

  it("counts as off where it cannot be read", async () => {
    expect(await flags.isEnabled({ tenantId: "no tenant" }, "partner-program")).toBe(false);
  });
});

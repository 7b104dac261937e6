import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { seedTenant } from "../../../test/kit/seed.ts";
import { newId } from "../../kernel/id.ts";
import { type Ctx, systemContext } from "../context.ts";
import { type Database, IdempotentReplay, openDatabase } from "./index.ts";

let clone: ClonedDatabase;
let db: Database;
let ctx: Ctx;
let otherCtx: Ctx;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = openDatabase({ url: clone.serverUrl });
  const at = new Date("2026-01-01T00:00:00Z");
  ctx = systemContext({ tenantId: await seedTenant(clone, { at }), job: "test", now: at });
  otherCtx = systemContext({ tenantId: await seedTenant(clone, { at, isOperator: false }), job: "test", now: at });
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await clone.drop();
});

const withKey = (key: string, body: string): Ctx => ({
  ...ctx,
  idempotency: { key, route: "POST /x", requestHash: Buffer.from(body), isSecret: false },
});

/** A change that can be counted: one flag row. */
const raiseFlag = (using: Ctx, key: string) =>
  db.transaction(using, async (tx) => {
    await tx
      .insertInto("feature_flags")
      .values({ tenant_id: using.tenantId, key, is_enabled: true, updated_at: using.now })
      .execute();
    return { key, amount: 12n, at: using.now };
  });

const flags = (using: Ctx) => db.read(using, (tx) => tx.selectFrom("feature_flags").select("key").execute());

describe("a transaction", () => {
  it("sees the rows of its own tenant and can write no others", async () => {
    await raiseFlag(ctx, "mine");
    expect((await flags(ctx)).map((row) => row.key)).toContain("mine");
    expect((await flags(otherCtx)).map((row) => row.key)).not.toContain("mine");
    const trespass = db.transaction(otherCtx, (tx) =>
      tx
        .insertInto("feature_flags")
        .values({ tenant_id: ctx.tenantId, key: "x", is_enabled: true, updated_at: ctx.now })
        .execute(),
    );
    await expect(trespass).rejects.toThrow("row-level security");
  });

  it("leaves no tenant behind on its connection", async () => {
    await flags(ctx);
    const { rows } = await sql<{ count: bigint }>`select count(*) from feature_flags`.execute(db.unscoped);
    expect(rows[0]?.count).toBe(0n);
  });

  it("runs as a role that owns nothing and bypasses nothing", async () => {
    const { rows } = await sql<{ role: string; can_bypass: boolean; owned: bigint }>`
      select current_user as role, r.rolsuper or r.rolbypassrls as can_bypass,
             (select count(*) from pg_class c where c.relowner = r.oid) as owned
        from pg_roles r where r.rolname = current_user`.execute(db.unscoped);
    expect(rows[0]).toEqual({ role: "tributary_server", can_bypass: false, owned: 0n });
  });

  it("that only reads cannot write", async () => {
    const write = db.read(ctx, (tx) => sql`delete from feature_flags`.execute(tx));
    await expect(write).rejects.toThrow("read-only transaction");
  });

  it("is rolled back whole when its work throws", async () => {
    const broken = db.transaction(ctx, async (tx) => {
      await tx
        .insertInto("feature_flags")
        .values({ tenant_id: ctx.tenantId, key: "gone", is_enabled: true, updated_at: ctx.now })
        .execute();
      throw new Error("broken on purpose");
    });
    await expect(broken).rejects.toThrow("broken on purpose");
    expect((await flags(ctx)).map((row) => row.key)).not.toContain("gone");
  });

  it("is an error where a statement failed in it and nobody said so: nothing was committed", async () => {
    const swallowing = (how: "transaction" | "read") =>
      db[how](ctx, async (tx) => {
        await tx
          .insertInto("feature_flags")
          .values({ tenant_id: ctx.tenantId, key: "lost", is_enabled: true, updated_at: ctx.now })
          .execute()
          .catch(() => {});
        await sql`select 1 / 0`.execute(tx).catch(() => {});
        return "done";
      });
    await expect(swallowing("transaction")).rejects.toThrow("nothing was committed");
    await expect(swallowing("read")).rejects.toThrow("nothing was committed");
    expect((await flags(ctx)).map((row) => row.key)).not.toContain("lost");
  });

  it("is run again when two lock the same rows in opposite order", async () => {
    for (const key of ["left", "right"]) await raiseFlag(ctx, key);
    let waiting = 0;
    let release: () => void = () => {};
    const bothHoldOne = new Promise<void>((resolve) => {
      release = resolve;
    });
    const touch = (first: string, second: string) => {
      let isFirstRun = true;
      return db.transaction(ctx, async (tx) => {
        const set = (key: string) =>
          tx
            .updateTable("feature_flags")
            .set({ is_enabled: false })
            .where("tenant_id", "=", ctx.tenantId)
            .where("key", "=", key)
            .execute();
        await set(first);
        if (isFirstRun) {
          isFirstRun = false;
          waiting += 1;
          if (waiting === 2) release();
          await bothHoldOne;
        }
        await set(second);
      });
    };
    await expect(Promise.all([touch("left", "right"), touch("right", "left")])).resolves.toHaveLength(2);
  });
});

describe("an idempotency key", () => {
  it("is claimed by the first request, and answers the second without doing it again", async () => {
    await raiseFlag(withKey("k1", "a"), "once");
    const again = raiseFlag(withKey("k1", "a"), "once");
    await expect(again).rejects.toBeInstanceOf(IdempotentReplay);
    await expect(again).rejects.toMatchObject({ result: { key: "once", amount: 12, at: "2026-01-01T00:00:00.000Z" } });
  });

  it("does its work once when ten requests come at once", async () => {
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => raiseFlag(withKey("k2", "a"), "raced")));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    const replays = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
    expect(replays.every((reason) => reason instanceof IdempotentReplay)).toBe(true);
  });

  it("is refused for another request", async () => {
    await raiseFlag(withKey("k3", "a"), "first");
    await expect(raiseFlag(withKey("k3", "b"), "second")).rejects.toMatchObject({ code: "idempotency.key_reused" });
  });

  it("is free again when the request failed", async () => {
    const failing = db.transaction(withKey("k4", "a"), () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    await expect(raiseFlag(withKey("k4", "a"), "after failure")).resolves.toMatchObject({ key: "after failure" });
  });

  it("keeps no answer that holds a secret, and says that it was given", async () => {
    const secret = {
      ...ctx,
      idempotency: { key: "k5", route: "POST /keys", requestHash: Buffer.from("a"), isSecret: true },
    };
    await db.transaction(secret, () => Promise.resolve({ secret: "s3cret" }));
    const kept = await db.read(ctx, (tx) =>
      tx.selectFrom("idempotency_keys").select("result").where("key", "=", "k5").executeTakeFirst(),
    );
    expect(kept?.result).toBeNull();
    await expect(db.transaction(secret, () => Promise.resolve({}))).rejects.toMatchObject({
      code: "idempotency.secret_not_repeated",
    });
  });

  it("belongs to its caller", async () => {
    const asKey = (keyId: string): Ctx => ({
      ...withKey("k6", "a"),
      actor: { type: "key", keyId, partnerId: null, scopes: new Set() },
    });
    await raiseFlag(asKey(newId()), "one caller");
    await expect(raiseFlag(asKey(newId()), "another caller")).resolves.toMatchObject({ key: "another caller" });
  });
});

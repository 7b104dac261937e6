import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { seedTenant } from "../../../test/kit/seed.ts";
import { type Ctx, systemContext } from "../context.ts";
import { type Database, openDatabase } from "./database.ts";
import { createStatements } from "./prepared-statements.ts";

const at = new Date("2026-01-01T00:00:00Z");
const OFTEN = 12;
let clone: ClonedDatabase;
let db: Database;
let ctx: Ctx;

beforeAll(async () => {
  clone = await cloneDatabase();
  // One connection: what it has prepared can be asked of it.
  db = openDatabase({ url: clone.serverUrl, poolMax: 1 });
  ctx = systemContext({ tenantId: await seedTenant(clone, { at }), job: "test", now: at });
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await clone.drop();
});

const preparedWith = async (part: string): Promise<number> => {
  const { rows } = await db.pool.query<{ statement: string }>("select statement from pg_prepared_statements");
  return rows.filter(({ statement }) => statement.includes(part)).length;
};
const findFlag = (key: string) =>
  db.transaction(
    ctx,
    async (tx) => (await sql`select *, 'flags' as mark from feature_flags where key = ${key}`.execute(tx)).rows,
  );

describe("a statement", () => {
  it("is prepared once it has been run often, and answers as it did", async () => {
    await findFlag("once");
    expect(await preparedWith("'flags' as mark")).toBe(0);
    for (let times = 0; times < OFTEN; times += 1) expect(await findFlag("often")).toEqual([]);
    expect(await preparedWith("'flags' as mark")).toBe(1);
  });

  it("that was prepared before a migration changed what it returns is run again in its transaction, for nobody to notice", async () => {
    for (let times = 0; times < OFTEN; times += 1) await findFlag("migrated");
    await asOwner(clone, "alter table feature_flags add column since timestamptz");
    await asOwner(
      clone,
      "insert into feature_flags (tenant_id, key, is_enabled, updated_at) values ($1, 'migrated', true, $2)",
      [ctx.tenantId, at],
    );
    expect(await findFlag("migrated")).toMatchObject([{ key: "migrated", since: null }]);
    expect(await findFlag("migrated")).toMatchObject([{ key: "migrated", since: null }]);
  });

  it("is prepared as long as there is room: texts without end fill no connection", () => {
    const statements = createStatements(2);
    const often = (text: string) => Array.from({ length: OFTEN }, () => statements.nameOf(text)).at(-1);
    expect([often("a"), often("b")]).toEqual([expect.any(String), expect.any(String)]);
    expect(often("c")).toBeUndefined();
    expect(often("a")).not.toBe(often("b"));
  });
});

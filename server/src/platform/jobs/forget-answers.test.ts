import { afterAll, beforeAll, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { seedTenant } from "../../../test/kit/seed.ts";
import { DAY_MS } from "../../kernel/clock.ts";
import { type Ctx, systemContext } from "../context.ts";
import { type Database, openDatabase } from "../database/index.ts";
import { ANSWERS_KEPT_DAYS, forgetAnswers } from "./forget-answers.ts";

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

it("answers are forgotten after their time, in the tenant alone, and not a moment sooner", async () => {
  const tenants = [await seedTenant(database, { at: NOW }), await seedTenant(database, { at: NOW, isOperator: false })];
  const [ctx, elsewhere] = tenants.map((tenantId) => systemContext({ tenantId, job: "test", now: NOW })) as [Ctx, Ctx];
  const ask = (of: Ctx, key: string, ageMs: number) =>
    db.transaction(
      {
        ...of,
        now: new Date(NOW.getTime() - ageMs),
        idempotency: { key, route: "POST /test", requestHash: Buffer.alloc(32), isSecret: false },
      },
      async () => ({ answer: key }),
    );
  const kept = ANSWERS_KEPT_DAYS * DAY_MS;
  await ask(ctx, "too old", kept + 1);
  await ask(ctx, "old enough", kept);
  await ask(elsewhere, "of another", kept + 1);
  await forgetAnswers(db, ctx);
  const left = await asOwner<{ key: string }>(database, "select key from idempotency_keys order by key");
  expect(left.map(({ key }) => key)).toEqual(["of another", "old enough"]);
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { newId } from "../../kernel/id.ts";
import { type Database, openDatabase } from "../database/index.ts";
import { clearExpiredLimits, createRateLimits, LIMITS, networkOf, type RateLimits } from "./index.ts";

let database: ClonedDatabase;
let servers: { db: Database; limits: RateLimits }[];
const [server, otherServer] = [() => nth(0), () => nth(1)];

beforeAll(async () => {
  database = await cloneDatabase();
  servers = [1, 2].map(() => {
    const db = openDatabase({ url: database.serverUrl, poolMax: 25 });
    return { db, limits: createRateLimits({ db, limits: { operator: { points: 200, windowSeconds: 600 } } }) };
  });
});
afterAll(async () => {
  for (const { db } of servers) await db[Symbol.asyncDispose]();
  await database.drop();
});

function nth(index: number): RateLimits {
  const found = servers[index];
  if (found === undefined) throw new Error("two servers were opened");
  return found.limits;
}

describe("a limit", () => {
  it("lets through exactly what it says, over two servers of 25 connections each", async () => {
    const subject = newId();
    const verdicts = await Promise.all(
      Array.from({ length: 500 }, (_, turn) => (turn % 2 ? server() : otherServer()).consume("operator", subject)),
    );
    expect(verdicts.filter((verdict) => verdict.isAllowed)).toHaveLength(200);
    const remaining = verdicts.filter((verdict) => verdict.isAllowed).map((verdict) => verdict.remaining);
    expect(new Set(remaining).size).toBe(200);
  });

  it("is told with what is left and when it begins again", async () => {
    expect(await server().consume("operator", newId())).toMatchObject({
      name: "operator",
      points: 200,
      isAllowed: true,
      remaining: 199,
      resetSeconds: 600,
    });
  });

  it("of one is not that of another, and that of all keys together is counted apart", async () => {
    const subject = newId();
    await server().consume("tier1", subject);
    expect((await server().consume("tier1", newId())).remaining).toBe(LIMITS.tier1.points - 1);
    expect((await server().consume("tier1", subject, 2)).remaining).toBe(LIMITS.tier1.points * 2 - 1);
  });

  it("begins anew when its window is over", async () => {
    const subject = newId();
    for (let turn = 0; turn < LIMITS.sign_in_pair.points; turn += 1) await server().consume("sign_in_pair", subject);
    expect((await server().consume("sign_in_pair", subject)).isAllowed).toBe(false);
    await asOwner(database, "update rate_limits set expire = 1");
    expect((await otherServer().consume("sign_in_pair", subject)).remaining).toBe(LIMITS.sign_in_pair.points - 1);
  });

  it("gives back what was counted in vain, and forgets what it is told to", async () => {
    const subject = newId();
    await server().consume("sign_in_pair", subject);
    await server().consume("sign_in_pair", subject);
    await server().giveBack("sign_in_pair", subject);
    expect((await server().consume("sign_in_pair", subject)).remaining).toBe(LIMITS.sign_in_pair.points - 2);
    await server().reset("sign_in_pair", subject);
    expect((await server().consume("sign_in_pair", subject)).remaining).toBe(LIMITS.sign_in_pair.points - 1);
  });

  it("kept in memory writes nothing", async () => {
    const subject = newId();
    const [before] = await asOwner<{ count: string }>(database, "select count(*) from rate_limits");
    const open = server();
    const verdicts = Array.from({ length: LIMITS.tracking.points + 5 }, () =>
      open.consumeInMemory("tracking", subject),
    );
    expect(verdicts.filter((verdict) => !verdict.isAllowed)).toHaveLength(5);
    expect(await asOwner(database, "select count(*) from rate_limits")).toEqual([before]);
  });

  it("keeps no address in the open, and nothing when its window is over", async () => {
    await server().consume("anonymous", "203.0.113.77");
    const rows = await asOwner<{ key: string }>(database, "select key from rate_limits");
    expect(rows.some((row) => row.key.includes("203.0.113"))).toBe(false);
    const [open] = servers;
    if (open === undefined) throw new Error("two servers were opened");
    await asOwner(database, "update rate_limits set expire = 1");
    const kept = newId();
    await server().consume("anonymous", kept);
    await clearExpiredLimits(open.db);
    expect(await asOwner(database, "select key from rate_limits")).toHaveLength(1);
  });

  it("lets nobody wait for a window that was begun before the clock was set back, and forgets none of now", async () => {
    const [open] = servers;
    if (open === undefined) throw new Error("two servers were opened");
    await asOwner(database, "delete from rate_limits");
    const [early, late] = [newId(), newId()];
    await server().consume("anonymous", early);
    await server().consume("sign_in_account", early);
    await server().consume("tier1", early, 2);
    await clearExpiredLimits(open.db);
    const kept = () => asOwner<{ points: number }>(database, "select points from rate_limits order by key");
    expect(await kept()).toHaveLength(3);
    await asOwner(database, "update rate_limits set expire = expire + 86400000");
    await server().consume("anonymous", late);
    await clearExpiredLimits(open.db);
    expect(await kept()).toHaveLength(1);
    expect((await server().consume("anonymous", early)).remaining).toBe(LIMITS.anonymous.points - 1);
  });
});

describe("an address", () => {
  it("is counted as what one subscriber holds", () => {
    expect(networkOf("203.0.113.77")).toBe("203.0.113.77");
    expect(networkOf("::ffff:203.0.113.77")).toBe("203.0.113.77");
    expect(networkOf("2001:db8:1:2:3:4:5:6")).toBe(networkOf("2001:db8:1:2:ffff::1"));
    expect(networkOf("2001:db8:1:3::1")).not.toBe(networkOf("2001:db8:1:2::1"));
    expect(networkOf("no address")).toBe("unknown");
    expect(networkOf(null)).toBe("unknown");
  });
});

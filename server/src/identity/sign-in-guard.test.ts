import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import { createRateLimits, type LimitName } from "../platform/rate-limit/index.ts";
import { createSignInGuard, type SignInGuard } from "./sign-in-guard.ts";

let database: ClonedDatabase;
let db: Database;
let account: string;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
});
beforeEach(() => {
  account = newId();
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await database.drop();
});

/** A guard with one limit so small that it is met, and the others as they are. */
const guardWith = (limits: Partial<Record<LimitName, number>>): SignInGuard =>
  createSignInGuard(
    createRateLimits({
      db,
      limits: Object.fromEntries(
        Object.entries(limits).map(([name, points]) => [name, { points, windowSeconds: 600 }]),
      ),
    }),
  );

let last = 0;
/** An IPv6 network that no other test uses. */
const network = () => `2001:db8:0:${(last += 1)}::1`;
const refused = { code: "auth.too_many_attempts", facts: { retryAfterSeconds: expect.any(Number) } };

async function allowed(guard: SignInGuard, tries: readonly { account: string; ip: string | null }[]): Promise<number> {
  const outcomes = await Promise.allSettled(tries.map((who) => guard.attempt(who)));
  for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject(refused);
  return outcomes.filter((outcome) => outcome.status === "fulfilled").length;
}

describe("guessing has an end", () => {
  it("for one account from one address", async () => {
    const ip = network();
    expect(
      await allowed(
        guardWith({ sign_in_pair: 3 }),
        Array.from({ length: 20 }, () => ({ account, ip })),
      ),
    ).toBe(3);
  });

  it("for one account from everywhere", async () => {
    expect(
      await allowed(
        guardWith({ sign_in_account: 5 }),
        Array.from({ length: 20 }, () => ({ account, ip: network() })),
      ),
    ).toBe(5);
  });

  it("for all accounts from one address, which is a network where there are many to change into", async () => {
    const prefix = network().slice(0, -1);
    const tries = Array.from({ length: 20 }, (_, turn) => ({ account: newId(), ip: `${prefix}${turn + 1}` }));
    expect(await allowed(guardWith({ sign_in_address: 6 }), tries)).toBe(6);
  });

  it("and a right password gives back what it cost, but not what others tried", async () => {
    const guard = guardWith({ sign_in_account: 5 });
    const ip = network();
    for (let turn = 0; turn < 10; turn += 1) {
      await guard.attempt({ account, ip });
      await guard.succeeded({ account, ip });
    }
    for (let turn = 0; turn < 5; turn += 1) await guard.attempt({ account, ip: network() });
    await expect(guard.attempt({ account, ip })).rejects.toMatchObject(refused);
  });

  it("for mails, by account and by address", async () => {
    const guard = guardWith({ mail_account: 2, mail_address: 3 });
    for (let turn = 0; turn < 2; turn += 1) await guard.mail({ account, ip: network() });
    await expect(guard.mail({ account, ip: network() })).rejects.toMatchObject(refused);
    const ip = network();
    for (let turn = 0; turn < 3; turn += 1) await guard.mail({ account: newId(), ip });
    await expect(guard.mail({ account: newId(), ip })).rejects.toMatchObject(refused);
  });
});

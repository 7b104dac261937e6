import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { DAY_MS, HOUR_MS } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";

let database: ClonedDatabase;
let world: WholeApp;
type Partner = { readonly id: string; readonly auth: string; readonly referralCode: string };
let honest: Partner[];
let ring: Partner[];

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  const add = async (name: string) => world.addPartner({ email: `${name}@partners.test` });
  honest = [await add("h1"), await add("h2"), await add("h3")];
  ring = [await add("r1"), await add("r2"), await add("r3")];
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

let customers = 0;
/** A visit, and some time after it a conversion. */
async function bring(
  partner: Partner,
  of: { readonly deviceId: string; readonly email: string; readonly afterMs: number; readonly ip?: string },
): Promise<string> {
  const { app, clock, ctx } = world;
  const { deviceId, email } = of;
  const clickId = await app.referrals.trackReferralClick(
    { ...ctx(), ip: of.ip ?? "198.51.100.7" },
    {
      code: partner.referralCode,
      visitorId: newId(),
      isReturning: false,
      deviceId,
      userAgent: BROWSER,
      referrer: "https://blog.example/",
    },
  );
  clock.advance(of.afterMs);
  customers += 1;
  const referral = await app.referrals.convertReferral(ctx(), {
    externalId: `customer-${customers}`,
    clickId: clickId ?? "",
    deviceId,
    email,
  });
  return referral.id;
}

/** Readers who come when they come, each with a device and a mailbox of their own; some of one office, some at once. */
async function aDayOfHonestTrade(day: number): Promise<void> {
  for (const [index, partner] of honest.entries())
    for (let reader = 0; reader < 3; reader += 1) {
      const name = `reader-${day}-${index}-${reader}`;
      const afterMs = reader === 0 ? 20_000 : (1 + reader) * HOUR_MS;
      await bring(partner, { deviceId: `d-${name}`, email: `${name}@people.example`, afterMs });
    }
}

/** Three partners who are one: a handful of devices and one mailbox with tags, seconds after each click, from a rented server. */
async function aDayOfTheRing(day: number): Promise<string[]> {
  const referrals: string[] = [];
  for (const [index, partner] of ring.entries())
    referrals.push(
      await bring(partner, {
        deviceId: `ring-device-${(day + index) % 2}`,
        email: `f.ring+${day}x${index}@gmail.com`,
        afterMs: 2_000,
        ip: "3.5.140.2",
      }),
    );
  return referrals;
}

const casesOf = async (partners: readonly Partner[]): Promise<{ subject: string; isHeld: boolean }[]> =>
  asOwner(database, 'select subject_id as subject, is_held as "isHeld" from fraud_cases where partner_id = any ($1)', [
    partners.map(({ id }) => id),
  ]);
const sell = async (day: number): Promise<void> => {
  const { app, ctx, clock } = world;
  await app.sales.recordTransactions(
    ctx(),
    Array.from({ length: customers }, (_, index) => ({
      externalId: `sale-${day}-${index + 1}`,
      customerExternalId: `customer-${index + 1}`,
      kind: "payment" as const,
      amount: 10_000n,
      currency: "USD",
      occurredAt: clock.now(),
      originalExternalId: null,
      tax: 0n,
      revenue: 0n,
      createCustomer: false,
    })),
  );
};

describe("a programme with a ring of three partners among honest ones", () => {
  it("sees the ring in the shadow first, then holds what it brings, and leaves the honest ones alone", async () => {
    const { app, ctx, clock } = world;
    for (const day of [1, 2, 3]) {
      await aDayOfHonestTrade(day);
      await aDayOfTheRing(day);
      clock.advance(DAY_MS);
    }
    // Everything that guesses is in the shadow: nothing was held, and what would have been is known.
    expect(await casesOf([...honest, ...ring])).toEqual([]);
    const from = new Date(0);
    const shadow = await app.fraud.backTestRules(ctx(), { change: {}, actsInShadow: true, from });
    expect(shadow).toMatchObject({ evaluated: 36, partnersHeld: 3 });
    expect(shadow.hold).toBeGreaterThanOrEqual(8);
    expect(shadow.hold).toBeLessThanOrEqual(9);

    const active = { mode: "active" } as const;
    const rules = await app.fraud.changeRules(ctx(), {
      version: 0,
      change: {
        rules: { ring: active, duplicate_mailbox: active, instant_conversion: active, data_center: active },
      },
      reason: "The back-test found the ring and nobody else",
    });
    expect(rules.version).toBe(1);
    await aDayOfHonestTrade(4);
    const held = await aDayOfTheRing(4);
    expect(await casesOf(honest)).toEqual([]);
    expect(new Set(await casesOf(ring))).toEqual(new Set(held.map((subject) => ({ subject, isHeld: true }))));

    await sell(1);
    clock.advance(40 * DAY_MS);
    await world.wake("commissions.approve_due");
    const waiting = await asOwner<{ referral_id: string }>(
      database,
      "select distinct referral_id from commissions where status = 'pending'",
    );
    expect(new Set(waiting.map(({ referral_id }) => referral_id))).toEqual(new Set(held));

    // A replay of the recorded acts holds the same: the books prove themselves.
    for await (const { name, broken } of prove({ db: app.db, ctx: ctx(), moduleChecks: app.moduleChecks }))
      expect([name, broken]).toEqual([name, 0]);

    // Refused, nobody appealing: it is rejected, and what was pending is cancelled by rows of its own.
    const { data } = await app.fraud.findCases(ctx(), { status: "open" });
    for (const { id } of data)
      await app.fraud.decideCase(ctx(), { caseId: id, decision: "refuse", reason: "One person" });
    clock.advance(14 * DAY_MS);
    await world.wake("fraud.finalise_refusals");
    const left = await asOwner<{ status: string; count: string }>(
      database,
      "select status, count(*) from commissions where referral_id = any ($1) group by status",
      [held],
    );
    expect(left.map(({ status }) => status)).toEqual(["cancelled"]);
    for await (const { name, broken } of prove({ db: app.db, ctx: ctx(), moduleChecks: app.moduleChecks }))
      expect([name, broken]).toEqual([name, 0]);
  });
});

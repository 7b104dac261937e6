import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import { invariant } from "../../src/kernel/invariant.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";

let database: ClonedDatabase;
let world: WholeApp;
beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});
beforeEach(() => world.clock.advance(DAY_MS));

type Earner = { readonly id: string; readonly code: string };
type Ways = "convertReferral" | "assignReferral" | "importReferrals";

async function newPartner(): Promise<Earner> {
  const code = `code-${newId().slice(-8)}`;
  const [made] = await world.app.partners.importPartners(world.ctx(), [
    {
      externalId: code,
      email: `${code}@partners.test`,
      partnerType: "affiliate",
      referralCode: code,
      joinedAt: new Date("2025-01-01T00:00:00Z"),
    },
  ]);
  invariant(made?.status === "imported" && made.partnerId !== null, "the partner is new");
  return { id: made.partnerId, code };
}

/** Each way in which a customer becomes a partner's. */
const WAYS: Readonly<Record<Ways, (partner: Earner, externalId: string) => Promise<unknown>>> = {
  convertReferral: async ({ id }, externalId) => {
    const coupon = `C${newId().slice(-8)}`.toUpperCase();
    await world.app.referrals.createCoupon(world.ctx(), { code: coupon, partnerId: id });
    return world.app.referrals.convertReferral(world.ctx(), { externalId, couponCode: coupon });
  },
  assignReferral: ({ id }, externalId) =>
    world.app.referrals.assignReferral(world.ctx(), { externalId, partnerId: id, reason: "By hand" }),
  importReferrals: async ({ code }, externalId) => {
    const convertedAt = world.clock.now();
    const row = { externalId, referralCode: code, clickedAt: null, convertedAt, email: null };
    const { results } = await world.app.referrals.importReferrals(world.ctx(), [row]);
    const [result] = results;
    if (result?.status !== "imported") throw Object.assign(new Error("refused"), { code: result?.error?.code });
    return result;
  },
};

/** Has acts queue up behind one another at the sequence of a partner, in the order given: each has read what it reads before it. */
async function inLine(partnerId: string, acts: readonly (() => Promise<unknown>)[]) {
  const holder = new Client({ connectionString: database.ownerUrl, options: "-c search_path=tributary" });
  await holder.connect();
  try {
    await holder.query("begin");
    await holder.query("select from partner_sequences where partner_id = $1 for update", [partnerId]);
    const running: Promise<unknown>[] = [];
    for (const act of acts) {
      const waiting = act();
      waiting.catch(() => {});
      running.push(waiting);
      while ((await waitingForLocks()) < running.length);
    }
    await holder.query("commit");
    return await Promise.allSettled(running);
  } finally {
    await holder.end();
  }
}

async function waitingForLocks(): Promise<number> {
  const [row] = await asOwner<{ count: number }>(
    database,
    "select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return row?.count ?? 0;
}

describe.each(Object.keys(WAYS) as Ways[])(
  "a customer who comes by %s while something is decided about its partner",
  (way) => {
    it("has the terms that were given first, and earns by them", async () => {
      const partner = await newPartner();
      const externalId = `customer ${newId()}`;
      const outcomes = await inLine(partner.id, [
        () =>
          world.app.partners.changeTerms(world.ctx(), {
            partnerId: partner.id,
            overrides: { recurringRate: 0.15 },
            isRetroactive: true,
            reason: "Better terms for everybody",
          }),
        () => WAYS[way](partner, externalId),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);

      world.clock.advance(DAY_MS);
      await world.app.sales.recordTransactions(world.ctx(), [
        {
          externalId: `sale of ${externalId}`,
          customerExternalId: externalId,
          kind: "payment",
          amount: 10_000n,
          currency: "USD",
          occurredAt: world.clock.now(),
          originalExternalId: null,
          tax: 0n,
          revenue: 0n,
          createCustomer: false,
        },
      ]);
      const rows = await asOwner(
        database,
        "select amount::int from commissions where partner_id = $1 and rule = 'recurring'",
        [partner.id],
      );
      expect(rows).toEqual([{ amount: 1_500 }]);
    });

    it("is not given to one who was terminated first", async () => {
      const partner = await newPartner();
      const outcomes = await inLine(partner.id, [
        () => world.app.partners.terminatePartner(world.ctx(), { partnerId: partner.id, reason: "Over" }),
        () => WAYS[way](partner, `customer ${newId()}`),
      ]);
      expect(outcomes).toMatchObject([
        { status: "fulfilled" },
        { status: "rejected", reason: { code: "referral.partner_inactive" } },
      ]);
      expect(await asOwner(database, "select from referrals where partner_id = $1", [partner.id])).toEqual([]);
    });
  },
);

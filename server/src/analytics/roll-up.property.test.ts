import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type FigureSeeds, figureSeeds } from "../../test/kit/figures.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedPartner, seedTenant } from "../../test/kit/seed.ts";
import { dateInZone } from "../kernel/calendar.ts";
import { roundHalfAwayFromZero } from "../kernel/money.ts";
import { type Ctx, systemContext } from "../platform/context.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { rebuildAnalytics, rollUpAnalytics } from "./roll-up-analytics.ts";
import { REVENUE_DIMENSIONS } from "./roll-up-revenue-facts.ts";

/** Around a change of the clock, so that days are 23 and 25 hours long too. */
const START = Date.UTC(2025, 9, 24);
const MINUTES = 12 * 24 * 60;
const ZONES = ["UTC", "Europe/Berlin", "America/Havana", "Asia/Kathmandu"] as const;

let database: ClonedDatabase;
let db: Database;
beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
  await seedTenant(database, { at: new Date(START) });
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await database.drop();
});

type Act =
  | { act: "click"; at: number; isRepeat: boolean; link: number }
  | { act: "pay"; at: number; amount: bigint; taxPercent: bigint; currency: string; kind: "payment" | "card" }
  | { act: "reverse"; at: number; of: number; amount: bigint; kind: "refund" | "chargeback" | "chargeback_won" }
  | { act: "earn"; at: number; amount: bigint; currency: string; type: string }
  | { act: "cancel"; of: number }
  | { act: "refer"; at: number }
  | { act: "convert" | "qualify" | "reject"; of: number; at: number }
  | { act: "rollUp" };

const at = fc.integer({ min: 0, max: MINUTES });
const of = fc.nat(30);
const currency = fc.constantFrom("USD", "EUR");
const amount = fc.bigInt({ min: 1n, max: 5_000n });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constant("click"), at, isRepeat: fc.boolean(), link: fc.nat(2) }),
  fc.record({
    act: fc.constant("pay"),
    at,
    amount: fc.bigInt({ min: 0n, max: 5_000n }),
    taxPercent: fc.bigInt({ min: 0n, max: 100n }),
    currency,
    kind: fc.constantFrom("payment", "card"),
  }),
  fc.record({
    act: fc.constant("reverse"),
    at,
    of,
    amount,
    kind: fc.constantFrom("refund", "chargeback", "chargeback_won"),
  }),
  fc.record({
    act: fc.constant("earn"),
    at,
    amount,
    currency,
    type: fc.constantFrom("signup", "recurring", "transaction", "bonus"),
  }),
  fc.record({ act: fc.constant("cancel"), of }),
  fc.record({ act: fc.constant("refer"), at }),
  fc.record({ act: fc.constantFrom("convert", "qualify", "reject"), of, at }),
  fc.record({ act: fc.constant("rollUp") }),
);

type Sale = { id: string; kind: string; amount: bigint; base: bigint; currency: string; reversed: bigint };
/** `left` is what can still be won of a chargeback. */
type Taken = { id: string; sale: Sale; left: bigint };
type Referral = {
  id: string;
  signup: number;
  converted: number | null;
  qualified: number | null;
  rejected: number | null;
};

/** What the tables should say, worked out from the acts in memory: figures by day and name. */
class Oracle {
  readonly figures = new Map<string, bigint>();
  readonly #zone: string;
  constructor(zone: string) {
    this.#zone = zone;
  }
  add(minute: number, name: string, value: bigint): void {
    const key = `${dateInZone(new Date(START + minute * 60_000), this.#zone)} ${name}`;
    const sum = (this.figures.get(key) ?? 0n) + value;
    if (sum === 0n) this.figures.delete(key);
    else this.figures.set(key, sum);
  }
}

async function play(
  acts: readonly Act[],
  seed: FigureSeeds,
  partnerId: string,
  zone: string,
  rollUp: () => Promise<unknown>,
) {
  const oracle = new Oracle(zone);
  const instant = (minute: number) => new Date(START + minute * 60_000);
  const links = [1, 2, 3].map((index) => `00000000-0000-7000-8000-00000000000${index}`);
  const customerId = await seed.customer(new Date(START));
  const referralId = await seed.referral(partnerId, new Date(START), {
    referred_user_id: customerId,
    status: "converted",
    conversion_date: new Date(START),
  });
  oracle.add(0, "signups", 1n);
  oracle.add(0, "conversions", 1n);
  const sales: Sale[] = [];
  const taken: Taken[] = [];
  const earned: { id: string; minute: number; name: string; amount: bigint; isCancelled: boolean }[] = [];
  const referrals: Referral[] = [];
  const customer = { partnerId, customerId, referralId };

  for (const step of acts) {
    if (step.act === "rollUp") await rollUp();
    if (step.act === "click") {
      await seed.click(partnerId, instant(step.at), { linkId: links[step.link] ?? "", isRepeat: step.isRepeat });
      oracle.add(step.at, step.isRepeat ? "repeat_clicks" : "clicks", 1n);
    }
    if (step.act === "pay") {
      const tax = (step.amount * step.taxPercent) / 100n;
      const isCard = step.kind === "card";
      const base = isCard ? tax : step.amount - tax;
      const id = await seed.transaction(customer, instant(step.at), {
        kind: step.kind,
        amount: step.amount,
        currency: step.currency,
        ...(isCard ? { revenue: base } : { tax }),
      });
      sales.push({ id, kind: step.kind, amount: step.amount, base, currency: step.currency, reversed: 0n });
      oracle.add(step.at, `${isCard ? "card_revenue" : "payments"} ${step.currency}`, base);
    }
    if (step.act === "reverse") {
      const isWon = step.kind === "chargeback_won";
      const named = isWon ? taken[step.of % Math.max(taken.length, 1)] : undefined;
      const sale = isWon ? named?.sale : sales[step.of % Math.max(sales.length, 1)];
      if (sale === undefined || sale.amount === 0n) continue;
      const id = await seed.transaction(customer, instant(step.at), {
        kind: step.kind,
        amount: step.amount,
        currency: sale.currency,
        original_id: named?.id ?? sale.id,
      });
      const share = () => {
        const reversed = sale.reversed > sale.amount ? sale.amount : sale.reversed;
        return roundHalfAwayFromZero(sale.base * reversed, sale.amount);
      };
      const before = share();
      const won = named === undefined || step.amount < named.left ? step.amount : named.left;
      if (named !== undefined) named.left -= won;
      sale.reversed += isWon ? -won : step.amount;
      const moved = share() - before;
      if (step.kind === "chargeback") taken.push({ id, sale, left: step.amount });
      const name = { refund: "refunds", chargeback: "chargebacks", chargeback_won: "chargebacks_won" }[step.kind];
      oracle.add(step.at, `${name} ${sale.currency}`, isWon ? -moved : moved);
    }
    if (step.act === "earn") {
      const id = await seed.commission(partnerId, instant(step.at), {
        amount: step.amount,
        currency: step.currency,
        commission_type: step.type,
      });
      const name = `commission_${step.type} ${step.currency}`;
      earned.push({ id, minute: step.at, name, amount: step.amount, isCancelled: false });
      oracle.add(step.at, name, step.amount);
    }
    if (step.act === "cancel") {
      const row = earned[step.of % Math.max(earned.length, 1)];
      if (row === undefined || row.isCancelled) continue;
      await asOwner(database, "update commissions set status = 'cancelled' where id = $1", [row.id]);
      row.isCancelled = true;
      oracle.add(row.minute, row.name, -row.amount);
    }
    if (step.act === "refer") {
      const id = await seed.referral(partnerId, instant(step.at));
      referrals.push({ id, signup: step.at, converted: null, qualified: null, rejected: null });
      oracle.add(step.at, "signups", 1n);
    }
    if (step.act === "convert" || step.act === "qualify" || step.act === "reject") {
      const row = referrals[step.of % Math.max(referrals.length, 1)];
      if (row === undefined || row.rejected !== null) continue;
      await advance(step.act, row, step.at, oracle, instant(step.at));
    }
  }
  return oracle.figures;
}

async function advance(
  act: "convert" | "qualify" | "reject",
  row: Referral,
  minute: number,
  oracle: Oracle,
  when: Date,
) {
  const change = (columns: string) =>
    asOwner(database, `update referrals set ${columns} where id = $1`, [row.id, when]);
  if (act === "convert" && row.converted === null) {
    await change("status = 'converted', conversion_date = $2");
    oracle.add(row.signup, "signups", -1n);
    row.converted = minute;
    oracle.add(Math.min(row.signup, minute), "signups", 1n);
    oracle.add(minute, "conversions", 1n);
  } else if (act === "qualify" && row.converted !== null && row.qualified === null) {
    await change("status = 'qualified', qualified_at = $2");
    row.qualified = minute;
    oracle.add(minute, "qualified", 1n);
  } else if (act === "reject") {
    await change("status = 'rejected', rejected_at = $2");
    if (row.converted !== null) oracle.add(row.converted, "conversions", -1n);
    if (row.qualified !== null) oracle.add(row.qualified, "qualified", -1n);
    row.rejected = minute;
    oracle.add(minute, "rejected", 1n);
  }
}

const MONEY = [
  "payments",
  "card_revenue",
  "refunds",
  "chargebacks",
  "chargebacks_won",
  "commission_signup",
  "commission_recurring",
  "commission_transaction",
  "commission_bonus",
] as const;
const COUNTS = ["clicks", "repeat_clicks", "signups", "conversions", "qualified", "rejected"] as const;

/** The roll-ups in the oracle's form, with a check that the sums that they carry are the sums of their parts. */
async function figuresOf(ctx: Ctx): Promise<Map<string, bigint>> {
  const figures = new Map<string, bigint>();
  const add = (key: string, value: bigint) => {
    if (value !== 0n) figures.set(key, (figures.get(key) ?? 0n) + value);
  };
  await db.read(ctx, async (tx) => {
    const carried = new Map<string, bigint>();
    for (const row of await tx.selectFrom("partner_analytics").selectAll().execute()) {
      for (const name of MONEY) add(`${row.metric_date} ${name} ${row.currency}`, row[name]);
      for (const name of ["clicks", "signups", "conversions"] as const) {
        const key = `${row.metric_date} ${name}`;
        if (row[name] !== 0n) carried.set(key, row[name]);
      }
    }
    const counted = new Map<string, bigint>();
    for (const row of await tx.selectFrom("partner_funnel_days").selectAll().execute()) {
      for (const name of COUNTS) {
        add(`${row.metric_date} ${name}`, row[name]);
        const key = `${row.metric_date} ${name}`;
        if (["clicks", "signups", "conversions"].includes(name) && row[name] !== 0n)
          counted.set(key, (counted.get(key) ?? 0n) + row[name]);
      }
    }
    expect(carried).toEqual(counted);
  });
  return figures;
}

/** What is rolled up of customers, as text. */
const customersOf = (ctx: Ctx): Promise<string[]> =>
  db.read(ctx, async (tx) => {
    const steps = await tx.selectFrom("partner_step_days").selectAll().execute();
    const months = await tx.selectFrom("partner_retention_months").selectAll().execute();
    const facts = await tx.selectFrom("partner_revenue_facts").selectAll().execute();
    // Of each dimension, what its values come to is the revenue of the day.
    for (const dimension of REVENUE_DIMENSIONS) {
      const told = new Map<string, bigint>();
      const count = (key: string, amount: bigint) => told.set(key, (told.get(key) ?? 0n) + amount);
      for (const one of facts)
        if (one.dimension === dimension) count(`${one.metric_date} ${one.currency}`, one.sales - one.taken_back);
      for (const one of await tx.selectFrom("partner_analytics").selectAll().execute())
        count(`${one.metric_date} ${one.currency}`, -one.revenue);
      expect([...told.values()].filter((amount) => amount !== 0n)).toEqual([]);
    }
    return [...steps, ...months, ...facts].map((row) => Object.values(row).join(" ")).toSorted();
  });

it("any sequence of changes, rolled up at any moments, gives what a rebuild gives, which is what the sources say", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ZONES),
      fc.array(act, { minLength: 5, maxLength: 40, size: "max" }),
      async (zone, acts) => {
        const tenantId = await seedTenant(database, { at: new Date(START), isOperator: false });
        const ctx = systemContext({ tenantId, job: "test", now: new Date(START) });
        const partnerId = await seedPartner(database, { tenantId, at: new Date(START) });
        const deps: AnalyticsDeps = {
          db,
          programs: { getProgram: () => Promise.resolve({ timeZone: zone, currency: "USD" }) },
          maskEmail: () => "masked",
        };
        const rollUp = () => rollUpAnalytics(deps)(ctx);
        const expected = await play(acts, figureSeeds(database, tenantId), partnerId, zone, rollUp);
        await rollUp();
        const incremental = await figuresOf(ctx);
        expect(incremental).toEqual(expected);
        const customers = await customersOf(ctx);
        for (const table of [
          "partner_analytics",
          "partner_funnel_days",
          "partner_step_days",
          "partner_retention_months",
          "partner_revenue_facts",
        ])
          await asOwner(database, `delete from ${table} where tenant_id = $1`, [tenantId]);
        await rebuildAnalytics(deps)(ctx);
        expect(await figuresOf(ctx)).toEqual(incremental);
        expect(await customersOf(ctx)).toEqual(customers);
      },
    ),
    { numRuns: 8 },
  );
}, 300_000);

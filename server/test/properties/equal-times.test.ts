import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { newId } from "../../src/kernel/id.ts";
import { defaultTiers } from "../../src/programs/index.ts";
import type { ReportedTransaction } from "../../src/sales/index.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { booksOf, convertCustomer } from "../kit/money-in.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";

let database: ClonedDatabase;
let world: WholeApp;
let sourceId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  sourceId = (await world.app.revenue.createSource(world.ctx(), { kind: "generic", name: "Billing" })).id;
  // Whatever depends on the order of sales does so here.
  const tiers = defaultTiers("USD");
  const tier1 = {
    ...tiers.tier1,
    recurringDuration: 2,
    volumeBonuses: [{ threshold: 2, bonus: 0.2 }],
    volumeBonusMode: "multiplicative" as const,
    rateRules: [{ name: "the first one", when: { payment: "first" as const }, rate: 0.3 }],
    caps: { customer: { USD: 1_500 }, month: { USD: 2_500 } },
  };
  const draft = await world.app.programs.draftPlan(world.ctx(), { tiers: { ...tiers, tier1 } });
  await world.app.programs.publishPlan(world.ctx(), { planId: draft.id });
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

const CUSTOMERS = ["one", "two", "three"] as const;
const sale = fc.record({
  customer: fc.constantFrom(...CUSTOMERS),
  kind: fc.constantFrom("payment", "payment", "card"),
  /** Three seconds for all of them, so that most share theirs. */
  second: fc.nat(2),
  /** Every share of these is whole: what corrects a sale that was refunded in part is rounded by itself (docs/adr/0082). */
  amount: fc.integer({ min: 1, max: 10 }).map((count) => count * 500),
  back: fc.option(
    fc.record({
      kind: fc.constantFrom("refund", "chargeback"),
      second: fc.nat(2),
      part: fc.constantFrom(50, 100),
    }),
  ),
});
type Sale = typeof sale extends fc.Arbitrary<infer One> ? One : never;

/** The sales as one partner's billing system tells of them; `mark` is in every name. */
function eventsOf(sales: readonly Sale[], mark: string, begun: Date): ReportedTransaction[] {
  const at = (second: number) => new Date(begun.getTime() + second * 1_000);
  return sales.flatMap(({ customer, kind, second, amount, back }, index): ReportedTransaction[] => {
    // The name says nothing of the place in the list.
    const externalId = `${String.fromCharCode(97 + ((index * 7) % 26))}${index}-${mark}`;
    const about = { customerExternalId: `${customer}-${mark}`, currency: "USD", tax: 0n, createCustomer: false };
    const paid = {
      ...about,
      externalId,
      kind,
      amount: BigInt(amount),
      revenue: 0n,
      occurredAt: at(second),
      originalExternalId: null,
    };
    if (back === null) return [paid];
    const taken = BigInt(Math.max(1, Math.floor((amount * back.part) / 100)));
    return [
      paid,
      {
        ...paid,
        externalId: `back of ${externalId}`,
        kind: back.kind,
        amount: taken,
        occurredAt: at(back.second),
        originalExternalId: externalId,
      },
    ];
  });
}

async function newPartner(mark: string): Promise<string> {
  const row = { externalId: mark, email: `${mark}@example.com`, referralCode: mark, joinedAt: world.clock.now() };
  const [result] = await world.app.partners.importPartners(world.ctx(), [row]);
  if (result === undefined || result.status === "rejected" || result.partnerId === null)
    throw new Error("not imported");
  return result.partnerId;
}

/** A partner of its own hears of the sales, a message each, in the order given; its books when everything is done. */
async function booksAfter(
  sales: readonly Sale[],
  order: (events: readonly ReportedTransaction[]) => readonly ReportedTransaction[],
  pauses: ReadonlySet<number>,
): Promise<string> {
  const mark = newId().slice(-10);
  const begun = world.clock.now();
  const partnerId = await newPartner(mark);
  for (const name of CUSTOMERS) await convertCustomer(world, { partnerId, externalId: `${name}-${mark}` });
  const told = order(eventsOf(sales, mark, new Date(begun.getTime() + 60_000)));
  world.clock.moveTo(new Date(begun.getTime() + 3_600_000));
  for (const [index, event] of told.entries()) {
    const id = `message ${index} ${mark}`;
    await world.app.revenue.takeIntake(world.ctx(), { sourceId, id, body: Buffer.from(id), events: [event] });
    // Whoever has been put in order meanwhile is put in order again.
    if (pauses.has(index)) await world.settle();
  }
  await world.settle();
  const books = JSON.stringify(await booksOf(database, partnerId, mark), null, 1).replaceAll(`-${mark}`, "");
  // The same seconds for everybody: the first partner's books begin earlier.
  return books.replaceAll(/"occurred_at": "[^"]+"/g, "");
}

it("sales of one second end in the same transactions, earnings and balances in whatever order they are told", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sale, { minLength: 2, maxLength: 10 }),
      fc.array(fc.nat(10_000), { minLength: 20, maxLength: 20 }),
      fc.uniqueArray(fc.nat(20), { maxLength: 4 }),
      async (sales, places, pauses) => {
        const anyhow = (events: readonly ReportedTransaction[]) =>
          events
            .map((event, index) => ({ event, place: places[index % places.length] ?? 0 }))
            .toSorted((a, b) => a.place - b.place)
            .map(({ event }) => event);
        const expected = await booksAfter(sales, (events) => events, new Set());
        expect(await booksAfter(sales, anyhow, new Set(pauses))).toBe(expected);
      },
    ),
    { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 6), endOnFailure: true },
  );
  for await (const { name, breaks } of prove({
    db: world.app.db,
    ctx: world.ctx(),
    moduleChecks: world.app.moduleChecks,
  }))
    expect([name, breaks]).toEqual([name, []]);
}, 600_000);

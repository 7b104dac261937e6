import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "../../src/kernel/id.ts";
import type { StripeMessage } from "../../src/revenue/stripe-news.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { billingStep, elsewhere, liveAtStripe, STORY_CUSTOMERS } from "../kit/billing-stories.ts";
import { booksOf, convertCustomer, days, type MoneyIn, openMoneyIn } from "../kit/money-in.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";

let database: ClonedDatabase;
let world: WholeApp;
let money: MoneyIn;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  money = await openMoneyIn(world);
});
afterAll(async () => {
  await money?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** A partner of its own hears of the events in the order given, and its books are closed. Every name of the mark is taken out again. */
async function booksAfter(
  mark: string,
  partnerId: string,
  { events, pauses }: { readonly events: readonly StripeMessage[]; readonly pauses: ReadonlySet<number> },
): Promise<string> {
  for (const [index, event] of events.entries()) {
    const payload = { sourceId: money.sourceId, event };
    const message = {
      id: newId(),
      source: "stripe",
      externalId: event.id,
      type: event.type,
      receivedAt: world.ctx().now,
    } as const;
    await world.app.revenue.takeStripeMessage(world.ctx(), { ...message, payload });
    if (!pauses.has(index)) continue;
    await world.settle();
    await world.wake("commissions.approve_due");
  }
  await world.settle();
  await world.wake("commissions.approve_due");
  const books = await booksOf(database, partnerId, mark);
  return JSON.stringify(books, null, 1).replaceAll(`-${mark}`, "");
}

async function newPartner(mark: string): Promise<string> {
  const { id } = await world.addPartner({ email: `${mark}@example.com`, hasOwnAddress: true });
  for (const name of STORY_CUSTOMERS) await convertCustomer(world, { partnerId: id, externalId: `${name}-${mark}` });
  return id;
}

it("events of Stripe in any order, repeated and late, end in the same transactions, earnings and balances as in their own order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(billingStep, { minLength: 1, maxLength: 10 }),
      fc.array(fc.nat(10_000), { minLength: 80, maxLength: 80 }),
      fc.uniqueArray(fc.nat(30), { maxLength: 4 }),
      async (steps, order, pauses) => {
        const run = newId().slice(-10);
        const [plain, mixed] = [`p${run}`, `m${run}`];
        const [ofPlain, ofMixed] = [await newPartner(plain), await newPartner(mixed)];
        money.clock.moveTo(new Date(world.clock.now().getTime() + days(1)));
        const events = await liveAtStripe(money, steps);
        world.clock.moveTo(new Date(money.clock.now().getTime() + days(40)));
        const inOrder = { events: elsewhere(events, plain), pauses: new Set<number>() };
        const twice = [...elsewhere(events, mixed), ...elsewhere(events, mixed)];
        const anyhow = twice
          .map((event, index) => ({ event, place: order[index % order.length] ?? 0 }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ event }) => event);
        const expected = await booksAfter(plain, ofPlain, inOrder);
        expect(await booksAfter(mixed, ofMixed, { events: anyhow, pauses: new Set(pauses) })).toBe(expected);
      },
    ),
    { numRuns: 6, endOnFailure: true },
  );
}, 600_000);

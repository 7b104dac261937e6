import type { EventRecord } from "@tributary/sandbox";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "../../src/kernel/id.ts";
import type { StripeMessage } from "../../src/revenue/stripe-news.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
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

const ACTS = [
  "renew",
  "renew",
  "refund",
  "refundAll",
  "pending",
  "fail",
  "dispute",
  "inquiry",
  "win",
  "lose",
  "wait",
] as const;
const step = fc.record({ act: fc.constantFrom(...ACTS), pick: fc.nat(99), amount: fc.integer({ min: 1, max: 3_000 }) });
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** Two customers live at Stripe, as the steps say; what Stripe tells of it, in its order. */
async function live(steps: readonly Step[]): Promise<EventRecord[]> {
  const { billing } = money.stripe;
  const subscriptions: string[] = [];
  const invoices: { id: string; left: number }[] = [];
  const [refunds, disputes]: [string[], string[]] = [[], []];
  for (const name of ["one", "two"]) {
    const { id } = billing.createCustomer({ metadata: { tributary_customer: name } });
    const begun = billing.subscribe({ customer: id, currency: "usd", price: { subtotal: 3_000, tax: 300 } });
    subscriptions.push(begun.subscription.id);
    invoices.push({ id: begun.invoice.id, left: 3_300 });
    await money.pass(1);
  }
  for (const { act, pick, amount } of steps) {
    const invoice = invoices[pick % invoices.length];
    if (invoice === undefined) throw new Error("there are invoices");
    const some = Math.min(invoice.left, amount);
    if (act === "renew") {
      const renewed = billing.renew(subscriptions[pick % 2] ?? "");
      invoices.push({ id: renewed.id, left: renewed.amount_paid });
    }
    if ((act === "refund" || act === "pending") && some > 0) {
      const isPending = act === "pending";
      refunds.push(billing.refund(invoice.id, { amount: some, isPending }).id);
      invoice.left -= some;
    }
    if (act === "refundAll" && invoice.left > 0) {
      billing.refund(invoice.id);
      invoice.left = 0;
    }
    const refund = refunds.pop();
    if (act === "fail" && refund !== undefined) billing.settleRefund(refund, pick % 2 === 0 ? "failed" : "succeeded");
    else if (refund !== undefined) refunds.push(refund);
    if (act === "dispute" || act === "inquiry") {
      disputes.push(billing.dispute(invoice.id, { isInquiry: act === "inquiry" }).id);
    }
    const dispute = act === "win" || act === "lose" ? disputes.pop() : undefined;
    if (dispute !== undefined) billing.closeDispute(dispute, act === "win" ? "won" : "lost");
    // No two acts in one second: which came first is then a fact.
    await money.pass(act === "wait" ? 20 : 3);
  }
  return money.takeEvents();
}

/** The same events in another world: every name of theirs is another. */
const elsewhere = (events: readonly EventRecord[], mark: string): StripeMessage[] =>
  JSON.parse(
    JSON.stringify(events)
      .replace(/"((?:evt|cus|sub|in|inpay|ch|pi|re|du|txn)_\w+)"/g, `"$1-${mark}"`)
      .replace(/"tributary_customer":"(one|two)"/g, `"tributary_customer":"$1-${mark}"`),
  ) as StripeMessage[];

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
  const { id } = await world.addPartner({ email: `${mark}@example.com` });
  for (const name of ["one", "two"]) await convertCustomer(world, { partnerId: id, externalId: `${name}-${mark}` });
  return id;
}

it("events of Stripe in any order, repeated and late, end in the same transactions, earnings and balances as in their own order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 10 }),
      fc.array(fc.nat(10_000), { minLength: 80, maxLength: 80 }),
      fc.uniqueArray(fc.nat(30), { maxLength: 4 }),
      async (steps, order, pauses) => {
        const run = newId().slice(-10);
        const [plain, mixed] = [`p${run}`, `m${run}`];
        const [ofPlain, ofMixed] = [await newPartner(plain), await newPartner(mixed)];
        money.clock.moveTo(new Date(world.clock.now().getTime() + days(1)));
        const events = await live(steps);
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

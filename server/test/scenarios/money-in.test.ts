import type { EventRecord } from "@tributary/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
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

/** A year of a customer at Stripe, as events: 120.00 a month of which 20.00 is tax. */
async function liveAtStripe(customer: string): Promise<readonly EventRecord[]> {
  const { billing } = money.stripe;
  const { id } = billing.createCustomer({ metadata: { tributary_customer: customer } });
  const price = { subtotal: 10_000, tax: 2_000 };
  const { subscription } = billing.subscribe({ customer: id, currency: "usd", price });
  await money.pass(30);
  const second = billing.renew(subscription.id);
  await money.pass(5);
  billing.refund(second.id, { amount: 6_000 });
  await money.pass(25);
  const third = billing.renew(subscription.id);
  await money.pass(2);
  const dispute = billing.dispute(third.id);
  await money.pass(20);
  billing.closeDispute(dispute.id, "won");
  await money.pass(1);
  billing.cancel(subscription.id);
  return money.takeEvents();
}

/** Signup 50.00; of three months 10.00 each, 5.00 of the second taken back; the third taken and given back. */
const EARNED = 5_000 + 1_000 + 1_000 - 500 + 1_000;

describe("revenue by itself, from Stripe's webhooks to the partner's balance", { timeout: 120_000 }, () => {
  it("a subscription that renews, is refunded in part, disputed and won earns to the cent, told backwards, twice and weeks late", async () => {
    const partner = await world.addPartner({ email: "ada@example.com" });
    await convertCustomer(world, { partnerId: partner.id, externalId: "user_1" });
    money.clock.moveTo(new Date(world.clock.now().getTime() + days(1)));
    const events = await liveAtStripe("user_1");
    world.clock.moveTo(new Date(money.clock.now().getTime() + days(21)));
    await money.deliverAll(events.toReversed());
    for (const event of events) expect(await money.deliver(event)).toBe(200);
    await world.settle();

    const unmatched = await world.send("GET", "/api/v1/admin/revenue/unmatched", { auth: world.operatorKey });
    expect(unmatched.body).toEqual({ data: [], nextCursor: null });
    const books = await booksOf(database, partner.id);
    expect(books).toMatchObject({ referrals: [{ status: "qualified" }] });

    world.clock.advance(days(60));
    await world.wake("commissions.approve_due");
    const auth = await world.signIn("ada@example.com");
    const summary = await world.send("GET", "/api/v1/partners/commissions/summary", { auth });
    expect(summary.body).toMatchObject({ currencies: [{ currency: "USD", balances: { available: EARNED } }] });

    for await (const finding of prove({ db: world.app.db, ctx: world.ctx(), moduleChecks: world.app.moduleChecks })) {
      expect([finding.name, finding.breaks]).toEqual([finding.name, []]);
    }
  });

  it("what comes before its customer is converted waits, is listed with its amount, and counts from the conversion on", async () => {
    const partner = await world.addPartner({ email: "bea@example.com" });
    money.clock.moveTo(world.clock.now());
    const { billing } = money.stripe;
    const { id } = billing.createCustomer({ metadata: { tributary_customer: "user_2" } });
    billing.subscribe({ customer: id, currency: "usd", price: { subtotal: 4_000 } });
    await money.deliverAll(money.takeEvents());
    const query = "/api/v1/admin/revenue/unmatched?reason=customer_unknown";
    const before = await world.send("GET", query, { auth: world.operatorKey });
    expect(before.body).toMatchObject({ data: [{ amount: 4_000, currency: "USD", customerExternalId: null }] });

    // Stripe tells seconds alone: a conversion in the same second came first.
    world.clock.advance(400);
    await convertCustomer(world, { partnerId: partner.id, externalId: "user_2" });
    await world.settle();
    const after = await world.send("GET", query, { auth: world.operatorKey });
    expect(after.body).toMatchObject({ data: [] });
    expect(await booksOf(database, partner.id)).toMatchObject({
      earned: [
        { rule: "recurring", amount: 400 },
        { rule: "signup", amount: 5_000 },
      ],
    });
  });
});

import { type EventRecord, signWebhook } from "@tributary/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../test/kit/app.ts";
import { BILLING_SECRET, booksOf, convertCustomer, type MoneyIn, openMoneyIn } from "../../test/kit/money-in.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";

let database: ClonedDatabase;
let world: WholeApp;
let money: MoneyIn;
let partnerId: string;
let turn = 0;
let name: string;

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
beforeEach(async () => {
  turn += 1;
  name = `user_${turn}`;
  ({ id: partnerId } = await world.addPartner({ email: `partner_${turn}@example.com` }));
  money.clock.moveTo(new Date(world.clock.now().getTime() + 1_000));
});

const convert = (externalId: string, email?: string) =>
  convertCustomer(world, { partnerId, externalId, ...(email === undefined ? {} : { email }) });

/** A customer begins a subscription of 40.00. */
function subscribe(
  customer: { email?: string; metadata?: Record<string, string> } = {},
  currency = "usd",
  subtotal = 4_000,
) {
  const { id } = money.stripe.billing.createCustomer(customer);
  return money.stripe.billing.subscribe({ customer: id, currency, price: { subtotal } });
}
const earned = async () =>
  ((await booksOf(database, partnerId)) as { earned: { amount: number; rule: string }[] }).earned;
const reasons = async (sourceId = money.sourceId) => {
  const query = `/api/v1/admin/revenue/unmatched?sourceId=${sourceId}&sort=-occurredAt`;
  const { body } = await world.send<{ data: { reason: string; amount: number; externalId: string }[] }>("GET", query, {
    auth: world.operatorKey,
  });
  return body.data.map(({ reason, amount }) => [reason, amount]);
};

describe("a customer of Stripe's is matched", () => {
  it("by e-mail where one customer has it, and then by what was learnt, also when the e-mail is another's", async () => {
    await convert(name, `${name}@example.com`);
    const { subscription } = subscribe({ email: `${name.toUpperCase()}@Example.com` });
    await money.deliverAll(money.takeEvents());
    await asOwner(database, "update users set email = null where external_id = $1", [name]);
    money.stripe.billing.renew(subscription.id);
    await money.deliverAll(money.takeEvents());
    expect(await earned()).toMatchObject([{ amount: 400 }, { amount: 400 }, { rule: "signup", amount: 5_000 }]);
  });

  it("not at all where two have the e-mail, until metadata says who it is", async () => {
    const before = await reasons();
    await convert(name, `${name}@example.com`);
    await convert(`${name}_b`, `${name}@example.com`);
    const { id } = money.stripe.billing.createCustomer({ email: `${name}@example.com` });
    const { subscription } = money.stripe.billing.subscribe({
      customer: id,
      currency: "usd",
      price: { subtotal: 4_000 },
    });
    await money.deliverAll(money.takeEvents());
    expect(await reasons()).toEqual([["email_ambiguous", 4_000], ...before]);
    const told = { ...subscription, metadata: { tributary_customer: name } };
    await money.deliverAll([message("customer.subscription.updated", told)]);
    expect(await reasons()).toEqual(before);
    expect(await earned()).toMatchObject([{ amount: 400 }, { rule: "signup" }]);
  });
});

/** An event that the stand-in does not make. */
const message = (type: string, object: object): EventRecord =>
  ({
    id: `evt_${newId()}`,
    object: "event",
    type,
    created: Math.floor(money.clock.now().getTime() / 1_000),
    data: { object },
  }) as unknown as EventRecord;

it("the name that was told last is learnt, in whatever order messages come, whatever they say of the e-mail", async () => {
  const told = (seconds: number, type: string, object: object): EventRecord => {
    const event = message(type, object);
    return { ...event, created: event.created + seconds };
  };
  const named = (id: string, metadata: string) => ({ id, email: null, metadata: { tributary_customer: metadata } });
  const learnt = async (order: readonly number[]) => {
    const id = `cus_${newId()}`;
    const events = [
      told(1, "customer.created", named(id, "x")),
      told(2, "customer.updated", named(id, "a")),
      told(2, "customer.updated", named(id, "b")),
      told(3, "customer.updated", { id, email: "first@example.com", metadata: {} }),
      told(4, "customer.updated", { id, email: "last@example.com", metadata: {} }),
    ];
    await money.deliverAll(order.flatMap((index) => events[index] ?? []));
    return asOwner(database, "select customer_external_id, email from revenue_customers where provider_id = $1", [id]);
  };
  const last = [{ customer_external_id: "b", email: "last@example.com" }];
  for (const order of [
    [0, 1, 2, 3, 4],
    [0, 4, 3, 2, 1],
    [3, 2, 1, 0, 4],
    [4, 0, 3, 1, 2],
  ])
    expect(await learnt(order)).toEqual(last);
});

describe("money that goes back", () => {
  it("before the payment is told waits and is never lost; the operator sees what is missing", async () => {
    const before = await reasons();
    await convert(name);
    const { invoice } = subscribe({ metadata: { tributary_customer: name } });
    const told = money.takeEvents();
    money.stripe.billing.refund(invoice.id, { amount: 1_000 });
    await money.deliverAll(money.takeEvents());
    expect(await reasons()).toEqual([["payment_unknown", 1_000], ...before]);
    await money.deliverAll(told.filter(({ type }) => type === "invoice_payment.paid"));
    expect(await reasons()).toEqual([["original_missing", 1_000], ...before]);
    await money.deliverAll(told);
    expect(await reasons()).toEqual(before);
    expect(await earned()).toMatchObject([{ amount: 300 }, { rule: "signup", amount: 5_000 }]);
  });

  it("of which only the charge tells is listed until its refund is told", async () => {
    const before = await reasons();
    await convert(name);
    const { invoice } = subscribe({ metadata: { tributary_customer: name } });
    money.stripe.billing.refund(invoice.id, { amount: 1_000 });
    const told = money.takeEvents();
    await money.deliverAll(told.filter(({ type }) => type !== "refund.created"));
    expect(await reasons()).toEqual([["refunds_untold", 1_000], ...before]);
    await money.deliverAll(told);
    expect(await reasons()).toEqual(before);
  });

  it("and comes back, since a refund failed after it had succeeded, is for the operator; one that failed while pending is not", async () => {
    const before = await reasons();
    await convert(name);
    const { invoice } = subscribe({ metadata: { tributary_customer: name } });
    const [kept, pending] = [
      money.stripe.billing.refund(invoice.id, { amount: 1_000 }),
      money.stripe.billing.refund(invoice.id, { amount: 500, isPending: true }),
    ];
    const told = money.takeEvents();
    for (const { id } of [pending, kept]) money.stripe.billing.settleRefund(id, "failed");
    await money.deliverAll([...told, ...money.takeEvents()].toReversed());
    expect(await reasons()).toEqual([["refund_failed", 1_000], ...before]);
    expect(await earned()).toMatchObject([{ amount: 300 }, { rule: "signup" }]);
  });

  it("in an inquiry is none until it becomes a dispute; one that is lost stays taken", async () => {
    await convert(name);
    const { invoice } = subscribe({ metadata: { tributary_customer: name } });
    const inquiry = money.stripe.billing.dispute(invoice.id, { amount: 2_000, isInquiry: true });
    await money.deliverAll(money.takeEvents());
    expect(await earned()).toMatchObject([{ amount: 400 }, { rule: "signup" }]);
    money.stripe.billing.escalate(inquiry.id);
    money.stripe.billing.closeDispute(inquiry.id, "lost");
    await money.deliverAll(money.takeEvents());
    expect(await earned()).toMatchObject([{ amount: 200 }, { rule: "signup" }]);
  });
});

it("revenue in a currency of other units counts in the units of ISO 4217", async () => {
  await convert(name);
  // 5,000 krónur: Stripe writes two zeros that the currency does not have.
  subscribe({ metadata: { tributary_customer: name } }, "isk", 500_000);
  await money.deliverAll(money.takeEvents());
  expect(await earned()).toMatchObject([{ amount: 500 }, { rule: "signup" }]);
});

it("what the books refuse is listed with the reason, and holds nothing else back", async () => {
  const before = await reasons();
  await convert(name);
  const { invoice } = subscribe({ metadata: { tributary_customer: name } });
  const own = {
    externalId: invoice.id,
    customerExternalId: name,
    kind: "payment",
    amount: 1,
    currency: "USD",
    occurredAt: "2026-03-01T12:00:00Z",
  };
  await world.send("POST", "/api/v1/transactions", { auth: world.operatorKey, key: newId(), body: own });
  await money.deliverAll(money.takeEvents());
  expect(await reasons()).toEqual([["transaction.conflict", 4_000], ...before]);
});

it("two endpoints of one account may tell of everything: each source learns what it is told", async () => {
  const secret = "whsec_of_a_second_endpoint_1234";
  const second = { kind: "stripe", name: "The next version", signingSecret: secret } as const;
  const { id: sourceId } = await world.app.revenue.createSource(world.ctx(), second);
  const tell = async (event: EventRecord) => {
    await post(JSON.stringify(event), { sourceId, secret });
    await world.settle();
  };
  await convert(name);
  const { invoice } = subscribe({ metadata: { tributary_customer: name } });
  const paid = money.takeEvents();
  await money.deliverAll(paid);
  for (const event of paid) await tell(event);
  money.stripe.billing.refund(invoice.id, { amount: 1_000 });
  const refunded = money.takeEvents();
  for (const event of refunded) await tell(event);
  await money.deliverAll(refunded);
  expect(await reasons(sourceId)).toEqual([]);
  expect(await earned()).toMatchObject([{ amount: 300 }, { rule: "signup", amount: 5_000 }]);
});

const post = (payload: string, { secret = BILLING_SECRET, at = world.clock.now(), sourceId = money.sourceId } = {}) =>
  world.http.inject({
    method: "POST",
    url: `/api/v1/webhooks/stripe-billing/${sourceId}`,
    headers: {
      host: "operator.test",
      "content-type": "application/json",
      "stripe-signature": signWebhook({ payload, secret, at }),
    },
    payload,
  });

describe("a message of Stripe's", () => {
  const hello = () => JSON.stringify(message("customer.created", { id: "cus_x", email: null, metadata: {} }));

  it("with another signature, an old one, or none, is refused with what to do", async () => {
    const old = new Date(world.clock.now().getTime() - 6 * 60_000);
    const answers = [
      await post(hello(), { secret: "whsec_of_another_endpoint" }),
      await post(hello(), { at: old }),
      await post("{}"),
      await post(hello(), { sourceId: newId() }),
    ];
    expect(answers.map((one) => [one.statusCode, one.json<{ code: string }>().code])).toEqual([
      [400, "revenue.signature_invalid"],
      [400, "revenue.timestamp_outside"],
      [400, "revenue.message_invalid"],
      [404, "revenue.source_not_found"],
    ]);
    const { status, body } = await world.send("POST", `/api/v1/webhooks/stripe-billing/${money.sourceId}`, {
      body: {},
    });
    expect([status, body["code"]]).toEqual([400, "revenue.signature_missing"]);
  });

  it("is let in once its secret is given, and says when it was heard of", async () => {
    const { id: sourceId } = await world.app.revenue.createSource(world.ctx(), { kind: "stripe", name: "Later" });
    const secret = "whsec_given_afterwards_1234";
    expect((await post(hello(), { sourceId, secret })).statusCode).toBe(400);
    await world.app.revenue.rotateSourceSecret(world.ctx(), { sourceId, signingSecret: secret });
    expect((await post(hello(), { sourceId, secret })).statusCode).toBe(200);
    const { body } = await world.send<{ data: { id: string; lastHeardAt: string }[] }>(
      "GET",
      "/api/v1/admin/revenue/sources",
      {
        auth: world.operatorKey,
      },
    );
    expect(body.data.find(({ id }) => id === sourceId)?.lastHeardAt).toBe(world.clock.now().toISOString());
  });

  it("while two secrets are good, is told why it is refused by the one that signed it", async () => {
    const [signingSecret, second] = ["whsec_the_first_of_two_1234", "whsec_the_second_of_two_1234"];
    const source = { kind: "stripe", name: "Overlap", signingSecret } as const;
    const { id: sourceId } = await world.app.revenue.createSource(world.ctx(), source);
    await world.app.revenue.rotateSourceSecret(world.ctx(), { sourceId, signingSecret: second, overlapHours: 1 });
    const old = new Date(world.clock.now().getTime() - 6 * 60_000);
    const codes: string[] = [];
    for (const secret of [signingSecret, second])
      for (const answer of [await post(hello(), { sourceId, secret, at: old }), await post("{}", { sourceId, secret })])
        codes.push(answer.json<{ code: string }>().code);
    expect(codes).toEqual([
      "revenue.timestamp_outside",
      "revenue.message_invalid",
      "revenue.timestamp_outside",
      "revenue.message_invalid",
    ]);
  });

  it("that cannot be worked on is listed with why, and is not lost", async () => {
    const broken = { ...message("invoice.paid", { id: "in_broken", currency: "usd", amount_paid: "many" }) };
    expect(await money.deliver(broken)).toBe(200);
    await world.settle();
    const { body } = await world.send<{ data: object[] }>("GET", "/api/v1/admin/revenue/failures", {
      auth: world.operatorKey,
    });
    expect(body.data).toMatchObject([
      { source: "stripe", externalId: `${money.sourceId} ${broken.id}`, type: "invoice.paid" },
    ]);
  });
});

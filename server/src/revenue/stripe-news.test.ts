import { describe, expect, it } from "vitest";
import { type News, NO_NEWS } from "./movement.ts";
import { newsOf } from "./stripe-news.ts";

const CREATED = 1_772_366_400;
const AT = new Date("2026-03-01T12:00:00Z");
/** Stripe tells seconds: what happened in one is dated its end. */
const WITHIN = new Date(AT.getTime() + 999);

const tell = (type: string, object: object, created = CREATED): News =>
  newsOf({ id: "evt_1", type, created, data: { object } });

const invoice = (more: object = {}) => ({
  id: "in_1",
  amount_paid: 12_000,
  total: 12_000,
  currency: "usd",
  customer: "cus_1",
  customer_email: null,
  metadata: {},
  parent: null,
  status_transitions: { paid_at: CREATED },
  total_taxes: [{ amount: 2_000 }],
  ...more,
});
const refund = (more: object = {}) => ({
  id: "re_1",
  amount: 6_000,
  currency: "usd",
  created: CREATED,
  customer: "cus_1",
  charge: "ch_1",
  payment_intent: "pi_1",
  status: "succeeded",
  ...more,
});
const dispute = (more: object = {}) => ({
  id: "du_1",
  amount: 12_000,
  currency: "usd",
  created: CREATED,
  charge: "ch_1",
  payment_intent: "pi_1",
  balance_transactions: [],
  status: "needs_response",
  ...more,
});

describe("invoice.paid", () => {
  it("is a payment of what was paid, with its tax, at the second at which it was paid", () => {
    expect(tell("invoice.paid", invoice(), CREATED + 999).movements).toMatchObject([
      { externalId: "in_1", kind: "payment", amount: 12_000n, tax: 2_000n, currency: "USD", occurredAt: WITHIN },
    ]);
  });

  it("says what was sold where all its lines sell one thing, and where its customer is", () => {
    const line = (price: string, product: string) => ({ pricing: { price_details: { price, product } } });
    const older = { price: { id: "price_1", product: "prod_1" } };
    const sold = (lines: object[], country: string | null = "DE", has_more = false) => {
      const [movement] = tell(
        "invoice.paid",
        invoice({ lines: { data: lines, has_more }, customer_address: { country } }),
      ).movements;
      return [movement?.product, movement?.planCode, movement?.country];
    };
    expect(sold([line("price_1", "prod_1")])).toEqual(["prod_1", "price_1", "DE"]);
    expect(sold([older, line("price_1", "prod_1")])).toEqual(["prod_1", "price_1", "DE"]);
    expect(sold([line("price_1", "prod_1"), line("price_2", "prod_1")])).toEqual(["prod_1", null, "DE"]);
    expect(sold([line("price_1", "prod_1"), {}], null)).toEqual([null, null, null]);
    expect(sold([], "XX")).toEqual([null, null, null]);
    expect(sold([older], "DE", true)).toEqual([null, null, "DE"]);
  });

  it.each([
    ["in full", { amount_paid: 12_000 }, 2_000n],
    ["in part, since a credit balance paid the rest", { amount_paid: 6_000 }, 1_000n],
    ["in part, rounded once, half away from zero", { amount_paid: 3_003 }, 501n],
    ["more than asked for", { amount_paid: 15_000 }, 2_000n],
    ["without tax", { total_taxes: [] }, 0n],
    ["with two taxes", { total_taxes: [{ amount: 1_500 }, { amount: 500 }] }, 2_000n],
    ["of a version before 2025-03-31", { total_taxes: undefined, total_tax_amounts: [{ amount: 1_200 }] }, 1_200n],
    ["of an older one still", { total_taxes: undefined, tax: 1_100 }, 1_100n],
  ])("paid %s holds that part of the tax", (_, more, tax) => {
    expect(tell("invoice.paid", invoice(more)).movements[0]?.tax).toBe(tax);
  });

  it("of nothing (a trial, a discount or credit that covers it) is no payment, but teaches who the customer is", () => {
    const news = tell("invoice.paid", invoice({ amount_paid: 0, total: 0, customer_email: "Ada@Example.com " }));
    expect(news.movements).toEqual([]);
    expect(news.customers).toEqual([
      { providerId: "cus_1", customerExternalId: null, email: "ada@example.com", at: AT },
    ]);
  });

  it.each([
    ["usd", 1_050, 1_050n],
    ["jpy", 1_050, 1_050n],
    ["kwd", 1_050, 1_050n],
    ["isk", 105_000, 1_050n],
    ["ugx", 105_000, 1_050n],
    ["mga", 1_050, 105_000n],
  ])("in %s is in the minor units of ISO 4217", (currency, paid, amount) => {
    const [movement] = tell(
      "invoice.paid",
      invoice({ currency, amount_paid: paid, total: paid, total_taxes: [] }),
    ).movements;
    expect(movement?.amount).toBe(amount);
  });

  it.each([
    ["its own metadata", { metadata: { tributary_customer: "user_1" } }, "user_1"],
    [
      "its subscription's",
      { parent: { subscription_details: { metadata: { tributary_customer: " user_2 " } } } },
      "user_2",
    ],
    ["an older version's", { subscription_details: { metadata: { tributary_customer: "user_3" } } }, "user_3"],
    ["nothing", { metadata: { other: "x" } }, null],
    ["a name that can be none", { metadata: { tributary_customer: "a\u0007b" } }, null],
  ])("names its customer by %s", (_, more, name) => {
    expect(tell("invoice.paid", invoice(more)).movements[0]?.customerExternalId).toBe(name);
  });

  it("teaches by its subscription's metadata, of the second in which it was made, and nothing by its own", () => {
    const mark = (name: string) => ({ metadata: { tributary_customer: name } });
    const told = { ...mark("client"), parent: { subscription_details: mark("agency") }, created: CREATED - 60 };
    const news = tell("invoice.paid", invoice({ ...told, customer_email: "a@b.test" }));
    expect(news.movements[0]?.customerExternalId).toBe("client");
    expect(news.customers).toEqual([
      { providerId: "cus_1", customerExternalId: "agency", email: null, at: new Date(AT.getTime() - 60_000) },
      { providerId: "cus_1", customerExternalId: null, email: "a@b.test", at: AT },
    ]);
    expect(tell("invoice.paid", invoice(mark("client"))).customers).toEqual([]);
  });

  it("says what paid it, where its version does", () => {
    expect(tell("invoice.paid", invoice({ payment_intent: "pi_1", charge: "ch_1" })).payments).toEqual([
      { paymentId: "pi_1", invoiceId: "in_1" },
      { paymentId: "ch_1", invoiceId: "in_1" },
    ]);
    expect(tell("invoice_payment.paid", { invoice: "in_1", payment: { payment_intent: "pi_2" } }).payments).toEqual([
      { paymentId: "pi_2", invoiceId: "in_1" },
    ]);
  });
});

describe("a refund", () => {
  it("counts once it has succeeded, whichever event says so", () => {
    for (const type of ["refund.created", "refund.updated", "charge.refund.updated"]) {
      expect(tell(type, refund()).movements).toMatchObject([
        { externalId: "re_1", kind: "refund", amount: 6_000n, occurredAt: WITHIN, paymentIds: ["pi_1", "ch_1"] },
      ]);
    }
  });

  it.each(["pending", "requires_action", "canceled"])("that is %s tells nothing yet", (status) => {
    expect(tell("refund.updated", refund({ status }))).toMatchObject({ movements: [], notices: [] });
  });

  it("that failed takes nothing back, and is to be looked at", () => {
    expect(tell("refund.failed", refund({ status: "failed" }))).toMatchObject({
      movements: [],
      notices: [{ externalId: "re_1:failed", reason: "refund_failed", amount: 6_000n }],
    });
  });

  it("is not told by its charge, which only says how much it should come to", () => {
    const charge = { id: "ch_1", amount_refunded: 6_000, currency: "usd", created: CREATED, payment_intent: "pi_1" };
    expect(tell("charge.refunded", charge)).toMatchObject({
      movements: [],
      notices: [{ externalId: "ch_1:refunded", reason: "refunds_untold", amount: 6_000n }],
    });
    const old = { ...charge, invoice: "in_1", refunds: { data: [refund()] } };
    expect(tell("charge.refunded", old)).toMatchObject({
      movements: [{ externalId: "re_1" }],
      payments: [{ paymentId: "pi_1" }, { paymentId: "ch_1" }],
    });
  });
});

describe("a dispute", () => {
  it.each(["needs_response", "under_review", "lost", "appeal_needs_response"])(
    "that is %s takes its amount back",
    (status) => {
      expect(tell("charge.dispute.updated", dispute({ status })).movements).toMatchObject([
        { externalId: "du_1", kind: "chargeback", amount: 12_000n, occurredAt: WITHIN },
      ]);
    },
  );

  it.each(["warning_needs_response", "warning_under_review", "warning_closed", "prevented"])(
    "that is %s has taken nothing, unless its balance says so",
    (status) => {
      expect(tell("charge.dispute.created", dispute({ status })).movements).toEqual([]);
      const taken = dispute({ status, balance_transactions: [{ amount: -12_000 }] });
      expect(tell("charge.dispute.updated", taken).movements).toMatchObject([{ kind: "chargeback" }]);
    },
  );

  it("that is won gives back, from its end alone, when it ended", () => {
    const won = dispute({ status: "won" });
    expect(tell("charge.dispute.funds_reinstated", won).movements).toHaveLength(1);
    expect(tell("charge.dispute.closed", won, CREATED + 60).movements).toMatchObject([
      { externalId: "du_1", kind: "chargeback" },
      {
        externalId: "du_1:won",
        kind: "chargeback_won",
        originalExternalId: "du_1",
        occurredAt: new Date(WITHIN.getTime() + 60_000),
      },
    ]);
  });
});

it("what a connected account's events tell is another's money, and no news", () => {
  const message = { id: "evt_1", type: "invoice.paid", created: CREATED, data: { object: invoice() } };
  expect(newsOf({ ...message, account: "acct_of_a_partner" })).toEqual(NO_NEWS);
  expect(newsOf({ ...message, account: null }).movements).toHaveLength(1);
});

it("customers and subscriptions teach names, and nothing of money; what else Stripe says is no news", () => {
  const at = AT;
  expect(tell("customer.updated", { id: "cus_1", email: "A@B.test", metadata: { tributary_customer: "u" } })).toEqual({
    customers: [{ providerId: "cus_1", customerExternalId: "u", email: "a@b.test", at }],
    payments: [],
    movements: [],
    notices: [],
  });
  const ended = { id: "sub_1", customer: "cus_1", metadata: { tributary_customer: "u" } };
  expect(tell("customer.subscription.deleted", ended)).toMatchObject({
    customers: [{ providerId: "cus_1", customerExternalId: "u", email: null }],
    movements: [],
  });
  expect(tell("invoice.payment_failed", invoice()).movements).toEqual([]);
});

import { describe, expect, it } from "vitest";
import {
  AFFILIATE,
  addClients,
  assessBatch,
  at,
  clause,
  earnings,
  emptyBooks,
  partnerWith,
  reasons,
  receiptOf,
  recordedSequence,
  rowsOf,
  termsOfTier,
} from "../../../test/kit/engine.ts";
import { assess } from "./assess.ts";
import type { EngineEvent } from "./engine-event.ts";

const reseller = termsOfTier("tier2");
const whiteLabel = termsOfTier("tier3");

describe("the earning window", () => {
  it.each<[string, string, string]>([
    ["before the conversion", "2020-01-01T23:59:59.999Z", "before_conversion"],
    ["at the conversion itself", "2020-01-02T00:00:00Z", "active"],
  ])("%s", (_, date, reason) => {
    const sequence = partnerWith(AFFILIATE);
    const payment = sequence.pay("ann", "p", date, { amount: 1_000n });
    const books = sequence.run();
    expect(clause(books, payment, "window")?.reason).toBe(reason);
    expect(earnings(books).length > 0).toBe(reason === "active");
  });

  it("is shut for a customer whose conversion has not been recorded, and the receipt says so", () => {
    const sequence = partnerWith(AFFILIATE);
    const payment = sequence.pay("nobody", "p", at("2024-01-01"), { amount: 1_000n });
    const card = sequence.spend("nobody", "c", at("2024-01-01"), { amount: 1_000n });
    const books = sequence.run();
    expect(reasons(books, payment)).toEqual(["window nothing: not_converted"]);
    expect(reasons(books, card)).toEqual(["window nothing: not_converted"]);
    expect(receiptOf(books, payment).terms).toBeNull();
  });

  it("is shut after a rejection, in recorded order, whatever the date", () => {
    const sequence = partnerWith(AFFILIATE);
    sequence.reject("ann", at("2024-02-01"));
    const payment = sequence.pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    const books = sequence.run();
    expect(reasons(books, payment)).toEqual(["window nothing: rejected"]);
    expect(rowsOf(books)).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    [
      "before the approval",
      "2021-12-31T23:59:59.999Z",
      ["window nothing: before_approval", "qualification applies: qualified", "signup nothing: before_approval"],
    ],
    [
      "after the termination",
      "2023-01-01T00:00:00.001Z",
      ["window nothing: after_termination", "qualification applies: qualified", "signup nothing: after_termination"],
    ],
  ])("lets a payment %s qualify, and earn nothing", (_, date, expected) => {
    const sequence = recordedSequence();
    sequence.approve("2022-01-01T00:00:00Z");
    sequence.convert("ann", AFFILIATE.id);
    sequence.terminate("2023-01-01T00:00:00Z");
    const payment = sequence.pay("ann", "p", date, { amount: 1_000n });
    const card = sequence.spend("ann", "c", date, { amount: 1_000_000n });
    const books = assessBatch(emptyBooks(), sequence.events, [AFFILIATE]);
    expect(reasons(books, payment)).toEqual(expected);
    expect(reasons(books, card)).toEqual([expected[0]]);
    expect(rowsOf(books)).toEqual(["qualified ann"]);
    expect(books.facts.partners.get("partner")?.clients).toBe(1);
  });

  it.each(["2022-01-01T00:00:00Z", "2023-01-01T00:00:00Z"])("includes its limits: %s earns", (date) => {
    const sequence = recordedSequence();
    sequence.approve("2022-01-01T00:00:00Z");
    sequence.convert("ann", AFFILIATE.id);
    sequence.terminate("2023-01-01T00:00:00Z");
    sequence.pay("ann", "p", date, { amount: 1_000n });
    expect(rowsOf(assessBatch(emptyBooks(), sequence.events, [AFFILIATE]))).toHaveLength(3);
  });

  it("does not open before any approval", () => {
    const sequence = recordedSequence();
    sequence.convert("ann", AFFILIATE.id);
    const payment = sequence.pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    const books = assessBatch(emptyBooks(), sequence.events, [AFFILIATE]);
    expect(clause(books, payment, "window")).toMatchObject({ outcome: "nothing", reason: "before_approval" });
  });

  it("lets the months run from a payment before the approval", () => {
    const sequence = recordedSequence();
    sequence.convert("ann", AFFILIATE.id);
    sequence.pay("ann", "p", at("2021-06-15"), { amount: 1_000n });
    sequence.approve("2022-01-01T00:00:00Z");
    sequence.approve("2024-01-01T00:00:00Z");
    const inside = sequence.pay("ann", "p2", "2022-06-14T23:59:59Z", { amount: 1_000n });
    const over = sequence.pay("ann", "p3", "2022-06-15T00:00:00Z", { amount: 1_000n });
    const books = assessBatch(emptyBooks(), sequence.events, [AFFILIATE]);
    expect([clause(books, inside, "recurring")?.outcome, clause(books, over, "recurring")?.outcome]).toEqual([
      "earned",
      "nothing",
    ]);
    expect(rowsOf(books)).toEqual(["qualified ann", "recurring 100 USD"]);
  });
});

describe("what an event earns", () => {
  it("takes the multiplier in every rule but the signup", () => {
    const terms = termsOfTier("tier2", { id: "x", tierMultiplierPpm: 1_500_000n, revenueSharePpm: 100_000n });
    const sequence = partnerWith(terms);
    const payment = sequence.pay("ann", "p", at("2024-01-01"), { amount: 10_000n });
    sequence.spend("ann", "c", at("2024-01-01"), { amount: 10_000n, revenue: 400n });
    const books = sequence.run();
    expect(earnings(books)).toEqual([
      "signup 10000 USD",
      "recurring 3750 USD",
      "share 1500 USD",
      "transaction 15 USD",
      "share 60 USD",
    ]);
    expect(clause(books, payment, "recurring")).toMatchObject({
      tierMultiplier: 1.5,
      volumeBonus: 0,
      volumeBonusMode: "multiplicative",
    });
  });

  it("is half of a payment without its tax, and of card revenue, for a white-label partner; with no end and no signup", () => {
    const sequence = partnerWith(whiteLabel);
    const payment = sequence.pay("ann", "p", at("2024-01-01"), { amount: 12_000n, tax: 2_000n });
    const card = sequence.spend("ann", "c", at("2034-01-01"), { amount: 99_999n, revenue: 301n });
    const books = sequence.run();
    expect(earnings(books)).toEqual(["share 5000 USD", "share 151 USD"]);
    expect(reasons(books, payment)).toEqual([
      "window applies: active",
      "qualification applies: qualified",
      "signup nothing: no_bonus",
      "recurring nothing: no_rate",
      "share earned: rate",
    ]);
    expect(reasons(books, card)).toEqual([
      "window applies: active",
      "transaction nothing: no_rate",
      "share earned: rate",
    ]);
    const types = books.outcomes.flatMap((one) => (one.kind === "earned" ? one.commission.type : []));
    expect(types).toEqual(["recurring", "recurring"]);
  });

  it("is of the type of its rule, and a reversal of the type of what it reverses", () => {
    const terms = termsOfTier("tier2", { id: "x", revenueSharePpm: 100_000n });
    const sequence = partnerWith(terms);
    const payment = sequence.pay("ann", "p", at("2024-01-01"), { amount: 10_000n });
    sequence.spend("ann", "c", at("2024-01-01"), { amount: 100_000n, revenue: 400n });
    sequence.chargeBack("ann", "c", "cb", at("2024-03-01"), 100_000n);
    sequence.winChargeback("ann", "cb", "won", at("2024-03-02"), 50_000n);
    const books = sequence.run();
    const rows = books.outcomes.flatMap((one) =>
      "commission" in one ? [`${one.kind} ${one.commission.rule} ${one.commission.type}`] : [],
    );
    expect(rows).toEqual([
      "earned signup signup",
      "earned recurring recurring",
      "earned share recurring",
      "earned transaction transaction",
      "earned share recurring",
      "reversed transaction.reversal transaction",
      "reversed share.reversal recurring",
      "restored transaction.restoration transaction",
      "restored share.restoration recurring",
    ]);
    const won = books.outcomes.at(-2);
    expect(won).toMatchObject({
      commission: {
        amount: 50n,
        transactionId: "won",
        eventId: "won",
        occurredAt: new Date(at("2024-03-02")),
        holdUntil: new Date(at("2024-01-31")),
        ratePpm: 1_000n,
        currency: "USD",
        act: "",
      },
    });
    const restoredId = won && "commission" in won ? won.commission.reversesId : "";
    expect(books.outcomes.some((one) => one.kind === "earned" && one.commission.id === restoredId)).toBe(true);
    expect(clause(books, payment, "recurring")?.rounding).toBe("half_away_from_zero");
  });

  it("is nothing of a share under a licence", () => {
    const terms = termsOfTier("tier3", { id: "licence", mode: "licence" });
    const sequence = partnerWith(terms);
    const payment = sequence.pay("ann", "p", at("2024-01-01"), { amount: 12_000n });
    const books = sequence.run();
    expect(clause(books, payment, "share")).toMatchObject({ outcome: "nothing", reason: "licence_mode" });
    expect(earnings(books)).toEqual([]);
  });

  it("is in the event's currency, the signup in the programme's", () => {
    const sequence = partnerWith(AFFILIATE);
    sequence.pay("ann", "p", at("2024-01-01"), { amount: 1_005n, currency: "JPY" });
    expect(earnings(sequence.run())).toEqual(["signup 5000 USD", "recurring 101 JPY"]);
  });

  it("is held from the date of the event for the days of the terms, a day being 24 hours", () => {
    const sequence = partnerWith(AFFILIATE);
    sequence.pay("ann", "p", "2024-03-01T12:00:00Z", { amount: 1_000n });
    const rows = sequence.run().outcomes.flatMap((one) => (one.kind === "earned" ? [one.commission] : []));
    expect(rows.map(({ holdUntil }) => holdUntil.toISOString())).toEqual([
      "2024-03-31T12:00:00.000Z",
      "2024-03-31T12:00:00.000Z",
    ]);
    expect(rows[1]).toMatchObject({
      transactionId: "p",
      eventId: "p",
      referralId: "ann",
      partnerId: "partner",
      act: "",
      ratePpm: 100_000n,
      reversesId: null,
    });
    expect(rows[0]?.ratePpm).toBeNull();
  });

  it("does not depend on which customer's volume raised the count: a snapshot, later growth changes nothing", () => {
    const sequence = partnerWith(reseller);
    sequence.pay("ann", "before", at("2024-01-01"), { amount: 2_000n });
    addClients(sequence, 49, reseller.id);
    sequence.pay("ann", "after", at("2024-01-02"), { amount: 2_000n });
    const rows = earnings(sequence.run()).filter((row) => row.startsWith("recurring 5"));
    expect(rows).toEqual(["recurring 500 USD", "recurring 525 USD"]);
  });
});

describe("the receipt", () => {
  it("carries the plan version, the terms, the inputs and every clause, also where nothing was earned", () => {
    const sequence = partnerWith(AFFILIATE);
    const payment = sequence.pay("ann", "p", at("2024-01-01"), { amount: 700n, tax: 700n, revenue: 9n });
    const refunded = sequence.refund("ann", "p", "r", at("2024-01-02"), 1n);
    const books = sequence.run();
    expect(receiptOf(books, refunded)).toMatchObject({ amount: 1n, tax: 0n, revenue: 0n, originalId: "p" });
    expect(receiptOf(books, payment)).toMatchObject({
      eventId: "p",
      kind: "payment",
      partnerId: "partner",
      referralId: "ann",
      number: 3n,
      act: "",
      terms: { id: AFFILIATE.id, planId: "plan", planVersion: 1, tier: "tier1" },
      amount: 700n,
      currency: "USD",
      tax: 700n,
      revenue: 9n,
      originalId: null,
      late: [],
    });
    expect(reasons(books, payment)).toEqual([
      "window applies: active",
      "qualification nothing: base_not_above_zero",
      "recurring nothing: not_qualified",
      "share nothing: no_rate",
    ]);
  });

  it("of the payment that qualifies says how many clients the partner has now", () => {
    const sequence = partnerWith(AFFILIATE);
    addClients(sequence, 2, AFFILIATE.id);
    const payment = sequence.pay("ann", "p", at("2024-03-01"), { amount: 1_000n });
    expect(clause(sequence.run(), payment, "qualification")).toEqual({
      clause: "qualification",
      outcome: "applies",
      reason: "qualified",
      clients: 3,
    });
  });

  it("of an act carries no money", () => {
    const sequence = partnerWith(AFFILIATE);
    const books = sequence.run();
    expect(books.receipts).toHaveLength(2);
    expect(books.receipts[0]).toMatchObject({ kind: "approval", amount: null, currency: null, terms: null });
    expect(books.receipts[1]).toMatchObject({ kind: "conversion", amount: null, terms: { id: AFFILIATE.id } });
  });
});

describe("what has changed", () => {
  it("is told, and nothing else: standings that no event touched are as they were", () => {
    const sequence = partnerWith(AFFILIATE);
    sequence.convert("bob", AFFILIATE.id);
    const { facts } = sequence.run();
    const changesOf = (event: EngineEvent) => {
      const { partners, referrals } = assess([event], new Map([[AFFILIATE.id, AFFILIATE]]), facts);
      return [partners.map(({ partnerId }) => partnerId), referrals.map(({ referralId }) => referralId)];
    };
    expect(changesOf(sequence.pay("bob", "p", at("2024-01-01"), { amount: 1n }))).toEqual([["partner"], ["bob"]]);
    expect(changesOf(sequence.holdForFraud("ann", at("2024-01-01")))).toEqual([[], ["ann"]]);
    expect(changesOf(sequence.suspend(at("2024-01-01")))).toEqual([["partner"], []]);
    expect(changesOf(sequence.spend("bob", "c", at("2024-01-01"), { amount: 1n }))).toEqual([[], []]);
  });
});

import { describe, expect, it } from "vitest";
import {
  AFFILIATE,
  assessBatch,
  at,
  clientsOf,
  customerOf,
  emptyBooks,
  partnerWith,
  reasons,
  rowsOf,
  termsOfTier,
} from "../../../test/kit/engine.ts";
import type { EngineEvent } from "./engine-event.ts";

describe("a verification that is open", () => {
  it("makes signup and count wait; they are recorded when it clears, and the months run from the payment all the same", () => {
    const { convert, pay, verify, run } = partnerWith();
    convert("ann", AFFILIATE.id, undefined, true);
    const first = pay("ann", "p1", at("2024-01-31"), { amount: 1_000n });
    const verified = verify("ann", at("2024-06-01"));
    const last = pay("ann", "p2", at("2025-01-30"), { amount: 1_000n });
    const over = pay("ann", "p3", at("2025-01-31"), { amount: 1_000n });
    const books = run();
    expect(rowsOf(books)).toEqual(["recurring 100 USD", "qualified ann", "signup 5000 USD", "recurring 100 USD"]);
    expect(reasons(books, first)).toEqual([
      "window applies: active",
      "qualification waits: verification_open",
      "recurring earned: rate",
      "share nothing: no_rate",
    ]);
    expect(reasons(books, verified)).toEqual(["qualification applies: qualified", "signup earned: qualified"]);
    expect([reasons(books, last)?.[2], reasons(books, over)?.[2]]).toEqual([
      "recurring earned: rate",
      "recurring nothing: months_are_over",
    ]);
    const signup = books.outcomes.find((one) => one.kind === "earned" && one.commission.rule === "signup");
    expect(signup).toMatchObject({
      commission: {
        eventId: verified.id,
        transactionId: "p1",
        occurredAt: first.occurredAt,
        holdUntil: new Date("2024-03-01T12:00:00Z"),
      },
    });
    expect(books.outcomes.find((one) => one.kind === "qualified")).toMatchObject({ at: verified.occurredAt });
    expect(clientsOf(books)).toBe(1);
  });

  it("that clears before any payment earns nothing by itself", () => {
    const { convert, verify, pay, run } = partnerWith();
    convert("ann", AFFILIATE.id, undefined, true);
    const verified = verify("ann", at("2024-01-01"));
    pay("ann", "p", at("2024-01-02"), { amount: 1_000n });
    const books = run();
    expect(reasons(books, verified)).toEqual(["qualification nothing: nothing_waits"]);
    expect(rowsOf(books)).toEqual(["qualified ann", "signup 5000 USD", "recurring 100 USD"]);
  });

  it("is not open for who was verified at the conversion, or needs none", () => {
    const { convert, events, run, pay } = partnerWith();
    const converted = convert("ann", AFFILIATE.id, undefined, true);
    events[events.indexOf(converted)] = {
      ...converted,
      data: { termsId: AFFILIATE.id, verificationRequired: true, isVerified: true },
    } as EngineEvent;
    pay("ann", "p", at("2024-01-02"), { amount: 1_000n });
    expect(rowsOf(run())).toContain("signup 5000 USD");
  });

  it("waits with a fraud hold for the last of both to clear, once", () => {
    const { convert, pay, holdForFraud, release, verify, run } = partnerWith();
    convert("ann", AFFILIATE.id, undefined, true);
    holdForFraud("ann", at("2024-01-01"));
    pay("ann", "p", at("2024-01-02"), { amount: 1_000n });
    const verified = verify("ann", at("2024-01-03"));
    const released = release("ann", at("2024-01-04"));
    const again = verify("ann", at("2024-01-05"));
    const books = run();
    expect(reasons(books, verified)).toEqual(["qualification waits: fraud_hold_open"]);
    expect(reasons(books, released)).toEqual(["qualification applies: qualified", "signup earned: qualified"]);
    expect(reasons(books, again)).toEqual(["qualification nothing: nothing_waits"]);
    expect(clientsOf(books)).toBe(1);
  });

  it("leaves nothing to record where the payment is lost, or the customer rejected, meanwhile", () => {
    const { convert, pay, refund, verify, run } = partnerWith();
    convert("ann", AFFILIATE.id, undefined, true);
    pay("ann", "p", at("2024-01-02"), { amount: 1_000n });
    refund("ann", "p", "r", at("2024-01-03"), 1_000n);
    verify("ann", at("2024-01-04"));
    expect(rowsOf(run())).toEqual(["recurring 100 USD", "recurring.reversal -100 USD"]);

    const other = partnerWith();
    other.convert("ann", AFFILIATE.id, undefined, true);
    other.pay("ann", "p", at("2024-01-02"), { amount: 1_000n });
    other.reject("ann", at("2024-01-03"));
    other.verify("ann", at("2024-01-04"));
    const books = other.run();
    expect(rowsOf(books)).toEqual(["recurring 100 USD", "cancelled 100"]);
    expect(clientsOf(books)).toBe(0);
  });

  it("says nothing of a customer that has not converted", () => {
    const { verify, holdForFraud, release, reject, run } = partnerWith();
    const acts = [
      verify("ann", at("2024-01-01")),
      holdForFraud("ann", at("2024-01-01")),
      release("ann", at("2024-01-01")),
      reject("ann", at("2024-01-01")),
    ];
    const books = run();
    for (const act of acts) expect(reasons(books, act)).toEqual(["standing nothing: not_converted"]);
    expect(customerOf(books)).toBeUndefined();
  });
});

describe("the qualifying payment", () => {
  const minimum = termsOfTier("tier1", { id: "minimum", qualifyingMinimum: 1_000n });
  it.each<[string, { amount: bigint; tax?: bigint; currency?: string }, string]>([
    ["of exactly the minimum", { amount: 1_000n }, "qualification applies: qualified"],
    ["of a unit less", { amount: 999n }, "qualification nothing: below_minimum"],
    ["whose base is below it", { amount: 1_100n, tax: 101n }, "qualification nothing: below_minimum"],
    ["that is all tax", { amount: 1_000n, tax: 1_000n }, "qualification nothing: base_not_above_zero"],
    [
      "in another currency, which nothing converts",
      { amount: 99_999n, currency: "EUR" },
      "qualification nothing: minimum_in_another_currency",
    ],
  ])("%s", (_, money, reason) => {
    const { convert, pay, events } = partnerWith();
    convert("ann", minimum.id);
    const payment = pay("ann", "p", at("2024-01-01"), money);
    expect(reasons(assessBatch(emptyBooks(), events, [minimum]), payment)?.[1]).toBe(reason);
  });

  it("is the first: others only earn, and a card event never qualifies", () => {
    const { convert, pay, spend, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    const card = spend("ann", "c", at("2024-01-01"), { amount: 1_000n, revenue: 1_000n });
    pay("ann", "p1", at("2024-01-02"), { amount: 1n });
    const second = pay("ann", "p2", at("2024-01-03"), { amount: 1_000n });
    const books = run();
    expect(reasons(books, card)).toEqual([
      "window applies: active",
      "transaction nothing: no_rate",
      "share nothing: no_rate",
    ]);
    expect(reasons(books, second)?.[1]).toBe("qualification nothing: already_qualified");
    expect(customerOf(books)?.qualification).toMatchObject({ paymentId: "p1", isSettled: true });
  });

  it.each<[string, string, boolean]>([
    ["a moment before the end of its hold", "2024-01-31T11:59:59.999Z", true],
    ["at the end of its hold", "2024-01-31T12:00:00Z", false],
  ])("that is wholly refunded %s loses its signup: %s, %s", (_, date, isLost) => {
    const { convert, pay, refund, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    refund("ann", "p", "r", date, 1_000n);
    expect(rowsOf(run()).includes("unqualified ann")).toBe(isLost);
  });

  it("refunded where nothing was earned says so", () => {
    const { convert, pay, refund, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p", "2019-01-01T00:00:00Z", { amount: 1_000n });
    const refunded = refund("ann", "p", "r", at("2024-01-02"), 300n);
    const books = run();
    expect(books.receipts.find(({ eventId }) => eventId === refunded.id)?.clauses).toEqual([
      {
        clause: "reversal",
        outcome: "nothing",
        reason: "nothing_was_earned",
        eventAmount: 1_000n,
        refundedSoFar: 300n,
      },
    ]);
  });

  it("that keeps a unit keeps its signup; dates decide, not when a refund arrives", () => {
    const { convert, pay, refund, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    refund("ann", "p", "r1", at("2024-05-01"), 1n);
    refund("ann", "p", "r2", at("2024-01-10"), 999n);
    expect(rowsOf(run()).includes("unqualified ann")).toBe(false);
  });

  it("is lost by a refund and a chargeback together only inside its hold", () => {
    const { convert, pay, refund, chargeBack, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    refund("ann", "p", "r1", at("2024-01-10"), 400n);
    chargeBack("ann", "p", "cb", at("2024-05-01"), 600n);
    expect(rowsOf(run()).includes("unqualified ann")).toBe(false);

    const other = partnerWith();
    other.convert("ann", AFFILIATE.id);
    other.pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    other.refund("ann", "p", "r1", at("2024-01-10"), 400n);
    other.chargeBack("ann", "p", "cb", at("2024-01-20"), 600n);
    const books = other.run();
    expect(rowsOf(books).slice(-2)).toEqual(["unqualified ann", "cancelled 5000"]);
    expect(clientsOf(books)).toBe(0);
    expect(customerOf(books)).toMatchObject({ qualification: null, lostPaymentId: "p" });
  });

  it("comes back with a won chargeback, by a new signup, at the payment's date", () => {
    const { convert, pay, chargeBack, winChargeback, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    chargeBack("ann", "p", "cb", at("2024-01-10"), 1_000n);
    const won = winChargeback("ann", "cb", "won", at("2024-06-01"), 1_000n);
    const books = run();
    expect(rowsOf(books).slice(3)).toEqual([
      "recurring.reversal -100 USD",
      "unqualified ann",
      "cancelled 5000",
      "recurring.restoration 100 USD",
      "qualified ann",
      "signup 5000 USD",
    ]);
    expect(customerOf(books)).toMatchObject({
      qualification: { paymentId: "p", at: new Date(at("2024-01-01")) },
      lostPaymentId: null,
    });
    expect(reasons(books, won)).toEqual([
      "reversal restored: given_back",
      "qualification applies: qualified",
      "signup earned: qualified",
    ]);
    expect(clientsOf(books)).toBe(1);
  });

  it("does not come back with a chargeback that was won in part, nor where another has qualified since", () => {
    const { convert, pay, chargeBack, winChargeback, run, refund } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    chargeBack("ann", "p1", "cb", at("2024-06-01"), 1_000n);
    pay("ann", "p2", at("2024-06-02"), { amount: 1_000n });
    refund("ann", "p2", "r2", at("2024-06-03"), 1_000n);
    const won = winChargeback("ann", "cb", "won", at("2024-06-04"), 1_000n);
    expect(reasons(run(), won)).toEqual(["reversal restored: given_back"]);

    const other = partnerWith();
    other.convert("ann", AFFILIATE.id);
    other.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    other.chargeBack("ann", "p1", "cb", at("2024-06-01"), 1_000n);
    other.refund("ann", "p1", "r", at("2024-01-05"), 1_000n);
    const refunded = other.winChargeback("ann", "cb", "won", at("2024-06-04"), 1_000n);
    expect(reasons(other.run(), refunded)).toEqual(["reversal nothing: unchanged"]);
  });

  it("that won back counts at most what was charged back, and only for the chargeback that was won", () => {
    const { convert, pay, chargeBack, winChargeback, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    chargeBack("ann", "p", "cb1", at("2024-05-01"), 300n);
    chargeBack("ann", "p", "cb2", at("2024-05-02"), 500n);
    winChargeback("ann", "cb1", "w1", at("2024-05-03"), 900n);
    winChargeback("ann", "cb1", "w2", at("2024-05-04"), 900n);
    expect(rowsOf(run()).slice(3)).toEqual([
      "recurring.reversal -30 USD",
      "recurring.reversal -50 USD",
      "recurring.restoration 30 USD",
    ]);
  });
});

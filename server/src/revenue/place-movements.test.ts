import { describe, expect, it } from "vitest";
import type { KeptMovement } from "./movement.ts";
import { type PlacingFacts, placeMovements } from "./place-movements.ts";

const AT = new Date("2026-03-01T12:00:00Z");
const movement = (more: Partial<KeptMovement> = {}): KeptMovement => ({
  id: "m1",
  externalId: "in_1",
  kind: "payment",
  amount: 100n,
  currency: "USD",
  tax: 0n,
  revenue: 0n,
  occurredAt: AT,
  providerCustomerId: "cus_1",
  customerExternalId: null,
  email: "ada@example.com",
  paymentIds: [],
  originalExternalId: null,
  ...more,
});
const facts = (more: Partial<PlacingFacts> = {}): PlacingFacts => ({
  learnt: new Map(),
  customers: new Set(["named", "learnt", "mailed"]),
  byEmail: new Map([["ada@example.com", ["mailed"]]]),
  invoices: new Map(),
  originals: new Map(),
  ...more,
});
const learnt = (customerExternalId: string | null, email: string | null = null) =>
  new Map([["cus_1", { customerExternalId, email }]]);

const placeOf = (one: KeptMovement, known: PlacingFacts) => {
  const [placing] = placeMovements([one], known);
  return placing && ("event" in placing ? placing.event.customerExternalId : placing.reason);
};

describe("a payment is", () => {
  it("whose message names it, before whose Stripe customer it is, before whose e-mail it is", () => {
    const all = facts({ learnt: learnt("learnt") });
    expect(placeOf(movement({ customerExternalId: "named" }), all)).toBe("named");
    expect(placeOf(movement(), all)).toBe("learnt");
    expect(placeOf(movement(), facts())).toBe("mailed");
    expect(placeOf(movement({ email: null }), facts({ learnt: learnt(null, "ada@example.com") }))).toBe("mailed");
  });

  it("nobody's else where it names somebody who is not there, whatever the e-mail says", () => {
    expect(placeOf(movement({ customerExternalId: "gone" }), facts())).toBe("customer_unknown");
    expect(placeOf(movement(), facts({ learnt: learnt("gone") }))).toBe("customer_unknown");
  });

  it("nobody's where two have the e-mail, or nobody has", () => {
    const two = facts({ byEmail: new Map([["ada@example.com", ["a", "b"]]]) });
    expect(placeOf(movement(), two)).toBe("email_ambiguous");
    expect(placeOf(movement({ email: "eve@example.com" }), facts())).toBe("customer_unnamed");
    expect(placeOf(movement({ email: null }), facts())).toBe("customer_unnamed");
  });
});

describe("a reversal is", () => {
  const refund = movement({ id: "m2", externalId: "re_1", kind: "refund", paymentIds: ["pi_1"], email: null });
  const invoices = new Map([["pi_1", ["in_1"]]]);

  it("of whom its payment's invoice is, recorded before or in the same batch, in whichever order they are given", () => {
    expect(placeOf(refund, facts({ invoices, originals: new Map([["in_1", "payer"]]) }))).toBe("payer");
    const placed = placeMovements([refund, movement()], facts({ invoices }));
    expect(placed.map((one) => "event" in one && [one.event.externalId, one.event.originalExternalId])).toEqual([
      ["in_1", null],
      ["re_1", "in_1"],
    ]);
  });

  it("kept until its invoice is known, and until that is recorded", () => {
    expect(placeOf(refund, facts())).toBe("payment_unknown");
    expect(placeOf(refund, facts({ invoices }))).toBe("original_missing");
    const won = { ...refund, kind: "chargeback_won" as const, paymentIds: [], originalExternalId: "du_1" };
    expect(placeOf(won, facts())).toBe("original_missing");
    expect(placeOf(won, facts({ originals: new Map([["du_1", "payer"]]) }))).toBe("payer");
  });

  it("handed on as it is where its message names its customer: the rules of transactions let it wait", () => {
    const own = { ...refund, customerExternalId: "named", originalExternalId: "in_9", paymentIds: [] };
    expect(placeOf(own, facts())).toBe("named");
    expect(placeOf({ ...own, customerExternalId: "gone" }, facts())).toBe("customer_unknown");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decidePayout,
  drawItems,
  netAmount,
  type PayoutQuestion,
  payableAmount,
  statesBefore,
} from "./payout-rules.ts";

const rich: PayoutQuestion = {
  partnerStatus: "active",
  available: 10_000n,
  explained: 10_000n,
  requested: undefined,
  step: 1n,
  minimum: 5_000n,
  method: { status: "payable" },
  isOperator: false,
};

describe("who is paid", () => {
  it.each<[string, Partial<PayoutQuestion>, string]>([
    ["nobody while suspended", { partnerStatus: "suspended" }, "partner_suspended"],
    ["nobody before approval", { partnerStatus: "pending" }, "partner_inactive"],
    ["nobody without a method", { method: undefined }, "no_method"],
    ["nobody whose account is unfinished", { method: { status: "incomplete" } }, "method_not_payable"],
    ["nobody who has nothing", { available: 0n, explained: 0n }, "nothing_available"],
    ["not more than there is", { requested: 10_001n }, "above_balance"],
    ["not below the minimum", { requested: 4_999n }, "below_minimum"],
    ["not nothing", { requested: 0n }, "amount_invalid"],
    ["not less than nothing", { requested: -1n }, "amount_invalid"],
    ["not what the provider cannot move", { requested: 5_001n, step: 100n }, "amount_indivisible"],
    [
      "nobody who has less than the provider can move",
      { available: 99n, step: 100n, minimum: 1n },
      "nothing_available",
    ],
    ["nobody who owes more than is there", { explained: -5n }, "nothing_available"],
    ["not in a currency without a minimum, unless the operator asks", { minimum: undefined }, "no_minimum"],
  ])("%s", (_guarantee, change, reason) => {
    expect(decidePayout({ ...rich, ...change })).toMatchObject({ allowed: false, reason });
  });

  it("who is refused is told by how much", () => {
    const facts = (change: Partial<PayoutQuestion>) => {
      const decision = decidePayout({ ...rich, ...change });
      return decision.allowed ? undefined : decision.facts;
    };
    expect(facts({ method: { status: "restricted" } })).toEqual({ status: "restricted" });
    expect(facts({ requested: 10_001n })).toEqual({ available: 10_000n });
    expect(facts({ requested: 4_999n })).toEqual({ minimum: 5_000n, available: 10_000n });
    expect(facts({ requested: 5_050n, step: 100n })).toEqual({ step: 100n });
  });

  it("as much as the provider can move, and the rest stays", () => {
    const odd = { available: 10_050n, explained: 10_050n, step: 100n };
    expect(decidePayout({ ...rich, ...odd })).toMatchObject({ allowed: true, amount: 10_000n });
    expect(decidePayout({ ...rich, ...odd, requested: 9_900n })).toMatchObject({ allowed: true, amount: 9_900n });
    expect(decidePayout({ ...rich, ...odd, requested: 10_050n })).toMatchObject({ reason: "above_balance" });
  });

  it("the minimum itself is enough", () => {
    expect(decidePayout({ ...rich, requested: 5_000n })).toMatchObject({ allowed: true, amount: 5_000n });
  });

  it("a terminated partner is paid what is left without a minimum", () => {
    const last = { ...rich, partnerStatus: "terminated", available: 80n, explained: 80n };
    expect(decidePayout(last)).toMatchObject({ allowed: true, amount: 80n });
  });

  it("a terminated partner is paid all that is left at once: in parts each would cost a fee", () => {
    const last = { ...rich, partnerStatus: "terminated", requested: 1n };
    const refused = { allowed: false, reason: "below_minimum", facts: { minimum: 10_000n, available: 10_000n } };
    expect(decidePayout(last)).toEqual(refused);
    expect(decidePayout({ ...last, requested: 9_999n })).toEqual(refused);
    expect(decidePayout({ ...last, requested: 10_000n })).toMatchObject({ allowed: true, amount: 10_000n });
    expect(decidePayout({ ...last, isOperator: true })).toMatchObject({ allowed: true, amount: 1n });
  });

  it("an operator pays below the minimum, and in a currency that has none", () => {
    expect(decidePayout({ ...rich, isOperator: true, requested: 1n })).toMatchObject({ allowed: true, amount: 1n });
    expect(decidePayout({ ...rich, isOperator: true, minimum: undefined })).toMatchObject({
      allowed: true,
      amount: 10_000n,
    });
  });

  it("everything is asked for when no amount is named", () => {
    expect(decidePayout(rich)).toEqual({
      allowed: true,
      fees: { partner: 0n, programme: 0n },
      amount: 10_000n,
    });
  });
});

describe("what a payout costs the partner", () => {
  const free = { feeBorneBy: "partner", feeFixed: 0n, feePpm: 0n } as const;

  it("is kept back from it, and said", () => {
    const decision = decidePayout({ ...rich, fees: { ...free, feeFixed: 25n, feePpm: 10_000n } });
    expect(decision).toEqual({ allowed: true, amount: 10_000n, fees: { partner: 125n, programme: 0n } });
  });

  it("is never all of it: one whose fee would leave nothing is refused, with the fee", () => {
    const of = (feeFixed: bigint) => decidePayout({ ...rich, fees: { ...free, feeFixed } });
    expect(of(9_999n)).toMatchObject({ allowed: true, fees: { partner: 9_999n } });
    const refused = (fee: bigint) => ({ allowed: false, reason: "fee_exceeds_amount", facts: { fee } });
    expect(of(10_000n)).toEqual(refused(10_000n));
    expect(of(10_001n)).toEqual(refused(10_001n));
  });

  it("is nothing where the programme bears it, however much that is", () => {
    const decision = decidePayout({ ...rich, fees: { ...free, feeBorneBy: "programme", feeFixed: 20_000n } });
    expect(decision).toEqual({ allowed: true, amount: 10_000n, fees: { partner: 0n, programme: 20_000n } });
  });
});

describe("what a payout is made of", () => {
  it("takes nothing more once it is complete, not even a reversal that comes late", () => {
    const rows = [
      { id: "a", unpaid: 5n },
      { id: "late", unpaid: -3n },
    ];
    expect(drawItems(rows, 5n)).toEqual({ items: [{ commissionId: "a", amount: 5n }], open: 0n });
    expect(drawItems([{ id: "late", unpaid: -3n }], 0n)).toEqual({ items: [], open: 0n });
  });

  it("reversals come first and the last row is taken in part", () => {
    const rows = [
      { id: "reversal", unpaid: -1_000n },
      { id: "old", unpaid: 3_000n },
      { id: "new", unpaid: 5_000n },
    ];
    expect(drawItems(rows, 6_000n)).toEqual({
      items: [
        { commissionId: "reversal", amount: -1_000n },
        { commissionId: "old", amount: 3_000n },
        { commissionId: "new", amount: 4_000n },
      ],
      open: 0n,
    });
  });

  it("is never more than the ledger has, nor more than commissions explain", () => {
    expect(payableAmount({ available: 4_000n, explained: 5_000n })).toBe(4_000n);
    expect(payableAmount({ available: 4_000n, explained: 3_000n })).toBe(3_000n);
  });

  it("is never more than JSON carries exactly", () => {
    const most = BigInt(Number.MAX_SAFE_INTEGER);
    const explained = most + 10n;
    expect(payableAmount({ available: most + 10n, explained })).toBe(most);
    expect(payableAmount({ available: most - 1n, explained })).toBe(most - 1n);
  });

  it("leaves out rows of which nothing is needed", () => {
    const rows = [
      { id: "none", unpaid: 0n },
      { id: "a", unpaid: 5n },
      { id: "b", unpaid: 5n },
    ];
    expect(drawItems(rows, 5n)).toEqual({ items: [{ commissionId: "a", amount: 5n }], open: 0n });
    expect(drawItems(rows, 11n).open).toBe(1n);
  });

  it("always sums to the amount, and takes no more of a row than is unpaid", () => {
    const row = fc.bigInt({ min: -1_000n, max: 10_000n });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.bigInt({ min: 1n, max: 100_000n }), (amounts, wanted) => {
        const rows = amounts
          .map((unpaid, index) => ({ id: String(index), unpaid }))
          .sort((left, right) => Number(left.unpaid >= 0n) - Number(right.unpaid >= 0n));
        const explained = rows.reduce((sum, { unpaid }) => sum + unpaid, 0n);
        fc.pre(explained > 0n);
        const amount = wanted < explained ? wanted : explained;
        const { items } = drawItems(rows, amount);
        expect(items.reduce((sum, item) => sum + item.amount, 0n)).toBe(amount);
        for (const item of items) {
          const unpaid = rows.find(({ id }) => id === item.commissionId)?.unpaid ?? 0n;
          expect(unpaid < 0n ? item.amount === unpaid : item.amount > 0n && item.amount <= unpaid).toBe(true);
        }
      }),
    );
  });
});

describe("what reaches the partner", () => {
  it("is the payout without its fee and what is withheld", () => {
    expect(netAmount({ amount: 1_000n, fee: 30n, tax_withheld: 240n })).toBe(730n);
  });
});

describe("the states of a payout", () => {
  it("money that has left is never cancelled, and what has failed stays failed", () => {
    expect(statesBefore("cancelled")).toEqual(["pending"]);
    expect(statesBefore("completed")).toEqual(["processing"]);
    expect(statesBefore("failed")).toEqual(["processing", "completed"]);
    expect(statesBefore("pending")).toEqual(["processing"]);
  });
});

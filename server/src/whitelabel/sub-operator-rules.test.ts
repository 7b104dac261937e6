import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SubOperatorSale } from "../platform/database/index.ts";
import { DEFAULT_TIERS, parsePlan, ratesAbove, TIERS } from "../programs/index.ts";
import { NO_LIMITS } from "../tenants/index.ts";
import { tiersWithin } from "./sub-operator-limits.ts";
import {
  type BookedShare,
  contractAt,
  hostOf,
  leftOf,
  madeAt,
  mayAct,
  missingShares,
  parentPart,
  SUB_OPERATOR_STATES,
  type SubOperatorAct,
} from "./sub-operator-rules.ts";

const AT = new Date("2026-03-01T12:00:00Z");

const sale = (id: string, more: Partial<SubOperatorSale> = {}): SubOperatorSale => ({
  root_id: "root",
  id,
  kind: "payment",
  currency: "USD",
  amount: 1_177n,
  tax: 0n,
  revenue: 0n,
  occurred_at: AT,
  recorded_at: AT,
  original_id: null,
  ...more,
});
const refund = (id: string, amount: bigint): SubOperatorSale =>
  sale(id, { kind: "refund", amount, original_id: "root" });

describe("the parent's part", () => {
  it("and the sub-operator's are whole, and together the revenue: the sub-operator's is rounded as a commission is", () => {
    expect(parentPart(1_177n, 500_000n)).toBe(588n);
    expect(parentPart(1n, 500_000n)).toBe(0n);
    expect(parentPart(3n, 600_000n)).toBe(2n);
    expect(parentPart(10_000n, 0n)).toBe(0n);
    expect(parentPart(10_000n, 1_000_000n)).toBe(10_000n);
  });

  it("is of a payment without its tax, and of a card event's revenue", () => {
    expect(leftOf(sale("root", { amount: 12_000n, tax: 2_000n }), [], 500_000n)).toEqual({
      base: 10_000n,
      amount: 5_000n,
    });
    expect(leftOf(sale("root", { kind: "card", amount: 90_000n, revenue: 333n }), [], 500_000n)).toEqual({
      base: 333n,
      amount: 166n,
    });
    expect(leftOf(sale("root", { amount: 0n }), [], 500_000n)).toEqual({ base: 0n, amount: 0n });
  });

  it("is taken back in parts that never drift: whatever is told first, in whatever pieces, the rows are what the rule leaves", () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 700n }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        amounts,
        fc.bigInt({ min: 0n, max: 1_000_000n }),
        fc.infiniteStream(fc.nat(5)),
        (taken, sharePpm, order) => {
          const root = sale("root");
          const reversals = taken.map((amount, index) => refund(`r${index}`, amount));
          const booked: BookedShare[] = [];
          const known: SubOperatorSale[] = [];
          const waiting = [...reversals];
          while (true) {
            for (const row of missingShares([root, ...known], booked, sharePpm)) booked.push(row);
            // Told again, nothing is missing.
            expect(missingShares([root, ...known], booked, sharePpm)).toEqual([]);
            if (waiting.length === 0) break;
            known.push(...waiting.splice((order.next().value as number) % waiting.length, 1));
          }
          const sum = (of: "base" | "amount") => booked.reduce((total, row) => total + row[of], 0n);
          expect({ base: sum("base"), amount: sum("amount") }).toEqual(leftOf(root, reversals, sharePpm));
          const all = taken.reduce((total, amount) => total + amount, 0n);
          if (all >= root.amount)
            expect({ base: sum("base"), amount: sum("amount") }).toEqual({ base: 0n, amount: 0n });
          expect(booked).toHaveLength(taken.length + 1);
        },
      ),
    );
  });
});

describe("the rows of a sale", () => {
  const refunds = [refund("first", 100n), refund("second", 200n)];

  it("are one for each transaction, of what that one changed, where several are told at once", () => {
    const rows = missingShares([sale("root", { amount: 1_000n }), ...refunds], [], 500_000n);
    expect(rows.map(({ transactionId, base, amount }) => [transactionId, base, amount])).toEqual([
      ["root", 1_000n, 500n],
      ["first", -100n, -50n],
      ["second", -200n, -100n],
    ]);
    expect(rows.map((row) => row.sale.id)).toEqual(["root", "first", "second"]);
  });

  it("are of a sale first: of a reversal without its sale nobody can say what it took", () => {
    const without = "a sale comes before what reverses it";
    expect(() => missingShares([], [], 500_000n)).toThrow(without);
    expect(() => missingShares(refunds, [], 500_000n)).toThrow(without);
  });

  it.each<[string, Partial<SubOperatorSale>]>([
    ["a payment", { kind: "payment" }],
    ["a card event", { kind: "card" }],
    ["a refund of nothing", { original_id: null }],
  ])("are never taken back by %s", (_what, change) => {
    const wrong = { ...refund("wrong", 100n), ...change };
    expect(() => leftOf(sale("root"), [wrong], 500_000n)).toThrow("a reversal names what it reverses");
  });
});

describe("a sub-operator", () => {
  it.each<[SubOperatorAct, string[]]>([
    ["open", ["opening"]],
    ["suspend", ["active"]],
    ["resume", ["suspended"]],
    ["remove", ["active", "suspended"]],
  ])("can %s from %s alone", (act, from) => {
    expect(SUB_OPERATOR_STATES.filter((state) => mayAct(state, act))).toEqual(from);
  });
});

describe("a sale", () => {
  it("is made on its date, and at the latest when it was recorded", () => {
    const later = new Date(AT.getTime() + 1);
    expect(madeAt(sale("root", { recorded_at: later }))).toEqual(AT);
    expect(madeAt(sale("root", { occurred_at: later }))).toEqual(AT);
  });
});

describe("a contract", () => {
  it("is the last agreed on of those that have begun", () => {
    const contract = (number: number, day: number) => ({
      number,
      mode: "share" as const,
      parentSharePpm: 500_000n,
      effectiveFrom: new Date(AT.getTime() + day * 86_400_000),
    });
    const contracts = [contract(2, 10), contract(3, 5), contract(1, 0)];
    const at = (day: number) => contractAt(contracts, new Date(AT.getTime() + day * 86_400_000))?.number;
    expect([-1, 0, 4, 5, 10, 99].map(at)).toEqual([undefined, 1, 1, 3, 3, 3]);
  });
});

describe("a host", () => {
  it("is a name with a dot, of letters, digits and hyphens, in small letters", () => {
    expect(hostOf("Partners.Bank.Example")).toBe("partners.bank.example");
    expect(hostOf("xn--bcher-kva.example")).toBe("xn--bcher-kva.example");
    for (const text of [
      "",
      "bank",
      "-a.test",
      "a-.test",
      "*.a.test",
      "a b.test",
      "a.test.",
      "1.2.3.4",
      "[::1]",
      "a/b.test",
      "bücher.example",
      `${"a".repeat(64)}.test`,
    ])
      expect([text, hostOf(text)]).toEqual([text, undefined]);
  });
});

describe("the plan with which a sub-operator begins", () => {
  it("has no rate above the limit, whatever it is, and is the default plan without one", () => {
    expect(tiersWithin(DEFAULT_TIERS, NO_LIMITS)).toBe(DEFAULT_TIERS);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (maxRatePpm) => {
        const plan = parsePlan({ tiers: tiersWithin(DEFAULT_TIERS, { ...NO_LIMITS, maxRatePpm }) });
        for (const tier of TIERS) expect(ratesAbove(plan[tier], BigInt(maxRatePpm))).toEqual([]);
      }),
    );
  });
});

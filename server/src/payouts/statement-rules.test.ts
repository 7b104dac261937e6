import { describe, expect, it } from "vitest";
import { findInequality, type StatementFacts } from "./statement-rules.ts";

const moved = (debit: string, credit: string, amount: bigint) => ({ debit, credit, amount });
const RESERVED = moved("available", "payout_in_transit", 10_000n);
const NET = moved("payout_in_transit", "cash", 9_300n);
const FEE = moved("payout_in_transit", "payout_fee", 300n);
const TAX = moved("payout_in_transit", "tax_withheld", 400n);
const COST = moved("payout_cost", "payout_fee", 50n);

/** Rows and books that say the same of a payout of 10,000. */
const EQUAL: StatementFacts = {
  payout: { amount: 10_000n, fee: 300n, tax_withheld: 400n, operator_fee: 50n },
  earned: 12_000n,
  setOff: -2_000n,
  requested: [RESERVED],
  confirmed: [NET, FEE, TAX, COST],
};
const differs = (more: Partial<StatementFacts>) => findInequality({ ...EQUAL, ...more });

describe("a statement", () => {
  it("is made where its lines, the payout and the books say the same", () => {
    expect(findInequality(EQUAL)).toBeUndefined();
  });

  it("may stand on several postings of the same", () => {
    const halves = [moved("available", "payout_in_transit", 9_999n), moved("available", "payout_in_transit", 1n)];
    expect(differs({ requested: halves })).toBeUndefined();
  });

  it("needs no postings of what there was none of", () => {
    const plain = { amount: 10_000n, fee: 0n, tax_withheld: 0n, operator_fee: 0n };
    expect(differs({ payout: plain, confirmed: [moved("payout_in_transit", "cash", 10_000n)] })).toBeUndefined();
  });

  it.each<[string, Partial<StatementFacts>]>([
    ["lines", { earned: 11_999n }],
    ["lines", { setOff: -1_999n }],
    ["lines", { setOff: 2_000n }],
    ["reserved", { requested: [] }],
    ["reserved", { requested: [RESERVED, moved("available", "payout_in_transit", 1n)] }],
    ["reserved", { requested: [moved("payout_in_transit", "available", 10_000n)] }],
    ["reserved", { requested: [moved("available", "debt", 10_000n)] }],
    ["reserved", { requested: [moved("pending", "payout_in_transit", 10_000n)] }],
    ["net", { confirmed: [FEE, TAX, COST] }],
    ["net", { confirmed: [{ ...NET, amount: 9_301n }, FEE, TAX, COST] }],
    ["fee", { confirmed: [NET, TAX, COST] }],
    ["fee", { confirmed: [NET, { ...FEE, amount: 299n }, TAX, COST] }],
    ["tax", { confirmed: [NET, FEE, COST] }],
    ["tax", { confirmed: [NET, FEE, { ...TAX, amount: 401n }, COST] }],
    ["operator_fee", { confirmed: [NET, FEE, TAX] }],
    ["operator_fee", { confirmed: [NET, FEE, TAX, { ...COST, amount: 49n }] }],
  ])("is not made where rows and books differ in: %s", (what, more) => {
    expect(differs(more)).toBe(what);
  });

  it("names the first of several differences", () => {
    expect(differs({ earned: 0n, requested: [], confirmed: [] })).toBe("lines");
    expect(differs({ requested: [], confirmed: [] })).toBe("reserved");
  });
});

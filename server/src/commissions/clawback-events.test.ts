import { describe, expect, it } from "vitest";
import { commissionReversed, debtWrittenOff } from "../ledger/index.ts";
import { debtChanges } from "./clawback-events.ts";

const at = new Date("2026-03-01T12:00:00Z");
const of = { partnerId: "one", currency: "USD", at };

describe("what entries do to debts", () => {
  it("is what a reversal found no balance for, less what was forgiven, by partner and currency", () => {
    const reversal = (amount: bigint, held: bigint, more: object = {}) =>
      commissionReversed({ ...of, sourceId: "a", amount, from: "available", held, ...more });
    expect(debtChanges([reversal(500n, 500n)])).toEqual([]);
    expect(debtChanges([reversal(500n, 200n), reversal(100n, 0n, { currency: "EUR" })])).toEqual([
      { partnerId: "one", currency: "USD", amount: 300n },
      { partnerId: "one", currency: "EUR", amount: 100n },
    ]);
    const forgiven = debtWrittenOff({ ...of, sourceId: "b", amount: 300n });
    expect(debtChanges([forgiven])).toEqual([{ partnerId: "one", currency: "USD", amount: -300n }]);
    expect(debtChanges([reversal(500n, 200n), forgiven])).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { isLost, refundedSoFar } from "./refunded.ts";
import type { Original, Reversal } from "./standing.ts";

const day = (number: number): Date => new Date(Date.UTC(2024, 0, number));
const reversal = (
  kind: Reversal["kind"],
  amount: bigint,
  on = 2,
  names = "p",
  id = `${kind} ${on} ${amount}`,
): Reversal => ({
  id,
  kind,
  amount,
  occurredAt: day(on),
  namesId: names,
});
const original = (...reversals: Reversal[]): Original => ({
  id: "p",
  amount: 100n,
  tax: 0n,
  occurredAt: day(1),
  referralId: "ann",
  reversals,
});
const chargeback = (amount: bigint, on = 2) => reversal("chargeback", amount, on, "p", "cb");
const won = (amount: bigint, on = 3, names = "cb") => reversal("chargeback_won", amount, on, names);

describe("what has been refunded so far", () => {
  it.each<[string, Original, bigint]>([
    ["nothing", original(), 0n],
    ["one refund", original(reversal("refund", 30n)), 30n],
    ["two refunds", original(reversal("refund", 30n), reversal("refund", 40n, 3)), 70n],
    ["more than all, at most all", original(reversal("refund", 90n), reversal("refund", 40n, 3)), 100n],
    ["a chargeback won in part", original(chargeback(60n), won(25n)), 35n],
    ["a chargeback won in parts", original(chargeback(60n), won(25n), won(10n, 4)), 25n],
    ["a chargeback won by more than its amount", original(chargeback(60n), won(99n), reversal("refund", 10n)), 10n],
    ["a chargeback beside another that was won", original(chargeback(60n), won(60n, 3, "other")), 60n],
    ["a refund and a won chargeback of all", original(reversal("refund", 30n), chargeback(100n), won(100n)), 30n],
  ])("of %s", (_, one, expected) => {
    expect(refundedSoFar(one)).toBe(expected);
  });
});

describe("a qualifying payment is lost", () => {
  const hold = day(31);
  it.each<[string, Original, boolean]>([
    ["by nothing", original(), false],
    ["by refunds of all inside the hold", original(reversal("refund", 99n), reversal("refund", 1n, 30)), true],
    ["not by a unit less", original(reversal("refund", 99n)), false],
    ["not by a refund at the hold's end", original(reversal("refund", 100n, 31)), false],
    ["by a chargeback of all after the hold", original(chargeback(100n, 60)), true],
    ["by chargebacks that together are all", original(chargeback(60n, 60), reversal("chargeback", 40n, 61)), true],
    ["not by a late chargeback beside an early refund", original(reversal("refund", 50n), chargeback(50n, 60)), false],
    ["not by a chargeback that was won, whenever", original(chargeback(100n), won(100n, 90)), false],
    ["not by one that was won by a unit", original(chargeback(100n), won(1n, 90)), false],
  ])("%s", (_, one, expected) => {
    expect(isLost(one, hold)).toBe(expected);
  });
});

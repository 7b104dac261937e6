import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  COMMISSION_STATUSES,
  COMMISSION_TRANSITIONS,
  type CommissionStatus,
  disputedAmount,
  holdAfterDispute,
  holdEnd,
  isPaid,
  leftOf,
  mayBeApproved,
  mayBeGranted,
  splitCancellation,
  statesBefore,
  unpaidOf,
} from "./commission-rules.ts";

const row = (amount: bigint, status: CommissionStatus = "approved", id = "a") => ({ id, amount, status });

describe("the states of a commission", () => {
  it("lead from hold to payout, and nowhere from cancelled", () => {
    expect(COMMISSION_TRANSITIONS.cancelled).toEqual([]);
    expect(statesBefore("approved")).toEqual(["pending", "paid", "disputed"]);
    expect(statesBefore("paid")).toEqual(["approved", "disputed"]);
    expect(statesBefore("disputed")).toEqual(["pending", "approved"]);
    expect(statesBefore("pending")).toEqual(["disputed"]);
    expect(statesBefore("cancelled")).toEqual(["pending", "disputed"]);
  });

  it("are all reached", () => {
    expect(COMMISSION_STATUSES.filter((status) => statesBefore(status).length === 0)).toEqual([]);
  });
});

describe("sums", () => {
  it("leave out what is cancelled", () => {
    expect(leftOf([row(100n), row(-30n), row(-50n, "cancelled")])).toBe(70n);
    expect(unpaidOf([row(100n, "cancelled")], new Map())).toBe(0n);
  });

  it("of the unpaid part leave out what payouts hold, of reversals too", () => {
    const family = [row(100n, "approved", "a"), row(-30n, "approved", "b")];
    const parts = new Map([
      ["a", { taken: 40n, confirmed: 0n }],
      ["b", { taken: -30n, confirmed: -30n }],
    ]);
    expect(unpaidOf(family, parts)).toBe(60n);
    expect(unpaidOf(family, new Map())).toBe(70n);
  });
});

describe("a row is paid", () => {
  it.each([
    [100n, 99n, false],
    [100n, 100n, true],
    [-30n, 0n, false],
    [-30n, -30n, true],
  ])("%d with %d confirmed: %s", (amount, confirmed, paid) => {
    expect(isPaid(amount, confirmed)).toBe(paid);
  });
});

describe("a dispute", () => {
  it.each([
    [70n, 100n, 70n],
    [70n, 20n, 20n],
    [70n, 0n, 0n],
    [-5n, 20n, 0n],
  ])("over %d unpaid with %d there sets aside %d", (unpaid, there, amount) => {
    expect(disputedAmount(unpaid, there)).toBe(amount);
  });

  it("leaves the hold what it had left of it", () => {
    const holdUntil = new Date("2026-01-31T00:00:00Z");
    const openedAt = new Date("2026-01-21T00:00:00Z");
    const settledAt = new Date("2026-03-01T00:00:00Z");
    expect(holdAfterDispute({ holdUntil, openedAt, settledAt })).toEqual(new Date("2026-03-11T00:00:00Z"));
  });

  it("that is cancelled takes back what is left exactly, out of what it holds first", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1_000n }), fc.bigInt({ min: 0n, max: 1_000n }), (left, held) => {
        const { dropped, released, reversed } = splitCancellation(left, held);
        expect(dropped + reversed).toBe(left);
        expect(dropped + released).toBe(held);
        expect(released === 0n || reversed === 0n).toBe(true);
        expect([dropped, released, reversed].every((part) => part >= 0n)).toBe(true);
      }),
    );
  });
});

describe("the partner's status", () => {
  it.each([
    ["active", true, true],
    ["terminated", true, false],
    ["suspended", false, true],
    ["pending", false, false],
    ["rejected", false, false],
  ])("%s: approved %s, granted %s", (status, approved, granted) => {
    expect([mayBeApproved(status), mayBeGranted(status)]).toEqual([approved, granted]);
  });
});

it("a hold day is 24 hours, also over a change of clocks", () => {
  expect(holdEnd(new Date("2026-03-28T12:00:00Z"), 2)).toEqual(new Date("2026-03-30T12:00:00Z"));
});

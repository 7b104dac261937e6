import { expect, it } from "vitest";
import { handoverOf } from "./handover.ts";

it("says what may go and what stays, by currency: paid and disputed stay, cancelled is nothing, refunds count against what they took from", () => {
  const of = (
    amount: number,
    currency: string,
    status: "pending" | "approved" | "paid" | "disputed" | "cancelled",
  ) => ({
    amount,
    currency,
    status,
  });
  expect(
    handoverOf([
      of(500, "USD", "pending"),
      of(1_000, "USD", "approved"),
      of(-200, "USD", "approved"),
      of(5_000, "USD", "paid"),
      of(70, "USD", "disputed"),
      of(9_999, "USD", "cancelled"),
      of(3, "EUR", "pending"),
    ]),
  ).toEqual([
    { currency: "EUR", moves: 3, stays: 0 },
    { currency: "USD", moves: 1_300, stays: 5_070 },
  ]);
  expect(handoverOf([])).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { needsSecond, refusalOf } from "./settlement-rules.ts";

describe("what people may say of a payout", () => {
  const onItsWay = {
    outcome: "not_paid",
    status: "processing",
    attempt: { status: "unknown" },
    isAsked: false,
    isUnderWay: false,
    wasExported: false,
    reference: undefined,
  } as const;
  const arrived = { ...onItsWay, outcome: "returned", status: "completed", attempt: { status: "succeeded" } } as const;

  it.each([
    ["not paid, of one that is on its way", onItsWay, undefined],
    ["not paid, of one that stood in a file, by none", { ...onItsWay, wasExported: true }, undefined],
    ["come back, of one whose last try failed", { ...arrived, attempt: { status: "failed" } }, "wrong_state"],
    ["come back, of one of which it is not known", { ...arrived, status: "failed" }, "wrong_state"],
    ["not paid, of one whose try is over", { ...onItsWay, attempt: { status: "failed" } }, "wrong_state"],
    ["paid, by a name", { ...onItsWay, outcome: "paid", reference: "Wire 1" }, undefined],
    ["paid, by none", { ...onItsWay, outcome: "paid" }, "reference_missing"],
    ["come back, of one that stood in no file", arrived, undefined],
    ["come back, of one that did, by none", { ...arrived, wasExported: true }, "reference_missing"],
    ["come back, of one that did, by a name", { ...arrived, wasExported: true, reference: "RTN-1" }, undefined],
    ["come back, of one that is on its way", { ...onItsWay, outcome: "returned" }, "wrong_state"],
    ["not paid, of one that has arrived", { ...arrived, outcome: "not_paid" }, "wrong_state"],
    ["paid, of one that waits", { ...onItsWay, outcome: "paid", status: "pending" }, "wrong_state"],
    ["not paid, of one that was never sent", { ...onItsWay, attempt: undefined }, "wrong_state"],
    ["not paid, where the provider can be asked", { ...onItsWay, isAsked: true }, "provider_decides"],
    ["not paid, where another server may be asking", { ...onItsWay, isUnderWay: true }, "provider_decides"],
    ["come back, where the provider can be asked", { ...arrived, isAsked: true }, "provider_decides"],
  ] as const)("%s", (_what, of, refusal) => {
    expect(refusalOf(of)).toBe(refusal);
  });

  it.each([
    [{ approvedBy: null, amount: 100n, limit: null }, false],
    [{ approvedBy: null, amount: 100n, limit: 100n }, false],
    [{ approvedBy: null, amount: 101n, limit: 100n }, true],
    [{ approvedBy: "second", amount: 1n, limit: null }, true],
  ])("needs a second person where the release did: %o", (of, isNeeded) => {
    expect(needsSecond(of)).toBe(isNeeded);
  });
});

import { expect, it } from "vitest";
import { enteredFor } from "./entered.ts";

it("an amount that was entered for one currency is none of another, however that came to be chosen", () => {
  const entered = { of: "USD", value: 10_000 };
  expect(enteredFor(entered, "USD")).toBe(10_000);
  expect(enteredFor(entered, "JPY")).toBeUndefined();
  expect(enteredFor(entered, undefined)).toBeUndefined();
  expect(enteredFor(undefined, "USD")).toBeUndefined();
  expect(enteredFor({ of: "USD", value: null }, "USD")).toBeNull();
});

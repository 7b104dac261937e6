import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponentOf } from "../../../kernel/currency.ts";
import { formatMajor } from "../../../kernel/money.ts";
import { instant, minorUnits, oneOf, required } from "./values.ts";

describe("a decimal in major units", () => {
  it.each([
    ["12.34", 2, 1234n],
    ["12", 2, 1200n],
    ["12.3", 2, 1230n],
    ["12.3400", 2, 1234n],
    ["0.00", 2, 0n],
    ["-1.50", 2, -150n],
    ["1500", 0, 1500n],
    ["1500.0", 0, 1500n],
    ["1.234", 3, 1234n],
  ])("is exact: %s with %i decimals", (text, exponent, minor) => {
    expect(minorUnits("amount", text, exponent)).toBe(minor);
  });

  it.each(["", "1.", ".5", "1,50", "1e3", "+1", "0x10", "1 000", "NaN", "1.5.0", "--1", "9999999999999999"])(
    "is refused where it is none: %j",
    (text) => {
      expect(() => minorUnits("amount", text, 2)).toThrow("amount");
    },
  );

  it.each([
    ["12.345", 2],
    ["0.5", 0],
  ])("is refused, not rounded, where the currency cannot express it: %s", (text, exponent) => {
    expect(() => minorUnits("amount", text, exponent)).toThrow("decimals");
  });

  it("comes back as it went", () => {
    const minor = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
    fc.assert(
      fc.property(minor, fc.constantFrom("JPY", "USD", "BHD"), (amount, currency) => {
        expect(minorUnits("amount", formatMajor(amount, currency), exponentOf(currency) ?? -1)).toBe(amount);
      }),
    );
  });
});

describe("an instant", () => {
  it.each([
    ["2021-01-01T00:00:00Z", "2021-01-01T00:00:00.000Z"],
    ["2021-01-01T02:00+02:00", "2021-01-01T00:00:00.000Z"],
    ["2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999Z"],
  ])("is read with its offset: %s", (text, iso) => {
    expect(instant("occurred_at", text).toISOString()).toBe(iso);
  });

  it.each([
    "",
    "2021-01-01",
    "2021-01-01T00:00:00",
    "2021-02-29T00:00:00Z",
    "2021-04-31T00:00:00Z",
    "2021-13-01T00:00:00Z",
    "01/02/2021",
    "2021-01-01T25:00:00Z",
    "1609459200",
  ])("is refused where it is none, or has no offset: %j", (text) => {
    expect(() => instant("occurred_at", text)).toThrow("occurred_at");
  });
});

it("a word outside the list, and an empty field, are refused by column", () => {
  expect(oneOf("kind", "card", ["payment", "card"])).toBe("card");
  expect(() => oneOf("kind", "Card", ["payment", "card"])).toThrow('kind: "Card" is none of payment, card');
  expect(() => required("email", "")).toThrow("email: is empty");
});

import { beforeAll, expect, it, vi } from "vitest";
import { amountsText, partsOf, readAmounts, withNumber } from "./read-setting.ts";

beforeAll(() => {
  vi.stubGlobal("localStorage", { getItem: () => null });
  vi.stubGlobal("navigator", { languages: ["en-GB"] });
});

it("amounts are read as they are written, in minor units, and what is none is not taken", () => {
  const amounts = { USD: 500_000, JPY: 4_500 };
  expect(readAmounts("usd 5000, JPY 4500")).toEqual(amounts);
  expect(readAmounts(amountsText(amounts))).toEqual(amounts);
  expect(readAmounts("")).toEqual({});
  expect(["5000", "USD", "USD x", "USD -1", "USD 0"].map(readAmounts)).toEqual(Array(5).fill(undefined));
});

it.each(["en-GB", "en-DE", "en-IN", "en-CH", "he-IL"])(
  "amounts of any number of decimals are the same again in %s when they are saved as they are shown",
  (tag) => {
    vi.stubGlobal("navigator", { languages: [tag] });
    const amounts = { KWD: 1_234, USD: 500_000, CLF: 12_345, EUR: 7_550, JPY: 4_500, BHD: 1_000_000 };
    expect(readAmounts(amountsText(amounts))).toEqual(amounts);
    vi.stubGlobal("navigator", { languages: ["en-GB"] });
  },
);

it("a comma in an amount parts no two of them", () => {
  expect(readAmounts("USD 5,000.50,EUR 4500,")).toEqual({ USD: 500_050, EUR: 450_000 });
  expect(readAmounts("USD 5,00")).toEqual({ USD: 500 });
  expect(readAmounts("USD 5000, 300")).toBeUndefined();
});

it("a list is read by its commas, and a number where it is one", () => {
  expect(partsOf(" a.example,, b.example ")).toEqual(["a.example", "b.example"]);
  const taken: number[] = [];
  expect(["0.5", " ", "x", "Infinity"].map((text) => withNumber(text, (value) => void taken.push(value)))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(taken).toEqual([0.5]);
});

import { expect, it } from "vitest";
import { dayInWords, instantInWords, moneyInWords } from "./in-words.ts";
import { languageAsked } from "./languages.ts";

it.each([
  [undefined, null],
  ["", null],
  ["*", null],
  ["fr-FR,fr;q=0.9", null],
  ["he", "he"],
  ["he-IL,he;q=0.9,en-US;q=0.8,en;q=0.7", "he"],
  ["fr, en-GB;q=0.8, he;q=0.9", "he"],
  ["HE;Q=0.5, en;q=0.4", "he"],
  ["he;q=0, en;q=0.1", "en"],
  ["he;q=nonsense, en;q=0.1", "en"],
  [`he,${"x".repeat(1_000)}`, null],
])("of what a browser asks for (%.40s) ours that it likes best is taken", (header, language) => {
  expect(languageAsked(header)).toBe(language);
});

it("money is written as the reader's language writes numbers, exactly, with its currency behind", () => {
  expect(moneyInWords("en", 123_456_789_012_345_678_90n, "USD")).toBe("123,456,789,012,345,678.90 USD");
  expect(moneyInWords(null, -1_250n, "USD")).toBe("-12.50 USD");
  expect(moneyInWords("en", 1_250n, "JPY")).toBe("1,250 JPY");
  expect(moneyInWords("en", 1_250n, "KWD")).toBe("1.250 KWD");
  expect(moneyInWords("he", 125_000n, "ILS")).toBe("1,250.00\u200f ILS");
  // Marks that are not seen keep minus and code on their sides, where text runs from right to left.
  expect(moneyInWords("he", -1_250n, "ILS")).toBe("\u200e-12.50\u200f ILS");
});

it("a day is the same everywhere, an instant is of a time zone, and both are in the reader's language", () => {
  expect(dayInWords("en", "2026-06-01")).toBe("1 June 2026");
  expect(dayInWords("he", "2026-06-01")).toBe("1 ביוני 2026");
  const instant = new Date("2026-03-04T22:30:00Z");
  expect(instantInWords("en", instant, "UTC")).toMatch(/^4 March 2026.* 22:30 UTC$/);
  expect(instantInWords("he", instant, "Asia/Jerusalem")).toMatch(/^5 במרץ 2026.* 00:30/);
});

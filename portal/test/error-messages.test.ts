import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import he from "../src/i18n/messages/he-errors.json" with { type: "json" };

const reference = await readFile(new URL("../../docs/reference/errors.md", import.meta.url), "utf8");
const titles = new Map(
  [...reference.matchAll(/^\| `([\w.]+)` \| \d+ \| (.*?) \|/gm)].map(([, code, title]) => [code, title]),
);

it("what refusals are called is said of errors that the API has, in other words than its own", () => {
  expect(titles.size).toBeGreaterThan(0);
  expect(Object.keys(he).filter((code) => !titles.has(code))).toEqual([]);
  expect(Object.entries(he).filter(([code, words]) => words === titles.get(code))).toEqual([]);
});

it("they are written without places for values: what the API says takes none", () => {
  expect(Object.entries(he).filter(([, words]) => /\{\w/.test(words.replaceAll("{{link}}", "")))).toEqual([]);
});

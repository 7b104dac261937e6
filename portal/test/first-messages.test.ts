import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import pages from "../src/i18n/messages/en-pages.json" with { type: "json" };

const SOURCE = fileURLToPath(new URL("../src", import.meta.url));
const IMPORTED = /(?:from|import)\s*\(?\s*"(\.[^"]+\.tsx?)"/g;
/** Pages that load no other messages than the first ones. */
const FIRST = /home/;

/** The source of everything that is shown before another page is opened. */
function shownFirst(file: string, seen = new Map<string, string>()): Map<string, string> {
  const path = normalize(file);
  if (seen.has(path) || !existsSync(path)) return seen;
  const text = readFileSync(path, "utf8");
  seen.set(path, text);
  for (const [, name = ""] of text.matchAll(IMPORTED)) {
    // The router's pages and what the shell lays over them bring their messages along.
    const isOtherPage = /(router|shell)\.tsx$/.test(path) && name.includes("/features/") && !FIRST.test(name);
    // What is shown once the other messages have come says so where it is loaded.
    const isLate = text.includes(`loadPageMessages().then(() => import("${name}"))`);
    if (!isOtherPage && !isLate) shownFirst(join(dirname(path), name), seen);
  }
  return seen;
}

it("what home, sign-in and the frame say is in the messages that are loaded first", () => {
  const source = shownFirst(join(SOURCE, "app/main.tsx"));
  const late = Object.keys(pages).filter((key) => [...source.values()].some((text) => text.includes(`"${key}"`)));
  expect([...source.keys()].some((path) => path.endsWith("partner-home.tsx"))).toBe(true);
  expect(late).toEqual([]);
});

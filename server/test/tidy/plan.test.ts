import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasRoute } from "./documents.ts";
import { ROOT } from "./source-tree.ts";

type Row = { readonly name: string; readonly place: string };

const readText = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const schema = readText("server/schema.sql");
const scripts = (JSON.parse(readText("package.json")) as { scripts: Record<string, string> }).scripts;

/** The rows of every table of the map. */
const rowsOf = (text: string): Row[] =>
  [...text.matchAll(/^\| (?!plan \||---)(.+?) \| (.+) \|$/gm)].map(([, name = "", place = ""]) => ({ name, place }));

const tableOf = (name: string): string =>
  new RegExp(`^create (?:unlogged )?table ${name} \\(\n(.*?)\n\\);`, "ms").exec(schema)?.[1] ?? "";

const PLACES: readonly { readonly pattern: RegExp; readonly exists: (...names: string[]) => boolean }[] = [
  { pattern: /route `([^`]+)`/g, exists: hasRoute },
  { pattern: /table `(\w+)`/g, exists: (table = "") => tableOf(table) !== "" },
  {
    pattern: /column `(\w+)\.(\w+)`/g,
    exists: (table = "", column = "") => new RegExp(`^  ${column} `, "m").test(tableOf(table)),
  },
  {
    pattern: /index `(\w+)`/g,
    exists: (index = "") => new RegExp(`(?:INDEX|constraint) ${index} `).test(schema),
  },
  { pattern: /script `([^`]+)`/g, exists: (script = "") => script in scripts },
  { pattern: /decision `(docs\/adr\/[^`]+)`/g, exists: (path = "") => existsSync(join(ROOT, path)) },
  {
    pattern: /(?<!decision )`((?:server|sandbox|docs|bench|monitoring)\/[^`]+|openapi\.json)`(?: `([^`]+)`)?/g,
    exists: (path = "", name) => existsSync(join(ROOT, path)) && (name === undefined || contains(path, name)),
  },
];

/** Whether a file, or a file under a folder, has the name as a word of its own. */
function contains(path: string, name: string): boolean {
  const file = join(ROOT, path);
  if (statSync(file).isDirectory()) return readdirSync(file).some((child) => contains(join(path, child), name));
  return new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(readFileSync(file, "utf8"));
}

/** Rows whose place is none, or is not there. */
function missing(rows: readonly Row[]): string[] {
  return rows.flatMap(({ name, place }) => {
    const found = PLACES.flatMap(({ pattern, exists }) =>
      [...place.matchAll(pattern)].map((match) => ({ text: match[0], isThere: exists(...match.slice(1)) })),
    );
    if (found.length === 0 && !/^later\b/.test(place)) return [`${name}: ${place} is no place`];
    return found.filter(({ isThere }) => !isThere).map(({ text }) => `${name}: ${text} is not there`);
  });
}

describe("the map of the plan", () => {
  const rows = rowsOf(readText("docs/plan.md"));

  it("leads to places that exist, for every name", () => {
    expect(missing(rows)).toEqual([]);
    expect(rows.length).toBeGreaterThan(220);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });

  it("is read by something that sees each kind of place that is not there", () => {
    const planted = [
      "route `GET /api/v1/gone`",
      "table `gone`",
      "column `partners.gone`",
      "index `gone_index`",
      "script `gone`",
      "decision `docs/adr/0000-gone.md`",
      "`server/src/gone.ts`",
      "`server/src/partners/partner-service.ts` `goneMethod`",
      "somewhere",
    ].map((place) => ({ name: "planted", place }));
    expect(missing(planted)).toHaveLength(planted.length);
    expect(missing([{ name: "planted", place: "later" }])).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { moduleOf, type SourceFile, sourceFiles } from "./source-tree.ts";

type HouseRule = {
  readonly rule: string;
  /** What must not be there. */
  readonly pattern: RegExp;
  readonly appliesTo: (path: string) => boolean;
  readonly planted: string;
};

const isCode = (path: string): boolean => path.startsWith("server/src/") && !path.endsWith(".test.ts");
/** Modules with rules of the domain; below them lies the machine, above them the entry points. */
const isDomain = (path: string): boolean => isCode(path) && !["kernel", "platform", "app"].includes(moduleOf(path));

const RULES: readonly HouseRule[] = [
  {
    rule: "rules read time from their context, never from the machine",
    pattern: /new Date\(\)|Date\.now\(\)|performance\.now\(\)/,
    appliesTo: isDomain,
    planted: "const at = new Date();",
  },
  {
    rule: "statements read time from their parameters, never from the database",
    pattern: /\bnow\(\)(?! *[:}])|current_timestamp|clock_timestamp/,
    appliesTo: isDomain,
    planted: "sql`update x set at = now() where id = 1`",
  },
  {
    rule: "nothing is left for later",
    // XXX alone is a currency (ISO 4217: none): it is a note where a colon follows.
    pattern: /\b(?:TODO|FIXME|HACK)\b|\bXXX:/,
    appliesTo: () => true,
    planted: "// TODO: later".replace("later", "x"),
  },
  {
    rule: "no test is skipped or alone",
    pattern: /\b(?:describe|it|test)\.(?:skip|only|todo)\(/,
    appliesTo: (path) => path.endsWith(".test.ts"),
    planted: ["it", "skip("].join("."),
  },
  {
    rule: "tests do not sleep: they move the clock or wait for what they need",
    pattern: /setTimeout\(\s*(?:resolve|done|r)\s*,\s*\d{3,}/,
    appliesTo: (path) => path.endsWith(".test.ts"),
    planted: `await new Promise((resolve) => ${"setTimeout"}(resolve, 1000))`,
  },
  {
    rule: "money is never a float",
    pattern: /parseFloat\(|toFixed\(|Math\.round\([^)]*(?:amount|rate|minor)/i,
    appliesTo: isDomain,
    planted: "Math.round(amount * rate)",
  },
  {
    rule: "a cast to another shape lives in a named function",
    pattern: /\bas any\b/,
    appliesTo: isCode,
    planted: "const x = y as any;",
  },
];

const LINES_MAX = 400;

const breaches = (rule: HouseRule, files: readonly SourceFile[]): string[] =>
  files
    .filter((file) => rule.appliesTo(file.path) && !file.path.startsWith("server/test/tidy/"))
    .flatMap((file) =>
      file.text
        .split("\n")
        .flatMap((line, index) => (rule.pattern.test(line) ? [`${file.path}:${index + 1}: ${line.trim()}`] : [])),
    );

describe("house rules", () => {
  const files = sourceFiles("server", "sandbox", "bench");

  it.each(RULES)("$rule", (rule) => {
    expect(breaches(rule, files)).toEqual([]);
  });

  it.each(RULES)("are seen to be broken where a breach is planted: $rule", (rule) => {
    const planted = ["server/src/ledger/planted.ts", "server/src/ledger/planted.test.ts"].map((path) => ({
      path,
      text: rule.planted,
    }));
    expect(breaches(rule, planted).length).toBeGreaterThan(0);
  });

  it(`no file is longer than ${LINES_MAX} lines`, () => {
    const long = files.filter(
      (file) => file.text.split("\n").length > LINES_MAX && !file.path.endsWith("database/tables.ts"),
    );
    expect(long.map((file) => file.path)).toEqual([]);
    expect(files.length).toBeGreaterThan(50);
  });
});

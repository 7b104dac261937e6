import { describe, expect, it } from "vitest";
import { broken, documents, routes } from "./documents.ts";

describe("documents", () => {
  it("name only links, scripts, commands, routes, settings and files that exist", () => {
    expect(documents().flatMap(broken)).toEqual([]);
    expect(documents().length).toBeGreaterThan(20);
    expect(routes.size).toBeGreaterThan(100);
  });

  it("are read by something that sees each kind of name that is not there", () => {
    const text = [
      "[gone](gone.md)",
      "`npm run gone`",
      "npm run tributary -- gone",
      "`GET /api/v1/gone/{id}`",
      'curl "$API/api/v1/gone?limit=2"',
      "`TRIBUTARY_GONE`",
      "`server/src/gone.ts`",
    ].join("\n");
    expect(broken({ path: "docs/planted.md", text })).toEqual([
      "docs/planted.md: no link gone.md",
      "docs/planted.md: no script gone",
      "docs/planted.md: no command gone",
      "docs/planted.md: no route GET /api/v1/gone/{id}",
      "docs/planted.md: no path /api/v1/gone?limit=2",
      "docs/planted.md: no setting TRIBUTARY_GONE",
      "docs/planted.md: no file server/src/gone.ts",
    ]);
  });

  it("name nothing outside the project", () => {
    const outside = documents().filter(({ text }) => /\.\.\/\.\.\/\.\.\/|\]\(\/|\.\.\/shared|\/work\//.test(text));
    expect(outside.map(({ path }) => path)).toEqual([]);
  });
});

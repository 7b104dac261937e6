import { describe, expect, it } from "vitest";
import { moduleOf, type SourceFile, sourceFiles, tableOwners } from "./source-tree.ts";

const WRITE =
  /(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*["'`](\w+)(?: as \w+)?["'`]|\b(?:insert into|delete from|merge into)\s+(\w+)|\bupdate\s+(\w+)\s+(?:as\s+\w+\s+|\w+\s+)?set\b/g;

/** Writes to a table from a module that does not own it. */
function trespasses(files: readonly SourceFile[]): string[] {
  const owners = tableOwners();
  return files
    .filter((file) => file.path.startsWith("server/src/") && !file.path.endsWith(".test.ts"))
    .flatMap((file) =>
      [...file.text.matchAll(WRITE)]
        .map((match) => match[1] ?? match[2] ?? match[3] ?? "")
        .filter((table) => owners.has(table) && owners.get(table) !== moduleOf(file.path))
        .map((table) => `${file.path} writes ${table}, which is ${owners.get(table)}'s`),
    );
}

describe("a table is written by the module that owns it", () => {
  it("everywhere", () => {
    expect(trespasses(sourceFiles("server/src"))).toEqual([]);
  });

  it("and the check knows every table and sees a planted trespass, in both ways of writing SQL", () => {
    expect(tableOwners().size).toBeGreaterThan(35);
    const planted = [
      { path: "server/src/payouts/a.ts", text: 'tx.updateTable("commissions").set({})' },
      { path: "server/src/payouts/b.ts", text: "sql`insert into ledger_postings select 1`" },
      { path: "server/src/payouts/c.ts", text: "sql`update commissions c set status = 'paid'`" },
      { path: "server/src/commissions/d.ts", text: "sql`update commissions c set status = 'paid'`" },
    ];
    expect(trespasses(planted)).toHaveLength(3);
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MODULE_ORDER } from "../../module-order.mjs";
import { COMMISSION_TRANSITIONS } from "../../src/commissions/commission-rules.ts";
import { PAYOUT_TRANSITIONS } from "../../src/payouts/payout-rules.ts";
import { ROOT, tableOwners } from "./source-tree.ts";

const text = readFileSync(join(ROOT, "docs/diagrams.md"), "utf8");

/** The diagram under a heading. */
const diagram = (heading: string): string =>
  new RegExp(`^## ${heading}\n.*?\`\`\`mermaid\n(.*?)\`\`\``, "ms").exec(text)?.[1] ?? "";

const edges = (heading: string): string[] =>
  [...diagram(heading).matchAll(/^ +(\w+) --> (\w+)/gm)].map(([, from, to]) => `${from} → ${to}`).sort();

const transitions = (table: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(table)
    .flatMap(([from, next]) => next.map((to) => `${from} → ${to}`))
    .sort();

describe("the diagrams", () => {
  it("show the states of payouts and commissions as the code has them", () => {
    expect(edges("A payout")).toEqual(transitions(PAYOUT_TRANSITIONS));
    expect(edges("A commission")).toEqual(transitions(COMMISSION_TRANSITIONS));
  });

  it("show the modules in their order, each with tables that it owns", () => {
    const shown = diagram("Modules and their tables");
    const chain = /^ {2}(platform(?: --> \w+)+)$/m.exec(shown)?.[1]?.split(" --> ");
    expect(chain).toEqual(MODULE_ORDER.filter((module) => module !== "kernel"));
    const owners = tableOwners();
    for (const [, module, list = ""] of shown.matchAll(/^ {2}(\w+)\["\w+<br>([\w, ]+)"\]/gm)) {
      if (module === "app") continue;
      for (const table of list.split(", ")) expect([table, owners.get(table)]).toEqual([table, module]);
    }
  });
});

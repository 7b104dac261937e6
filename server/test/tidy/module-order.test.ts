import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { MODULE_ORDER } from "../../module-order.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));

type Cruise = { summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] } };

/** Runs the dependency check over a folder and returns what it saw. */
function cruise(folder: string): Cruise["summary"] {
  const args = [
    "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs",
    "--config",
    ".dependency-cruiser.mjs",
    "--output-type",
    "json",
    folder,
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!stdout) throw new Error(`the dependency check did not run: ${stderr}`);
  return (JSON.parse(stdout) as Cruise).summary;
}

describe("the order of modules", () => {
  it("is kept by every import, through doors, without circles", () => {
    const { totalCruised, violations } = cruise("server/src");
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    expect(totalCruised).toBeGreaterThan(50);
  }, 60_000);

  it("is kept in the portal without circles, those of types among them", () => {
    const { totalCruised, violations } = cruise("portal/src");
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    expect(totalCruised).toBeGreaterThan(50);
  }, 60_000);

  it("is checked by something that sees a planted violation", () => {
    const names = cruise("server/test/tidy/planted").violations.map(({ rule }) => rule.name);
    expect(names).toContain("ledger-imports-only-what-is-below-it");
    expect(names).toContain("payouts-is-entered-through-its-door");
    expect(names).toContain("no-circle-in-the-portal");
  }, 60_000);

  it("names every folder of the server and nothing else", () => {
    const folders = readdirSync(`${root}server/src`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(new Set(folders.map((entry) => entry.name))).toEqual(new Set(MODULE_ORDER));
  });
});

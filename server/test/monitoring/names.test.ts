import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp, type WholeApp } from "../kit/app.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const filesOf = (folder: string): string[] => readdirSync(`${root}${folder}`).map((file) => `${folder}/${file}`);
const FILES = [...filesOf("monitoring/prometheus"), ...filesOf("monitoring/grafana"), ...filesOf("docs/runbooks")];

let database: ClonedDatabase;
let world: WholeApp;
beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** What a series of ours is asked for by one label, each alternative of a pattern for itself. */
function askedFor(text: string, label: string): string[] {
  const selectors = [...text.replaceAll('\\"', '"').matchAll(/\btributary_\w+\{([^}]*)\}/g)].map(
    ([, inner]) => inner ?? "",
  );
  return selectors.flatMap((inner) =>
    [...inner.matchAll(new RegExp(`\\b${label}=(~?)"([^"]*)"`, "g"))].flatMap(([, isPattern, value = ""]) =>
      isPattern === "~" ? alternativesOf(value) : [value.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")],
    ),
  );
}

function alternativesOf(pattern: string): string[] {
  const [group, inner = ""] = /\(([^()]*)\)/.exec(pattern) ?? [];
  if (group === undefined) return pattern.split("|");
  return inner.split("|").flatMap((one) => alternativesOf(pattern.replace(group, () => one)));
}

/** What is asked for in the files and fits nothing that there is. */
const strangers = (label: string, known: readonly string[]): string[] =>
  FILES.flatMap((file) =>
    askedFor(readFileSync(`${root}${file}`, "utf8"), label)
      .filter((pattern) => !known.some((name) => new RegExp(`^(?:${pattern})$`).test(name)))
      .map((pattern) => `${file}: ${pattern}`),
  );

describe("rules, their tests, dashboards and runbooks", () => {
  it("name only jobs that the program has", () => {
    const jobs = [...world.app.jobs, ...world.app.cron].map(({ name }) => name);
    expect(strangers("job", jobs)).toEqual([]);
    // A planted one is found: the check looks.
    expect(strangers("job", ["audit.seal"])).toContain("monitoring/prometheus/tributary.rules.yml: commissions[.].*");
  });

  it("name only routes that the program has", () => {
    const { paths } = JSON.parse(readFileSync(`${root}openapi.json`, "utf8")) as { paths: Record<string, unknown> };
    const routes = Object.keys(paths).map((path) => path.replaceAll(/\{(\w+)\}/g, ":$1"));
    expect(strangers("route", routes)).toEqual([]);
    expect(strangers("route", [])).toContain("monitoring/prometheus/tributary.rules.yml: /r/:code");
  });
});

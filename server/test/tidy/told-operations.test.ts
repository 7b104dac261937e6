import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CATALOGUE, EVENT_TYPES } from "../../src/webhooks/catalogue.ts";
import { BY_ITSELF, OPERATIONS, REASONS } from "../../src/webhooks/operation-events.ts";
import { ROOT } from "./source-tree.ts";

type Document = { readonly paths: Record<string, Record<string, { readonly operationId: string }>> };
const READING = ["get", "head", "options"];

/** The operations of a document that are no reading. */
const changingIn = ({ paths }: Document): string[] =>
  Object.values(paths).flatMap((path) =>
    Object.entries(path).flatMap(([method, { operationId }]) => (READING.includes(method) ? [] : operationId)),
  );

/** Operations without an entry, and entries without an operation. */
function differences(document: Document): string[] {
  const changing = changingIn(document);
  return [
    ...changing.filter((operation) => !Object.hasOwn(OPERATIONS, operation)),
    ...Object.keys(OPERATIONS).filter((operation) => !changing.includes(operation)),
  ];
}

const named = Object.values(OPERATIONS).flatMap((told) => (typeof told === "string" ? [] : told));

describe("the table of what operations tell", () => {
  const document = JSON.parse(readFileSync(join(ROOT, "openapi.json"), "utf8")) as Document;

  it("says of every operation that is no reading which events it tells, or why none", () => {
    expect(changingIn(document).length).toBeGreaterThan(200);
    expect(differences(document)).toEqual([]);
  });

  it("misses one that was added", () => {
    const planted = { paths: { ...document.paths, "/planted": { put: { operationId: "plantSomething" } } } };
    expect(differences(planted)).toEqual(["plantSomething"]);
  });

  it("names events of the catalogue alone, and each of them somewhere", () => {
    expect([...named, ...BY_ITSELF].filter((type) => !Object.hasOwn(CATALOGUE, type))).toEqual([]);
    const everywhere = new Set([...named, ...BY_ITSELF]);
    expect(EVENT_TYPES.filter((type) => !everywhere.has(type))).toEqual([]);
    expect(BY_ITSELF.filter((type) => named.includes(type))).toEqual([]);
  });

  it("gives every reason to some operation", () => {
    const reasons = new Set(Object.values(OPERATIONS).filter((told) => typeof told === "string"));
    expect([...reasons].toSorted()).toEqual(Object.keys(REASONS).toSorted());
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./source-tree.ts";

type Media = {
  readonly example?: unknown;
  readonly examples?: unknown;
  readonly schema?: { readonly format?: string };
};
type Answer = { readonly $ref?: string; readonly description?: string; readonly content?: Record<string, Media> };
type Operation = {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: string[];
  readonly security?: unknown[];
  readonly requestBody?: { readonly content: Record<string, Media> };
  readonly responses: Record<string, Answer>;
};
type Document = {
  readonly tags: { readonly name: string; readonly description?: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
};

/** Probes have nothing to refuse. */
const NEVER_REFUSES = new Set(["getLiveness", "getReadiness"]);

/** What a reader of the document would miss, by route. */
function missing(document: Document): string[] {
  const described = new Set(document.tags.filter((tag) => tag.description).map((tag) => tag.name));
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) =>
      missingIn(operation, described).map((what) => `${method.toUpperCase()} ${path}: ${what}`),
    ),
  );
}

function missingIn(operation: Operation, described: ReadonlySet<string>): string[] {
  const answers = Object.entries(operation.responses);
  const bodies = Object.values(operation.requestBody?.content ?? {});
  const refuses = answers.some(
    ([status, { $ref, content }]) => /^[4d]/.test(status) && /Problem|responses/.test($ref ?? JSON.stringify(content)),
  );
  return [
    ...(operation.operationId ? [] : ["no operationId"]),
    ...(operation.summary ? [] : ["no summary"]),
    ...(operation.security ? [] : ["no word about who may call it"]),
    ...(operation.tags?.length === 1 && described.has(operation.tags[0] ?? "") ? [] : ["no described tag"]),
    ...(refuses || NEVER_REFUSES.has(operation.operationId ?? "") ? [] : ["no refusal"]),
    ...(bodies.every(isShown) ? [] : ["a body without an example"]),
    ...answers
      .filter(([status, { content }]) => status.startsWith("2") && !Object.values(content ?? {}).every(isShown))
      .map(([status]) => `${status} without an example`),
    ...answers
      .filter(([, { description }]) => description === "Default Response")
      .map(([status]) => `${status} says nothing`),
  ];
}

/** A file is not shown: what is in it is said elsewhere. */
const isShown = ({ example, examples, schema }: Media): boolean =>
  (example ?? examples) !== undefined || schema?.format === "binary";

describe("openapi.json", () => {
  const document = JSON.parse(readFileSync(join(ROOT, "openapi.json"), "utf8")) as Document;
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

  it("says of every route what it is called, who may call it, how it refuses, and shows every body and answer", () => {
    expect(missing(document)).toEqual([]);
    expect(operations.length).toBeGreaterThan(100);
  });

  it("names every route once", () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  // The validator compares text by hash, and what has no type each with each: a body of 1 MiB would hold the server for minutes.
  it("asks for unique items of text alone", () => {
    const untyped = (value: unknown, path: string): string[] => {
      if (typeof value !== "object" || value === null) return [];
      const { uniqueItems, items } = value as { uniqueItems?: boolean; items?: { type?: string } };
      return [
        ...(uniqueItems === true && items?.type !== "string" ? [path] : []),
        ...Object.entries(value).flatMap(([name, inner]) => untyped(inner, `${path}/${name}`)),
      ];
    };
    expect(untyped(document, "")).toEqual([]);
    expect(untyped({ planted: { uniqueItems: true, items: { enum: ["a"] } } }, "")).toEqual(["/planted"]);
  });

  it("is checked by something that sees a route that says nothing", () => {
    const silent = {
      requestBody: { content: { "application/json": {} } },
      responses: { "200": { content: { "application/json": {} } } },
    };
    expect(missing({ tags: [], paths: { "/planted": { post: silent } } })).toEqual(
      [
        "no operationId",
        "no summary",
        "no word about who may call it",
        "no described tag",
        "no refusal",
        "a body without an example",
        "200 without an example",
      ].map((what) => `POST /planted: ${what}`),
    );
  });

  it("has the errors in one place, which every refusal refers to", () => {
    expect(JSON.stringify(document).split("A URL that names the code in the documentation")).toHaveLength(2);
  });
});

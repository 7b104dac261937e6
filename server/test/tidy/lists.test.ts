import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./source-tree.ts";

type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
};
type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

/** What answers rows and is no list to go through, each with why. */
const NO_LISTS: Readonly<Record<string, string>> = {
  findDataSubjects:
    "a search: whoever is not among the first is looked for by more, and the answer says that it is cut",
  findOwnRecords: "a search: at most five of a kind",
  findRecords: "a search: at most five of a kind",
  getCommissionSummary: "sums, one for each currency",
  getCommissionSummaryFor: "sums, one for each currency",
  getJwks: "the set of keys as RFC 7517 has it",
  getNoticePreferences: "one form: a choice for each kind of notice that the program has",
  getPayoutSchedules: "settings, one for each currency that the partner has set",
  listPaymentMethodKinds: "names that the program has, for a choice",
  listWebhookEvents: "the catalogue of events that the program has, for a choice",
};

/** What a route that answers rows lacks of a list: rows are `data`, or all that an answer has, or what `list…` and `find…` answer. */
function unpaged({ paths, components }: Document): string[] {
  const resolve = (schema: Schema | undefined): Schema | undefined =>
    schema?.$ref === undefined ? schema : components.schemas[schema.$ref.split("/").at(-1) ?? ""];
  return Object.values(paths).flatMap(({ get }) => {
    if (get === undefined) return [];
    const schema = resolve(get.responses["200"]?.content?.["application/json"]?.schema);
    const fields = Object.entries(schema?.properties ?? {});
    const arrays = fields.filter(([, field]) => resolve(field)?.type === "array").map(([name]) => name);
    const isList =
      schema?.type === "array" ||
      arrays.includes("data") ||
      fields.some(([name]) => name === "nextCursor") ||
      (arrays.length === 1 && fields.length === 1) ||
      /^(list|find)[A-Z]/.test(get.operationId);
    if (!isList) return [];
    const taken = new Set(get.parameters?.filter((one) => one.in === "query").map(({ name }) => name));
    return [
      ...["cursor", "limit"].filter((name) => !taken.has(name)).map((name) => `${get.operationId} takes no ${name}`),
      ...["data", "nextCursor"]
        .filter((name) => !fields.some(([field]) => field === name))
        .map((name) => `${get.operationId} answers no ${name}`),
    ];
  });
}

describe("every list", () => {
  const document = JSON.parse(readFileSync(join(ROOT, "openapi.json"), "utf8")) as Document;
  const nameOf = (lack: string): string => lack.split(" ")[0] ?? "";

  it("is read page by page, with a cursor and a limit", () => {
    expect(unpaged(document).filter((lack) => !(nameOf(lack) in NO_LISTS))).toEqual([]);
  });

  it("but those that are named, each of which is still there and still has no cursor", () => {
    const known = new Set(unpaged(document).map(nameOf));
    expect(Object.keys(NO_LISTS).filter((name) => !known.has(name))).toEqual([]);
  });

  it("is found by a check that sees one without a cursor, whatever its rows are called", () => {
    const answer = (properties: Record<string, Schema>) => ({
      "200": { content: { "application/json": { schema: { type: "object", properties } } } },
    });
    const rows = { type: "array" };
    const planted = (operationId: string, properties: Record<string, Schema>, names: readonly string[]) => ({
      get: { operationId, parameters: names.map((name) => ({ name, in: "query" })), responses: answer(properties) },
    });
    const paths = {
      "/whole": planted("getPlanted", { data: rows }, []),
      "/limited": planted("getLimited", { data: rows, nextCursor: {} }, ["limit"]),
      "/alone": planted("getAlone", { things: { $ref: "#/components/schemas/Rows" } }, ["cursor", "limit"]),
      "/paged": planted("listPaged", { data: rows, nextCursor: {} }, ["cursor", "limit"]),
      "/thing": planted("getThing", { id: {}, parts: rows }, []),
    };
    expect(unpaged({ paths, components: { schemas: { Rows: rows } } })).toEqual([
      "getPlanted takes no cursor",
      "getPlanted takes no limit",
      "getPlanted answers no nextCursor",
      "getLimited takes no cursor",
      "getAlone answers no data",
      "getAlone answers no nextCursor",
    ]);
  });
});

import { afterAll, beforeAll, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../test/kit/app.ts";
import { type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";

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

type Body = {
  readonly anyOf: readonly [
    bare: { readonly required: readonly string[] },
    list: { readonly properties: { readonly transactions: { readonly items: object } } },
  ];
  readonly examples?: readonly object[];
};
type Document = {
  readonly paths: Readonly<
    Record<string, { readonly post: { readonly requestBody: { readonly content: Record<string, { schema: Body }> } } }>
  >;
};

it.each(["/api/v1/transactions", "/api/v1/intake/{sourceId}"])(
  "%s is described as it is taken: one event bare, or a list of events",
  async (path) => {
    await world.http.ready();
    const { paths } = world.http.swagger() as unknown as Document;
    const schema = paths[path]?.post.requestBody.content["application/json"]?.schema;
    expect(schema?.anyOf[0].required).toContain("externalId");
    expect(schema?.anyOf[1].properties.transactions.items).toEqual(schema?.anyOf[0]);
  },
);

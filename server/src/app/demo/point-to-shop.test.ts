import { afterAll, beforeAll, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../../test/kit/app.ts";
import { type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { pointToShop } from "./point-to-shop.ts";

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

const shopUrl = "http://127.0.0.1:4002";

it.each([
  {
    name: "follow the shop to the port of this start",
    before: { destinationHosts: ["127.0.0.1:3002", "acme.example"], defaultDestination: "http://127.0.0.1:3002/" },
    after: { destinationHosts: ["acme.example", "127.0.0.1:4002"], defaultDestination: "http://127.0.0.1:4002/" },
  },
  {
    name: "stay where somebody has led them elsewhere",
    before: { destinationHosts: ["acme.example"], defaultDestination: "https://acme.example/" },
    after: { destinationHosts: ["acme.example"], defaultDestination: "https://acme.example/" },
  },
  {
    name: "wait for the demo to be built",
    before: { destinationHosts: [], defaultDestination: null },
    after: { destinationHosts: [], defaultDestination: null },
  },
])("the demo's links $name", async ({ before, after }) => {
  const { app } = world;
  await app.programs.updateProgram(world.ctx(), before);
  await pointToShop({ app, ctx: world.ctx(), shopUrl });
  expect(await app.db.read(world.ctx(), (tx) => app.programs.getProgram(tx))).toMatchObject(after);
});

import { afterAll, beforeAll, expect, it } from "vitest";
import { createHttpServer, type Routes } from "../../src/platform/http/index.ts";
import { createRequestValidators } from "../../src/platform/http/request-validators.ts";
import { createAnswerWriters } from "../../src/platform/http/when-asked.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";

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

/** Makes at once what a server makes when a route is first asked. */
const atOnce: Routes = (app) => {
  app.setValidatorCompiler(createRequestValidators());
  app.setSerializerCompiler(createAnswerWriters(() => app.getSchemas()));
};
async function compile(routes: readonly Routes[]): Promise<void> {
  const { guards } = world.app;
  const publicUrl = "http://operator.test";
  const http = await createHttpServer({
    ...guards,
    logger: false,
    routes: [atOnce, ...routes],
    trustProxy: false,
    publicUrl,
  });
  await http.ready();
  await http.close();
}

it("every schema of every route can be compiled, of requests and of answers: no first caller meets one that cannot", async () => {
  await expect(compile(world.app.routes)).resolves.toBeUndefined();
});

it.each(["a request", "an answer"])("a schema of %s that cannot be compiled is found", async (of) => {
  const broken = { type: "object", properties: { planted: { $ref: "nowhere#" } } };
  const schema = of === "a request" ? { body: broken } : { response: { 200: broken } };
  const planted: Routes = (app) =>
    void app.post("/api/v1/planted", { config: { access: { audience: "public" } }, schema }, () => ({}));
  await expect(compile([planted])).rejects.toThrow("/api/v1/planted");
});

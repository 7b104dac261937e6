import { SerializerSelector } from "@fastify/fast-json-stringify-compiler";
import { expect, it } from "vitest";
import { openApp } from "../../../test/kit/app.ts";
import { cloneDatabase } from "../../../test/kit/postgres.ts";
import { createHttpServer, type Routes } from "./index.ts";

it("every answer has a schema that can be compiled, since each is compiled at its first answer", async () => {
  const database = await cloneDatabase();
  const world = await openApp(database);
  const answers: { readonly url: string; readonly status: string; readonly schema: unknown }[] = [];
  const listed: Routes = (app) => {
    app.addHook("onRoute", ({ url, schema }) => {
      for (const [status, answer] of Object.entries((schema?.response ?? {}) as Record<string, object>))
        if (!("content" in answer)) answers.push({ url, status, schema: answer });
    });
  };
  const http = await createHttpServer({
    ...world.app.guards,
    logger: false,
    routes: [listed, ...world.app.routes],
    trustProxy: false,
    publicUrl: "http://operator.test",
  });
  try {
    await http.ready();
    const compile = SerializerSelector()(http.getSchemas(), {});
    for (const { url, status, schema } of answers)
      expect(compile({ url, method: "GET", httpStatus: status, schema }), `${url} ${status}`).toBeTypeOf("function");
    expect(answers.length).toBeGreaterThan(100);
  } finally {
    await http.close();
    await world[Symbol.asyncDispose]();
    await database.drop();
  }
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveRoutes } from "../../../test/kit/routes.ts";
// Loads every catalogue.
import "../compose.ts";
import { ROOT } from "../config/config.ts";
import { ERRORS_PATH, errorPageRoutes } from "./error-page.ts";
import { describedErrors, errorReference } from "./error-reference.ts";
import { REMEDIES } from "./remedies.ts";

let app: Awaited<ReturnType<typeof serveRoutes>>;
beforeAll(async () => {
  app = await serveRoutes([errorPageRoutes], () => new Date("2026-03-01T12:00:00Z"));
});
afterAll(() => app.close());

describe("the errors of the API", () => {
  it("are explained on the page where the type of every problem leads, each at its code", async () => {
    const problem = (await app.inject({ url: "/nowhere" })).json<{ type: string }>();
    const [path, code] = problem.type.split("#");
    expect(path).toBe(ERRORS_PATH);
    const page = await app.inject({ url: ERRORS_PATH });
    expect(page.statusCode).toBe(200);
    expect(page.headers["content-type"]).toContain("text/html");
    expect(page.body).toContain(`id="${code}"`);
    for (const error of describedErrors()) expect(page.body).toContain(`id="${error.code}"`);
  });

  it("have each something to do about them, and no remedy is for an error that does not exist", () => {
    const errors = describedErrors();
    expect(errors.filter(({ remedy }) => remedy === "").map(({ code }) => code)).toEqual([]);
    const codes = new Set(errors.map(({ code }) => code));
    expect(Object.keys(REMEDIES).filter((code) => !codes.has(code))).toEqual([]);
    expect(errors.length).toBeGreaterThan(100);
  });

  it("stand in docs/reference/errors.md as they are (`npm run errors`)", () => {
    expect(readFileSync(join(ROOT, "docs/reference/errors.md"), "utf8")).toBe(errorReference());
  });
});

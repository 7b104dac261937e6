import Fastify, { type FastifyError } from "fastify";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { isUnavailable } from "../database/index.ts";
import { answerError } from "./problem.ts";

const withCode = (code: string, more: object = {}) => Object.assign(new Error("x"), { code, ...more });

describe("a database that cannot do what it is asked", () => {
  it.each(["57P01", "57P02", "57P03", "57014", "53100", "53300", "08006", "58030", "40P01", "40001"])(
    "is told from a fault of ours by its state: %s",
    (code) => expect(isUnavailable(withCode(code))).toBe(true),
  );

  it.each(["23505", "42P01", "25006", "XX000", "22003", "ENOENT", "FST_ERR_VALIDATION"])(
    "%s is no such state",
    (code) => expect(isUnavailable(withCode(code))).toBe(false),
  );

  it("is one that cannot be reached, whatever the system calls that", async () => {
    const client = new Client({ host: "/nowhere", user: "nobody" });
    const error: unknown = await client.connect().catch((reason: unknown) => reason);
    expect(isUnavailable(error)).toBe(true);
    expect(isUnavailable(new Error("Connection terminated unexpectedly"))).toBe(true);
    expect(isUnavailable(new Error("a connection was terminated"))).toBe(false);
    expect(isUnavailable("ECONNREFUSED")).toBe(false);
  });

  it("is answered 503 with when to come again, and without a word of its own", async () => {
    const app = Fastify({ logger: false });
    app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply));
    app.get("/", () => Promise.reject(withCode("53100", { message: "could not extend file base/1" })));
    const answer = await app.inject("/");
    expect(answer.statusCode).toBe(503);
    expect(answer.headers).toMatchObject({ "retry-after": "5", "content-type": "application/problem+json" });
    expect(answer.json()).toMatchObject({ code: "database.unavailable", status: 503 });
    expect(answer.body).not.toMatch(/extend|base.1|stack/);
  });
});

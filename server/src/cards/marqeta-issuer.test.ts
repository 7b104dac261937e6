import { randomUUID } from "node:crypto";
import { type MarqetaSandbox, startMarqetaSandbox } from "@tributary/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMarqetaIssuer } from "./marqeta-issuer.ts";

const HOLDER = { firstName: "Ana", lastName: "Novak" };

let sandbox: MarqetaSandbox;
beforeAll(async () => {
  sandbox = await startMarqetaSandbox();
});
afterAll(() => sandbox?.close());

const issuer = (timeoutMs = 10_000, adminToken = sandbox.adminToken) =>
  createMarqetaIssuer({
    baseUrl: sandbox.url,
    applicationToken: sandbox.applicationToken,
    adminToken,
    timeoutMs,
  });
const user = (token: string = randomUUID()) => ({
  kind: "user" as const,
  token,
  body: issuer().prepare(token, { kind: "user", partnerId: "partner", holder: HOLDER }),
});
const madeWith = (token: string) => sandbox.made("users").filter((one) => one["token"] === token).length;

describe("an answer of the issuer", () => {
  it("that never comes is no answer, though it was done; the same bytes again are a yes, and one thing was made", async () => {
    const request = user();
    sandbox.faults.inject({ kind: "timeout_after_acting" });
    expect(await issuer(200).send(request)).toEqual({ kind: "unknown", code: "TimeoutError" });
    expect(madeWith(request.token)).toBe(1);
    expect(await issuer().send(request)).toEqual({ kind: "confirmed", card: null });
    expect(madeWith(request.token)).toBe(1);
  });

  it.each([
    ["rate_limit", "429001"],
    ["unavailable", "500000"],
    ["error_after_acting", "500000"],
  ] as const)("of %s settles nothing", async (kind, code) => {
    sandbox.faults.inject({ kind });
    expect(await issuer().send(user())).toEqual({ kind: "unknown", code });
  });

  it("that does not know us settles nothing: another try with right tokens may go well", async () => {
    expect(await issuer(10_000, "wrong").send(user())).toEqual({ kind: "unknown", code: "401001" });
  });

  it("409 is a yes where what lies there is what was asked for, and a no where it is something else", async () => {
    const request = user();
    await issuer().send(request);
    sandbox.faults.inject({ kind: "key_in_use" });
    expect(await issuer().send(request)).toMatchObject({ kind: "confirmed" });
    sandbox.faults.inject({ kind: "key_in_use" });
    expect(await issuer().send(user())).toEqual({ kind: "unknown", code: "token_lost" });
    const product = (token: string, name: string) => ({
      kind: "product" as const,
      token,
      body: JSON.stringify({ token, name, start_date: "2026-01-01" }),
    });
    const token = randomUUID();
    await issuer().send(product(token, "Theirs"));
    expect(await issuer().send(product(token, "Ours"))).toEqual({ kind: "refused", code: "token_taken" });
  });

  it("400 is a no, with the issuer's code", async () => {
    const token = randomUUID();
    const body = issuer().prepare(token, { kind: "card", productToken: "none", userToken: "nobody" });
    expect(await issuer().send({ kind: "card", token, body })).toEqual({ kind: "refused", code: "400047" });
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AssessmentWorld, assessmentWorld, PROVEN } from "../../test/kit/assessment.ts";
import { newId } from "../kernel/id.ts";
import { type App, createHttpServer } from "../platform/http/index.ts";
import { defaultTiers } from "../programs/index.ts";
import { adminCommissionRoutes } from "./index.ts";

let world: AssessmentWorld;
let app: App;
let partnerId: string;
let asOperator: () => ReturnType<AssessmentWorld["operator"]>;
beforeAll(async () => {
  world = await assessmentWorld();
  asOperator = () => world.operator();
  const earner = await world.newEarner();
  ({ partnerId } = earner);
  const customer = await world.newCustomer(earner);
  for (const at of ["2025-02-01T00:00:00Z", "2024-01-01T00:00:00Z"]) {
    await world.record(customer, { externalId: newId(), amount: 2_000n, at });
  }
  app = await createHttpServer({
    logger: false,
    routes: [adminCommissionRoutes(world.commissions)],
    identify: async () => asOperator(),
    authorize: () => {},
    limit: async () => {},
    trustProxy: false,
    publicUrl: "http://localhost",
  });
});
afterAll(async () => {
  await app.close();
  await world[Symbol.asyncDispose]();
});

const post = async (path: string, payload: object) => {
  const url = `/api/v1/admin/${path}`;
  const answer = await app.inject({ method: "POST", url, payload, headers: { "idempotency-key": newId() } });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
};

describe("a re-assessment, over HTTP", () => {
  const correction = { kind: "reversed", rule: "recurring.adjustment", amount: -200, currency: "USD" };

  it("shows its difference, books what was shown, and nothing a second time", async () => {
    const shown = await post("commissions/reassess/preview", { partnerId });
    expect(shown).toMatchObject({
      status: 200,
      body: { corrections: [correction], correctionCount: 1, totals: [{ currency: "USD", amount: -200 }] },
    });
    const { fingerprint } = shown.body;
    expect(await post("commissions/reassess", { partnerId, fingerprint: "another", reason: "late" })).toMatchObject({
      status: 409,
      body: { code: "assessment.difference_changed" },
    });
    const booked = await post("commissions/reassess", { partnerId, fingerprint, reason: "late" });
    expect(booked).toEqual(shown);
    expect(await post("commissions/reassess/preview", { partnerId })).toMatchObject({
      status: 200,
      body: { corrections: [], correctionCount: 0, totals: [] },
    });
    expect(await post("commissions/reassess", { partnerId, fingerprint, reason: "late" })).toMatchObject({
      status: 409,
      body: { code: "assessment.nothing_differs" },
    });
    expect(await world.prove(partnerId)).toEqual(PROVEN);
  });

  it.each([
    ["no partner", 400, { partnerId: undefined }],
    ["no reason", 400, { reason: "" }],
    ["no fingerprint", 400, { fingerprint: undefined }],
    ["an unknown field", 400, { colour: "red" }],
    ["an unknown partner", 404, { partnerId: newId() }],
    ["unknown terms", 404, { termsId: newId() }],
  ])("is refused with %s", async (_case, status, change) => {
    const body = { partnerId, fingerprint: "some", reason: "late", ...change };
    expect((await post("commissions/reassess", body)).status).toBe(status);
  });
});

describe("a simulation, over HTTP", () => {
  const tiers = defaultTiers("USD");
  const plan = { tiers: { ...tiers, tier1: { ...tiers.tier1, signupBonus: 9_900 } } };
  const period = { from: "2024-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z" };

  it("says what a plan would have cost, by partner and in all", async () => {
    const cost = { currency: "USD", recorded: 5_000 + 200 + 200, simulated: 9_900 + 200 + 200, difference: 4_900 };
    const { status, body } = await post("program/plans/simulate", { plan, ...period });
    expect({ status, body: { ...body, partners: [{ ...cost, partnerId }] } }).toEqual({
      status: 200,
      body: { partners: [{ ...cost, partnerId }], totals: [{ ...cost, winners: 1, losers: 0 }] },
    });
  });

  it.each([
    ["no plan", { plan: undefined }],
    ["half a plan", { plan: { tiers: { tier1: tiers.tier1 } } }],
    [
      "a rate of seven places",
      { plan: { tiers: { ...tiers, tier1: { ...tiers.tier1, transactionRate: 0.0000001 } } } },
    ],
    ["an instant that is none", { from: "yesterday" }],
  ])("is refused %s", async (_case, change) => {
    expect((await post("program/plans/simulate", { plan, ...period, ...change })).status).toBe(400);
  });
});

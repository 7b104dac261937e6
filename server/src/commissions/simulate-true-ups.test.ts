import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AssessmentWorld, assessmentWorld } from "../../test/kit/assessment.ts";
import { newId } from "../kernel/id.ts";
import { DEFAULT_TIERS } from "../programs/index.ts";
import { simulatePlan } from "./simulate-plan.ts";

let world: AssessmentWorld;
beforeAll(async () => {
  world = await assessmentWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

describe("the simulation of a draft with a true-up", () => {
  it("settles the draft's periods that ended in time, each at its end, and writes nothing", async () => {
    const earner = await world.newEarner("tier2", { volumeBonuses: [] });
    const customer = await world.newCustomer(earner);
    const sell = (amount: bigint, at: string) => world.record(customer, { externalId: `sale ${newId()}`, amount, at });
    await sell(150_000n, "2025-03-01T00:00:00Z");
    await sell(450_000n, "2025-03-31T23:00:00Z");
    await sell(600_000n, "2025-04-10T00:00:00Z");
    // Of the plan's own terms by now: its publication moves it.
    await world.newTerms(earner.partnerId, "tier2");

    const volumeTrueUp = {
      period: "month" as const,
      mode: "retroactive" as const,
      steps: [{ from: 500_000, rate: 0.05 }],
    };
    const plan = { tiers: { ...DEFAULT_TIERS, tier2: { ...DEFAULT_TIERS.tier2, volumeBonuses: [], volumeTrueUp } } };
    const cost = async (from: string, to: string) => {
      const { totals } = await simulatePlan(world.deps)(world.system(), {
        plan,
        from: new Date(from),
        to: new Date(to),
      });
      return totals.map(({ simulated, recorded }) => simulated - recorded);
    };
    // March is settled when it has ended: the cost is April's. April has not ended.
    expect(await cost("2025-03-01T00:00:00Z", "2025-04-30T00:00:00Z")).toEqual([30_000n]);
    expect(await cost("2025-03-01T00:00:00Z", "2025-05-02T00:00:00Z")).toEqual([60_000n]);
    expect(await cost("2025-03-01T00:00:00Z", "2025-04-01T00:00:00Z")).toEqual([0n]);
    // What has not ended by now is not settled, however far one asks.
    const now = world.clock.now();
    world.clock.moveTo(new Date("2025-04-20T00:00:00Z"));
    expect(await cost("2025-03-01T00:00:00Z", "9999-12-31T00:00:00Z")).toEqual([30_000n]);
    world.clock.moveTo(now);
    expect(await world.statements(earner.partnerId)).not.toContainEqual(expect.stringContaining("true_up"));
  });

  it("earns nothing twice where the partner's tiers have different periods", async () => {
    const earner = await world.newEarner("tier2", { volumeBonuses: [] });
    const customer = await world.newCustomer(earner);
    const sell = (amount: bigint, at: string) => world.record(customer, { externalId: `sale ${newId()}`, amount, at });
    await sell(600_000n, "2025-02-10T00:00:00Z");
    await sell(10_000n, "2025-03-25T00:00:00Z");
    const announce = async (tier: "tier2" | "tier3", at: string) => {
      const termsId = await world.newTerms(earner.partnerId, tier);
      await world.act({ partnerId: earner.partnerId, kind: "terms", data: { termsId, isRetroactive: false }, at });
    };
    await announce("tier2", "2025-01-01T00:00:00Z");
    await announce("tier3", "2025-03-20T00:00:00Z");
    const trueUp = (period: "month" | "quarter") => ({
      volumeBonuses: [],
      volumeTrueUp: { period, mode: "retroactive" as const, steps: [{ from: 500_000, rate: 0.05 }] },
    });
    const tiers = {
      ...DEFAULT_TIERS,
      tier2: { ...DEFAULT_TIERS.tier2, ...trueUp("month") },
      tier3: { ...DEFAULT_TIERS.tier3, ...trueUp("quarter") },
    };
    const { partners } = await simulatePlan(world.deps)(world.system(), {
      plan: { tiers },
      from: new Date("2025-03-01T00:00:00Z"),
      to: new Date("2025-04-02T00:00:00Z"),
    });
    const cost = partners.find(({ partnerId }) => partnerId === earner.partnerId);
    // February's 6,000.00 when it ends; then March alone, at the step of the quarter.
    expect((cost?.simulated ?? 0n) - (cost?.recorded ?? 0n)).toBe(30_500n);
  });
});

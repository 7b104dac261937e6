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
    expect(await world.statements(earner.partnerId)).not.toContainEqual(expect.stringContaining("true_up"));
  });
});

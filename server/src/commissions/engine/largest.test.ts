import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addClients, at, partnerWith, termsOfTier } from "../../../test/kit/engine.ts";
import { CatalogueError } from "../../kernel/errors.ts";
import { AMOUNT_MAX_MINOR } from "../../kernel/money.ts";
import { DEFAULT_TIERS, parsePlan, type TierPlan } from "../../programs/index.ts";

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** Rates and factors of which many come to more than a plan may, and many to just as much. */
const generous = fc.record({
  signupBonus: fc.constantFrom(0, Number(AMOUNT_MAX_MINOR)),
  recurringRate: fc.constantFrom(0, 0.05, 0.1, 0.5, 1),
  transactionRate: fc.constantFrom(0, 0.1, 1),
  revenueShare: fc.constantFrom(0, 0.1, 1),
  volumeBonuses: fc.constantFrom([], [{ threshold: 1, bonus: 1 }], [{ threshold: 1, bonus: 10 }]),
  volumeBonusMode: fc.constantFrom("multiplicative" as const, "points" as const),
  tierMultiplier: fc.constantFrom(1, 4, 5, 10, 100),
});

/** The tier as a plan may have it, or nothing where a plan may not. */
function admitted(terms: object): TierPlan | undefined {
  const { recurringRateRange: _, ...tier2 } = DEFAULT_TIERS.tier2;
  try {
    return parsePlan({ tiers: { ...DEFAULT_TIERS, tier2: { ...tier2, ...terms } } }).tier2;
  } catch (error) {
    if (error instanceof CatalogueError && error.code === "plan.rate_too_high") return undefined;
    throw error;
  }
}

describe("the largest event under the most generous plan", () => {
  it("earns, all its commissions together, what a JSON integer holds", () => {
    let largest = 0n;
    const seen = { admitted: 0, refused: 0 };
    fc.assert(
      fc.property(generous, fc.constantFrom("pay" as const, "spend" as const), (terms, act) => {
        const plan = admitted(terms);
        seen[plan === undefined ? "refused" : "admitted"]++;
        if (plan === undefined) return;
        const sequence = partnerWith(termsOfTier("tier2", { ...plan, id: "most generous" }));
        addClients(sequence, 1, "most generous");
        sequence[act]("ann", "largest", at("2024-01-01"), { amount: AMOUNT_MAX_MINOR, revenue: AMOUNT_MAX_MINOR });
        const earned = sequence
          .run()
          .outcomes.flatMap((outcome) => ("commission" in outcome ? [outcome.commission] : []))
          .filter(({ eventId }) => eventId === "largest")
          .reduce((sum, { amount }) => sum + amount, 0n);
        expect(earned).toBeLessThanOrEqual(SAFE);
        if (earned > largest) largest = earned;
      }),
      { numRuns: 500 },
    );
    expect(seen.refused).toBeGreaterThan(50);
    expect(seen.admitted).toBeGreaterThan(50);
    expect(largest).toBeGreaterThan(10n * AMOUNT_MAX_MINOR);
  });
});

import { featureErrors } from "./program-errors.ts";
import type { Feature, Terms } from "./tier-plan.ts";

/** Refuses a partner whose terms include none of `anyOf`. Throws `feature.not_included`, which names the first. */
export function requireFeature(terms: Pick<Terms, "features" | "tier">, ...anyOf: readonly Feature[]): void {
  if (!anyOf.some((feature) => terms.features.has(feature)))
    throw featureErrors.not_included({ feature: anyOf[0], tier: terms.tier });
}

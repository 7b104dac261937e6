import { featureErrors } from "./program-errors.ts";
import type { Feature, Terms } from "./tier-plan.ts";

/** Refuses a partner whose terms do not include `feature`. Throws `feature.not_included`. */
export function requireFeature(terms: Pick<Terms, "features" | "tier">, feature: Feature): void {
  if (!terms.features.has(feature)) throw featureErrors.not_included({ feature, tier: terms.tier });
}

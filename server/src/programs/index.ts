export type { BackdatedPlan, BackdatePlan } from "./backdate-plan.ts";
export type { CreateProgram } from "./create-program.ts";
export { DEFAULT_TIERS, defaultTiers } from "./default-tiers.ts";
export type { Cap, EarningCaps } from "./earning-caps.ts";
export { EarningCapsDocument, earningCapsView } from "./earning-caps.ts";
export type { PublishedHead } from "./plan-repository.ts";
export { parsePlan, planDocumentOf, ratesAbove, resolveTerms } from "./plan-rules.ts";
export { PlanDocument, PlanParams, TermsOverrides } from "./plan-schema.ts";
export type { AskedTerms, ProgramDeps, TermsGate } from "./program-deps.ts";
export type { PlanPublished } from "./program-events.ts";
export { programRoutes } from "./program-routes.ts";
export type { Program } from "./program-schema.ts";
export { createProgramService, type ProgramService } from "./program-service.ts";
export { type PublishedPlan, type PublishedPlans } from "./published-plans.ts";
export type { RatedSale, RateRule, TriedRule } from "./rate-rules.ts";
export { chooseRate, RateRuleDocument, rateRuleView } from "./rate-rules.ts";
export { requireFeature } from "./require-feature.ts";
export type {
  Feature,
  RevenueMode,
  Terms,
  Tier,
  TierEligibility,
  TierPlan,
  VolumeBonus,
  VolumeBonusMode,
} from "./tier-plan.ts";
export { FEATURES, TIERS } from "./tier-plan.ts";
export { planInForce, plansFrom } from "./version-rules.ts";
export type { VolumeMode, VolumeStep, VolumeTrueUp } from "./volume-true-up.ts";
export { VolumeTrueUpDocument } from "./volume-true-up.ts";

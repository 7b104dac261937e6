import type { PlanVersion, PublishedHead } from "./plan-repository.ts";
import type { PlanState } from "./plan-schema.ts";
import { planState } from "./version-rules.ts";

export type PlanView = PlanVersion & { readonly state: PlanState };

/** What the API shows of a plan version. */
export const planView = (plan: PlanVersion, published: readonly PublishedHead[], at: Date): PlanView => ({
  ...plan,
  state: planState(plan, published, at),
});

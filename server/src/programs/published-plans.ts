import { LRUCache } from "lru-cache";
import { invariant } from "../kernel/invariant.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { findPublishedPlans, type PublishedVersion } from "./plan-repository.ts";
import { parsePlan } from "./plan-rules.ts";
import type { PlanDocument } from "./plan-schema.ts";
import type { Tier, TierPlan } from "./tier-plan.ts";

/** A published version, read: what terms are made of. */
export type PublishedPlan = {
  readonly id: string;
  readonly version: number;
  readonly currency: string;
  readonly timeZone: string;
  readonly documents: PlanDocument["tiers"];
  readonly tiers: Readonly<Record<Tier, TierPlan>>;
};

/** As many as a large installation has in use at once; a version is some ten kilobytes. */
const CACHED_PLANS_MAX = 1_000;

export type PublishedPlans = (tx: ReadTx, planIds: Iterable<string>) => Promise<ReadonlyMap<string, PublishedPlan>>;

/**
 * Reads published versions by id. A version is read and checked once and then kept: it is never edited, by the database's word. One that is
 * published in this very transaction is not kept, since it is a draft again where that rolls back. Ids come from rows of the asking tenant,
 * whose foreign key keeps them in it.
 */
export function createPublishedPlans(): PublishedPlans {
  const cache = new LRUCache<string, PublishedPlan>({ max: CACHED_PLANS_MAX });
  return async (tx, planIds) => {
    const wanted = [...new Set(planIds)];
    const found = new Map<string, PublishedPlan>();
    for (const id of wanted) {
      const known = cache.get(id);
      if (known !== undefined) found.set(id, known);
    }
    const missing = wanted.filter((id) => !found.has(id));
    if (missing.length === 0) return found;
    for (const version of await findPublishedPlans(tx, missing)) {
      const plan = readPlan(version);
      if (version.isCommitted) cache.set(plan.id, plan);
      found.set(plan.id, plan);
    }
    invariant(found.size === wanted.length, "terms name published versions alone");
    return found;
  };
}

const readPlan = (plan: PublishedVersion): PublishedPlan => ({
  id: plan.id,
  version: plan.version,
  currency: plan.currency,
  timeZone: plan.timeZone,
  documents: plan.tiers,
  tiers: parsePlan({ tiers: plan.tiers }),
});

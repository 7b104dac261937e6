import { isDeepStrictEqual } from "node:util";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { findPublishedHeads, findPublishedPlans, getPlan, type PlanVersion, publishDraft } from "./plan-repository.ts";
import { parsePlan } from "./plan-rules.ts";
import type { ProgramDeps } from "./program-deps.ts";
import { planErrors } from "./program-errors.ts";
import { planPublished } from "./program-events.ts";
import { getProgram } from "./program-repository.ts";
import { requireAllowed, termsOfPlan } from "./require-allowed.ts";
import { type Terms, TIERS, type Tier } from "./tier-plan.ts";
import { decideBackdating, plansSince } from "./version-rules.ts";

export type BackdatePlan = {
  readonly planId: string;
  /** In the past: what is dated from then on is assessed under the draft. */
  readonly effectiveFrom: Date;
};

/** A draft that is to hold from a date in the past, read. */
export type BackdatedPlan = {
  readonly draft: PlanVersion;
  /** The number that it would have. */
  readonly version: number;
  /** The terms of each tier, under the id of the draft. */
  readonly terms: Readonly<Record<Tier, Terms>>;
};

/**
 * Reads a draft that is to hold from a date in the past. Refused where fixed amounts, days or the settling of volume meant something else at any
 * time since then: what periods came to is settled by acts of their own, which no version may change afterwards.
 */
export const readBackdated = async (tx: ReadTx, { planId, effectiveFrom }: BackdatePlan): Promise<BackdatedPlan> => {
  const { now } = tx.ctx;
  const program = await getProgram(tx);
  const draft = await getPlan(tx, planId);
  const heads = await findPublishedHeads(tx);
  const { version } = decideBackdating({
    draft,
    program,
    highestVersion: heads.at(-1)?.version ?? 0,
    effectiveFrom,
    at: now,
  });
  const tiers = parsePlan(draft);
  const since = plansSince(heads, effectiveFrom, now);
  for (const before of await findPublishedPlans(
    tx,
    since.map(({ id }) => id),
  )) {
    if (before.currency !== draft.currency || before.timeZone !== program.timeZone)
      throw planErrors.backdated_past_change({ version: before.version });
    const settled = parsePlan(before);
    if (!TIERS.every((tier) => isDeepStrictEqual(settled[tier].volumeTrueUp, tiers[tier].volumeTrueUp)))
      throw planErrors.backdated_true_up({ version: before.version });
  }
  const { timeZone } = program;
  const named = TIERS.map((tier) => {
    const terms = {
      ...tiers[tier],
      id: planId,
      planId,
      planVersion: version,
      tier,
      currency: draft.currency,
      timeZone,
    };
    return [tier, terms];
  });
  return { draft, version, terms: Object.fromEntries(named) as Record<Tier, Terms> };
};

/**
 * Publishes a draft that holds from a date in the past, in the transaction of whoever books what that changes; the programme is locked. Partners
 * who follow the plan have its terms when this returns.
 */
export const publishBackdated =
  (deps: ProgramDeps) =>
  async (tx: Tx, { draft, version }: BackdatedPlan, effectiveFrom: Date, reason: string): Promise<void> => {
    const { timeZone } = await getProgram(tx);
    await requireAllowed(deps)(tx, termsOfPlan(draft.currency, parsePlan(draft)));
    const published = await publishDraft(tx, draft.id, { version, timeZone, effectiveFrom, isRetroactive: true });
    if (published === undefined) throw planErrors.already_published();
    await deps.audit.record(tx, "plan.published", {
      targetType: "plan",
      targetId: draft.id,
      before: draft,
      after: published,
      reason,
    });
    await deps.outbox.publish(tx, [planPublished(published)]);
  };

import { type Ctx, requireScope, withoutIdempotency } from "../platform/context.ts";
import type { ReportProgress } from "../platform/jobs/index.ts";
import { assessBatch } from "./assess-batch.ts";
import type { CalculationDeps } from "./assessment-deps.ts";
import type { EngineEvent } from "./engine/engine-event.ts";
import { loadArrivals } from "./load-arrivals.ts";
import { recordedSequence } from "./recorded-sequence.ts";
import { findAssessedRange, findStandingPartners } from "./replay-repository.ts";

export type CalculateMissed = {
  /** All partners, where not given. */
  readonly partnerId?: string;
};

export type MissedReport = {
  readonly partners: number;
  /** Events that had not been assessed, and are now. */
  readonly assessed: number;
  /** Rows that followed, reversals included. */
  readonly commissions: number;
  /** Partners with a gap before events that have been assessed: a re-assessment corrects those. */
  readonly gaps: readonly string[];
};

/**
 * Assesses what was recorded and not assessed: nothing, where everything was recorded through the program. One partner is one transaction,
 * under the lock of its sequence; what has been assessed is passed over, so that a repetition does nothing.
 */
export const calculateMissed =
  (deps: CalculationDeps) =>
  async (ctx: Ctx, { partnerId }: CalculateMissed, report?: ReportProgress): Promise<MissedReport> => {
    requireScope(ctx, "commissions:write");
    let [partners, assessed, commissions] = [0, 0, 0];
    const gaps: string[] = [];
    for await (const id of partnerId === undefined ? everyPartner(deps, ctx) : [partnerId]) {
      const one = await calculatePartner(deps, withoutIdempotency(ctx), id);
      partners += 1;
      assessed += one.assessed;
      commissions += one.commissions;
      if (one.hasGap) gaps.push(id);
      await report?.(partners);
    }
    return { partners, assessed, commissions, gaps };
  };

/** Page by page, each in a transaction of its own: none is open while partners are worked on. */
async function* everyPartner(deps: Pick<CalculationDeps, "db">, ctx: Ctx): AsyncGenerator<string> {
  for (let after = ""; ; ) {
    const page = await deps.db.read(ctx, (tx) => findStandingPartners(tx, after));
    if (page.length === 0) return;
    yield* page;
    after = page.at(-1) ?? after;
  }
}

const calculatePartner = (deps: CalculationDeps, ctx: Ctx, partnerId: string) =>
  deps.db.transaction(ctx, async (tx) => {
    await deps.partners.getPartner(tx, partnerId);
    await deps.partners.lockSequences(tx, [partnerId]);
    const { last, count } = await findAssessedRange(tx, partnerId);
    let [assessed, commissions] = [0, 0];
    for await (const page of recordedSequence(deps, tx, { partnerId, after: last })) {
      const events = page.filter(isAssessable);
      const { outcomes } = await assessBatch(deps, tx, events, await loadArrivals(deps, tx, events));
      assessed += events.length;
      commissions += outcomes.filter((outcome) => "commission" in outcome).length;
    }
    if (assessed > 0) {
      await deps.audit.record(tx, "commissions.calculated", {
        targetType: "partner",
        targetId: partnerId,
        after: { assessed, commissions },
      });
    }
    return { assessed, commissions, hasGap: count < last };
  });

/** A re-assessment is booked by its own verb, with the difference that was shown. */
const isAssessable = ({ kind }: EngineEvent): boolean => kind !== "reassessment";

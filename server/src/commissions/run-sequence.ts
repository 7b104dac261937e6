import type { ReadTx } from "../platform/database/index.ts";
import type { Terms } from "../programs/index.ts";
import type { SequenceDeps } from "./assessment-deps.ts";
import { assessOne } from "./engine/assess.ts";
import type { EngineEvent } from "./engine/engine-event.ts";
import { type Facts, type Fold, NO_FACTS, openFold } from "./engine/fold.ts";
import { NO_LIMIT } from "./engine/spend-facts.ts";
import { loadArrivals } from "./load-arrivals.ts";
import { termsIdsOf } from "./load-facts.ts";
import { recordedSequence } from "./recorded-sequence.ts";

export type SequenceRun = {
  readonly partnerId: string;
  readonly isApproved: Facts["isApproved"];
  /** What the programme's limit left of commissions; none, where the limit is left out. */
  readonly spendCuts?: ReadonlyMap<string, bigint>;
  /** Puts other terms in the place of those that are recorded. */
  readonly replaceTerms?: (terms: Terms) => Terms;
  /** Leaves events out, as if they had never been recorded. */
  readonly isLeftOut?: (event: EngineEvent) => boolean;
  /** Called after each event, with the fold as the event left it. */
  readonly onEvent?: (fold: Fold, event: EngineEvent) => void;
};

/**
 * Runs the engine over a partner's whole recorded sequence from nothing, as it was recorded, page by page. The same functions as online; only
 * what feeds them differs.
 */
export async function runSequence(deps: SequenceDeps, tx: ReadTx, run: SequenceRun): Promise<Fold> {
  const { partnerId, isApproved, replaceTerms = (terms) => terms } = run;
  const terms = new Map<string, Terms>();
  const histories = new Map<string, readonly EngineEvent[]>();
  const spend = { ...NO_LIMIT, cuts: run.spendCuts ?? NO_LIMIT.cuts };
  const fold = openFold(terms, { ...NO_FACTS, tenantId: tx.ctx.tenantId, isApproved, histories, spend });
  const past: EngineEvent[] = [];
  for await (const page of recordedSequence(deps, tx, { partnerId })) {
    const missing = [...new Set(page.flatMap(termsIdsOf))].filter((id) => !terms.has(id));
    for (const [id, found] of await deps.partners.findTerms(tx, missing)) terms.set(id, replaceTerms(found));
    for (const [id, brought] of await loadArrivals(deps, tx, page)) histories.set(id, brought);
    for (const event of page) {
      if (run.isLeftOut?.(event)) continue;
      if (event.kind === "reassessment") histories.set(event.id, [...past]);
      assessOne(fold, event);
      run.onEvent?.(fold, event);
      past.push(event);
    }
  }
  return fold;
}

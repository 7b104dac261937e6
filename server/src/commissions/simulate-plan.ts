import { type Ctx, requireScope } from "../platform/context.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";
import { type PlanDocument, parsePlan, type Terms } from "../programs/index.ts";
import type { SequenceDeps } from "./assessment-deps.ts";
import type { Facts } from "./engine/fold.ts";
import type { Outcome } from "./engine/outcome.ts";
import { standingPartners } from "./replay-repository.ts";
import { runSequence } from "./run-sequence.ts";
import { settleSimulated, type TermsOverTime, termsOfEvent } from "./simulate-true-ups.ts";

export type SimulatePlan = {
  /**
   * A draft: each customer is assessed under its tier of this plan, instead of the terms that it converted under. Of partners whom its publication
   * would move: who has terms of its own keeps them, and is left out.
   */
  readonly plan: PlanDocument;
  /** What is earned and taken back in this time is counted; the whole history is run. */
  readonly from: Date;
  readonly to: Date;
};

/** What a partner costs in one currency, under recorded terms and under the draft. */
export type SimulatedCost = {
  readonly partnerId: string;
  readonly currency: string;
  readonly recorded: bigint;
  readonly simulated: bigint;
  /** What the partner would have more; below zero where it loses. */
  readonly difference: bigint;
};

/** The same of all partners, with how many would have more, and how many less. */
export type SimulatedTotal = Omit<SimulatedCost, "partnerId"> & { readonly winners: number; readonly losers: number };

/** What one answer holds; a larger programme is simulated through the command line, which streams. */
export const SIMULATED_LINES_MAX = 10_000;

/** What a simulation asks of the modules around. */
export type SimulationDeps = SequenceDeps & {
  readonly partners: {
    /** Everybody whom the publication of a plan moves. */
    findPlanFollowers(tx: ReadTx): Promise<ReadonlySet<string>>;
  };
};

/** What a draft plan would have cost over history, by partner and in all. Writes nothing. */
export const simulatePlan = (deps: SimulationDeps & { readonly db: Database }) => (ctx: Ctx, input: SimulatePlan) =>
  deps.db.read(ctx, async (tx) => {
    requireScope(ctx, "commissions:read");
    const partners: SimulatedCost[] = [];
    const totals = new Map<string, SimulatedTotal>();
    for await (const cost of simulate(deps, tx, input)) {
      if (partners.length < SIMULATED_LINES_MAX) partners.push(cost);
      totals.set(cost.currency, addCost(totals.get(cost.currency), cost));
    }
    return { partners, totals: [...totals.values()] };
  });

function addCost(total: SimulatedTotal | undefined, { partnerId: _, ...cost }: SimulatedCost): SimulatedTotal {
  const { recorded, simulated, difference, winners, losers } = total ?? NO_COST;
  return {
    currency: cost.currency,
    recorded: recorded + cost.recorded,
    simulated: simulated + cost.simulated,
    difference: difference + cost.difference,
    winners: winners + (cost.difference > 0n ? 1 : 0),
    losers: losers + (cost.difference < 0n ? 1 : 0),
  };
}

const NO_COST = { recorded: 0n, simulated: 0n, difference: 0n, winners: 0, losers: 0 };

/** The same partner by partner, as a stream. Both runs approve by date alone, and leave the limit of the programme out, so that they compare the plans and nothing else. */
export async function* simulate(
  deps: SimulationDeps,
  tx: ReadTx,
  { plan, from, to }: SimulatePlan,
): AsyncGenerator<SimulatedCost> {
  const tiers = parsePlan(plan);
  const draft = (terms: Terms): Terms => ({ ...terms, ...tiers[terms.tier] });
  const isApproved: Facts["isApproved"] = ({ holdUntil }, at) => holdUntil <= at;
  const followers = await deps.partners.findPlanFollowers(tx);
  for await (const partnerId of standingPartners(tx)) {
    if (!followers.has(partnerId)) continue;
    const recorded = costOf((await runSequence(deps, tx, { partnerId, isApproved })).outcomes, { from, to });
    const terms: TermsOverTime = [];
    const run = await runSequence(deps, tx, {
      partnerId,
      isApproved,
      replaceTerms: draft,
      isLeftOut: ({ kind }) => kind === "true_up",
      onEvent: (_, event) => {
        terms.push(...[termsOfEvent(event) ?? []].flat());
      },
    });
    // What has not ended by now is settled in no plan.
    const { now } = tx.ctx;
    settleSimulated(run, partnerId, { terms, to: to < now ? to : now });
    const simulated = costOf(run.outcomes, { from, to });
    for (const currency of new Set([...recorded.keys(), ...simulated.keys()])) {
      const cost = { recorded: recorded.get(currency) ?? 0n, simulated: simulated.get(currency) ?? 0n };
      yield { partnerId, currency, ...cost, difference: cost.simulated - cost.recorded };
    }
  }
}

/** What commissions came to, by currency: earned less taken back, each at its own date. */
function costOf(
  outcomes: readonly Outcome[],
  { from, to }: { readonly from: Date; readonly to: Date },
): Map<string, bigint> {
  const cost = new Map<string, bigint>();
  const count = (currency: string, amount: bigint, at: Date) => {
    if (at >= from && at < to) cost.set(currency, (cost.get(currency) ?? 0n) + amount);
  };
  for (const outcome of outcomes) {
    if ("commission" in outcome)
      count(outcome.commission.currency, outcome.commission.amount, outcome.commission.occurredAt);
    else if (outcome.kind === "cancelled") count(outcome.currency, -outcome.left, outcome.at);
  }
  return cost;
}

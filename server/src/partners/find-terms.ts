import { invariant } from "../kernel/invariant.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { type PublishedPlans, resolveTerms, type Terms } from "../programs/index.ts";
import { findCurrentTermsRows, findTermsRows, type TermsRow } from "./terms-repository.ts";

/** What reading terms needs of programmes. */
export type TermsDeps = { readonly programs: { readonly publishedPlans: PublishedPlans } };

/** Terms by id: what a customer converted under, whatever has been agreed since. Those of one partner alone, where one is named. */
export const findTerms =
  (deps: TermsDeps) =>
  async (tx: ReadTx, termsIds: readonly string[], partnerId?: string): Promise<Map<string, Terms>> => {
    const rows = (await findTermsRows(tx, termsIds)).filter((row) => (partnerId ?? row.partnerId) === row.partnerId);
    return new Map((await readTerms(deps, tx, rows)).map(({ terms }) => [terms.id, terms]));
  };

/** The terms of each partner that are in force at `at`, by partner. */
export const currentTerms =
  (deps: TermsDeps) =>
  async (tx: ReadTx, partnerIds: readonly string[], at: Date): Promise<Map<string, Terms>> => {
    const rows = await findCurrentTermsRows(tx, partnerIds, at);
    return new Map((await readTerms(deps, tx, rows)).map(({ row, terms }) => [row.partnerId, terms]));
  };

/** Makes terms of rows: the tier of the plan version, with the overrides of the row. */
export async function readTerms(
  { programs }: TermsDeps,
  tx: ReadTx,
  rows: readonly TermsRow[],
): Promise<{ readonly row: TermsRow; readonly terms: Terms }[]> {
  const plans = await programs.publishedPlans(
    tx,
    rows.map((row) => row.planId),
  );
  return rows.map((row) => {
    const plan = plans.get(row.planId);
    invariant(plan !== undefined, "terms refer to a plan version (foreign key)");
    const isPlain = Object.keys(row.overrides).length === 0;
    const tierPlan = isPlain ? plan.tiers[row.tier] : resolveTerms(plan.documents[row.tier], row.overrides);
    const { version: planVersion, currency, timeZone } = plan;
    return {
      row,
      terms: { ...tierPlan, id: row.id, planId: plan.id, planVersion, tier: row.tier, currency, timeZone },
    };
  });
}

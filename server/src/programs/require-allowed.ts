import type { ReadTx } from "../platform/database/index.ts";
import type { AskedTerms, ProgramDeps } from "./program-deps.ts";
import { TIERS, type Tier, type TierPlan } from "./tier-plan.ts";

/** Refuses terms that nobody may be given, whoever asks for them. */
export const requireAllowed =
  ({ gates }: Pick<ProgramDeps, "gates">) =>
  async (tx: ReadTx, asked: AskedTerms): Promise<void> => {
    for (const gate of gates) await gate(tx, asked);
  };

/** The terms of a whole plan. */
export const termsOfPlan = (currency: string, tiers: Readonly<Record<Tier, TierPlan>>): AskedTerms => ({
  currency,
  terms: TIERS.map((tier) => ({ field: `tiers.${tier}`, plan: tiers[tier] })),
});

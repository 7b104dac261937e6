import type { ReadTx } from "../platform/database/index.ts";
import { type Feature, requireFeature as requireIncluded } from "../programs/index.ts";
import { currentTerms } from "./find-terms.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";

/** Refuses a partner whose terms of now include none of some features. Throws `feature.not_included`. */
export const requireFeature =
  (deps: Pick<PartnerDeps, "programs">) =>
  async (tx: ReadTx, partnerId: string, ...anyOf: readonly Feature[]): Promise<void> => {
    const terms = (await currentTerms(deps)(tx, [partnerId], tx.ctx.now)).get(partnerId);
    if (terms === undefined) throw partnerErrors.not_found();
    requireIncluded(terms, ...anyOf);
  };

import type { FeeTerms } from "../../src/fees/fee-rules.ts";

/** A white-label partner in mode `licence`, in minor units. */
export const LICENCE: FeeTerms = {
  currency: "USD",
  mode: "licence",
  setupFee: 50_000n,
  integrationFee: 0n,
  monthlyLicense: 10_000n,
  supportFee: 2_000n,
  customCardFee: 5_000n,
  coMarketingBudget: 0n,
};

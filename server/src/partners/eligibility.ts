import type { TierEligibility } from "../programs/index.ts";

/** One thing that a tier asks for. `isMet` is null where only the operator can tell: an agreement, a fee. */
export type Criterion = {
  readonly name: "qualifiedReferrals" | "monthlyLicense" | "setupFee" | "partnershipAgreement";
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly actual: number | null;
  readonly isMet: boolean | null;
};

export type Eligibility = {
  /** Null where it is for the operator to tell. */
  readonly isEligible: boolean | null;
  readonly criteria: Criterion[];
};

/** How a partner stands to what a tier asks for. Shown; an operator decides. */
export function eligibilityFor(asked: TierEligibility, facts: { readonly qualifiedReferrals: number }): Eligibility {
  const criteria: Criterion[] = [];
  if (asked.qualifiedReferrals !== undefined) {
    const { minimum } = asked.qualifiedReferrals;
    const actual = facts.qualifiedReferrals;
    criteria.push({ name: "qualifiedReferrals", minimum, maximum: null, actual, isMet: actual >= minimum });
  }
  for (const name of ["monthlyLicense", "setupFee"] as const) {
    const range = asked[name];
    if (range === undefined) continue;
    const [minimum, maximum] = [Number(range.minimum), Number(range.maximum)];
    criteria.push({ name, minimum, maximum, actual: null, isMet: null });
  }
  if (asked.partnershipAgreement)
    criteria.push({ name: "partnershipAgreement", minimum: null, maximum: null, actual: null, isMet: null });
  const isRefuted = criteria.some(({ isMet }) => isMet === false);
  const isOpen = criteria.some(({ isMet }) => isMet === null);
  return { isEligible: isRefuted ? false : isOpen ? null : true, criteria };
}

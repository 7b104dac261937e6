/** A receipt as the API sends it: plain JSON, amounts in minor units of `currency`. It may grow; what is not known is not shown. */
export type Receipt = {
  readonly kind: string;
  readonly occurredAt: string;
  readonly currency?: string | null;
  readonly amount?: number | null;
  readonly tax?: number | null;
  readonly revenue?: number | null;
  readonly terms?: { readonly tier: string; readonly planId: string; readonly planVersion: number } | null;
  readonly clauses: readonly Clause[];
};

type Cap = { readonly cap: string; readonly limit: number; readonly earned: number; readonly left: number };

export type Clause = {
  readonly clause: string;
  readonly outcome: string;
  readonly reason: string;
  readonly commissionId?: string;
  readonly amount?: number;
  readonly base?: number;
  readonly rate?: number;
  readonly clients?: number;
  readonly volumeBonus?: number;
  readonly tierMultiplier?: number;
  readonly product?: string;
  readonly eventAmount?: number;
  readonly refundedSoFar?: number;
  readonly commission?: number;
  readonly alreadyReversed?: number;
  /** The figures are of several commissions of one sale: what of it the others bear; below zero where they were given back. */
  readonly onOtherRows?: number;
  readonly due?: number;
  readonly already?: number;
  readonly endsOn?: string;
  /** Rules of the plan, each with why it did or did not decide. */
  readonly rateRules?: readonly { readonly name: string; readonly outcome: string; readonly reason: string }[];
  /** The rule that decided; absent where the tier's own rate did. */
  readonly rateRule?: string;
  /** Before caps and the programme's limit, and each of them that was tried. */
  readonly uncapped?: number;
  readonly caps?: readonly Cap[];
  readonly spendLimit?: { readonly limit: number; readonly spent: number; readonly left: number };
};

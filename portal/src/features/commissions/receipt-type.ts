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
  readonly due?: number;
  readonly already?: number;
  readonly endsOn?: string;
};

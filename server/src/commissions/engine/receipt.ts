import type { Cap } from "../../programs/index.ts";
import type { EarningRule } from "./standing.ts";

/** Why an event earned what it earned: each clause that was tried, in order, with all that went into its figure. */
export type Receipt = {
  readonly eventId: string;
  readonly kind: string;
  readonly partnerId: string;
  readonly referralId: string | null;
  readonly number: bigint;
  readonly occurredAt: Date;
  /** Empty, or the re-assessment or re-attribution. */
  readonly act: string;
  readonly terms: ReceiptTerms | null;
  /** Amounts in minor units of `currency`; absent on acts, which carry no money. */
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly tax: bigint | null;
  readonly revenue: bigint | null;
  readonly originalId: string | null;
  readonly clauses: readonly Clause[];
  /** Why it would have changed what a later-dated event earned, had it arrived in time. A re-assessment corrects that. */
  readonly late: readonly LateReason[];
};

export type ReceiptTerms = {
  readonly id: string;
  readonly planId: string;
  readonly planVersion: number;
  readonly tier: string;
};

export type LateReason =
  | "would_have_qualified"
  | "would_have_counted"
  | "would_have_unqualified"
  | "would_have_used_room";

/** One cap as it was tried: what it allows, what had been earned under it, and what it left. */
export type TriedCap = {
  readonly cap: Cap;
  readonly limit: bigint;
  readonly earned: bigint;
  readonly left: bigint;
};

/** The limit as it was tried on one commission. */
export type TriedLimit = { readonly limit: bigint; readonly spent: bigint; readonly left: bigint };

/** One clause of the rules, tried on one event. */
export type Clause = {
  readonly clause: "window" | "qualification" | EarningRule | "reversal" | "standing" | "correction";
  readonly outcome: "applies" | "nothing" | "waits" | "earned" | "reversed" | "restored" | "cancelled" | "corrected";
  readonly reason: string;
  readonly commissionId?: string;
  /** The rule of the commission that a reversal or a correction acts on. */
  readonly rule?: EarningRule;
  readonly amount?: bigint;
  readonly currency?: string;
  readonly base?: bigint;
  /** Rates are decimal fractions, as on the wire. */
  readonly rate?: number;
  readonly clients?: number;
  readonly volumeBonus?: number;
  readonly volumeBonusMode?: string;
  readonly tierMultiplier?: number;
  /** Before rounding, in minor units: an exact decimal, or a fraction where it has no end. */
  readonly product?: string;
  readonly rounding?: "half_away_from_zero";
  /** Rules of the plan, each with why it did not decide: the first fact that does not fit, or a narrower rule that fits. */
  readonly rateRules?: readonly {
    readonly name: string;
    readonly outcome: "chosen" | "passed_over";
    readonly reason: string;
  }[];
  /** The rule that decided; absent where the tier's own rate did. */
  readonly rateRule?: string;
  /** What the sale told rules by. */
  readonly sale?: Readonly<Record<string, string | number | null>>;
  /** Before caps and the programme's limit, and each cap that was tried. */
  readonly uncapped?: bigint;
  readonly caps?: readonly TriedCap[];
  /** The programme's limit on what all partners earn together, where there was one. */
  readonly spendLimit?: TriedLimit;
  /** Of a reversal: figures of all that is rounded together, and, where that is more than one, what of it the others have taken or given. */
  readonly eventAmount?: bigint;
  readonly refundedSoFar?: bigint;
  readonly commission?: bigint;
  readonly alreadyReversed?: bigint;
  readonly onOtherRows?: bigint;
  /** Of a true-up: the days that it settles, and where the volume that decides its step begins to add up. */
  readonly periodStart?: string;
  readonly periodEnd?: string;
  readonly windowStart?: string;
  readonly mode?: string;
  readonly payments?: number;
  /** What had added up in the window before the period began. */
  readonly baseBefore?: bigint;
  readonly slices?: readonly { readonly from: bigint; readonly rate: number; readonly base: bigint }[];
  /** What the period's volume earns in all, and what of it was given before. */
  readonly due?: bigint;
  readonly already?: bigint;
  /** Where a recurring commission ends, the first day that earns nothing. */
  readonly endsOn?: string;
};

import type { CommissionType } from "../commission-rules.ts";

/** Where a partner stands in its recorded sequence. */
export type PartnerStanding = {
  readonly partnerId: string;
  readonly approvedAt: Date | null;
  readonly terminatedAt: Date | null;
  /** The number of the suspension that is in force. */
  readonly suspendedBy: bigint | null;
  /** Customers that are qualified and not rejected: what volume bonuses count. */
  readonly clients: number;
  /** Whether an act has said that what is taken back of a sale is rounded once for all that a rule earned on it. */
  readonly roundsSales: boolean;
  /** Terms that hold for existing customers too, in recorded order. */
  readonly retroactive: readonly RetroactiveTerms[];
};

/** What has been earned under a cap of a customer (`scope` is its referral), or of a month (its first day). */
export type CapStanding = {
  readonly partnerId: string;
  readonly cap: "customer" | "month";
  readonly scope: string;
  readonly currency: string;
  readonly earned: bigint;
};

export type RetroactiveTerms = { readonly number: bigint; readonly at: Date; readonly termsId: string };

/** Where a customer stands. */
export type ReferralStanding = {
  readonly referralId: string;
  readonly partnerId: string;
  readonly convertedAt: Date;
  /** When and where in the recorded sequence its terms were agreed: at its conversion, or when it came from another partner. */
  readonly agreedAt: Date;
  readonly conversionNumber: bigint;
  readonly termsId: string;
  readonly isVerificationOpen: boolean;
  readonly isHeld: boolean;
  readonly isRejected: boolean;
  readonly qualification: Qualification | null;
  /** The payment that qualified it last and of which nothing is left; null once another has qualified. */
  readonly lostPaymentId: string | null;
  /**
   * What the loss of that payment took of its signup bonus, which is what comes back with it; kept while it is won back and waits to be settled.
   * Null where the signup had not been decided by then. Nothing where its customer went to another partner, or was rejected, while it was lost.
   */
  readonly lostSignup: bigint | null;
  /** A signup bonus of this customer stays though it is of no qualification here: with a partner that had it before, or because it was paid. None is earned again. */
  readonly isSignupTaken: boolean;
};

/** The payment that qualified a customer. Signup and count follow when nothing is open: then it is settled. */
export type Qualification = {
  readonly paymentId: string;
  readonly at: Date;
  readonly isSettled: boolean;
  readonly signupId: string | null;
};

/** A payment or card event, and what has been taken back of it. */
export type Original = {
  readonly id: string;
  readonly amount: bigint;
  /** What of the amount is tax: of a payment. */
  readonly tax: bigint;
  readonly occurredAt: Date;
  readonly referralId: string;
  readonly reversals: readonly Reversal[];
};

export type Reversal = {
  readonly id: string;
  readonly kind: "refund" | "chargeback" | "chargeback_won";
  readonly amount: bigint;
  readonly occurredAt: Date;
  /** What it names: the original, or the chargeback that was won. */
  readonly namesId: string;
};

/** What an event earned; `signup` once, `true_up` for a period's volume, the others pro rata. */
export const EARNING_RULES = ["signup", "recurring", "transaction", "share", "true_up"] as const;
export type EarningRule = (typeof EARNING_RULES)[number];
export const isEarningRule = (rule: string): rule is EarningRule => EARNING_RULES.some((one) => one === rule);

export type EarnedPeriod = { readonly start: string; readonly end: string };

/** A recorded event, or a person; what a person ends comes back by no event. */
export type Closing = "event" | "person";

/** An earned commission, with what later events have done to it. */
export type CommissionStanding = {
  readonly id: string;
  readonly partnerId: string;
  /** Null, as the transaction, where it is not earned on one customer. */
  readonly referralId: string | null;
  readonly transactionId: string | null;
  readonly eventId: string;
  /** The number of the event that earned it. */
  readonly number: bigint;
  /** Of what a person decided: the number of the sale, which was earlier. */
  readonly saleNumber?: bigint | null;
  readonly rule: EarningRule;
  readonly type: CommissionType;
  readonly act: string;
  /** As earned, corrections of re-assessments included. */
  readonly amount: bigint;
  readonly currency: string;
  readonly ratePpm: bigint | null;
  readonly occurredAt: Date;
  readonly holdUntil: Date;
  /** What it pays for, where that is a period: its first and its last day. */
  readonly period?: EarnedPeriod;
  readonly reversed: bigint;
  /** What cancelled it, or took it back as a whole: from then on nothing of it is taken or given back. Null while it stands. */
  readonly closedBy: Closing | null;
};

export const newPartnerStanding = (partnerId: string): PartnerStanding => ({
  partnerId,
  approvedAt: null,
  terminatedAt: null,
  suspendedBy: null,
  clients: 0,
  roundsSales: false,
  retroactive: [],
});

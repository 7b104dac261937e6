import type { CommissionType } from "../commission-rules.ts";
import type { EngineEvent } from "./engine-event.ts";
import type { Receipt } from "./receipt.ts";
import type { SpendCut, SpentMonth } from "./spend-facts.ts";
import type { CapStanding, EarnedPeriod, PartnerStanding, ReferralStanding } from "./standing.ts";

/** A row of commissions as the engine makes it: what it stands for, not yet where its money is. */
export type CommissionDraft = {
  readonly id: string;
  readonly partnerId: string;
  readonly referralId: string | null;
  readonly transactionId: string | null;
  readonly eventId: string;
  readonly rule: string;
  readonly act: string;
  readonly type: CommissionType;
  /** Below zero where it takes back. */
  readonly amount: bigint;
  readonly currency: string;
  readonly ratePpm: bigint | null;
  /** Of what a person decided: the number of the sale that it is earned on. */
  readonly saleNumber: bigint | null;
  /** The commission of which it takes back or gives back a part; null where it is one itself. */
  readonly reversesId: string | null;
  readonly occurredAt: Date;
  readonly holdUntil: Date;
  readonly period?: EarnedPeriod;
};

/** What follows from events, in order. */
export type Outcome =
  | { readonly kind: "earned"; readonly commission: CommissionDraft }
  | { readonly kind: "reversed"; readonly commission: CommissionDraft }
  | { readonly kind: "restored"; readonly commission: CommissionDraft }
  /** Nothing of a commission that is still in hold is owed: it and its reversals end, `left` is what they came to. */
  | {
      readonly kind: "cancelled";
      readonly commissionId: string;
      readonly partnerId: string;
      readonly currency: string;
      readonly left: bigint;
      readonly at: Date;
      readonly by: EngineEvent["kind"];
    }
  /** What was left of a commission that had been approved is taken back, by a row of its own where that is anything: it is over. */
  | { readonly kind: "closed"; readonly commissionId: string; readonly by: EngineEvent["kind"] }
  | { readonly kind: "qualified"; readonly referralId: string; readonly at: Date }
  | { readonly kind: "unqualified"; readonly referralId: string; readonly at: Date };

export type Assessment = {
  readonly outcomes: readonly Outcome[];
  /** One for each event, in order, and one for each that an arrival assessed again. */
  readonly receipts: readonly Receipt[];
  /** Standings that have changed. */
  readonly partners: readonly PartnerStanding[];
  readonly referrals: readonly ReferralStanding[];
  readonly caps: readonly CapStanding[];
  readonly spent: readonly SpentMonth[];
  /** What the programme's limit left of commissions that would have earned more. */
  readonly spendCuts: readonly SpendCut[];
};

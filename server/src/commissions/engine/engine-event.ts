/** Money that came from a customer, or went back: a recorded transaction of a partner's customer. */
export type TransactionEvent = {
  readonly kind: "payment" | "card" | "refund" | "chargeback" | "chargeback_won";
  readonly id: string;
  /** What the outside calls it. */
  readonly externalId: string;
  readonly partnerId: string;
  readonly referralId: string;
  /** Place in the partner's recorded sequence: the fold follows it. */
  readonly number: bigint;
  readonly amount: bigint;
  readonly currency: string;
  readonly tax: bigint;
  readonly revenue: bigint;
  readonly occurredAt: Date;
  /** What was sold, and where to; null where it was not reported. */
  readonly product: string | null;
  readonly planCode: string | null;
  readonly country: string | null;
  /** What a reversal names: a payment or card event; of a `chargeback_won`, the chargeback. */
  readonly originalId: string | null;
  readonly again?: AssessedAgain;
};

/** Set where a re-attribution assesses what was recorded for an earlier partner. What does not earn stays with that one: it only qualifies. */
export type AssessedAgain = { readonly act: string; readonly earns: boolean };

/** One shape for each kind of a union. */
type Act<Kind extends string, Data, Referral> = Kind extends string
  ? {
      readonly kind: Kind;
      readonly id: string;
      readonly partnerId: string;
      readonly referralId: Referral;
      readonly number: bigint;
      readonly occurredAt: Date;
      readonly data: Data;
    }
  : never;

/** What happened to a partner or to one of its customers, recorded in the same sequence. */
export type PartnerAct =
  | Act<"approval" | "suspension" | "reinstatement" | "termination", object, string | null>
  | Act<"terms", { readonly termsId: string; readonly isRetroactive: boolean }, string | null>
  | Act<
      "conversion",
      { readonly termsId: string; readonly verificationRequired: boolean; readonly isVerified: boolean },
      string
    >
  | Act<"verification" | "fraud_hold" | "fraud_release", object, string>
  | Act<"rejection", { readonly takesBackApproved: boolean }, string>
  /** The customer goes to another partner: `moved` names the events that earn for that one from now on. */
  | Act<"departure", { readonly moved: readonly string[] }, string>
  | Act<"arrival", ArrivalData, string>
  /** `cancelled`: commissions that a person ended; `adjusted`, `granted`: what a person says that was earned. */
  | Act<
      "dispute_resolved",
      {
        readonly cancelled?: readonly string[];
        readonly adjusted?: HandAdjustment;
        readonly granted?: HandGrant;
        readonly rounds?: Rounds;
      },
      string | null
    >
  /** A period has ended: what its volume earns is settled, under the terms in force at its end. Days, the last included. */
  | Act<
      "true_up",
      {
        readonly termsId: string;
        readonly periodStart: string;
        readonly periodEnd: string;
        readonly windowStart: string;
      },
      string | null
    >
  | Act<"reassessment", ReassessmentData, string | null>;

/** What decides between transactions of one instant: the bytes of their external ids, or the order in which they were recorded, where none is named. */
export type Ties = "external_id";

/** What counts under caps of what a re-assessment leaves: what was earned alone (docs/adr/0025), or what a person added and granted too, where none is named. */
export type Counts = "earned";

/** What is rounded as one, from the act on, where a refund takes its part: all that a rule earned on the sale, or each commission by itself, where none is named. */
export type Rounds = "sale";

/** `from`: what is dated before it stays as it is. `paid`: commissions of which money has left, or is about to: these are not corrected. */
export type ReassessmentData = {
  readonly act: string;
  readonly ties?: Ties;
  readonly counts?: Counts;
  readonly rounds?: Rounds;
  readonly termsId?: string | null;
  readonly from?: string;
  readonly paid?: readonly string[];
  /** Those of `paid` that would have come to something else: no later re-assessment corrects them either. */
  readonly left?: readonly string[];
};

/** The customer comes from another partner, as it stood there. `history` names its transactions until now, of which `moved` earn here. */
export type ArrivalData = {
  readonly act: string;
  readonly termsId: string;
  readonly convertedAt: string;
  readonly isVerificationOpen: boolean;
  readonly isHeld: boolean;
  /** Its signup and count had been recorded: a hold that was opened since does not make them wait. */
  readonly isSettled: boolean;
  readonly isSignupTaken: boolean;
  readonly history: readonly string[];
  readonly moved: readonly string[];
};

/** A commission earned more or less by `by`, in minor units as text. What is added is held until `holdUntil`. */
export type HandAdjustment = {
  readonly commissionId: string;
  /** The sale that it was earned on. */
  readonly transactionId: string | null;
  readonly by: string;
  readonly holdUntil: string;
};

/** A sale earned an amount, in minor units as text, that no rule gave it. */
export type HandGrant = {
  readonly transactionId: string;
  /** The sale's number in the partner's recorded sequence, as text. */
  readonly saleNumber: string;
  readonly rule: "recurring" | "transaction";
  readonly amount: string;
  readonly currency: string;
  readonly occurredAt: string;
  readonly holdUntil: string;
};

export type EngineEvent = TransactionEvent | PartnerAct;

/** The act that rows and receipts of an event are made under: empty where it is assessed for itself. */
export function actOf(event: EngineEvent): string {
  if (event.kind === "reassessment") return event.data.act;
  return "amount" in event ? (event.again?.act ?? "") : "";
}

/** The event of a kind. */
export type EventOf<Kind extends EngineEvent["kind"]> = Extract<EngineEvent, { readonly kind: Kind }>;

/** What an act in the recorded sequence says, by its kind. Transactions carry the other numbers of the same sequence. */
export type PartnerEventData = {
  /** The partner is active from its approval on. */
  readonly approval: EmptyData;
  readonly suspension: EmptyData;
  readonly reinstatement: EmptyData;
  readonly termination: EmptyData;
  /** New terms: for later conversions, and from `occurredAt` on for existing customers where they are retroactive. */
  readonly terms: { readonly termsId: string; readonly isRetroactive: boolean };
  /** A customer is tied to the partner, under these terms. */
  readonly conversion: {
    readonly termsId: string;
    readonly verificationRequired: boolean;
    readonly isVerified: boolean;
  };
  readonly verification: EmptyData;
  readonly rejection: { readonly reason: string; readonly takesBackApproved: boolean };
  /** The customer goes to another partner, and with it what the transactions named here earned. */
  readonly departure: { readonly reason: string; readonly moved: readonly string[] };
  /** The customer comes from another partner: as it stood there, with its transactions until now, of which those that moved earn here. */
  readonly arrival: {
    readonly act: string;
    readonly termsId: string;
    readonly convertedAt: string;
    readonly isVerificationOpen: boolean;
    readonly isHeld: boolean;
    readonly isSettled: boolean;
    readonly isSignupTaken: boolean;
    readonly history: readonly string[];
    readonly moved: readonly string[];
  };
  readonly fraud_hold: EmptyData;
  readonly fraud_release: EmptyData;
  /**
   * What a person has decided. `cancelled` ended by hand: no later refund takes anything of these commissions. `adjusted` earned more or less;
   * `granted`: a sale earned what no rule gave it. Amounts are minor units, as text. None of these where a disputed one stands. `rounds` says
   * what is rounded as one from here on where a refund takes its part (docs/adr/0082).
   */
  readonly dispute_resolved: {
    readonly cancelled?: readonly string[];
    readonly adjusted?: {
      readonly commissionId: string;
      readonly transactionId: string | null;
      readonly by: string;
      readonly holdUntil: string;
    };
    readonly granted?: {
      readonly transactionId: string;
      /** The sale's number in the partner's recorded sequence. */
      readonly saleNumber: string;
      readonly rule: "recurring" | "transaction";
      readonly amount: string;
      readonly currency: string;
      readonly occurredAt: string;
      readonly holdUntil: string;
    };
    readonly rounds?: "sale";
  };
  /** A period has ended: what its volume earns under `termsId` is settled, or settled anew. Days of the programme, the last included. */
  readonly true_up: {
    readonly termsId: string;
    readonly periodStart: string;
    readonly periodEnd: string;
    readonly windowStart: string;
  };
  /**
   * The past is assessed anew, under `termsId` where one is named; the difference is booked under `act`. What is dated before `from` stays as
   * it is, and so do the commissions that are named as `paid`. `ties` says what decides between sales of one instant,
   * `counts` what caps count of what stays, and `rounds` what is rounded as one from here on (docs/adr/0082).
   */
  readonly reassessment: {
    readonly act: string;
    readonly ties?: "external_id";
    readonly counts?: "earned";
    readonly rounds?: "sale";
    readonly reason: string;
    readonly termsId?: string;
    readonly from?: string;
    readonly paid?: readonly string[];
    readonly left?: readonly string[];
  };
};

type EmptyData = Readonly<Record<string, never>>;

export type PartnerEventKind = keyof PartnerEventData;

/** An act that decides what a partner earns, before it has its number. `referralId` is set where it is about one customer. */
export type NewPartnerEvent = {
  [Kind in PartnerEventKind]: {
    readonly partnerId: string;
    readonly kind: Kind;
    readonly referralId: string | null;
    readonly data: PartnerEventData[Kind];
    readonly occurredAt: Date;
  };
}[PartnerEventKind];

/** The same in its place: told inside the transaction as `partner_event.recorded`. */
export type RecordedPartnerEvent = NewPartnerEvent & { readonly id: string; readonly number: bigint };

/** `pending`: a sign-up through a partner. `converted`: tied for good. `qualified`: it has paid. `rejected`: it earns nothing more. */
export const REFERRAL_STATUSES = ["pending", "converted", "qualified", "rejected"] as const;
export type ReferralStatus = (typeof REFERRAL_STATUSES)[number];

/** What tied the customer to its partner. */
export const REFERRAL_SOURCES = ["click", "coupon", "partner_api", "manual", "import"] as const;
export type ReferralSource = (typeof REFERRAL_SOURCES)[number];

/** A customer tied, or about to be tied, to a partner. */
export type Referral = {
  readonly id: string;
  readonly partnerId: string;
  /** The customer. */
  readonly referredUserId: string | null;
  readonly referralCode: string;
  readonly clickId: string | null;
  readonly couponId: string | null;
  readonly linkId: string | null;
  readonly source: ReferralSource;
  readonly status: ReferralStatus;
  readonly createdAt: Date;
  /** Null until `convert`: a sign-up alone, also one that was rejected. */
  readonly convertedAt: Date | null;
  readonly qualifiedAt: Date | null;
  readonly rejectedAt: Date | null;
  readonly rejectionReason: string | null;
  readonly verificationRequired: boolean;
  readonly verifiedAt: Date | null;
  /** The partner's terms in force at the conversion: they stay this customer's. */
  readonly termsId: string | null;
  /** When the customer went to another partner: this referral is rejected, and another took its place. */
  readonly reattributedAt: Date | null;
  /** The referral that this one took the place of. */
  readonly reattributedFrom: string | null;
  readonly metadata: ReferralMetadata;
};

/** What is kept beside a referral and never queried: how it came about. Written by this module alone. */
export type ReferralMetadata = {
  /** What `convert` (or the sign-up) was told: the same again is the same call. */
  readonly claim?: Claim;
  /** How the attribution was decided, touch by touch. */
  readonly decision?: RecordedDecision;
  /** Where the visitor was: a network, never an address. */
  readonly network?: string | null;
  /** Fingerprint of what the customer pays with. */
  readonly payment?: string;
  /** Of an imported referral. */
  readonly clickedAt?: string | null;
  /** Of a manual assignment, or of a re-attribution. */
  readonly reason?: string;
};

/** What the caller says ties the customer to a partner. */
export type Claim = {
  readonly clickId: string | null;
  readonly couponCode: string | null;
  readonly referralCode: string | null;
  readonly deviceId: string | null;
};

export type RecordedDecision = {
  readonly model: "last" | "first";
  readonly rule: string;
  readonly touches: readonly {
    readonly kind: string;
    readonly id: string;
    readonly at: string;
    readonly partnerId: string;
    readonly outcome: string;
  }[];
};

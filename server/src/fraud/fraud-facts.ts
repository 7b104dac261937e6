/** What tells one customer from another; kept as keyed hashes alone. */
export const SIGNAL_KINDS = ["mailbox", "device", "visitor", "payment"] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** Where else the same value was seen. */
export type Shared = {
  /** At other conversions of the same partner within the last 24 hours. */
  readonly lastDay: number;
  /** At other conversions, of whichever partner, as far as they are looked at. */
  readonly conversions: number;
  /** How many other partners it was seen at. */
  readonly partners: number;
  /** It is the partner's own: its payout account. */
  readonly isPartners: boolean;
};

/** What is usual of a partner, over the last 30 days. */
export type Profile = {
  readonly clicks: number;
  readonly conversions: number;
  /** Conversions through a click whose age is known, and those of them within 30 seconds. */
  readonly timed: number;
  readonly quick: number;
  readonly sales: number;
  readonly refunds: number;
  readonly chargebacks: number;
  /** Days with a conversion, and how many a day those had. */
  readonly days: number;
  readonly dailyMean: number;
  readonly dailyDeviation: number;
};

/** A customer tied to a partner. Null is unknown: no rule speaks of it. */
export type ConversionFacts = {
  readonly subject: "conversion";
  readonly source: string;
  readonly clickAgeSeconds: number | null;
  /** Of the nearest click of another partner, where there was one. */
  readonly rivalClickAgeSeconds: number | null;
  /** Whether the customer had clicked on a link of this partner. */
  readonly hasOwnClick: boolean;
  readonly referrerHost: string | null;
  readonly paidBy: string | null;
  readonly browser: "absent" | "bot" | "browser" | null;
  readonly network: string | null;
  readonly isHosting: boolean;
  readonly isPartnersNetwork: boolean;
  readonly mailDomain: string | null;
  readonly isDisposable: boolean;
  readonly shared: Readonly<Partial<Record<SignalKind, Shared>>>;
  /** Conversions of the partner before this one, in the last hour and day. */
  readonly lastHour: number;
  readonly lastDay: number;
  readonly profile: Profile | null;
  /** Partners that hang together by what their customers share, this one included. */
  readonly ring: number;
};

/** What a customer paid. Amounts are minor units, as text. */
export type SaleFacts = { readonly subject: "sale"; readonly amount: string; readonly currency: string };

/** Money about to leave. */
export type PayoutFacts = {
  readonly subject: "payout";
  readonly amount: string;
  readonly currency: string;
  readonly isFirst: boolean;
  /** Other partners for whom the account is established more than for this one. */
  readonly accountPartners: number;
  /**
   * Earlier payouts of the partner that a person has refused, or that were taken back while a person was asked. Absent of what was judged before that
   * was looked at.
   */
  readonly heldBefore?: number;
  readonly profile: Profile | null;
  readonly ring: number;
};

export type Facts = ConversionFacts | SaleFacts | PayoutFacts;
export type Subject = Facts["subject"];
export type FactsOf<S extends Subject> = Extract<Facts, { subject: S }>;

/** What a rule saw: names and figures for the reviewer, nothing that says who a person is. */
export type Evidence = Readonly<Record<string, string | number | boolean>>;

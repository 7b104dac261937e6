import type { ReadTx, Tx } from "./database/index.ts";

/** A person of whom something is kept: somebody who signs in, or a customer of the operator. */
export type DataSubject = {
  readonly userId: string;
  /**
   * The e-mail that they have shown to be theirs. Empty where none is known, or it was never proven, which matches nothing: whoever gives
   * another's address must not get, or have erased, what is kept under it.
   */
  readonly email: string;
  /** Set where the person is a partner: what is the partner's is theirs. */
  readonly partnerId?: string;
  /** What the operator calls a customer. */
  readonly externalId?: string;
};

/** Why something outlives an erasure, and for how long (GDPR, Article 17, paragraph 3). */
export const RETENTION = {
  books: {
    what: "Transactions, commissions, receipts, payouts, invoices and the terms that they rest on, under a pseudonym",
    why: "Tax and commercial law ask for them (Article 17, 3b), and earnings could not be proven without them",
    howLong: "As long as the law of the operator's country asks, mostly six to ten years; the operator ends it",
  },
  claims: {
    what: "Disputes, what was said in them, and the operator's own notes",
    why: "To establish, exercise or defend legal claims (Article 17, 3e)",
    howLong: "Until claims have lapsed, mostly three to six years; the operator ends it",
  },
  trail: {
    what: "Who did what, by id, with the address cut short; where data was sent, and from which networks keys were used",
    why: "The trail is a hash chain that shows what was changed: accountability and security (Articles 5, 2 and 32)",
    howLong: "As long as the books that it vouches for",
  },
  reference: {
    what: "The names under which the operator's own systems know somebody, and referral codes",
    why: "A refund or a chargeback that comes later could not be booked without them (Article 17, 3b)",
    howLong: "As long as the books",
  },
  passing: {
    what: "Messages on their way, answers kept for repetitions, logs of deliveries",
    why: "They are needed to deliver once, and are deleted by themselves",
    howLong: "Hours to 90 days",
  },
} as const;

export type RetentionRule = keyof typeof RETENTION;

/** What an erasure has ended, in words of the certificate, and how many of it. */
export type Closed = { readonly what: string; readonly count: number };

/** A kind of record that may hold something about a person. Its module makes it; what all of them hold is found by `privacy`. */
export type PersonalDataSource = {
  /** Also the name of its file in an export: small letters and dashes. */
  readonly name: string;
  /** Every column with personal data, as `table.column`: whether erasing empties it, or the rule by which it is kept. */
  readonly holds: Readonly<Record<string, "erased" | RetentionRule>>;
  /** What is kept of the person, as plain objects of one kind. Secrets and what concerns others are left out. */
  collect(tx: ReadTx, subject: DataSubject): Promise<readonly object[]>;
  /**
   * Ends for good what lives by the person (accounts, keys, cards), in the transaction of the erasure and before anything is emptied. Says what
   * it ended, for the certificate.
   */
  close?(tx: Tx, subject: DataSubject): Promise<readonly Closed[]>;
  /** Empties what may be emptied, in the transaction of the erasure; says how many rows it changed. Repeated, it changes none. */
  erase(tx: Tx, subject: DataSubject): Promise<number>;
};

/** Mails to people who were erased go nowhere: their pseudonyms end like this (RFC 2606, section 2). */
export const ERASED_MAIL_ENDING = "@erased.invalid";

/** For what is kept whole. */
export const erasesNothing = async (): Promise<number> => 0;

/** What stands in place of words that were erased. */
export const ERASED = "erased";

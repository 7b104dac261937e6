import { type Language } from "../platform/language/index.ts";
import en from "./messages/en.json" with { type: "json" };
import he from "./messages/he.json" with { type: "json" };
import {
  AMOUNT,
  amount,
  DECIDED,
  decided,
  type EventData,
  type Facts,
  granted,
  LEFT_BEHIND,
  lastDay,
  leftBehind,
  nothing,
  SAID,
  type SaidFacts,
  said,
  textOf,
  tier,
  UNTIL,
  until,
  usableFrom,
} from "./notice-facts.ts";

/** How somebody hears of a kind of news. */
export const DELIVERIES = ["off", "at_once", "daily", "weekly"] as const;
export type Delivery = (typeof DELIVERIES)[number];
/** How often a digest comes. */
export const RHYTHMS = ["daily", "weekly"] as const;
export type Rhythm = (typeof RHYTHMS)[number];

export type TemplateText = { readonly subject: string; readonly text: string };

export type NoticeKind = {
  /** The event that it tells of. */
  readonly on: string;
  /** How it is sent to who has not chosen. */
  readonly delivery: Delivery;
  /** About somebody's money or account being in danger: nobody turns it off or has it later. */
  readonly isAlways?: true;
  /** What its template may name besides `COMMON_FACTS`, each with an example. */
  readonly examples: Facts;
  /** The same from an event's data, as the outbox keeps it. */
  readonly facts: (data: EventData) => Facts;
};

/** What every template may name, with an example. */
export const COMMON_FACTS: SaidFacts = { programme: "Partners", url: "https://partners.example.com" };

const OF_AMOUNT = { examples: AMOUNT, facts: amount };
/** What says all without a fact; and of the account itself, which nobody turns off. */
const SHORT = { delivery: "at_once", examples: {}, facts: nothing } as const;
const OF_ACCOUNT = { ...SHORT, isAlways: true } as const;

/** Every notice that a partner may get, in the order in which it is shown. */
export const NOTICES = {
  commission_created: {
    on: "commission.created",
    delivery: "off",
    ...OF_AMOUNT,
  },
  commission_approved: {
    on: "commission.approved",
    delivery: "daily",
    ...OF_AMOUNT,
  },
  commission_reversed: {
    on: "commission.reversed",
    delivery: "daily",
    examples: { amount: { minor: "-1250", currency: "USD" } },
    facts: amount,
  },
  commission_disputed: {
    on: "commission.disputed",
    delivery: "at_once",
    ...OF_AMOUNT,
  },
  dispute_question: {
    on: "partner_notice.dispute_question",
    delivery: "at_once",
    isAlways: true,
    examples: SAID,
    facts: said,
  },
  dispute_message: {
    on: "partner_notice.dispute_message",
    delivery: "at_once",
    examples: SAID,
    facts: said,
  },
  dispute_reminder: {
    on: "partner_notice.dispute_reminder",
    delivery: "at_once",
    isAlways: true,
    examples: said({ dueAt: "2026-03-02T12:00:00Z" }),
    facts: said,
  },
  dispute_resolved: {
    on: "partner_notice.dispute_resolved",
    delivery: "at_once",
    examples: DECIDED,
    facts: decided,
  },
  commission_cancelled: {
    on: "partner_notice.commission_cancelled",
    delivery: "at_once",
    examples: DECIDED,
    facts: decided,
  },
  commission_granted: {
    on: "partner_notice.commission_granted",
    delivery: "at_once",
    examples: DECIDED,
    facts: decided,
  },
  debt_written_off: {
    on: "partner_notice.debt_written_off",
    delivery: "at_once",
    examples: DECIDED,
    facts: decided,
  },
  budget_claim_approved: {
    on: "budget.claim_approved",
    delivery: "at_once",
    examples: AMOUNT,
    facts: granted,
  },
  budget_claim_rejected: {
    on: "budget.claim_rejected",
    delivery: "at_once",
    ...OF_AMOUNT,
  },
  payout_method_replaced: {
    on: "partner_notice.payout_method_replaced",
    delivery: "at_once",
    isAlways: true,
    examples: { summary: "Bank account DE89 ... 3000", until: { instant: "2026-03-04T12:00:00Z" } },
    facts: (data) => ({ summary: textOf(data, "summary"), until: usableFrom(data["usableAt"]) }),
  },
  referral_qualified: {
    on: "referral.qualified",
    delivery: "daily",
    examples: { code: "ada-writes" },
    facts: (data) => ({ code: textOf(data, "referralCode") }),
  },
  tier_changed: {
    on: "partner.tier_changed",
    delivery: "at_once",
    examples: { tier: "3" },
    facts: tier,
  },
  upgrade_rejected: {
    on: "partner.upgrade_rejected",
    ...SHORT,
  },
  lead_accepted: {
    on: "lead.accepted",
    delivery: "at_once",
    examples: UNTIL,
    facts: until,
  },
  lead_declined: {
    on: "lead.declined",
    ...SHORT,
  },
  lead_expiring: {
    on: "lead.expiring",
    delivery: "at_once",
    examples: UNTIL,
    facts: until,
  },
  lead_expired: {
    on: "lead.expired",
    ...SHORT,
  },
  lead_won: {
    on: "lead.won",
    delivery: "daily",
    examples: {},
    facts: nothing,
  },
  payout_requested: {
    on: "payout.requested",
    delivery: "at_once",
    ...OF_AMOUNT,
  },
  payout_completed: {
    on: "payout.completed",
    delivery: "at_once",
    ...OF_AMOUNT,
  },
  payout_failed: {
    on: "payout.failed",
    delivery: "at_once",
    isAlways: true,
    ...OF_AMOUNT,
  },
  payout_returned: {
    on: "payout.returned",
    delivery: "at_once",
    isAlways: true,
    ...OF_AMOUNT,
  },
  tax_form_requested: {
    on: "tax.form_requested",
    ...OF_ACCOUNT,
  },
  tax_form_expiring: {
    on: "tax.form_expiring",
    delivery: "at_once",
    isAlways: true,
    examples: { day: { day: "2029-12-31" } },
    facts: lastDay,
  },
  tax_form_expired: {
    on: "tax.form_expired",
    delivery: "at_once",
    isAlways: true,
    examples: { day: { day: "2029-12-31" } },
    facts: lastDay,
  },
  tax_withholding_ordered: {
    on: "tax.withholding_ordered",
    ...OF_ACCOUNT,
  },
  tax_document_available: {
    on: "tax.document_available",
    delivery: "at_once",
    isAlways: true,
    examples: { year: "2026" },
    // A number on the wire.
    facts: (data) => ({ year: String(data["year"]) }),
  },
  member_left_behind: {
    on: "partner_notice.member_left_behind",
    delivery: "at_once",
    isAlways: true,
    examples: LEFT_BEHIND,
    facts: leftBehind,
  },
  partner_approved: {
    on: "partner.approved",
    ...OF_ACCOUNT,
  },
  partner_rejected: {
    on: "partner.rejected",
    ...OF_ACCOUNT,
  },
  partner_terminated: {
    on: "partner.terminated",
    ...OF_ACCOUNT,
  },
  partner_suspended: {
    on: "partner.suspended",
    ...OF_ACCOUNT,
  },
  partner_reinstated: {
    on: "partner.reinstated",
    ...OF_ACCOUNT,
  },
} as const satisfies Readonly<Record<string, NoticeKind>>;

export type KindName = keyof typeof NOTICES;
export const KIND_NAMES = Object.keys(NOTICES) as KindName[];
export const kindOf = (name: KindName): NoticeKind => NOTICES[name];
export const isKind = (name: string): name is KindName => Object.hasOwn(NOTICES, name);

const KIND_OF_EVENT = new Map<string, KindName>(KIND_NAMES.map((name) => [NOTICES[name].on, name]));
/** The notice of an event; undefined where nobody is written to. */
export const kindOn = (eventType: string): KindName | undefined => KIND_OF_EVENT.get(eventType);

/** The frame of a digest, which has a template too. */
export const DIGEST_EXAMPLES: Facts = {
  count: "2",
  lines: {
    lines: [{ say: "example.paid", values: AMOUNT }, { say: "example.qualified" }],
  },
};

/** Everything that has a template: each kind of notice, and the frame of a digest. */
export const TEMPLATE_NAMES = [...KIND_NAMES, "digest"] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

/** What the program brings along for each, in each language. */
const WORDS: Readonly<Record<Language, Readonly<Record<`${TemplateName}.${"when" | "subject" | "text"}`, string>>>> = {
  en,
  he,
};

/** When a mail is sent, for people; what it says, as Mustache. */
export const wordsOf = (language: Language, name: TemplateName): TemplateText & { readonly when: string } => ({
  when: WORDS[language][`${name}.when`],
  subject: WORDS[language][`${name}.subject`],
  text: WORDS[language][`${name}.text`],
});

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
  PAID,
  paid,
  REFUSED,
  refused,
  SAID,
  type SaidFacts,
  said,
  TO_ACCEPT,
  textOf,
  tier,
  toAccept,
  UNTIL,
  until,
  usableFrom,
} from "./notice-facts.ts";

import {
  HOME,
  type NoticePath,
  to,
  toClaim,
  toCommission,
  toDispute,
  toLead,
  toPayout,
  toReferral,
} from "./notice-paths.ts";

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
  /** Where in the portal it is shown what the event is about. */
  readonly path: NoticePath;
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
    path: toCommission,
    delivery: "off",
    ...OF_AMOUNT,
  },
  commission_approved: {
    on: "commission.approved",
    path: toCommission,
    delivery: "daily",
    ...OF_AMOUNT,
  },
  commission_reversed: {
    on: "commission.reversed",
    path: toCommission,
    delivery: "daily",
    examples: { amount: { minor: "-1250", currency: "USD" } },
    facts: amount,
  },
  commission_disputed: {
    on: "commission.disputed",
    path: toCommission,
    delivery: "at_once",
    ...OF_AMOUNT,
  },
  dispute_question: {
    on: "partner_notice.dispute_question",
    path: toDispute,
    delivery: "at_once",
    isAlways: true,
    examples: SAID,
    facts: said,
  },
  dispute_message: {
    on: "partner_notice.dispute_message",
    path: toDispute,
    delivery: "at_once",
    examples: SAID,
    facts: said,
  },
  dispute_reminder: {
    on: "partner_notice.dispute_reminder",
    path: toDispute,
    delivery: "at_once",
    isAlways: true,
    examples: said({ dueAt: "2026-03-02T12:00:00Z" }),
    facts: said,
  },
  dispute_resolved: {
    on: "partner_notice.dispute_resolved",
    path: toDispute,
    delivery: "at_once",
    examples: DECIDED,
    facts: decided,
  },
  // Whoever does not hear of a refusal lets the days pass in which it may appeal.
  review_refused: {
    on: "partner_notice.review_refused",
    path: to("/commissions"),
    delivery: "at_once",
    isAlways: true,
    examples: REFUSED,
    facts: refused,
  },
  review_final: {
    on: "partner_notice.review_final",
    path: to("/commissions"),
    delivery: "at_once",
    isAlways: true,
    examples: SAID,
    facts: said,
  },
  review_cleared: {
    on: "partner_notice.review_cleared",
    path: to("/commissions"),
    delivery: "at_once",
    examples: SAID,
    facts: said,
  },
  commission_cancelled: {
    on: "partner_notice.commission_cancelled",
    path: toCommission,
    delivery: "at_once",
    examples: DECIDED,
    facts: decided,
  },
  commission_granted: {
    on: "partner_notice.commission_granted",
    path: toCommission,
    delivery: "at_once",
    examples: DECIDED,
    facts: decided,
  },
  debt_written_off: {
    on: "partner_notice.debt_written_off",
    path: to("/commissions"),
    delivery: "at_once",
    examples: DECIDED,
    facts: decided,
  },
  budget_claim_approved: {
    on: "budget.claim_approved",
    path: toClaim,
    delivery: "at_once",
    examples: AMOUNT,
    facts: granted,
  },
  budget_claim_rejected: {
    on: "budget.claim_rejected",
    path: toClaim,
    delivery: "at_once",
    ...OF_AMOUNT,
  },
  payout_method_replaced: {
    on: "partner_notice.payout_method_replaced",
    path: to("/settings?tab=payout"),
    delivery: "at_once",
    isAlways: true,
    examples: { summary: "Bank account DE89 ... 3000", until: { instant: "2026-03-04T12:00:00Z" } },
    facts: (data) => ({ summary: textOf(data, "summary"), until: usableFrom(data["usableAt"]) }),
  },
  referral_qualified: {
    on: "referral.qualified",
    path: toReferral,
    delivery: "daily",
    examples: { code: "ada-writes" },
    facts: (data) => ({ code: textOf(data, "referralCode") }),
  },
  tier_changed: {
    on: "partner.tier_changed",
    path: to("/settings?tab=terms"),
    delivery: "at_once",
    examples: { tier: "3" },
    facts: tier,
  },
  upgrade_rejected: {
    on: "partner.upgrade_rejected",
    path: to("/settings?tab=terms"),
    ...SHORT,
  },
  lead_accepted: {
    on: "lead.accepted",
    path: toLead,
    delivery: "at_once",
    examples: UNTIL,
    facts: until,
  },
  lead_declined: {
    on: "lead.declined",
    path: toLead,
    ...SHORT,
  },
  lead_expiring: {
    on: "lead.expiring",
    path: toLead,
    delivery: "at_once",
    examples: UNTIL,
    facts: until,
  },
  lead_expired: {
    on: "lead.expired",
    path: toLead,
    ...SHORT,
  },
  lead_won: {
    on: "lead.won",
    path: toLead,
    delivery: "daily",
    examples: {},
    facts: nothing,
  },
  payout_requested: {
    on: "payout.requested",
    path: toPayout,
    delivery: "at_once",
    ...OF_AMOUNT,
  },
  payout_completed: {
    on: "payout.completed",
    path: toPayout,
    delivery: "at_once",
    examples: PAID,
    facts: paid,
  },
  payout_failed: {
    on: "payout.failed",
    path: toPayout,
    delivery: "at_once",
    isAlways: true,
    ...OF_AMOUNT,
  },
  payout_returned: {
    on: "payout.returned",
    path: toPayout,
    delivery: "at_once",
    isAlways: true,
    ...OF_AMOUNT,
  },
  agreement_published: {
    on: "partner_notice.agreement_published",
    path: to("/agreements"),
    delivery: "at_once",
    isAlways: true,
    examples: TO_ACCEPT,
    facts: toAccept,
  },
  tax_form_requested: {
    on: "tax.form_requested",
    path: to("/tax"),
    ...OF_ACCOUNT,
  },
  tax_form_expiring: {
    on: "tax.form_expiring",
    path: to("/tax"),
    delivery: "at_once",
    isAlways: true,
    examples: { day: { day: "2029-12-31" } },
    facts: lastDay,
  },
  tax_form_expired: {
    on: "tax.form_expired",
    path: to("/tax"),
    delivery: "at_once",
    isAlways: true,
    examples: { day: { day: "2029-12-31" } },
    facts: lastDay,
  },
  tax_withholding_ordered: {
    on: "tax.withholding_ordered",
    path: to("/tax"),
    ...OF_ACCOUNT,
  },
  tax_document_available: {
    on: "tax.document_available",
    path: to("/tax?tab=documents"),
    delivery: "at_once",
    isAlways: true,
    examples: { year: "2026" },
    // A number on the wire.
    facts: (data) => ({ year: String(data["year"]) }),
  },
  member_left_behind: {
    on: "partner_notice.member_left_behind",
    path: to("/developers"),
    delivery: "at_once",
    isAlways: true,
    examples: LEFT_BEHIND,
    facts: leftBehind,
  },
  partner_approved: {
    on: "partner.approved",
    path: HOME,
    ...OF_ACCOUNT,
  },
  partner_rejected: {
    on: "partner.rejected",
    path: HOME,
    ...OF_ACCOUNT,
  },
  partner_terminated: {
    on: "partner.terminated",
    path: HOME,
    ...OF_ACCOUNT,
  },
  partner_suspended: {
    on: "partner.suspended",
    path: HOME,
    ...OF_ACCOUNT,
  },
  partner_reinstated: {
    on: "partner.reinstated",
    path: HOME,
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

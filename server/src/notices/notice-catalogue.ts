import {
  AMOUNT,
  amount,
  DECIDED,
  decided,
  type EventData,
  type Facts,
  granted,
  inWords,
  leftBehind,
  nothing,
  SAID,
  said,
  textOf,
  tier,
  UNTIL,
  until,
} from "./notice-facts.ts";

/** How somebody hears of a kind of news. */
export const DELIVERIES = ["off", "at_once", "daily", "weekly"] as const;
export type Delivery = (typeof DELIVERIES)[number];
/** How often a digest comes. */
export const RHYTHMS = ["daily", "weekly"] as const;
export type Rhythm = (typeof RHYTHMS)[number];

export type TemplateText = { readonly subject: string; readonly text: string };

export type NoticeKind = TemplateText & {
  /** The event that it tells of. */
  readonly on: string;
  /** When it is sent, for people. */
  readonly when: string;
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
export const COMMON_FACTS: Facts = { programme: "Partners", url: "https://partners.example.com" };

const OF_AMOUNT = { examples: AMOUNT, facts: amount };
/** What says all without a fact; and of the account itself, which nobody turns off. */
const SHORT = { delivery: "at_once", examples: {}, facts: nothing } as const;
const OF_ACCOUNT = { ...SHORT, isAlways: true } as const;

/** Every notice that a partner may get, in the order in which it is shown. */
export const NOTICES = {
  commission_created: {
    on: "commission.created",
    when: "You earned something, which is held for a time",
    delivery: "off",
    ...OF_AMOUNT,
    subject: "A commission of {{amount}} is on hold",
    text: "You have earned a commission of {{amount}} with {{programme}}. It can be paid when its hold is over.",
  },
  commission_approved: {
    on: "commission.approved",
    when: "A commission can be paid",
    delivery: "daily",
    ...OF_AMOUNT,
    subject: "A commission of {{amount}} was approved",
    text: "A commission of {{amount}} with {{programme}} is yours: the hold is over, and it can be paid.",
  },
  commission_reversed: {
    on: "commission.reversed",
    when: "A commission was taken back",
    delivery: "daily",
    examples: { amount: "-12.50 USD" },
    facts: amount,
    subject: "A commission was taken back: {{amount}}",
    text: "A commission with {{programme}} was taken back, for instance because a customer was refunded: {{amount}}.",
  },
  commission_disputed: {
    on: "commission.disputed",
    when: "A dispute of yours was opened",
    delivery: "at_once",
    ...OF_AMOUNT,
    subject: "Your dispute was received",
    text: "You dispute a commission of {{amount}} with {{programme}}. You are told when it is settled.",
  },
  dispute_question: {
    on: "partner_notice.dispute_question",
    when: "You are asked something about a dispute, and the number stands without an answer",
    delivery: "at_once",
    isAlways: true,
    examples: SAID,
    facts: said,
    subject: "{{programme}} has a question about your dispute",
    text: "{{programme}} asks about your dispute:\n\n{{reason}}\n\nAnswer at {{url}}",
  },
  dispute_message: {
    on: "partner_notice.dispute_message",
    when: "There is news of a dispute of yours",
    delivery: "at_once",
    examples: SAID,
    facts: said,
    subject: "There is news about your dispute",
    text: "{{programme}} writes about your dispute:\n\n{{reason}}",
  },
  dispute_reminder: {
    on: "partner_notice.dispute_reminder",
    when: "Your answer about a dispute is due soon",
    delivery: "at_once",
    isAlways: true,
    examples: { reason: "It is due on 2026-03-02." },
    facts: said,
    subject: "Your answer about your dispute is due soon",
    text: "{{programme}} waits for your answer about a dispute. {{reason}}",
  },
  dispute_resolved: {
    on: "partner_notice.dispute_resolved",
    when: "A dispute of yours was settled",
    delivery: "at_once",
    examples: DECIDED,
    facts: decided,
    subject: "Your dispute has been settled",
    text: "Your dispute with {{programme}} has been settled:\n\n{{reason}}\n\nWhat it was about comes to {{amount}} now.",
  },
  commission_cancelled: {
    on: "partner_notice.commission_cancelled",
    when: "Somebody cancelled a commission of yours",
    delivery: "at_once",
    examples: DECIDED,
    facts: decided,
    subject: "A commission of {{amount}} has been cancelled",
    text: "{{programme}} has cancelled a commission of {{amount}}. Reason: {{reason}}",
  },
  commission_granted: {
    on: "partner_notice.commission_granted",
    when: "You were granted a bonus",
    delivery: "at_once",
    examples: DECIDED,
    facts: decided,
    subject: "You have been granted a bonus of {{amount}}",
    text: "{{programme}} has granted you {{amount}}. Reason: {{reason}}",
  },
  debt_written_off: {
    on: "partner_notice.debt_written_off",
    when: "What you owed was written off",
    delivery: "at_once",
    examples: DECIDED,
    facts: decided,
    subject: "A debt of {{amount}} has been written off",
    text: "You owe {{programme}} {{amount}} less. Reason: {{reason}}",
  },
  budget_claim_approved: {
    on: "budget.claim_approved",
    when: "A claim of your marketing budget was approved",
    delivery: "at_once",
    examples: AMOUNT,
    facts: granted,
    subject: "{{amount}} of your claim was approved",
    text: "{{programme}} has approved {{amount}} of your claim: it is paid with your commissions.",
  },
  budget_claim_rejected: {
    on: "budget.claim_rejected",
    when: "A claim of your marketing budget was rejected",
    delivery: "at_once",
    ...OF_AMOUNT,
    subject: "Your claim of {{amount}} was rejected",
    text: "{{programme}} has rejected your claim of {{amount}}: the reason stands beside it at {{url}}",
  },
  payout_method_replaced: {
    on: "partner_notice.payout_method_replaced",
    when: "You are paid another way from now on",
    delivery: "at_once",
    isAlways: true,
    examples: { summary: "Bank account DE89 ... 3000", until: "2026-03-04 12:00 UTC" },
    facts: (data) => ({ summary: textOf(data, "summary"), until: inWords(data["usableAt"]) }),
    subject: "How {{programme}} pays you was changed",
    text: "{{programme}} pays you another way from now on: {{summary}}.\n\nPayouts to it wait until {{until}}.\n\nIf it was not you, set another password at once, and tell whoever runs the programme.",
  },
  referral_qualified: {
    on: "referral.qualified",
    when: "A customer of yours made the payment that counts",
    delivery: "daily",
    examples: { code: "ada-writes" },
    facts: (data) => ({ code: textOf(data, "referralCode") }),
    subject: "A referral qualified",
    text: "A customer who came by {{code}} has made the payment that {{programme}} waits for.",
  },
  tier_changed: {
    on: "partner.tier_changed",
    when: "You are in another tier",
    delivery: "at_once",
    examples: { tier: "3" },
    facts: tier,
    subject: "You are in tier {{tier}} now",
    text: "Your tier with {{programme}} is {{tier}} from now on. Your terms are shown at {{url}}",
  },
  upgrade_rejected: {
    on: "partner.upgrade_rejected",
    when: "The tier that you asked for was refused",
    ...SHORT,
    subject: "You stay in your tier",
    text: "You asked {{programme}} for another tier. It was not granted this time.",
  },
  lead_accepted: {
    on: "lead.accepted",
    when: "A deal of yours is protected",
    delivery: "at_once",
    examples: UNTIL,
    facts: until,
    subject: "Your deal is protected until {{until}}",
    text: "{{programme}} has accepted a deal that you registered. It is protected until {{until}}.",
  },
  lead_declined: {
    on: "lead.declined",
    when: "A deal of yours was declined",
    ...SHORT,
    subject: "A deal was declined",
    text: "{{programme}} has declined a deal that you registered. The reason stands beside the deal.",
  },
  lead_expiring: {
    on: "lead.expiring",
    when: "The protection of a deal ends soon",
    delivery: "at_once",
    examples: UNTIL,
    facts: until,
    subject: "The protection of a deal ends on {{until}}",
    text: "A deal that you registered with {{programme}} is protected until {{until}}. Renew it if you still work on it.",
  },
  lead_expired: {
    on: "lead.expired",
    when: "The protection of a deal has ended",
    ...SHORT,
    subject: "The protection of a deal has ended",
    text: "A deal that you registered with {{programme}} is no longer held for you. If it is still free you can register it again.",
  },
  lead_won: {
    on: "lead.won",
    when: "The customer of a deal has come through you",
    delivery: "daily",
    examples: {},
    facts: nothing,
    subject: "A deal was won",
    text: "The customer of a deal that you registered has come to {{programme}} through you.",
  },
  payout_requested: {
    on: "payout.requested",
    when: "A payout waits to be released",
    delivery: "at_once",
    ...OF_AMOUNT,
    subject: "A payout of {{amount}} was requested",
    text: "A payout of {{amount}} waits to be released by {{programme}}.\n\nIf it was not you who asked for it, set another password at once, and tell whoever runs the programme.",
  },
  payout_completed: {
    on: "payout.completed",
    when: "A payout was made",
    delivery: "at_once",
    ...OF_AMOUNT,
    subject: "A payout of {{amount}} was made",
    text: "{{programme}} has paid you {{amount}}.",
  },
  payout_failed: {
    on: "payout.failed",
    when: "A payout did not reach you",
    delivery: "at_once",
    isAlways: true,
    ...OF_AMOUNT,
    subject: "A payout did not reach you",
    text: "A payout of {{amount}} could not be made.\n\nThe amount is part of your balance again: it is paid with the next payout, or when you ask for one.\n\nLook at the account to which you are paid, in case something is missing there.",
  },
  payout_returned: {
    on: "payout.returned",
    when: "A payout came back",
    delivery: "at_once",
    isAlways: true,
    ...OF_AMOUNT,
    subject: "A payout came back",
    text: "A payout of {{amount}} by {{programme}} came back. The amount is part of your balance again.\n\nLook at the account to which you are paid.",
  },
  tax_form_requested: {
    on: "tax.form_requested",
    when: "A tax form is asked of you",
    ...OF_ACCOUNT,
    subject: "{{programme}} needs a tax form of you",
    text: "{{programme}} asks you to sign a tax form. It takes a few minutes: sign in at {{url}} and open Taxes.\n\nPayouts may wait until it has come.",
  },
  tax_form_expiring: {
    on: "tax.form_expiring",
    when: "Your tax form ends soon",
    delivery: "at_once",
    isAlways: true,
    examples: { day: "2029-12-31" },
    facts: (data) => ({ day: textOf(data, "validUntil") }),
    subject: "Your tax form ends on {{day}}",
    text: "Your tax form with {{programme}} holds until {{day}}. Sign it again before then, so that payouts go on: sign in at {{url}} and open Taxes.",
  },
  tax_form_expired: {
    on: "tax.form_expired",
    when: "Your tax form has ended",
    delivery: "at_once",
    isAlways: true,
    examples: { day: "2029-12-31" },
    facts: (data) => ({ day: textOf(data, "validUntil") }),
    subject: "Your tax form has ended",
    text: "Your tax form with {{programme}} held until {{day}}. Sign it again: sign in at {{url}} and open Taxes. Payouts may wait until then.",
  },
  tax_withholding_ordered: {
    on: "tax.withholding_ordered",
    when: "Tax is kept back of your payouts",
    ...OF_ACCOUNT,
    subject: "Tax is kept back of your payouts",
    text: "{{programme}} has to keep back tax of your payouts from now on (backup withholding). What is kept back is shown with each payout and on your tax document. Sign in at {{url}} and open Taxes to see why.",
  },
  tax_document_available: {
    on: "tax.document_available",
    when: "A tax document of yours is there",
    delivery: "at_once",
    isAlways: true,
    examples: { year: "2026" },
    // A number on the wire.
    facts: (data) => ({ year: String(data["year"]) }),
    subject: "IMPORTANT TAX RETURN DOCUMENT AVAILABLE",
    text: "Your Form 1099-NEC for {{year}} from {{programme}} is there: sign in at {{url}} and open Taxes.",
  },
  member_left_behind: {
    on: "partner_notice.member_left_behind",
    when: "Somebody you took off your team leaves webhooks or keys that go on working",
    delivery: "at_once",
    isAlways: true,
    examples: { things: "Webhook endpoint https://hooks.example.com/tributary\nAPI key Reports" },
    facts: leftBehind,
    subject: "What somebody of your team with {{programme}} has made goes on working",
    text: "Somebody whom you have taken off your team made this, and it goes on working:\n\n{{things}}\n\nTurn off what you do not know, and make new secrets for what you keep: at {{url}}, under Developers.",
  },
  partner_approved: {
    on: "partner.approved",
    when: "Your application was accepted",
    ...OF_ACCOUNT,
    subject: "Welcome: you are a partner of {{programme}}",
    text: "{{programme}} has accepted you as a partner. Your links earn from now on.\n\nSign in at {{url}} to make your first link, and to say where your money goes.",
  },
  partner_rejected: {
    on: "partner.rejected",
    when: "Your application was declined",
    ...OF_ACCOUNT,
    subject: "Your application to {{programme}} was declined",
    text: "{{programme}} has declined your application to become a partner. Whoever runs the programme can tell you more.",
  },
  partner_terminated: {
    on: "partner.terminated",
    when: "Your partnership has ended",
    ...OF_ACCOUNT,
    subject: "Your partnership with {{programme}} has ended",
    text: "Your partnership with {{programme}} has ended: your links earn no more. What you have earned and is still on hold is paid once the hold is over; you can sign in at {{url}} for that.",
  },
  partner_suspended: {
    on: "partner.suspended",
    when: "Your account was suspended",
    ...OF_ACCOUNT,
    subject: "Your account with {{programme}} is suspended",
    text: "Your account with {{programme}} is suspended: nothing is paid until that ends. Whoever runs the programme can tell you more.",
  },
  partner_reinstated: {
    on: "partner.reinstated",
    when: "Your suspension has ended",
    ...OF_ACCOUNT,
    subject: "Your account with {{programme}} is open again",
    text: "The suspension of your account with {{programme}} has ended.",
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
export const DIGEST: TemplateText & { readonly examples: Facts } = {
  examples: { count: "2", lines: "A payout of 12.50 USD was made\nA referral qualified" },
  subject: "News of {{programme}}: {{count}}",
  text: "What happened with {{programme}}:\n\n{{lines}}\n\nAll of it is shown at {{url}}",
};

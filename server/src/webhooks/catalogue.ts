import type { TSchema } from "typebox";
import type { Scope } from "../platform/scopes.ts";
import { groupOf } from "./event-patterns.ts";
import {
  AgreementAcceptedData,
  AgreementPublishedData,
  BatchData,
  BatchProgressData,
  BudgetClaimData,
  BudgetData,
  CardData,
  ClawbackData,
  CommissionData,
  CouponData,
  DifferenceData,
  DisputeData,
  DisputedCommissionData,
  EndpointData,
  FeeAgreementData,
  FraudCaseData,
  FraudRulesData,
  InvoiceData,
  LeadData,
  LinkData,
  MethodChangedData,
  MethodStatusData,
  PartnerData,
  PayoutCurrencyData,
  PayoutData,
  PayoutScheduleData,
  PayoutSettingsData,
  PingData,
  PlanData,
  ProgramData,
  ReferralData,
  ScreeningCaseData,
  SubOperatorData,
  TaxDocumentData,
  TaxFormData,
  TaxWithholdingData,
  TicketData,
} from "./event-schemas.ts";

export type EventKind = {
  /** When it is told, for people. */
  readonly when: string;
  readonly data: TSchema;
  /** The operator alone is told. */
  readonly isOperatorOnly?: true;
  /** It tells other fields than the other events of its object: none is compared with it, and `changes` is null. */
  readonly isApart?: true;
};

/** Every event that the outside may be told of, in the order of the reference. A type that is not here stays inside. */
export const CATALOGUE: Readonly<Record<string, EventKind>> = {
  "partner.created": { when: "Somebody has joined as a partner", data: PartnerData },
  "partner.approved": { when: "The partner is active", data: PartnerData },
  "partner.rejected": { when: "The application was turned down", data: PartnerData },
  "partner.suspended": { when: "Nothing is paid until it is reinstated", data: PartnerData },
  "partner.reinstated": { when: "The suspension has ended", data: PartnerData },
  "partner.terminated": { when: "The partnership has ended", data: PartnerData },
  "partner.updated": { when: "The profile was changed", data: PartnerData },
  "partner.code_changed": { when: "The partner was given the referral code that it wished for", data: PartnerData },
  "partner.terms_changed": { when: "The partner has terms of its own from now on", data: PartnerData },
  "partner.upgrade_requested": { when: "The partner asked for another tier", data: PartnerData },
  "partner.tier_changed": { when: "The partner is in another tier", data: PartnerData },
  "partner.upgrade_rejected": { when: "The other tier was refused", data: PartnerData },
  "link.created": { when: "A link was made", data: LinkData },
  "link.archived": { when: "A link was given up", data: LinkData },
  "coupon.created": { when: "A coupon was given to the partner", data: CouponData },
  "coupon.archived": { when: "A coupon was taken back", data: CouponData },
  "referral.created": { when: "A customer of the partner has signed up", data: ReferralData },
  "referral.converted": { when: "The customer is tied to the partner", data: ReferralData },
  "referral.verified": { when: "The customer's e-mail is verified", data: ReferralData },
  "referral.qualified": { when: "The qualifying payment has come", data: ReferralData },
  "referral.unqualified": { when: "Nothing is left of the qualifying payment", data: ReferralData },
  "referral.rejected": { when: "The referral was rejected", data: ReferralData },
  "referral.reattributed": {
    when: "The customer went from one partner to another; each is told of its own referral",
    data: ReferralData,
  },
  "commission.created": { when: "Something was earned", data: CommissionData },
  "commission.approved": { when: "The hold is over, and it can be paid", data: CommissionData },
  "commission.paid": { when: "All of it has been paid out", data: CommissionData },
  "commission.reversed": {
    when: "What was approved is taken back, by a commission of its own with a negative amount",
    data: CommissionData,
  },
  "commission.cancelled": { when: "It was cancelled in the hold", data: CommissionData },
  "commission.disputed": { when: "The partner disputes it", data: DisputedCommissionData },
  "commission.dispute_resolved": { when: "The dispute is settled", data: DisputedCommissionData },
  "dispute.opened": { when: "A partner disputes a commission, or one that is missing", data: DisputeData },
  "dispute.message": { when: "The operator has written to the partner", data: DisputeData },
  "dispute.waiting": {
    when: "The operator has asked the partner something, and waits for the answer",
    data: DisputeData,
  },
  "dispute.answered": { when: "The partner has written", data: DisputeData },
  "dispute.assigned": {
    when: "Somebody of the team looks at it, or nobody does any more",
    data: DisputeData,
    isOperatorOnly: true,
  },
  "dispute.escalated": { when: "It goes to a second reviewer", data: DisputeData },
  "dispute.reminded": { when: "Its time is nearly over, and whoever is to act was told", data: DisputeData },
  "dispute.resolved": { when: "It is settled: upheld, adjusted or cancelled", data: DisputeData },
  "dispute.withdrawn": { when: "The partner has withdrawn it: the number stands", data: DisputeData },
  "clawback.created": { when: "What was taken back had been paid out: it is owed", data: ClawbackData },
  "clawback.recovered": { when: "Something earned has repaid a debt", data: ClawbackData },
  "clawback.written_off": { when: "The operator has given up a debt, or a part of it", data: ClawbackData },
  "fee.agreed": { when: "Fees were agreed on with the partner, or changed", data: FeeAgreementData, isApart: true },
  "invoice.issued": { when: "The partner was charged fees", data: InvoiceData },
  "invoice.paid": { when: "Money for it has arrived", data: InvoiceData },
  "invoice.credited": { when: "A credit note has taken back some of it, or all", data: InvoiceData },
  "invoice.set_off": { when: "Earnings have paid some of it, or all", data: InvoiceData },
  "invoice.set_off_undone": {
    when: "What earnings had paid of it was given back: it is open again",
    data: InvoiceData,
  },
  "invoice.overdue": { when: "It is open after the day on which it was due", data: InvoiceData },
  "budget.granted": { when: "The partner may spend more on marketing in a period", data: BudgetData },
  "budget.expired": { when: "The period of a budget has ended", data: BudgetData },
  "budget.claimed": { when: "The partner claims what it has spent", data: BudgetClaimData },
  "budget.claim_escalated": {
    when: "One person has approved the claim, and a second has to",
    data: BudgetClaimData,
    isOperatorOnly: true,
  },
  "budget.claim_approved": { when: "The claim was approved, or a part of it: it is earned", data: BudgetClaimData },
  "budget.claim_rejected": { when: "The claim was rejected", data: BudgetClaimData },
  "payout.requested": { when: "A payout waits to be released", data: PayoutData },
  "payout.processing": { when: "It was released to the provider", data: PayoutData },
  "payout.put_back": { when: "It was released and could not be sent; it waits again", data: PayoutData },
  "payout.completed": { when: "The transfer is confirmed", data: PayoutData },
  "payout.failed": { when: "It was not paid; the amount is the partner's balance again", data: PayoutData },
  "payout.cancelled": { when: "It was taken back before it was sent", data: PayoutData },
  "payout.returned": {
    when: "The provider has taken it back; the amount is the partner's balance again",
    data: PayoutData,
  },
  "payout.bank_status_changed": { when: "The provider said what the partner's bank did with it", data: PayoutData },
  "payout.transfer_unexpected": {
    when: "A transfer of the payout turned up that was not expected: look at it",
    data: PayoutData,
    isOperatorOnly: true,
  },
  "payout.reconciliation_differed": {
    when: "The books and the provider say different things of a transfer: look at it",
    data: DifferenceData,
    isOperatorOnly: true,
    isApart: true,
  },
  "fraud.case_opened": {
    when: "The rules point at a referral or a payout; a person is to decide",
    data: FraudCaseData,
    isOperatorOnly: true,
  },
  "fraud.case_held": { when: "What it is about waits from now on", data: FraudCaseData, isOperatorOnly: true },
  "fraud.case_assigned": {
    when: "Somebody of the team looks at it, or nobody does any more",
    data: FraudCaseData,
    isOperatorOnly: true,
  },
  "fraud.case_refused": {
    when: "It was decided against the partner, who may appeal",
    data: FraudCaseData,
    isOperatorOnly: true,
  },
  "fraud.case_appealed": { when: "The partner has said something", data: FraudCaseData, isOperatorOnly: true },
  "fraud.case_cleared": {
    when: "It was decided for the partner: what waited is free",
    data: FraudCaseData,
    isOperatorOnly: true,
  },
  "fraud.case_final": {
    when: "The refusal is final: a referral is rejected",
    data: FraudCaseData,
    isOperatorOnly: true,
  },
  "fraud.rules_changed": {
    when: "The rules have another version",
    data: FraudRulesData,
    isOperatorOnly: true,
    isApart: true,
  },
  "payout_batch.made": {
    when: "Payouts were put into a batch to be released together",
    data: BatchData,
    isOperatorOnly: true,
  },
  "payout_batch.approved": { when: "A second person has approved it", data: BatchData, isOperatorOnly: true },
  "payout_batch.refused": {
    when: "It was refused; its payouts are cancelled",
    data: BatchData,
    isOperatorOnly: true,
  },
  "payout_batch.expired": {
    when: "Nobody has approved it in time; its payouts are cancelled",
    data: BatchData,
    isOperatorOnly: true,
  },
  "payout_batch.cancelled": {
    when: "It was taken apart; its payouts wait again",
    data: BatchData,
    isOperatorOnly: true,
  },
  "payout_batch.released": { when: "It was released to the provider", data: BatchData, isOperatorOnly: true },
  "payout_batch.progressed": {
    when: "One of its payouts has had its end",
    data: BatchProgressData,
    isOperatorOnly: true,
  },
  "payout_batch.finished": {
    when: "The last of its payouts has had its end",
    data: BatchProgressData,
    isOperatorOnly: true,
  },
  "payout_method.changed": {
    when: "The partner is paid another way from now on; `replaced` is the way before",
    data: MethodChangedData,
    isApart: true,
  },
  "payout_schedule.changed": { when: "The partner is paid by itself on other days", data: PayoutScheduleData },
  "payout_settings.changed": {
    when: "How the programme pays was changed",
    data: PayoutSettingsData,
    isOperatorOnly: true,
  },
  "payout_settings.currency_changed": {
    when: "How the programme pays in a currency was changed: limit, fees, schedule",
    data: PayoutCurrencyData,
    isOperatorOnly: true,
  },
  "payout_method.status_changed": { when: "The payout account can, or can no longer, be paid", data: MethodStatusData },
  "screening.case_opened": {
    when: "A partner's name is like one on the sanctions list; its payouts are held",
    data: ScreeningCaseData,
    isOperatorOnly: true,
  },
  "screening.evidence_added": {
    when: "The list says more of somebody whom a case is about",
    data: ScreeningCaseData,
    isOperatorOnly: true,
  },
  "screening.case_escalated": { when: "Two people differ about a case", data: ScreeningCaseData, isOperatorOnly: true },
  "screening.case_cleared": {
    when: "Two people have said that somebody else is on the list",
    data: ScreeningCaseData,
    isOperatorOnly: true,
  },
  "screening.case_confirmed": {
    when: "Two people have said that the partner is on the list",
    data: ScreeningCaseData,
    isOperatorOnly: true,
  },
  "screening.case_reopened": {
    when: "A decided case is looked at again; payouts are held",
    data: ScreeningCaseData,
    isOperatorOnly: true,
  },
  "agreement.published": {
    when: "A version of an agreement was published",
    data: AgreementPublishedData,
    isOperatorOnly: true,
  },
  "agreement.accepted": { when: "The partner has accepted a version of an agreement", data: AgreementAcceptedData },
  "tax.form_requested": { when: "The team asked the partner for a tax form", data: TaxFormData, isApart: true },
  "tax.form_signed": { when: "The partner has signed a tax form", data: TaxFormData, isApart: true },
  "tax.form_expiring": { when: "The partner's form ends in some weeks", data: TaxFormData, isApart: true },
  "tax.form_expired": { when: "The partner's form has ended", data: TaxFormData, isApart: true },
  "tax.withholding_ordered": {
    when: "Backup withholding is kept back of its payouts from now on",
    data: TaxWithholdingData,
    isApart: true,
  },
  "tax.withholding_ended": { when: "It no longer is", data: TaxWithholdingData, isApart: true },
  "tax.document_available": { when: "A return for the IRS, or a correction, was frozen", data: TaxDocumentData },
  "ticket.opened": { when: "The partner asked the team, or the team the partner", data: TicketData },
  "ticket.answered": { when: "One side has written: `status` says whose turn it is", data: TicketData },
  "ticket.solved": { when: "It needs no more answer", data: TicketData },
  "ticket.reopened": { when: "The team has taken it up again", data: TicketData },
  "ticket.closed": { when: "It is closed for good", data: TicketData },
  "lead.registered": {
    when: "A partner has registered a deal: `submitted` or `accepted` where it is held, `conflict` where it is not",
    data: LeadData,
  },
  "lead.accepted": { when: "The deal is protected", data: LeadData },
  "lead.declined": { when: "The deal was declined, or its protection taken back", data: LeadData },
  "lead.advanced": { when: "The partner has said how far the deal is", data: LeadData },
  "lead.renewed": { when: "The protection was prolonged", data: LeadData },
  "lead.expiring": { when: "The protection ends soon", data: LeadData },
  "lead.expired": { when: "The protection has ended, or nobody has decided in time", data: LeadData },
  "lead.lost": { when: "The partner has lost the deal", data: LeadData },
  "lead.won": { when: "The customer of the deal has come through its partner", data: LeadData },
  "lead.converted_elsewhere": {
    when: "The customer of the deal has come, and not through its partner: look at it",
    data: LeadData,
  },
  "card.issued": { when: "The issuer has made the card; it pays once it is activated", data: CardData },
  "card.refused": { when: "The issuer does not make the card", data: CardData },
  "card.state_changed": { when: "The card was activated or suspended", data: CardData },
  "card.terminated": { when: "The card has ended for good", data: CardData },
  "sub_operator.created": {
    when: "A partner becomes a sub-operator",
    data: SubOperatorData,
    isOperatorOnly: true,
  },
  "sub_operator.opened": {
    when: "Its programme is there, and its first admin is invited",
    data: SubOperatorData,
    isOperatorOnly: true,
  },
  "sub_operator.limits_changed": { when: "It has other limits", data: SubOperatorData, isOperatorOnly: true },
  "sub_operator.contract_agreed": {
    when: "Another mode or share was agreed on, from now or from a date on",
    data: SubOperatorData,
    isOperatorOnly: true,
  },
  "sub_operator.share_settled": {
    when: "It has paid shares, or was paid some back",
    data: SubOperatorData,
    isOperatorOnly: true,
  },
  "sub_operator.suspended": { when: "It is suspended", data: SubOperatorData, isOperatorOnly: true },
  "sub_operator.resumed": { when: "The suspension has ended", data: SubOperatorData, isOperatorOnly: true },
  "sub_operator.removed": { when: "It has ended; its books stay", data: SubOperatorData, isOperatorOnly: true },
  "program.updated": { when: "Settings of the programme were changed", data: ProgramData, isOperatorOnly: true },
  "plan.published": { when: "A version of the commission plan was published", data: PlanData, isOperatorOnly: true },
  "webhook_endpoint.failing": {
    when: "An endpoint has taken nothing for days and will be turned off",
    data: EndpointData,
  },
  "webhook_endpoint.disabled": { when: "An endpoint was turned off", data: EndpointData },
  "webhook.ping": { when: "Somebody asked for a test; sent to that endpoint alone", data: PingData },
};

export const EVENT_TYPES: readonly string[] = Object.keys(CATALOGUE);
/** What no other event of an object is compared with. */
export const APART_TYPES: readonly string[] = EVENT_TYPES.filter((type) => CATALOGUE[type]?.isApart);
export const EVENT_GROUPS: readonly string[] = [...new Set(EVENT_TYPES.map(groupOf))];

/** What a caller must be allowed to read to be told of a group: news of a thing is a way to read it. */
const SCOPES_OF_GROUP: Readonly<Record<string, { readonly partner: Scope; readonly operator: Scope }>> = {
  partner: { partner: "own:profile:read", operator: "partners:read" },
  link: { partner: "own:referrals:read", operator: "partners:read" },
  coupon: { partner: "own:referrals:read", operator: "partners:read" },
  referral: { partner: "own:referrals:read", operator: "partners:read" },
  commission: { partner: "own:commissions:read", operator: "commissions:read" },
  dispute: { partner: "own:commissions:read", operator: "commissions:read" },
  clawback: { partner: "own:commissions:read", operator: "commissions:read" },
  fee: { partner: "own:fees:read", operator: "fees:read" },
  invoice: { partner: "own:fees:read", operator: "fees:read" },
  budget: { partner: "own:fees:read", operator: "fees:read" },
  fraud: { partner: "own:commissions:read", operator: "fraud:read" },
  payout: { partner: "own:payouts:read", operator: "payouts:read" },
  payout_batch: { partner: "own:payouts:read", operator: "payouts:read" },
  payout_method: { partner: "own:payouts:read", operator: "payouts:read" },
  payout_schedule: { partner: "own:payouts:read", operator: "payouts:read" },
  // Told to operators alone, as the next.
  payout_settings: { partner: "own:payouts:read", operator: "payouts:read" },
  screening: { partner: "own:profile:read", operator: "compliance:read" },
  agreement: { partner: "own:agreements:read", operator: "compliance:read" },
  tax: { partner: "own:tax:read", operator: "tax:read" },
  ticket: { partner: "own:support:read", operator: "support:read" },
  lead: { partner: "own:leads:read", operator: "leads:read" },
  card: { partner: "own:cards:read", operator: "cards:read" },
  sub_operator: { partner: "own:profile:read", operator: "sub_operators:read" },
  program: { partner: "own:profile:read", operator: "program:read" },
  plan: { partner: "own:profile:read", operator: "program:read" },
  webhook_endpoint: { partner: "own:webhooks:read", operator: "webhooks:read" },
  webhook: { partner: "own:webhooks:read", operator: "webhooks:read" },
};

/** The groups whose news a holder of `scopes` may read. */
export const readableGroups = (owner: "partner" | "operator", scopes: ReadonlySet<Scope>): string[] =>
  EVENT_GROUPS.filter((group) => {
    const needed = SCOPES_OF_GROUP[group];
    return needed !== undefined && scopes.has(needed[owner]);
  });

/** Whether a pattern names something that there is. */
export const isKnownPattern = (pattern: string): boolean =>
  pattern === "*" || Object.hasOwn(CATALOGUE, pattern) || EVENT_GROUPS.some((group) => pattern === `${group}.*`);

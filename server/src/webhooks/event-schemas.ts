import { type TSchema, Type } from "typebox";
import { Amount, CurrencyCode, Id, Instant, Nullable } from "../platform/http/index.ts";
import { TIERS } from "../programs/index.ts";
import { Limits } from "./partner-event-schemas.ts";

/** What events tell of each kind of object. Nothing in them says who a customer is. */

const Fields = (fields: Record<string, TSchema>) => Type.Object(fields);
const Word = (description: string, examples: readonly string[]) =>
  Type.String({ description, examples: [...examples] });

export const PartnerData = Fields({
  id: Id("The partner"),
  externalId: Nullable(Type.String({ description: "The operator's own name for it" })),
  partnerType: Type.Enum(["affiliate", "reseller", "whitelabel", "technology"]),
  tier: Type.Enum([...TIERS]),
  status: Type.Enum(["active", "pending", "suspended", "terminated", "rejected"]),
  referralCode: Type.String({ description: "The code of its first link", examples: ["ada-writes"] }),
});

export const ReferralData = Fields({
  id: Id("The referral"),
  partnerId: Id("Whose it is"),
  referralCode: Type.String({ description: "The code by which the customer came", examples: ["ada-writes"] }),
  source: Type.Enum(["click", "coupon", "partner_api", "manual", "import"]),
  status: Type.Enum(["converted", "pending", "qualified", "rejected"]),
  clickId: Nullable(Id("The click that decided")),
  couponId: Nullable(Id("The coupon that decided")),
  createdAt: Instant("When the customer signed up"),
  convertedAt: Nullable(Instant("When it was tied to the partner")),
  qualifiedAt: Nullable(Instant("When its qualifying payment came")),
  rejectedAt: Nullable(Instant("When it was rejected")),
  verifiedAt: Nullable(Instant("When its e-mail was verified")),
  reattributedAt: Nullable(Instant("When the customer went to another partner")),
});

const commissionFields = {
  id: Id("The commission"),
  partnerId: Id("Who earns it"),
  referralId: Nullable(Id("The customer's referral; null for a bonus")),
  transactionId: Nullable(Id("What it was earned by; null for a bonus")),
  type: Type.Enum(["recurring", "signup", "transaction", "bonus"]),
  amount: Amount("What is earned; negative for a reversal"),
  currency: CurrencyCode(),
  status: Type.Enum(["pending", "approved", "paid", "disputed", "cancelled"]),
  reversesId: Nullable(Id("The commission that this one takes back")),
  occurredAt: Instant("When it was earned"),
};
export const CommissionData = Fields(commissionFields);
const DisputeStatus = Type.Enum(["open", "waiting", "escalated", "upheld", "adjusted", "cancelled", "withdrawn"]);
export const DisputedCommissionData = Fields({
  ...commissionFields,
  dispute: Fields({ id: Id("The dispute"), status: DisputeStatus }),
});

/** It names nobody of the team, and nothing that was written. */
export const DisputeData = Fields({
  id: Id("The dispute"),
  partnerId: Id("Who disputes"),
  kind: Type.Enum(["commission", "missing"]),
  commissionId: Nullable(Id("What it is about; null where one is missing")),
  status: DisputeStatus,
  dueAt: Nullable(Instant("When the next step is due")),
  adjustedBy: Nullable(Amount("By how much the number was changed")),
  resultCommissionId: Nullable(Id("The commission that holds the corrected number")),
  openedAt: Instant("When it was opened"),
  resolvedAt: Nullable(Instant("When it was settled")),
});

export const ClawbackData = Fields({
  id: Id("The debt of a partner in a currency"),
  partnerId: Id("Who owes"),
  currency: CurrencyCode(),
  amount: Amount("By how much it changed"),
  debt: Amount("What is owed now"),
});

export const PayoutData = Fields({
  id: Id("The payout"),
  partnerId: Id("Who is paid"),
  amount: Amount("Gross amount"),
  currency: CurrencyCode(),
  status: Type.Enum(["completed", "pending", "processing", "failed", "cancelled"]),
  bankStatus: Nullable(Word("What the partner's bank did with it, where the provider says", ["paid"])),
  bankFile: Nullable(Type.Enum(["waiting", "handed_out"])),
  failureCode: Nullable(Word("Why it failed, or was put back", ["account_closed"])),
  batchId: Nullable(Id("The batch in which it waits or was released")),
});

/** Between the books and the provider. */
export const DifferenceData = Fields({
  payoutId: Id("The payout"),
  transferId: Word("The provider's name of the transfer", ["tr_1NZ4kq2eZvKYlo2C"]),
  difference: Type.Enum([
    "missing_at_provider",
    "unknown_here",
    "status_differs",
    "amount_differs",
    "reversed_there",
    "reversed_in_part",
    "returned_here",
  ]),
  amountHere: Nullable(Amount("What the books say")),
  amountThere: Nullable(Amount("What the provider says")),
  currency: CurrencyCode(),
  action: Word("What to do about it", ["Wait for an hour: the transfer is looked up by itself and confirmed."]),
});

export const BatchData = Fields({
  id: Id("The batch"),
  currency: CurrencyCode(),
  status: Type.Enum(["waiting", "ready", "released", "refused", "expired", "cancelled"]),
  amount: Amount("Of all its payouts"),
  payouts: Type.Integer({ minimum: 0, description: "How many payouts it has" }),
});
export const BatchProgressData = Fields({
  ...BatchData.properties,
  counts: Type.Array(
    Fields({
      status: PayoutData.properties["status"] as TSchema,
      bankFile: PayoutData.properties["bankFile"] as TSchema,
      count: Type.Integer({ minimum: 0, description: "How many payouts" }),
      amount: Amount("Of them"),
    }),
    { description: "How many of its payouts stand where" },
  ),
});

export const InvoiceData = Fields({
  id: Id("The invoice"),
  partnerId: Id("Who owes it"),
  number: Type.Integer({ minimum: 1, description: "Without gaps within the programme" }),
  currency: CurrencyCode(),
  total: Amount("Sum of its lines"),
  paid: Amount("Received"),
  setOff: Amount("Paid by earnings"),
  credited: Amount("Taken back by credit notes"),
  open: Amount("What is left to settle"),
  dueOn: Type.String({ format: "date", description: "The day on which it is due" }),
});
export const BudgetData = Fields({
  id: Id("The budget"),
  partnerId: Id("Whose it is"),
  periodStart: Type.String({ format: "date", description: "Its first day" }),
  periodEnd: Type.String({ format: "date", description: "Its last day, included" }),
  currency: CurrencyCode(),
  granted: Amount("What may be spent"),
  used: Amount("Approved of claims"),
  left: Amount("What may still be claimed"),
});
export const BudgetClaimData = Fields({
  id: Id("The claim"),
  budgetId: Id("The budget"),
  partnerId: Id("Who has spent it"),
  currency: CurrencyCode(),
  amount: Amount("What was spent"),
  status: Type.Enum(["submitted", "escalated", "approved", "rejected"]),
  granted: Nullable(Amount("What of it was approved")),
});
export const FeeAgreementData = Fields({
  partnerId: Id("Who owes fees"),
  startsOn: Type.String({ format: "date", description: "First day of the first month that is invoiced" }),
  endsOn: Nullable(Type.String({ format: "date", description: "No month is invoiced that begins on or after it" })),
  supportFrom: Nullable(Type.String({ format: "date", description: "From when on support is ordered" })),
  maySetOff: Type.Boolean({ description: "Fees may be set off against earnings" }),
  dueDays: Type.Integer({ minimum: 0, description: "Days until an invoice is due" }),
});

export const SubOperatorData = Fields({
  id: Id("The sub-operator"),
  partnerId: Id("The partner that it is"),
  name: Type.String({ description: "What its programme is called", examples: ["Harbour Bank"] }),
  host: Type.String({ description: "Where it answers", examples: ["partners.harbour.example"] }),
  status: Type.Enum(["active", "opening", "removed", "suspended"]),
});

export const TaxFormData = Fields({
  partnerId: Id("Whose it is"),
  form: Nullable(Type.Enum(["w9", "w8ben", "w8bene"], { description: "The form; null where there is none yet" })),
  validUntil: Nullable(
    Type.String({ format: "date", description: "The last day on which it holds; null: until another" }),
  ),
});
export const TaxWithholdingData = Fields({ partnerId: Id("Of whose payouts") });
export const TaxDocumentData = Fields({
  id: Id("The document"),
  partnerId: Id("Whose it is"),
  year: Type.Integer({ description: "The tax year" }),
  kind: Type.Enum(["original", "amount", "identity"], { description: "The return, or what it corrects" }),
});

const MethodKind = Type.Enum(["stripe_connect", "bank_file", "test"]);
export const MethodData = Fields({
  id: Id("The payout method"),
  partnerId: Id("Whose it is"),
  kind: MethodKind,
});
const MethodSummary = Word("What partners see of it: no number but its end", ["Bank account ending 3000"]);
export const MethodChangedData = Fields({
  ...MethodData.properties,
  summary: MethodSummary,
  replaced: Nullable(Fields({ id: Id("The payout method"), kind: MethodKind, summary: MethodSummary })),
  usableAt: Nullable(Instant("Until then payouts to it wait: it has replaced another")),
});
const ScheduleFields = {
  every: Type.Enum(["week", "fortnight", "month", "amount"]),
  day: Type.Integer({ description: "Of the week or month", examples: [1] }),
  minimum: Nullable(Amount("Pays when at least this much is available")),
};
export const PayoutScheduleData = Fields({
  partnerId: Id("Who is paid"),
  currency: CurrencyCode(),
  ...ScheduleFields,
  isEnabled: Type.Boolean({ description: "Whether it pays; where not, no schedule of the programme does either" }),
});
export const PayoutSettingsData = Fields({
  coolingOffHours: Type.Integer({ description: "So long a payout method waits that replaces another", examples: [72] }),
  approvalExpiresHours: Type.Integer({ description: "So long an approval is good", examples: [168] }),
  releasesScheduled: Type.Boolean({
    description: "Whether what schedules ask for is released by itself below the limit",
  }),
});
export const PayoutCurrencyData = Fields({
  currency: CurrencyCode(),
  approvalAbove: Nullable(Amount("Above it a second person approves; null where none does")),
  feeBorneBy: Type.Enum(["programme", "partner"]),
  feeFixed: Amount("Fee of a payout"),
  feeRate: Type.Number({ description: "And so much of its gross amount, a decimal fraction", examples: [0.0025] }),
  schedule: Nullable(Fields(ScheduleFields)),
});
export const MethodStatusData = Fields({
  ...MethodData.properties,
  status: Type.Enum(["payable", "incomplete", "restricted"]),
});

export const LinkData = Fields({
  id: Id("The link"),
  partnerId: Id("Whose it is"),
  code: Word("What its address ends with", ["spring-2026"]),
  campaign: Nullable(Word("What it is for", ["spring"])),
  status: Type.Enum(["active", "archived"]),
});

export const CouponData = Fields({
  id: Id("The coupon"),
  partnerId: Id("Whose it is"),
  code: Word("What customers enter", ["ADA20"]),
  status: Type.Enum(["active", "archived"]),
});

export const TicketData = Fields({
  id: Id("The ticket"),
  partnerId: Id("Whose it is"),
  subject: Word("What it is about, in a line", ["A commission is missing"]),
  status: Type.Enum(["open", "waiting", "solved", "closed"]),
  object: Nullable(Fields({ type: Type.Enum(["commission", "payout", "referral"]), id: Id("What it is about") })),
  updatedAt: Instant("When this happened"),
});

export const ScreeningCaseData = Fields({
  id: Id("The case"),
  partnerId: Id("Whose payouts it holds"),
  status: Type.Enum(["open", "escalated", "cleared", "confirmed"]),
  openedAt: Instant("When it was opened"),
  updatedAt: Instant("When this happened"),
  decidedAt: Nullable(Instant("When two people had said the same")),
});

const agreementFields = {
  id: Id("The agreement"),
  versionId: Id("The version"),
  name: Word("Its name", ["Partner agreement"]),
  number: Type.Integer({ description: "Of the version", examples: [2] }),
  title: Word("Its heading", ["Partner agreement"]),
  textHash: Word("SHA-256 of the text", ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]),
};
export const AgreementPublishedData = Fields({
  ...agreementFields,
  tiers: Type.Array(Type.Enum(["tier1", "tier2", "tier3", "tier4"]), { description: "Whose partners it is for" }),
  effectiveFrom: Instant("Its first day"),
});
export const AgreementAcceptedData = Fields({
  ...agreementFields,
  partnerId: Id("Who has accepted it"),
  acceptedAt: Instant("When"),
});

export const CardData = Fields({
  id: Id("The card"),
  partnerId: Id("Whose it is"),
  userId: Id("The user who carries it"),
  externalId: Word("The partner's name for the user", ["user_77"]),
  productId: Id("Its product"),
  state: Type.Enum(["requested", "unactivated", "active", "suspended", "terminated", "refused"]),
  lastFour: Nullable(Word("The last four digits", ["1234"])),
  isHeld: Type.Boolean({ description: "The operator holds it", examples: [false] }),
  limits: Limits,
  bounds: Limits,
});

export const FraudCaseData = Fields({
  id: Id("The case"),
  partnerId: Id("Whose referral or payout it is about"),
  subject: Fields({ type: Type.Enum(["referral", "payout"]), id: Id("What it is about") }),
  status: Type.Enum(["open", "refused", "appealed", "cleared", "final"]),
  score: Type.Integer({ minimum: 0, maximum: 100, description: "How much speaks for fraud" }),
  isHeld: Type.Boolean({ description: "Whether what it is about waits" }),
  assignedTo: Nullable(Id("Who of the team has it")),
  openedAt: Instant("When the rules pointed at it"),
  decidedAt: Nullable(Instant("When it was last decided")),
  appealUntil: Nullable(Instant("Until then the partner may appeal")),
});

export const FraudRulesData = Fields({
  id: Id("The programme's tenant"),
  version: Type.Integer({ description: "Its number", examples: [2] }),
  changed: Type.Array(Type.String(), {
    description: "The rules that are set otherwise",
    examples: [["duplicate_device"]],
  }),
});

export const ProgramData = Fields({ id: Id("The programme"), name: Word("Its name", ["Partners"]) });

export const PlanData = Fields({
  id: Id("The plan version"),
  version: Type.Integer({ description: "Its number", examples: [2] }),
  effectiveFrom: Nullable(Instant("When it comes into force; null has always been")),
  isRetroactive: Type.Boolean({ description: "Whether it holds for existing customers" }),
});

export const EndpointData = Fields({
  id: Id("The endpoint"),
  partnerId: Nullable(Id("Whose it is; null for the operator's")),
  url: Word("Where it is", ["https://app.example.com/webhooks"]),
  description: Nullable(Word("What it is, for people", ["Bookkeeping"])),
  events: Type.Array(Type.String(), { description: "What it is told", examples: [["payout.*"]] }),
  status: Type.Enum(["active", "inactive", "failed", "deleted"]),
  reason: Nullable(Word("Why it fails, or was turned off", ["failing"])),
  failingSince: Nullable(Instant("Since when nothing was taken")),
  previousSecretUntil: Nullable(Instant("Until then the secret before signs as well")),
});

export const LeadData = Fields({
  id: Id("The lead"),
  partnerId: Id("Whose it is"),
  status: Type.Enum([
    "submitted",
    "conflict",
    "accepted",
    "contacted",
    "qualified",
    "proposal",
    "won",
    "lost",
    "declined",
    "expired",
  ]),
  endsAt: Nullable(Instant("When it ends by itself")),
  renewals: Type.Integer({ description: "How often its partner has renewed it" }),
  expectedValue: Nullable(Amount("What the partner expects it to be worth")),
  currency: Nullable(CurrencyCode()),
  tie: Nullable(Type.Enum(["own", "elsewhere"])),
  referralId: Nullable(Id("The referral of its customer, where that is the partner's own")),
  registeredAt: Instant("When it was registered"),
});

export const PingData = Fields({ endpointId: Id("The endpoint that was asked") });

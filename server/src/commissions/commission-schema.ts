import { Type } from "typebox";
import {
  Amount,
  AmountInput,
  Count,
  CurrencyCode,
  Id,
  Instant,
  InstantInput,
  Nullable,
  pageOf,
  pageQuery,
} from "../platform/http/index.ts";
import { saleFacts } from "../sales/index.ts";
import { COMMISSION_STATUSES, COMMISSION_TYPES } from "./commission-rules.ts";
import { disputeFields } from "./dispute-schema.ts";
import { COMMISSION_SORTS } from "./find-commissions.ts";

const Status = Type.Enum([...COMMISSION_STATUSES], {
  description:
    "`pending` is in hold; `approved` is available; `paid` has left in a payout; `disputed` is held; `cancelled` is final",
});
const CommissionKind = Type.Enum([...COMMISSION_TYPES], { description: "What it is earned for" });
const Reason = (description: string) => Type.String({ minLength: 1, maxLength: 2_000, description });
const PARTNER_EXAMPLE = "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11";
const CalendarDate = (description: string) => Type.String({ format: "date", description });

const commissionFields = {
  id: Id("The commission"),
  partnerId: Id("Who earned it"),
  referralId: Nullable(Id("The referral that it was earned on")),
  transactionId: Nullable(Id("The transaction that it was earned on, or that reversed it")),
  customer: Nullable(Type.String({ description: "The customer's address, masked", examples: ["a…@e….com"] })),
  type: CommissionKind,
  rule: Type.String({ description: "The rule that made it", examples: ["recurring"] }),
  amount: Amount("The amount; negative where it takes back a part of another"),
  currency: CurrencyCode(),
  rate: Nullable(
    Type.Number({
      description: "The rate before bonus and multiplier, as a decimal fraction; null where the amount is flat",
      examples: [0.25],
    }),
  ),
  status: Status,
  reversesId: Nullable(Id("The commission that it takes back, or gives back, a part of")),
  occurredAt: Instant("When it was earned"),
  holdUntil: Instant("When its hold ends"),
  periodStart: Nullable(
    CalendarDate("First day of the period that was paid for; null, since what is reported does not say it"),
  ),
  periodEnd: Nullable(CalendarDate("Last day of that period; null likewise")),
  calculatedAt: Instant("When it was assessed"),
  approvedAt: Nullable(Instant("When it became available")),
  paidAt: Nullable(Instant("When it had left whole")),
};

export const Commission = Type.Object(commissionFields, {
  $id: "Commission",
  description: "One earned or reversed amount",
});

const Clause = Type.Object(
  {
    clause: Type.String({ description: "The clause of the rules that was tried" }),
    outcome: Type.String({ description: "What came of it" }),
    reason: Type.String({ description: "Why" }),
    commissionId: Type.Optional(Id("The commission that it made or moved")),
  },
  {
    additionalProperties: true,
    description: "With what went into its figure: base, rate, bonus, multiplier, the exact product before rounding",
  },
);

/** A receipt is plain JSON as it was written; what it is made of may grow. */
const Receipt = Type.Unsafe<object>(
  Type.Object(
    {
      eventId: Id("The transaction or act that was assessed"),
      kind: Type.String({ description: "What it was: a transaction's kind, or an act's" }),
      act: Type.String({ description: "Empty, or the re-assessment" }),
      number: Type.Integer({ description: "Its place in the partner's recorded sequence" }),
      occurredAt: Type.String({ format: "date-time" }),
      clauses: Type.Array(Clause, { description: "In the order in which they were tried" }),
    },
    { additionalProperties: true, description: "Why it is that number; null for what people made" },
  ),
);

export const CommissionDetail = Type.Object(
  {
    ...commissionFields,
    receipt: Nullable(Receipt),
    note: Nullable(Type.String({ description: "Why a person granted it, took it back or wrote it off" })),
    closing: Nullable(
      Type.Object(
        {
          by: Type.Enum(["event", "person"], {
            description: "What happened to the sale, the customer or the partnership; or a person",
          }),
          reason: Nullable(
            Type.String({ description: "What the person said; null where a dispute says it, or nobody" }),
          ),
          event: Nullable(
            Type.String({
              description:
                "The kind of the event: `refund` or `chargeback` of the payment that made the customer count, `rejection` of the customer, its `departure` to another partner, `termination` of the partnership, or `reassessment`; null where a person closed it, and of what an earlier release has closed",
              examples: ["refund"],
            }),
          ),
        },
        { description: "What cancelled it, or took it back as a whole; null where nothing has" },
      ),
    ),
    reversals: Type.Array(Type.Object(commissionFields), {
      description: "What takes back or gives back a part of it, oldest first",
    }),
    disputes: Type.Array(Type.Object(disputeFields), { description: "What was said against it, newest first" }),
    payout: Type.Object(
      {
        paid: Amount("Has left"),
        inTransit: Amount("Is in a payout that has not been confirmed"),
        unpaid: Amount("Is in no payout"),
      },
      { description: "Where its amount stands with payouts" },
    ),
  },
  { $id: "CommissionDetail" },
);

export const CommissionPage = pageOf(Commission);

export const CommissionQuery = Type.Object(
  {
    ...pageQuery(COMMISSION_SORTS),
    status: Type.Optional(Status),
    type: Type.Optional(CommissionKind),
    currency: Type.Optional(CurrencyCode()),
    referralId: Type.Optional(Id("Earned on this referral")),
    from: Type.Optional(InstantInput("Earned at or after")),
    to: Type.Optional(InstantInput("Earned before")),
  },
  { additionalProperties: false },
);

export const AdminCommissionQuery = Type.Object(
  {
    ...CommissionQuery.properties,
    partnerId: Type.Optional(Id("One partner's")),
    transactionId: Type.Optional(Id("Earned on this transaction, or taken back by it")),
  },
  { additionalProperties: false },
);

const summaryPeriod = {
  from: Type.Optional(InstantInput("Count commissions earned at or after")),
  to: Type.Optional(InstantInput("Count commissions earned before")),
};

export const SummaryQuery = Type.Object(summaryPeriod, { additionalProperties: false });

export const AnySummaryQuery = Type.Object(
  { partnerId: Id("Whose commissions and balances"), ...summaryPeriod },
  { additionalProperties: false },
);

export const CommissionSummary = Type.Object(
  {
    currencies: Type.Array(
      Type.Object({
        currency: CurrencyCode(),
        pending: Amount("In hold"),
        approved: Amount("Approved and not wholly paid"),
        paid: Amount("Wholly paid"),
        disputed: Amount("Contested"),
        commissions: Count("Commissions of the period, reversals not counted"),
        balances: Type.Object(
          {
            pending: Amount("In hold"),
            available: Amount("Can be paid out"),
            disputed: Amount("Held by disputes"),
            inTransit: Amount("In payouts that have not been confirmed"),
            debt: Amount("Owed back; the next approvals repay it"),
            paidOut: Amount("By payouts that have arrived, also what they took of a commission in part"),
          },
          { description: "As the ledger has them now, whatever the period" },
        ),
        upcoming: Type.Array(
          Type.Object({ date: CalendarDate("In the programme's time zone"), amount: Amount("Becomes available") }),
          { description: "What leaves its hold next, unless something holds it" },
        ),
      }),
    ),
  },
  { $id: "CommissionSummary", description: "Commissions and balances by currency; amounts never cross currencies" },
);

export const CommissionParams = Type.Object({ id: Id("The commission") });

export const CalculateBody = Type.Object(
  { partnerId: Type.Optional(Id("One partner; all when not given")) },
  { additionalProperties: false, examples: [{ partnerId: PARTNER_EXAMPLE }] },
);

export const Calculated = Type.Object(
  {
    partners: Type.Integer({ description: "Partners that were looked at" }),
    assessed: Type.Integer({ description: "Events that had not been assessed, and are now" }),
    commissions: Type.Integer({ description: "Commissions and reversals that followed" }),
    gaps: Type.Array(Id("A partner with a gap before what has been assessed: a re-assessment corrects it")),
  },
  { $id: "CalculatedCommissions" },
);

export const PreviewBody = Type.Object(
  {
    referralId: Id("The customer that the sale would be to"),
    kind: Type.Enum(["payment", "card"]),
    amount: AmountInput("Gross amount"),
    currency: CurrencyCode(),
    tax: Type.Optional(AmountInput("Tax contained in the amount")),
    revenue: Type.Optional(AmountInput("Of a card event: your own revenue from it")),
    ...saleFacts,
    occurredAt: Type.Optional(InstantInput("Now when not given")),
  },
  {
    additionalProperties: false,
    examples: [
      {
        referralId: "0190f1a2-8f00-7a11-9e22-5d6c7b8a9f00",
        kind: "payment",
        amount: 12_000,
        tax: 2_000,
        currency: "USD",
      },
    ],
  },
);

export const CommissionPreview = Type.Object(
  {
    commissions: Type.Array(
      Type.Object({
        type: CommissionKind,
        rule: Type.String({ description: "The rule that makes it" }),
        amount: Amount("What would be earned"),
        currency: CurrencyCode(),
        rate: commissionFields.rate,
        holdUntil: Instant("When its hold would end"),
      }),
    ),
    clauses: Type.Array(Clause, { description: "In the order in which they were tried" }),
  },
  { $id: "CommissionPreview", description: "What a sale would earn if it were reported now, and why" },
);

export const CancelBody = Type.Object(
  { reason: Reason("Why; the partner is told") },
  { additionalProperties: false, examples: [{ reason: "The customer is the partner's own company" }] },
);

export const GrantBody = Type.Object(
  {
    partnerId: Id("Who is granted it"),
    amount: AmountInput("How much, above zero"),
    currency: CurrencyCode(),
    reason: Reason("Why; the partner is told"),
  },
  {
    additionalProperties: false,
    examples: [{ partnerId: PARTNER_EXAMPLE, amount: 25_000, currency: "USD", reason: "Launch bonus" }],
  },
);

export const WriteOffBody = Type.Object(
  {
    partnerId: Id("Whose debt"),
    currency: CurrencyCode(),
    amount: Type.Optional(AmountInput("How much of it; all when not given")),
    reason: Reason("Why; the partner is told"),
  },
  {
    additionalProperties: false,
    examples: [{ partnerId: PARTNER_EXAMPLE, currency: "USD", reason: "Too little to pursue" }],
  },
);

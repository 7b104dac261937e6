import { Type } from "typebox";
import { AMOUNT_MAX_MINOR } from "../kernel/money.ts";
import { DOCUMENT_FORMATS } from "../platform/files/index.ts";
import {
  Amount,
  Count,
  CurrencyCode,
  Id,
  Instant,
  InstantInput,
  Line,
  Nullable,
  pageOf,
  pageQuery,
  Text,
} from "../platform/http/index.ts";
import { SETTLEMENT_KINDS, SHARE_SORTS, SUB_OPERATOR_SORTS } from "./sub-operator-repository.ts";
import { SUB_OPERATOR_STATES } from "./sub-operator-rules.ts";

const MODES = ["share", "licence"] as const;
const Rate = (description: string) =>
  Type.Number({ minimum: 0, maximum: 1, description: `${description}, as a decimal fraction (0.25 is 25 %)` });

const limitFields = {
  maxPartners: Nullable(
    Type.Integer({ minimum: 0, maximum: 10_000_000, description: "Partners that are active or suspended" }),
  ),
  maxRate: Nullable(
    Type.Number({
      minimum: 0,
      maximum: 10,
      description: "What a partner may earn of a sale, with its highest bonus, as a decimal fraction",
    }),
  ),
  currencies: Nullable(
    Type.Array(CurrencyCode(), {
      minItems: 1,
      maxItems: 200,
      uniqueItems: true,
      description: "Currencies of its plans and of their least payouts",
    }),
  ),
  countries: Nullable(
    Type.Array(Type.String({ pattern: "^[A-Z]{2}$" }), {
      minItems: 1,
      maxItems: 300,
      uniqueItems: true,
      description: "Where its partners are at home, ISO 3166-1 alpha-2",
    }),
  ),
};
const Limits = Type.Object(limitFields, { additionalProperties: false, description: "Null is no limit" });
const LIMITS = { maxPartners: 200, maxRate: 0.3, currencies: ["USD", "EUR"], countries: null };

export const LimitsBody = Type.Object(limitFields, { additionalProperties: false, examples: [LIMITS] });
export const OwnLimits = Type.Object(
  { ...limitFields, partners: Count("Partners that count against the limit") },
  { $id: "OwnLimits", description: "What the operator above allows; all null where there is none" },
);

const Contract = Type.Object({
  number: Type.Integer({ description: "Of those that have begun, the highest counts" }),
  mode: Type.Enum([...MODES], { description: "`share`: of each sale; `licence`: a fee each month" }),
  parentShare: Rate("What the operator above has of each sale"),
  revenueShare: Nullable(Rate("What the sub-operator keeps of each sale; null in mode `licence`")),
  effectiveFrom: Instant("From when on"),
  reason: Type.String(),
});

export const SubOperator = Type.Object(
  {
    id: Id("The sub-operator: its tenant"),
    partnerId: Id("The partner that it is: it owes shares and fees"),
    name: Type.String({ examples: ["Harbour Bank"] }),
    host: Type.String({ description: "Where its portal and links answer", examples: ["partners.harbour.example"] }),
    status: Type.Enum([...SUB_OPERATOR_STATES], {
      description: "`opening` for the moments until its programme is made",
    }),
    statusReason: Nullable(Type.String({ description: "Why it is suspended or removed" })),
    limits: Limits,
    partners: Count("Its partners that are active or suspended"),
    contract: Nullable(Contract),
    contracts: Type.Array(Contract, { description: "All that were agreed on, also those to come" }),
    figures: Type.Array(
      Type.Object({
        currency: CurrencyCode(),
        revenue: Amount("What it has sold without tax, less what was taken back"),
        share: Amount("What of that belongs to the operator above"),
        shareOwed: Amount("What of the share is to be paid; below zero: to be paid back"),
        feesCharged: Amount("Fees invoiced, less credit notes"),
        feesOwed: Amount("What is open of them"),
      }),
      { description: "By currency" },
    ),
    createdAt: Instant("When it was made"),
    openedAt: Nullable(Instant("When its programme and its first admin were made")),
    removedAt: Nullable(Instant("When it was removed")),
  },
  { $id: "SubOperator", description: "A partner with a programme of its own" },
);
export const SubOperatorPage = pageOf(SubOperator);
export const SubOperatorParams = Type.Object({ id: Id("The sub-operator") });
export const SubOperatorQuery = Type.Object(
  { ...pageQuery(SUB_OPERATOR_SORTS), status: Type.Optional(Type.Enum([...SUB_OPERATOR_STATES])) },
  { additionalProperties: false },
);

const Day = (description: string) => Type.String({ format: "date", description, examples: ["2026-03-01"] });
const RevenueShare = Type.Optional(Rate("What the sub-operator keeps of each sale, in mode `share` alone"));

export const CreateSubOperatorBody = Type.Object(
  {
    partnerId: Id("An active partner of the third tier"),
    name: Line({ minLength: 1, maxLength: 100, description: "What its programme is called" }),
    host: Line({
      minLength: 1,
      maxLength: 253,
      description: "Where its portal and links answer; it leads to this server",
    }),
    currency: Type.Optional(CurrencyCode("Its programme's; that of this one when not given")),
    admin: Type.Object(
      {
        email: Type.String({ format: "email", maxLength: 254 }),
        name: Line({ minLength: 1, maxLength: 200 }),
      },
      { additionalProperties: false, description: "Who is invited as its first admin" },
    ),
    limits: Limits,
    mode: Type.Optional(Type.Enum([...MODES], { description: "As the partner's terms have it when not given" })),
    revenueShare: RevenueShare,
    fees: Type.Optional(
      Type.Object(
        {
          startsOn: Day("First day of the first month that is invoiced; a day to come"),
          supportFrom: Nullable(Day("Months that begin on or after it owe the support fee; null: not ordered")),
          maySetOff: Type.Boolean({ description: "Fees may be set off against its earnings as a partner" }),
          dueDays: Type.Integer({ minimum: 0, maximum: 365, description: "Days until an invoice is due" }),
        },
        {
          additionalProperties: false,
          description: "From when on the fees of its terms are invoiced; not at all without",
        },
      ),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        partnerId: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42",
        name: "Harbour Bank",
        host: "partners.harbour.example",
        admin: { email: "ada@harbour.example", name: "Ada Harbour" },
        limits: LIMITS,
        mode: "share",
        revenueShare: 0.5,
        fees: { startsOn: "2026-03-01", supportFrom: null, maySetOff: true, dueDays: 30 },
      },
    ],
  },
);

const Reason = Text({ minLength: 1, maxLength: 1_000, description: "Those who are refused read it" });
export const ReasonBody = Type.Object(
  { reason: Reason },
  { additionalProperties: false, examples: [{ reason: "The licence of March is not paid" }] },
);

export const ContractBody = Type.Object(
  {
    mode: Type.Enum([...MODES]),
    revenueShare: RevenueShare,
    effectiveFrom: Type.Optional(InstantInput("Not in the past; from now on when not given")),
    reason: Text({ minLength: 1, maxLength: 1_000 }),
  },
  {
    additionalProperties: false,
    examples: [{ mode: "licence", effectiveFrom: "2027-01-01T00:00:00Z", reason: "Addendum of December" }],
  },
);

export const SettlementBody = Type.Object(
  {
    kind: Type.Enum([...SETTLEMENT_KINDS], {
      description:
        "`payment`: it has paid; `repayment`: it was paid back what it had paid of sales that were taken back",
    }),
    currency: CurrencyCode(),
    amount: Type.Integer({
      minimum: 1,
      maximum: Number(AMOUNT_MAX_MINOR),
      description: "At most what is owed, in minor units",
    }),
    reference: Line({ minLength: 1, maxLength: 200, description: "The bank's, or finance's; recorded once" }),
  },
  {
    additionalProperties: false,
    examples: [{ kind: "payment", currency: "USD", amount: 125_000, reference: "Wire 4711" }],
  },
);

export const SubOperatorShare = Type.Object(
  {
    id: Id("The transaction, in the sub-operator's tenant"),
    saleId: Id("The sale that it is or reverses"),
    kind: Type.String({ description: "payment, card, refund, chargeback or chargeback_won" }),
    currency: CurrencyCode(),
    revenue: Amount("Revenue without tax that it brought, or took back"),
    share: Amount("What of it is the share"),
    contract: Nullable(Type.Integer({ description: "By which contract; null of sales from before the first" })),
    occurredAt: Instant("Its date"),
    bookedAt: Instant("When the share was booked"),
  },
  { $id: "SubOperatorShare", description: "What one transaction of a sub-operator has changed of the share" },
);
export const SubOperatorSharePage = pageOf(SubOperatorShare);
export const SubOperatorShareQuery = Type.Object(pageQuery(SHARE_SORTS), { additionalProperties: false });

export const ShareStatementQuery = Type.Object(
  {
    month: Type.String({
      pattern: "^20[0-9]{2}-(0[1-9]|1[0-2])$",
      description: "A month that has ended, of the programme's calendar",
      examples: ["2026-03"],
    }),
    currency: CurrencyCode(),
    format: Type.Optional(Type.Enum([...DOCUMENT_FORMATS], { description: "`pdf` when not given" })),
  },
  { additionalProperties: false },
);

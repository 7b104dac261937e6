import { Type } from "typebox";
import { AMOUNT_MAX_MINOR } from "../kernel/money.ts";
import { DOCUMENT_FORMATS } from "../platform/files/index.ts";
import { Amount, CurrencyCode, Id, Instant, Line, Nullable, pageOf, pageQuery, Text } from "../platform/http/index.ts";
import { INVOICE_STATES } from "./fee-rules.ts";
import { INVOICE_SORTS } from "./find-invoices.ts";

const Day = (description: string) => Type.String({ format: "date", description, examples: ["2026-03-01"] });
const PositiveAmount = (description: string) =>
  Type.Integer({
    minimum: 1,
    maximum: Number(AMOUNT_MAX_MINOR),
    description: `${description}, in minor units`,
    examples: [10_000],
  });
const Quantity = (description: string) => Type.Integer({ minimum: 1, maximum: 1_000_000, description });

const agreementFields = {
  startsOn: Day("First day of the first month that is invoiced; months run from it"),
  endsOn: Nullable(Day("No month is invoiced that begins on or after it")),
  supportFrom: Nullable(Day("Months that begin on or after it owe the support fee; null: not ordered")),
  maySetOff: Type.Boolean({ description: "The partner has agreed that fees are set off against its earnings" }),
  dueDays: Type.Integer({ minimum: 0, maximum: 365, description: "Days until an invoice is due" }),
};

export const FeeAgreement = Type.Object(
  { partnerId: Id("Who owes fees"), ...agreementFields, nextOn: Day("First day of the next month to be invoiced") },
  { $id: "FeeAgreement" },
);
export const FeeAgreementPage = pageOf(FeeAgreement);
export const FeeAgreementQuery = Type.Object(pageQuery(["nextOn", "-nextOn"]), { additionalProperties: false });
export const PartnerParams = Type.Object({ partnerId: Id("The partner") });

export const AgreeFeesBody = Type.Object(agreementFields, {
  additionalProperties: false,
  examples: [{ startsOn: "2026-03-01", endsOn: null, supportFrom: null, maySetOff: true, dueDays: 30 }],
});

export const CardUsageBody = Type.Object(
  {
    partnerId: Id("Whose cards"),
    reference: Line({ minLength: 1, maxLength: 100 }),
    quantity: Quantity("How many card products"),
  },
  {
    additionalProperties: false,
    examples: [{ partnerId: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42", reference: "metal-2026", quantity: 1 }],
  },
);
export const CardUsage = Type.Object(
  { id: Id("The usage"), reference: Type.String(), quantity: Type.Integer() },
  { $id: "CardUsage" },
);

const invoiceFields = {
  id: Id("The invoice"),
  number: Type.Unsafe<bigint>({ type: "integer", description: "Without gaps within the programme", examples: [17] }),
  partnerId: Id("Who owes it"),
  periodStart: Nullable(Day("First day of the month that it is of; null where a person issued it")),
  currency: CurrencyCode(),
  total: Amount("Sum of its lines, without tax"),
  paid: Amount("Received"),
  setOff: Amount("Paid by earnings"),
  credited: Amount("Taken back by credit notes"),
  open: Amount("Total less paid, set off and credited"),
  status: Type.Enum([...INVOICE_STATES], { description: "`overdue`: open after its day" }),
  issuedOn: Day("Its date"),
  dueOn: Day("The day on which it is due"),
  issuedAt: Instant("When it was issued"),
};
export const Invoice = Type.Object(invoiceFields, { $id: "Invoice", description: "What a partner was charged" });
export const InvoiceDetail = Type.Object(
  {
    ...invoiceFields,
    lines: Type.Array(
      Type.Object({
        line: Type.Integer(),
        kind: Type.String({ description: "setup, integration, licence, support, card or other" }),
        description: Type.String(),
        quantity: Type.Integer(),
        unitAmount: Amount("Of one"),
        amount: Amount("Quantity times that"),
      }),
    ),
    settlements: Type.Array(
      Type.Object({
        id: Id("The settlement"),
        kind: Type.String({ description: "payment, credit or set_off" }),
        amount: Amount("Of the invoice; below zero where a set-off was undone"),
        reference: Type.String({ description: "Reference of a payment, otherwise the reason" }),
        number: Nullable(Type.Unsafe<bigint>({ type: "integer", description: "Of a credit note" })),
        undoes: Nullable(Id("The set-off that it undoes")),
        recordedAt: Instant("When"),
      }),
    ),
  },
  { $id: "InvoiceDetail" },
);
export const InvoicePage = pageOf(Invoice);
export const InvoiceParams = Type.Object({ id: Id("The invoice") });
export const InvoiceQuery = Type.Object(
  {
    ...pageQuery(INVOICE_SORTS),
    status: Type.Optional(Type.Enum([...INVOICE_STATES])),
    currency: Type.Optional(CurrencyCode()),
  },
  { additionalProperties: false },
);
export const AdminInvoiceQuery = Type.Object(
  { ...InvoiceQuery.properties, partnerId: Type.Optional(Id("One partner's")) },
  { additionalProperties: false },
);
export const InvoiceFileQuery = Type.Object(
  { format: Type.Optional(Type.Enum([...DOCUMENT_FORMATS], { description: "`pdf` when not given" })) },
  { additionalProperties: false },
);

export const IssueInvoiceBody = Type.Object(
  {
    partnerId: Id("Who owes it"),
    currency: CurrencyCode(),
    lines: Type.Array(
      Type.Object(
        {
          description: Line({ minLength: 1, maxLength: 200 }),
          quantity: Quantity("How many"),
          unitAmount: PositiveAmount("Of one"),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 100 },
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        partnerId: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42",
        currency: "USD",
        lines: [{ description: "Training day", quantity: 1, unitAmount: 120_000 }],
      },
    ],
  },
);
export const PaymentBody = Type.Object(
  {
    amount: Type.Optional(PositiveAmount("What was received; all that is open when not given")),
    reference: Line({ minLength: 1, maxLength: 140 }),
  },
  { additionalProperties: false, examples: [{ amount: 10_000, reference: "Wire 4711" }] },
);
export const CreditBody = Type.Object(
  {
    amount: Type.Optional(PositiveAmount("What is not owed; all that is open when not given")),
    reason: Text({ minLength: 1, maxLength: 500 }),
  },
  { additionalProperties: false, examples: [{ reason: "Agreed: support begins in April" }] },
);
export const SetOffBody = Type.Object(
  { amount: Type.Optional(PositiveAmount("As much as is open and free when not given")) },
  { additionalProperties: false, examples: [{ amount: 10_000 }] },
);
export const UndoSetOffBody = Type.Object(
  {
    settlementId: Id("The set-off, among the settlements of the invoice"),
    reason: Text({ minLength: 1, maxLength: 500 }),
  },
  {
    additionalProperties: false,
    examples: [{ settlementId: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42", reason: "Agreed: they pay by wire" }],
  },
);

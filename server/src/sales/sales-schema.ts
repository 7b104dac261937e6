import { type Static, Type } from "typebox";
import { EXTERNAL_ID_PATTERN } from "../kernel/external-id.ts";
import {
  Amount,
  AmountInput,
  CurrencyCode,
  Id,
  Instant,
  InstantInput,
  Nullable,
  pageOf,
  pageQuery,
} from "../platform/http/index.ts";
import { BATCH_SIZE_MAX, type ReportedTransaction, TRANSACTION_KINDS } from "./transaction.ts";

const ExternalId = (description: string, example: string) =>
  Type.String({ pattern: EXTERNAL_ID_PATTERN, description, examples: [example] });

export const TransactionKindSchema = Type.Enum([...TRANSACTION_KINDS], {
  description:
    "`payment`: revenue of an invoice or a one-off. `card`: card or crypto volume. `refund`, `chargeback`: take back part or all of one of these. `chargeback_won`: gives back what a chargeback took.",
});

/** What a sale says for the rules of a plan to ask for. It holds as it was told first. */
export const saleFacts = {
  product: Type.Optional(
    Type.String({ pattern: EXTERNAL_ID_PATTERN, description: "What was sold, as the rules of your plan name it" }),
  ),
  planCode: Type.Optional(
    Type.String({ pattern: EXTERNAL_ID_PATTERN, description: "The plan that was paid for, as your rules name it" }),
  ),
  country: Type.Optional(
    Type.String({ pattern: "^[A-Z]{2}$", description: "Where the customer is, ISO 3166-1 alpha-2" }),
  ),
};

const TransactionInput = Type.Object(
  {
    externalId: ExternalId(
      "Your name for the event; the same again, with the same content, is the same event",
      "in_1042",
    ),
    customerExternalId: ExternalId("Your name for the customer", "user_77"),
    kind: TransactionKindSchema,
    amount: AmountInput("Gross amount; of a reversal, gross as its original's"),
    currency: CurrencyCode(),
    occurredAt: InstantInput("When it happened"),
    originalExternalId: Type.Optional(
      ExternalId("Of a reversal: what it reverses; it may arrive first, and then waits", "in_1042"),
    ),
    tax: Type.Optional(AmountInput("Tax contained in the amount; commissions are earned on the rest")),
    revenue: Type.Optional(AmountInput("Of a card event: your own revenue from it")),
    ...saleFacts,
    createCustomer: Type.Optional(
      Type.Boolean({
        description: "Make the customer where there is none, tied to no partner; otherwise it is refused",
      }),
    ),
  },
  { additionalProperties: false },
);

export const RecordTransactionsBody = Type.Object(
  { transactions: Type.Array(TransactionInput, { minItems: 1, maxItems: BATCH_SIZE_MAX }) },
  {
    additionalProperties: false,
    examples: [
      {
        transactions: [
          {
            externalId: "in_1042",
            customerExternalId: "user_77",
            kind: "payment",
            amount: 12_000,
            tax: 2_000,
            currency: "USD",
            product: "cloud",
            planCode: "pro-yearly",
            country: "DE",
            occurredAt: "2026-03-01T12:00:00Z",
          },
          {
            externalId: "re_88",
            customerExternalId: "user_77",
            kind: "refund",
            originalExternalId: "in_1042",
            amount: 6_000,
            currency: "USD",
            occurredAt: "2026-03-04T09:30:00Z",
          },
        ],
      },
    ],
  },
);

export type RecordTransactionsResponse = Static<typeof RecordTransactionsResponse>;
export const RecordTransactionsResponse = Type.Object(
  {
    results: Type.Array(
      Type.Object({
        externalId: Type.String(),
        status: Type.Enum(["recorded", "duplicate", "waiting", "rejected"], {
          description:
            "`recorded`: assessed and booked. `duplicate`: recorded before. `waiting`: a reversal whose original has not arrived. `rejected`: nothing was kept.",
        }),
        id: Type.Optional(Id("Of the transaction, unless it was rejected")),
        error: Type.Optional(
          Type.Object({
            code: Type.String({ description: "Stable and machine-readable, as in a problem document" }),
            title: Type.String(),
            facts: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
          }),
        ),
      }),
      { description: "One for each event, in the order given" },
    ),
  },
  {
    examples: [
      {
        results: [
          { externalId: "in_1042", status: "recorded", id: "0190f1a2-9a01-7c55-8f02-6f0d3c2b1a44" },
          { externalId: "re_88", status: "recorded", id: "0190f1a2-9a02-7d10-9b7e-0c4e5f6a7b88" },
          {
            externalId: "in_1043",
            status: "rejected",
            error: {
              code: "transaction.unknown_customer",
              title: "No customer has this external id; convert or create it first",
            },
          },
        ],
      },
    ],
  },
);

/** An event off the wire: optional fields have their values, amounts are bigint. */
export const reportedTransaction = (input: Static<typeof TransactionInput>): ReportedTransaction => ({
  ...input,
  amount: BigInt(input.amount),
  occurredAt: new Date(input.occurredAt),
  originalExternalId: input.originalExternalId ?? null,
  tax: BigInt(input.tax ?? 0),
  revenue: BigInt(input.revenue ?? 0),
  product: input.product ?? null,
  planCode: input.planCode ?? null,
  country: input.country ?? null,
  createCustomer: input.createCustomer ?? false,
});

export const TransactionView = Type.Object({
  id: Id("Of the transaction"),
  externalId: Type.String(),
  customerId: Id("Of the customer"),
  customerExternalId: Nullable(Type.String()),
  kind: TransactionKindSchema,
  amount: Amount("Gross amount"),
  currency: CurrencyCode(),
  tax: Amount("Tax contained in the amount"),
  revenue: Amount("Own revenue from a card event"),
  product: Nullable(Type.String({ description: "What was sold" })),
  planCode: Nullable(Type.String({ description: "The plan that was paid for" })),
  country: Nullable(Type.String({ description: "Where the customer is" })),
  occurredAt: Instant("When it happened"),
  recordedAt: Instant("When it was reported"),
  originalExternalId: Nullable(Type.String()),
  originalId: Nullable(Id("What it reverses; null while it waits for that")),
  isWaiting: Type.Boolean({ description: "A reversal whose original has not arrived, or waits itself" }),
  refusal: Nullable(
    Type.Object(
      { code: Type.String({ description: "As a report of it would be refused now" }), title: Type.String() },
      {
        description:
          "Of a reversal that arrived before its original and does not fit it: why. It is kept, and takes nothing back",
      },
    ),
  ),
  referralId: Nullable(Id("Of the referral that the customer is")),
  partnerId: Nullable(Id("Of the partner who earns on it")),
});
export type TransactionView = Static<typeof TransactionView>;

export const TransactionDetail = Type.Object({
  ...TransactionView.properties,
  reversals: Type.Array(TransactionView, { description: "What reverses it, oldest first" }),
});
export type TransactionDetail = Static<typeof TransactionDetail>;

export const TransactionsQuery = Type.Object(
  {
    ...pageQuery(["occurredAt", "-occurredAt"]),
    kind: Type.Optional(TransactionKindSchema),
    currency: Type.Optional(CurrencyCode()),
    partnerId: Type.Optional(Id("Of a partner")),
    customerExternalId: Type.Optional(Type.String({ maxLength: 255 })),
    externalId: Type.Optional(Type.String({ maxLength: 255 })),
    occurredFrom: Type.Optional(InstantInput("At or after")),
    occurredBefore: Type.Optional(InstantInput("Before")),
    isWaiting: Type.Optional(Type.Boolean({ description: "Only reversals that wait, or only what does not" })),
    isRefused: Type.Optional(
      Type.Boolean({
        description: "Only reversals that waited and do not fit their original, or only what is not refused",
      }),
    ),
  },
  { additionalProperties: false },
);
export type TransactionsQuery = Static<typeof TransactionsQuery>;

export const TransactionsPage = pageOf(TransactionView);

const { kind, currency, occurredFrom, occurredBefore } = TransactionsQuery.properties;
export const OwnTransactionsQuery = Type.Object(
  {
    ...pageQuery(["occurredAt", "-occurredAt"]),
    kind,
    currency,
    occurredFrom,
    occurredBefore,
    customerId: Type.Optional(Id("Of a customer")),
  },
  { additionalProperties: false },
);
export type OwnTransactionsQuery = Static<typeof OwnTransactionsQuery>;

const {
  revenue: _revenue,
  refusal: _refusal,
  partnerId: _partnerId,
  externalId: _externalId,
  customerExternalId: _customerExternalId,
  originalExternalId: _originalExternalId,
  ...ownFields
} = TransactionView.properties;
/** Without the operator's own revenue, and without the names that it has for its things. */
export const OwnTransactionsPage = pageOf(Type.Object(ownFields));

import { type Static, Type } from "typebox";
import { Amount, CurrencyCode, Id, Instant, Line, Nullable, pageOf, pageQuery } from "../platform/http/index.ts";
import { RecordTransactionsResponse, TransactionKindSchema } from "../sales/index.ts";
import { OVERLAP_HOURS_DEFAULT, OVERLAP_HOURS_MAX } from "./change-source.ts";

const NAME_LENGTH_MAX = 100;
const Name = Line({ minLength: 1, maxLength: NAME_LENGTH_MAX, description: "What you call it" });
const StripeSecret = Type.String({
  pattern: "^whsec_[A-Za-z0-9+/=_-]{16,200}$",
  description: "Of a Stripe source: the signing secret that Stripe shows for its endpoint",
});
const Kind = Type.Enum(["stripe", "generic"], {
  description:
    "`stripe`: webhooks of Stripe Billing. `generic`: any other system, through `POST /api/v1/intake/{sourceId}`",
});

export const CreateSourceBody = Type.Object(
  { kind: Kind, name: Name, signingSecret: Type.Optional(StripeSecret) },
  { additionalProperties: false, examples: [{ kind: "generic", name: "Paddle" }] },
);

export const RotateSourceBody = Type.Object(
  {
    signingSecret: Type.Optional(StripeSecret),
    overlapHours: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: OVERLAP_HOURS_MAX,
        default: OVERLAP_HOURS_DEFAULT,
        description: "How long the secret before stays good beside the new one",
      }),
    ),
  },
  { additionalProperties: false, examples: [{ overlapHours: 24 }] },
);

export const UpdateSourceBody = Type.Object(
  {
    name: Type.Optional(Name),
    isEnabled: Type.Optional(Type.Boolean({ description: "False: its messages are refused" })),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ isEnabled: false }] },
);

export const SourceParams = Type.Object({ id: Id("Of the source") });
export const SourceIdParams = Type.Object({ sourceId: Id("Of the source") });

export const SourceView = Type.Object({
  id: Id("Of the source"),
  kind: Kind,
  name: Type.String(),
  path: Type.String({ description: "Where its messages go, below your address" }),
  isEnabled: Type.Boolean(),
  hasSecret: Type.Boolean({ description: "False until Stripe's signing secret is given: then nothing is let in" }),
  previousSecretUntil: Nullable(Instant("Until when the secret before the last rotation is good")),
  lastHeardAt: Nullable(Instant("When a message with a good signature last came, to the minute")),
  createdAt: Instant("When it was connected"),
});
export type SourceView = Static<typeof SourceView>;

export const SourceWithSecretView = Type.Object({
  ...SourceView.properties,
  signingSecret: Nullable(Type.String({ description: "Of a generic source: shown in this answer, and never again" })),
});

export const SourcesQuery = Type.Object(pageQuery(["createdAt", "-createdAt"]), { additionalProperties: false });
export const SourcesPage = pageOf(SourceView);

export const UnmatchedQuery = Type.Object(
  {
    ...pageQuery(["occurredAt", "-occurredAt"]),
    sourceId: Type.Optional(Id("Of a source")),
    status: Type.Optional(Type.Enum(["waiting", "refused", "notice"])),
    reason: Type.Optional(Type.String({ maxLength: 100, description: "One reason alone" })),
    currency: Type.Optional(CurrencyCode()),
  },
  { additionalProperties: false },
);

export const UnmatchedPage = pageOf(
  Type.Object({
    id: Id("Of this entry"),
    sourceId: Id("Of the source that told of it"),
    externalId: Type.String({ description: "The name of the transaction that it becomes" }),
    kind: TransactionKindSchema,
    amount: Amount("Gross amount"),
    currency: CurrencyCode(),
    tax: Amount("Tax contained in the amount"),
    occurredAt: Instant("When it happened"),
    receivedAt: Instant("When it was told"),
    status: Type.String({
      description:
        "`waiting`: recorded as soon as it can be. `refused`: by the rules of transactions. `notice`: to be looked at",
    }),
    reason: Type.String({
      description:
        "`customer_unknown`, `customer_unnamed`, `email_ambiguous`, `payment_unknown`, `original_missing`; of a notice `refunds_untold` or `refund_failed`; or the code of the refusal",
    }),
    customerExternalId: Nullable(Type.String({ description: "The customer, where the message names it" })),
    providerCustomerId: Nullable(Type.String({ description: "The billing system's own customer" })),
    email: Nullable(Type.String({ description: "As the message has it" })),
  }),
);

export const FailuresQuery = Type.Object(pageQuery(["receivedAt", "-receivedAt"]), { additionalProperties: false });
export const FailuresPage = pageOf(
  Type.Object({
    id: Id("Of the message"),
    source: Type.String({ description: "Who sent it" }),
    externalId: Type.String({ description: "The sender's name for it" }),
    type: Type.String(),
    receivedAt: Instant("When it came first"),
    failure: Type.String({ description: "Why the last attempt failed; it is tried again by itself" }),
  }),
);

const Result = RecordTransactionsResponse.properties.results.items;
export const IntakeResponse = Type.Object({
  results: Type.Array(
    Type.Object({
      ...Result.properties,
      status: Type.Enum(["recorded", "duplicate", "waiting", "unmatched", "rejected"], {
        description:
          "`recorded`: assessed and booked. `duplicate`: recorded before. `waiting`: a reversal whose original has not arrived. `unmatched`: kept until its customer is known. `rejected`: nothing was kept.",
      }),
    }),
    { description: "One for each event, in the order given" },
  ),
});
export type IntakeResponse = Static<typeof IntakeResponse>;

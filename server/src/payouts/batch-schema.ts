import { Type } from "typebox";
import {
  Amount,
  AmountInput,
  Count,
  CurrencyCode,
  Id,
  Instant,
  Nullable,
  pageOf,
  pageQuery,
  Text,
} from "../platform/http/index.ts";
import { BATCH_TRANSITIONS, type BatchStatus } from "./batch-rules.ts";
import { BATCH_SORTS } from "./find-batches.ts";
import { BATCH_MAX } from "./make-batch.ts";
import { BankFileField, Held } from "./payout-schema.ts";
import { PREVIEW_SORTS } from "./preview-payouts.ts";
import { PAYOUT_INTERVALS } from "./schedule-rules.ts";

const batchFields = {
  id: Id("The batch"),
  currency: CurrencyCode(),
  status: Type.String({ description: "waiting (for a second person), ready, released, refused, expired or cancelled" }),
  amount: Amount("Gross, when it was made"),
  payouts: Type.Integer({ description: "How many payouts it was made of" }),
  approvalAbove: Nullable(Amount("The limit when it was made")),
  madeBy: Nullable(Id("The person, also where a key of theirs made it; null where the program did")),
  madeByName: Nullable(Type.String({ description: "Their name, or e-mail" })),
  madeAt: Instant("When it was made"),
  expiresAt: Nullable(Instant("Until when it waits for a second person; then its money goes back")),
  approvedBy: Nullable(Id("The second person")),
  approvedByName: Nullable(Type.String({ description: "Their name, or e-mail" })),
  approvedAt: Nullable(Instant("When it was approved")),
  decisionReason: Nullable(Type.String({ description: "What whoever decided says" })),
  releasedBy: Nullable(Id("Who released it, also where a key of theirs did; null where the program did")),
  releasedByName: Nullable(Type.String({ description: "Their name, or e-mail" })),
  releasedAt: Nullable(Instant("When it was released")),
  closedAt: Nullable(Instant("When it was refused, cancelled or expired")),
  finishedAt: Nullable(Instant("When the last of its payouts had an end")),
  counts: Type.Array(
    Type.Object({
      status: Type.String({ description: "As of payouts" }),
      bankFile: BankFileField,
      count: Count("Payouts that stand there"),
      amount: Amount("Their gross sum"),
    }),
    { description: "How far it is" },
  ),
};

export const PayoutBatch = Type.Object(batchFields, {
  $id: "PayoutBatch",
  description: "Payouts of one currency that are approved and released together",
});

export const MadeBatch = Type.Object(
  { ...batchFields, withheld: Type.Array(Held, { description: "What waits and was left out" }) },
  { $id: "MadePayoutBatch" },
);

export const ReleasedBatch = Type.Object(
  {
    ...batchFields,
    processed: Type.Integer({ description: "Payouts released to their provider" }),
    held: Type.Array(Held, { description: "Those that were not; they wait outside of the batch" }),
  },
  { $id: "ReleasedPayoutBatch" },
);

export const PayoutBatchPage = pageOf(PayoutBatch);

export const BatchParams = Type.Object({ id: Id("The batch") });

export const BatchQuery = Type.Object(
  {
    ...pageQuery(BATCH_SORTS),
    status: Type.Optional(Type.Enum(Object.keys(BATCH_TRANSITIONS) as BatchStatus[])),
    currency: Type.Optional(CurrencyCode()),
  },
  { additionalProperties: false },
);

export const MakeBatchBody = Type.Object(
  {
    currency: CurrencyCode(),
    payoutIds: Type.Optional(
      Type.Array(Id("A payout that waits"), {
        minItems: 1,
        maxItems: BATCH_MAX,
        description: "These alone; everything that waits when not given",
      }),
    ),
    includeBalances: Type.Optional(
      Type.Boolean({ description: "Also pays what is available to partners who reach their minimum", default: false }),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: BATCH_MAX, description: "At most so many, oldest first" }),
    ),
  },
  { additionalProperties: false, examples: [{ currency: "USD", includeBalances: true }] },
);

export const ApproveBatchBody = Type.Object(
  { reason: Type.Optional(Text({ maxLength: 500, description: "For the trail" })) },
  { additionalProperties: false, examples: [{}] },
);

export const RefuseBatchBody = Type.Object(
  { reason: Text({ minLength: 1, maxLength: 500, description: "For the trail, and for whoever made it" }) },
  { additionalProperties: false, examples: [{ reason: "The amount of one partner is to be checked" }] },
);

export const PreviewQuery = Type.Object(
  {
    currency: CurrencyCode(),
    partnerId: Type.Optional(
      Id("One partner alone, as an operator asks for it: the minimum does not stand against it"),
    ),
    ...pageQuery(PREVIEW_SORTS),
  },
  { additionalProperties: false },
);

export const PreviewPage = pageOf(
  Type.Object(
    {
      partnerId: Id("Who"),
      currency: CurrencyCode(),
      available: Amount("Available and in no payout"),
      debt: Amount("What the partner owes"),
      method: Nullable(Type.String({ description: "How the partner is paid, as far as may be shown" })),
      lines: Type.Array(
        Type.Object({
          payoutId: Nullable(Id("A payout that waits; null where nobody has asked for one")),
          amount: Amount("Gross; negative where the partner owes"),
          fee: Amount("Kept back as fee"),
          operatorFee: Amount("Fee that the programme bears"),
          netAmount: Amount("What would reach the partner"),
          isPayable: Type.Boolean(),
          withheld: Nullable(Type.String({ description: "Why not, as in the catalogue of errors" })),
          reason: Nullable(Type.String({ description: "More about it: the minimum, until when, what a gate says" })),
          isLasting: Type.Boolean({ description: "A person has refused it; otherwise it waits for something" }),
        }),
      ),
    },
    { $id: "PreviewedPartner" },
  ),
);

const FEE_BEARERS = ["programme", "partner"] as const;

const generalFields = {
  coolingOffHours: Type.Integer({
    minimum: 0,
    maximum: 2_160,
    description: "How long a changed payout method waits before it is paid to",
  }),
  approvalExpiresHours: Type.Integer({
    minimum: 1,
    maximum: 2_160,
    description: "How long a batch waits for its second person; then its money goes back",
  }),
  releasesScheduled: Type.Boolean({
    description: "Whether what schedules ask for is released by itself, up to the limit",
  }),
};

export const SettingsBody = Type.Partial(Type.Object(generalFields), {
  additionalProperties: false,
  minProperties: 1,
  examples: [{ coolingOffHours: 72, releasesScheduled: true }],
});

const scheduleInput = Type.Object(
  {
    every: Type.Enum([...PAYOUT_INTERVALS]),
    day: Type.Optional(Type.Integer({ minimum: 1, maximum: 31, description: "Of the week or month" })),
    minimum: Type.Optional(AmountInput("Pays whoever has at least this much")),
  },
  { additionalProperties: false },
);

export const CurrencySettingsBody = Type.Object(
  {
    currency: CurrencyCode(),
    approvalAbove: Nullable(AmountInput("What leaves in a day beyond this needs a second person; null: nothing does")),
    feeBorneBy: Type.Enum([...FEE_BEARERS], { description: "Who bears the fee of a transfer" }),
    feeFixed: AmountInput("Fee of a transfer"),
    feeRate: Type.Number({ minimum: 0, maximum: 1, description: "And of its gross amount: 0.0025 is 2.5 per mille" }),
    schedule: Nullable(scheduleInput),
  },
  {
    additionalProperties: false,
    examples: [
      {
        currency: "USD",
        approvalAbove: 1_000_000,
        feeBorneBy: "programme",
        feeFixed: 25,
        feeRate: 0.0025,
        schedule: { every: "month", day: 1 },
      },
    ],
  },
);

export const SettingsView = Type.Object(
  {
    ...generalFields,
    owedIn: Type.Array(CurrencyCode(), {
      description: "Currencies in which partners have something that can be paid or is on its way",
    }),
    currencies: Type.Array(
      Type.Object({
        currency: CurrencyCode(),
        approvalAbove: Nullable(Amount("What leaves in a day beyond this needs a second person")),
        feeBorneBy: Type.Enum([...FEE_BEARERS]),
        feeFixed: Amount("Fee of a transfer"),
        feeRate: Type.Number({ description: "And of its gross amount, as a decimal fraction" }),
        schedule: Nullable(
          Type.Object({
            every: Type.Enum([...PAYOUT_INTERVALS]),
            day: Type.Integer(),
            minimum: Nullable(Amount("Pays whoever has at least this much")),
            nextDueOn: Type.String({ format: "date", description: "The next due day, in the programme's time zone" }),
          }),
        ),
      }),
    ),
  },
  { $id: "PayoutSettings" },
);

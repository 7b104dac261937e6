import { Type } from "typebox";
import { DOCUMENT_FORMATS } from "../platform/files/index.ts";
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
  Text,
} from "../platform/http/index.ts";
import { PAYOUT_SORTS } from "./find-payouts.ts";
import { BANK_FILE_STATES, PAYOUT_TRANSITIONS, type PayoutStatus } from "./payout-rules.ts";
import { DIFFERENCES } from "./reconcile-rules.ts";
import { PAYOUT_INTERVALS } from "./schedule-rules.ts";
import { SETTLEMENT_OUTCOMES } from "./settlement-rules.ts";
import { WAITS_FOR } from "./waits-for.ts";

const Status = Type.Enum(Object.keys(PAYOUT_TRANSITIONS) as PayoutStatus[], {
  description:
    "`pending` waits for release; `processing` is with the provider; `completed` has been transferred, or by bank file released to the bank (`bankFile`)",
});

/** An amount to be paid: a payout of nothing is none. */
const PositiveAmountInput = (description: string) =>
  Type.Integer({
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    description: `${description}, in minor units`,
    examples: [12_500],
  });

/** Of payouts one by one, and of how many of a batch stand where. */
export const BankFileField = Nullable(
  Type.Enum([...BANK_FILE_STATES], {
    description:
      "Of what goes by bank file and is `completed`: `waiting` for the next file that the operator takes to its bank, or `handed_out` in one. Null otherwise, also where somebody has said that it arrived",
  }),
);

const payoutFields = {
  id: Id("The payout"),
  partnerId: Id("Who is paid"),
  amount: Amount("Gross amount"),
  currency: CurrencyCode(),
  fee: Amount("Kept back as fee"),
  taxWithheld: Amount("Kept back for the tax authority"),
  operatorFee: Amount("Fee of the transfer that the programme bears"),
  netAmount: Amount("What reaches the partner"),
  paymentMethod: Type.String({
    description:
      "`stripe_connect` or `bank_file`; `elsewhere` where an earlier programme has paid, and it was imported; `test` in the test twin",
  }),
  status: Type.String({ description: "pending, processing, completed, failed or cancelled" }),
  bankStatus: Nullable(Type.String({ description: "What the partner's bank did with it, where the provider says" })),
  bankFile: BankFileField,
  exportedAt: Nullable(Instant("When it was handed to the bank, in a file or otherwise")),
  failureCode: Nullable(
    Type.String({ description: "Why it failed, in the provider's word; of a waiting payout, why it was put back" }),
  ),
  waitsFor: Nullable(
    Type.Enum([...WAITS_FOR], {
      description:
        "What stands against letting it go, as far as the partner is told: `payout_method` and `tax_form` are for the partner to give, `method_change` passes, `minimum` is not reached, `reinstatement` ends a suspension, and somebody looks at a `review`",
    }),
  ),
  batchId: Nullable(Id("The batch in which it waits or was released")),
  requestedBy: Type.String({ description: "partner, operator or schedule" }),
  requestedAt: Instant("When it was asked for"),
  processedAt: Nullable(Instant("When the transfer was confirmed")),
};

export const Payout = Type.Object(payoutFields, { $id: "Payout", description: "A payment of balance to a partner" });

export const PayoutDetail = Type.Object(
  {
    ...payoutFields,
    items: Type.Array(
      Type.Object({
        line: Type.Integer(),
        kind: Type.String(),
        commissionId: Nullable(Id("The commission that it draws on")),
        amount: Amount("The part of it; negative for a reversal"),
        state: Type.String({ description: "reserved, confirmed or released" }),
        type: Nullable(Type.String({ description: "Of the commission, as its list has it", examples: ["recurring"] })),
        customer: Nullable(Type.String({ description: "On whom it was earned, masked", examples: ["a…@e….com"] })),
        occurredAt: Nullable(Instant("When it was earned")),
      }),
      { description: "What the payout is made of; sums to `amount`" },
    ),
    transfers: Type.Array(
      Type.Object({
        attempt: Type.Integer(),
        provider: Type.String(),
        status: Type.String({ description: "created, sending, unknown, succeeded, failed or returned" }),
        transferId: Nullable(Type.String({ description: "The provider's name for the transfer" })),
        errorCode: Nullable(Type.String()),
        sentAt: Nullable(Instant("When it was first sent")),
      }),
      { description: "Each try at the provider" },
    ),
  },
  { $id: "PayoutDetail" },
);

export const PayoutPage = pageOf(Payout);

/** What stands against a payout. */
export const heldFields = {
  code: Type.String({
    description: "What stands against it, as in the catalogue of errors",
    examples: ["payout.held"],
  }),
  reason: Nullable(Type.String({ description: "What the gate says", examples: ["fraud_review"] })),
  isLasting: Type.Boolean({
    description:
      "A person has refused it, and nothing that comes by itself lets it go; otherwise it waits for something",
  }),
};

/** A payout that was left out, and why. */
export const Held = Type.Object({ payoutId: Id("A payout that stays"), ...heldFields });

const Settlement = Type.Object({
  id: Id("What was said"),
  outcome: Type.Enum([...SETTLEMENT_OUTCOMES], {
    description: "`paid`: it has arrived; `not_paid`: it has not and will not; `returned`: it had left and came back",
  }),
  reason: Type.String({ description: "Why they say so", examples: ["The bank has refused the account"] }),
  reference: Nullable(Type.String({ description: "The bank's or the provider's name for it", examples: ["RTN-4471"] })),
  status: Type.String({
    description: "waiting (for a second person), done, refused by one, or replaced by what was said later",
  }),
  proposedBy: Nullable(Id("Who said it first, also where a key of theirs did")),
  proposedAt: Instant("When"),
  decidedBy: Nullable(Id("The second person; null where none was needed")),
  decidedAt: Nullable(Instant("When it was carried out, or refused")),
});

const operatorFields = {
  held: Nullable(Type.Object({ ...heldFields, at: Instant("When that was found last") })),
  settlement: Nullable(Settlement),
};

export const OperatorPayout = Type.Object(
  { ...payoutFields, ...operatorFields },
  { $id: "OperatorPayout", description: "A payout with what the operator alone sees" },
);

export const OperatorPayoutPage = pageOf(OperatorPayout);

export const OperatorPayoutDetail = Type.Object(
  {
    ...PayoutDetail.properties,
    ...operatorFields,
    settlements: Type.Array(Settlement, { description: "What people have said became of it, oldest first" }),
  },
  { $id: "OperatorPayoutDetail" },
);

export const PayoutQuery = Type.Object(
  {
    ...pageQuery(PAYOUT_SORTS),
    status: Type.Optional(Status),
    currency: Type.Optional(CurrencyCode()),
    from: Type.Optional(InstantInput("Requested at or after")),
    to: Type.Optional(InstantInput("Requested before")),
  },
  { additionalProperties: false },
);

export const AdminPayoutQuery = Type.Object(
  {
    ...PayoutQuery.properties,
    partnerId: Type.Optional(Id("One partner's")),
    batchId: Type.Optional(Id("Those of one batch")),
    isHeld: Type.Optional(
      Type.Boolean({ description: "Those against which something stood when they were last looked at" }),
    ),
    isSettling: Type.Optional(
      Type.Boolean({ description: "Those of which a second person is to say what became of them" }),
    ),
    isUnpaid: Type.Optional(
      Type.Boolean({ description: "Those that failed, and whose partner has neither asked again nor been paid since" }),
    ),
  },
  { additionalProperties: false },
);

export const RequestPayoutBody = Type.Object(
  {
    currency: CurrencyCode(),
    amount: Type.Optional(PositiveAmountInput("How much; everything available when not given")),
  },
  { additionalProperties: false, examples: [{ currency: "USD", amount: 12_500 }] },
);

export const AdminRequestPayoutBody = Type.Object(
  { partnerId: Id("Who is to be paid"), ...RequestPayoutBody.properties },
  {
    additionalProperties: false,
    examples: [{ partnerId: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42", currency: "USD", amount: 12_500 }],
  },
);

export const ProcessPayoutsBody = Type.Object(
  {
    payoutId: Type.Optional(Id("One payout; everything that waits when not given")),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: "At most so many, oldest first" })),
  },
  { additionalProperties: false, examples: [{}, { payoutId: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42" }] },
);

export const ProcessedPayouts = Type.Object(
  {
    processed: Type.Integer({ description: "Payouts released to their provider" }),
    held: Type.Array(Held, { description: "Those that were not, and why" }),
  },
  { $id: "ProcessedPayouts" },
);

export const PaymentMethodBody = Type.Union(
  [
    Type.Object(
      {
        kind: Type.Literal("stripe_connect"),
        country: Type.Optional(
          Type.String({
            pattern: "^[A-Z]{2}$",
            description: "ISO 3166 country of the partner; left out where the account is there and is gone on with",
          }),
        ),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        kind: Type.Literal("bank_file"),
        holder: Type.String({ minLength: 1, maxLength: 140 }),
        iban: Type.Optional(Type.String({ maxLength: 42 })),
        accountNumber: Type.Optional(Type.String({ maxLength: 34 })),
        bankCode: Type.Optional(Type.String({ maxLength: 34, description: "Routing number, sort code or BIC" })),
      },
      { additionalProperties: false },
    ),
  ],
  { examples: [{ kind: "stripe_connect", country: "US" }] },
);

export const PaymentMethodView = Type.Object(
  {
    id: Id("The method"),
    kind: Type.String(),
    summary: Type.String({ description: "What may be shown of it" }),
    status: Type.String({ description: "incomplete, payable or restricted" }),
    statusReason: Nullable(Type.String()),
    onboardingUrl: Nullable(Type.String({ description: "Where to complete it; single use" })),
    updatedAt: Instant("Last change"),
    usableAt: Nullable(Instant("Until then payouts to it wait: it has replaced another")),
  },
  { $id: "PaymentMethod" },
);

export const MethodKinds = Type.Object({
  kinds: Type.Array(
    Type.Enum(["stripe_connect", "bank_file"], {
      description: "`stripe_connect` where the operator has connected Stripe; `bank_file` always",
    }),
  ),
});

const scheduleFields = {
  every: Type.Enum([...PAYOUT_INTERVALS], {
    description: "`amount`: each day on which at least `minimum` is available",
  }),
  day: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 31,
      description: "Of the week, 1 is Monday; of the month, where one that it lacks is its last",
    }),
  ),
  minimum: Type.Optional(AmountInput("Pay only when at least this much is available")),
};

export const AutoPayoutBody = Type.Object(
  { currency: CurrencyCode(), ...scheduleFields, isEnabled: Type.Boolean() },
  {
    additionalProperties: false,
    examples: [{ currency: "USD", every: "month", day: 31, minimum: 10_000, isEnabled: true }],
  },
);

const DueDay = Type.String({ format: "date", description: "The next due day, in the programme's time zone" });

export const AutoPayoutView = Type.Object(
  {
    currency: CurrencyCode(),
    every: Type.Enum([...PAYOUT_INTERVALS]),
    day: Type.Integer(),
    minimum: Nullable(Amount("Pays only when at least this much is available")),
    isEnabled: Type.Boolean(),
    nextDueOn: DueDay,
    nextRunAt: Instant("When it runs next"),
  },
  { $id: "AutoPayout" },
);

export const AutoPayoutList = Type.Object({ data: Type.Array(AutoPayoutView) });

const said = {
  reason: Type.String({ minLength: 1, maxLength: 200, description: "What the bank says" }),
  reference: Type.Optional(
    Text({
      minLength: 1,
      maxLength: 100,
      description:
        "The bank's or the provider's name for it; needed where it was paid, and where it has stood in a bank file",
    }),
  ),
};

export const ReturnBody = Type.Object(said, {
  additionalProperties: false,
  examples: [{ reason: "Account closed", reference: "RTN-4471" }],
});

export const SettleBody = Type.Object(
  {
    outcome: Type.Enum(["paid", "not_paid"], {
      description: "`paid`: it has arrived; `not_paid`: it has not and will not, and is the partner's balance again",
    }),
    ...said,
  },
  {
    additionalProperties: false,
    examples: [{ outcome: "not_paid", reason: "The account at the provider was closed before it was sent" }],
  },
);

export const SettlementParams = Type.Object({ id: Id("What was said: `settlement.id` of the payout") });

export const RefuseSettlementBody = Type.Object(
  { reason: Text({ minLength: 1, maxLength: 200, description: "For the trail" }) },
  { additionalProperties: false, examples: [{ reason: "The bank's list says otherwise" }] },
);

export const BankFileRequest = Type.Object(
  {
    from: Type.Optional(InstantInput("Released at or after")),
    to: Type.Optional(InstantInput("Released before")),
    includeExported: Type.Optional(
      Type.Boolean({ description: "Also what stood in a file before: for a download that was lost", default: false }),
    ),
  },
  { additionalProperties: false },
);

export const ReconciliationQuery = Type.Object(
  { from: InstantInput("Transferred at or after"), to: InstantInput("Transferred before") },
  { additionalProperties: false },
);

export const ReconciliationView = Type.Object(
  {
    from: Instant("Begin of the period"),
    to: Instant("Its end"),
    here: Type.Integer({ description: "Transfers in the books" }),
    atProvider: Type.Integer({ description: "Transfers at the provider" }),
    differences: Type.Array(
      Type.Object({
        difference: Type.Enum([...DIFFERENCES], {
          description:
            "`unknown_here`: made there, and no payout ended in it, so that money may have left twice; `status_differs`: made there, and not yet learned here",
        }),
        payoutId: Id("The payout"),
        transferId: Type.String({ description: "The provider's name for the transfer" }),
        amountHere: Nullable(Amount("What the books say")),
        amountThere: Nullable(Amount("What the provider says")),
        currency: CurrencyCode(),
        action: Type.String({ description: "What to do about it" }),
      }),
    ),
  },
  { $id: "Reconciliation" },
);

export const PayoutParams = Type.Object({ id: Id("The payout") });

export const StatementQuery = Type.Object(
  { format: Type.Optional(Type.Enum([...DOCUMENT_FORMATS], { default: "pdf", description: "PDF when not given" })) },
  { additionalProperties: false },
);

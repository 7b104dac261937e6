import { Type } from "typebox";
import { Amount, AmountInput, Id, Instant, Line, Nullable, pageOf, pageQuery, Text } from "../platform/http/index.ts";
import { DISPUTE_STATUSES, MESSAGE_KINDS, REFERENCE_KINDS } from "./dispute-rules.ts";
import { DISPUTE_SORTS } from "./find-disputes.ts";
import { DISPUTE_OUTCOMES } from "./resolve-dispute.ts";

const Status = Type.Enum([...DISPUTE_STATUSES], {
  description:
    "`open` waits for the operator, `waiting` for the partner, `escalated` for a second reviewer. `upheld`: the number stands; `adjusted`: it was changed; `cancelled`: the commission is not owed; `withdrawn` by the partner",
});
const Kind = Type.Enum(["commission", "missing"], { description: "A number is contested, or one is missing" });
const ReferenceKind = Type.Enum([...REFERENCE_KINDS], { description: "What it is looked for by" });
const Words = (description: string) => Text({ minLength: 1, maxLength: 2_000, description });
const COMMISSION_EXAMPLE = "0190f1a2-9b10-7e21-8d33-1a2b3c4d5e6f";
const PERSON_EXAMPLE = "0190f1a2-5a11-7c42-9b0e-4d3c2b1a0f9e";

export const disputeFields = {
  id: Id("The dispute"),
  kind: Kind,
  commissionId: Nullable(Id("What it is about; null where one is missing")),
  missing: Nullable(
    Type.Object({ kind: ReferenceKind, reference: Type.String({ description: "As the partner wrote it" }) }),
  ),
  partnerId: Id("Who disputes"),
  reason: Type.String({ description: "Why, in the partner's words" }),
  status: Status,
  amountMoved: Amount("What was set aside when it was opened"),
  amountHeld: Amount("What it holds now"),
  dueAt: Nullable(Instant("When the next step is due: of the partner while it waits, of the operator otherwise")),
  openedAt: Instant("When it was opened"),
  escalatedAt: Nullable(Instant("When it went to a second reviewer")),
  resolvedAt: Nullable(Instant("When it was settled")),
  resolution: Nullable(Type.String({ description: "Why it was settled as it was" })),
  adjustedBy: Nullable(Amount("By how much the number was changed; null where an existing commission settled it")),
  resultCommissionId: Nullable(Id("The commission that holds the corrected number")),
};

const deskFields = {
  ...disputeFields,
  assignedTo: Nullable(Id("Who of the team looks at it")),
  firstReviewer: Nullable(Id("Who escalated it: another person decides")),
  resolvedBy: Nullable(Id("The person or key that settled it; null where the program did, or nobody has")),
};

const messageFields = {
  id: Id("The message"),
  kind: Type.Enum([...MESSAGE_KINDS], {
    description:
      "`answer` of the partner; `message` and `question` of the operator; `note`: among the team, never shown to partners",
  }),
  body: Type.String({ description: "What was written" }),
  writtenAt: Instant("When"),
};

/** Evidence is plain JSON as it was kept; what it is made of may grow. */
const Evidence = (description: string) =>
  Type.Unsafe<object>(Type.Object({}, { additionalProperties: true, description }));

export const Dispute = Type.Object(disputeFields, {
  $id: "Dispute",
  description: "A commission that is contested, or one that a partner misses",
});
export const DisputeDetail = Type.Object(
  {
    ...disputeFields,
    messages: Type.Array(Type.Object(messageFields), { description: "Oldest first" }),
    evidence: Evidence("What was known when it was opened, without anything of other partners or of customers"),
  },
  { $id: "DisputeDetail" },
);
export const DeskDispute = Type.Object(deskFields, {
  $id: "DeskDispute",
  description: "A dispute as the operator's team sees it",
});
export const DeskDisputeDetail = Type.Object(
  {
    ...deskFields,
    messages: Type.Array(Type.Object({ ...messageFields, authorId: Nullable(Id("The person or key that wrote it")) }), {
      description: "Oldest first, notes among them",
    }),
    evidence: Evidence("What was known when it was opened: commission, receipt, sale, refunds, attribution"),
    partnerEvidence: Evidence("What of it the partner sees"),
  },
  { $id: "DeskDisputeDetail" },
);
export const DisputePage = pageOf(Dispute);
export const DeskDisputePage = pageOf(DeskDispute);

export const DisputeQuery = Type.Object(
  {
    ...pageQuery(DISPUTE_SORTS),
    status: Type.Optional(Status),
    kind: Type.Optional(Kind),
    commissionId: Type.Optional(Id("About this commission")),
  },
  { additionalProperties: false },
);
export const DeskQuery = Type.Object(
  {
    ...DisputeQuery.properties,
    partnerId: Type.Optional(Id("One partner's")),
    assigneeId: Type.Optional(Id("Those that this member of the team looks at")),
    isOverdue: Type.Optional(Type.Boolean({ description: "Not settled, and their time is over" })),
  },
  { additionalProperties: false },
);

export const DisputeParams = Type.Object({ id: Id("The dispute") });

export const DisputeBody = Type.Object(
  {
    commissionId: Type.Optional(Id("An own commission, pending or approved")),
    missing: Type.Optional(
      Type.Object(
        {
          kind: ReferenceKind,
          reference: Line({ minLength: 1, maxLength: 200, description: "The name or id of it" }),
        },
        { additionalProperties: false, description: "What should have earned, instead of a commission" },
      ),
    ),
    reason: Words("What is wrong"),
  },
  {
    additionalProperties: false,
    examples: [
      { commissionId: COMMISSION_EXAMPLE, reason: "The customer upgraded to the yearly plan" },
      { missing: { kind: "transaction", reference: "inv_1042" }, reason: "This customer came by my link" },
    ],
  },
);

export const AnswerBody = Type.Object(
  { body: Words("What you say") },
  { additionalProperties: false, examples: [{ body: "The invoice is attached to my ticket 4711" }] },
);

export const WriteBody = Type.Object(
  {
    kind: Type.Enum(["message", "question", "note"], {
      description: "A `question` waits for the partner and stops the clock; a `note` is never shown to it",
    }),
    body: Words("What you write"),
  },
  { additionalProperties: false, examples: [{ kind: "question", body: "By which link did the customer come?" }] },
);

export const AssignBody = Type.Object(
  { assigneeId: Nullable(Id("An active member of the team; null gives it back to everybody")) },
  { additionalProperties: false, examples: [{ assigneeId: PERSON_EXAMPLE }] },
);

export const EscalateBody = Type.Object(
  { reason: Words("Why; the team reads it") },
  { additionalProperties: false, examples: [{ reason: "I know this partner: somebody else should decide" }] },
);

export const ResolveBody = Type.Object(
  {
    outcome: Type.Enum([...DISPUTE_OUTCOMES], {
      description: "`uphold`: the number stands; `adjust`: it is another; `cancel`: the commission is not owed",
    }),
    resolution: Words("Why; the partner is told"),
    amount: Type.Optional(
      AmountInput("To adjust: what it should have earned, before refunds of its sale; in the currency of the sale"),
    ),
    commissionId: Type.Optional(
      Id("To adjust what was missing, instead of an amount: the partner's commission that settles it"),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      { outcome: "uphold", resolution: "The receipt is right" },
      { outcome: "adjust", resolution: "The yearly plan counts", amount: 4_800 },
    ],
  },
);

const settingFields = {
  answerDays: Type.Integer({ minimum: 1, maximum: 90, description: "Days that you have to decide" }),
  partnerDays: Type.Integer({ minimum: 1, maximum: 90, description: "Days that the partner has to answer" }),
  reminderDays: Type.Integer({
    minimum: 1,
    maximum: 30,
    description: "Days before it is due, that a reminder goes out",
  }),
};
export const DisputeSettings = Type.Object(settingFields, {
  $id: "DisputeSettings",
  description: "How long a dispute may take",
});
export const DisputeSettingsBody = Type.Partial(Type.Object(settingFields), {
  additionalProperties: false,
  minProperties: 1,
  examples: [{ answerDays: 5, partnerDays: 10 }],
});

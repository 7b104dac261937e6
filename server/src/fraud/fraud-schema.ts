import { type TSchema, Type } from "typebox";
import { Count, Id, Instant, InstantInput, Nullable, pageOf, pageQuery, Text } from "../platform/http/index.ts";
import { CASE_STATUSES, DECISIONS } from "./case-rules.ts";
import { CASE_SORTS, REVIEW_SORTS } from "./find-cases.ts";
import { SIGNAL_KINDS } from "./fraud-facts.ts";
import { DEFAULT_RULES, VERDICTS } from "./fraud-rules.ts";
import { REASONS, RULE_MODES, RULE_NAMES, type RuleName, type RuleSetting } from "./rule-catalogue.ts";

const MEMBER_EXAMPLE = "0190f1a2-1111-7b1e-8a55-3f1f0b6f2c11";

const Status = Type.Enum([...CASE_STATUSES], {
  description:
    "`open`: to be decided; `refused`: decided against the partner, who may appeal; `appealed`: to be decided again; `cleared`, `final`: settled",
});
const Score = Type.Integer({ minimum: 0, maximum: 100, description: "0 to 100", examples: [75] });
const Rule = Type.Enum([...RULE_NAMES], { description: "Which rule" });
const SubjectType = Type.Enum(["referral", "payout"], { description: "What it is about" });

const caseFields = {
  id: Id("The case"),
  subjectKind: SubjectType,
  subjectId: Id("The referral or the payout"),
  partnerId: Id("Whose it is"),
  partnerName: Nullable(Type.String({ description: "What the partner calls itself", examples: ["Ada Writes"] })),
  status: Status,
  score: Score,
  isHeld: Type.Boolean({ description: "What it is about waits until the case is settled" }),
  assignedTo: Nullable(Id("Who of the team has it")),
  openedAt: Instant("When the rules pointed at it"),
  decidedAt: Nullable(Instant("When it was last decided")),
  decidedBy: Nullable(Type.String({ description: "The person who decided last", examples: [MEMBER_EXAMPLE] })),
  reason: Nullable(
    Type.String({ description: "Why, as the partner reads it", examples: ["Paid from your own account"] }),
  ),
  takesBackApproved: Type.Boolean({
    description: "A refusal takes back what is approved or paid too, once it is final",
  }),
  appealUntil: Nullable(Instant("Until then the partner may appeal against a refusal")),
  appealedAt: Nullable(Instant("When the partner last said something")),
  appeal: Nullable(Type.String({ description: "What the partner said", examples: ["The customer is my employer."] })),
  settledAt: Nullable(Instant("When it was cleared, or the refusal became final")),
};

export const FraudCase = Type.Object(caseFields, { $id: "FraudCase", description: "What a person is to decide" });
export const FraudCasePage = pageOf(FraudCase);

const Evidence = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
  description: "What the rule saw",
  examples: [{ conversions: 5, hours: 24 }],
});
const Finding = Type.Object({
  rule: Rule,
  mode: Type.Enum(["shadow", "active"], { description: "What was found in the shadow did not count" }),
  points: Score,
  evidence: Evidence,
});
const Evaluation = Type.Object({
  subjectKind: Type.Enum(["conversion", "sale", "payout"], { description: "What was judged" }),
  subjectId: Id("The referral, transaction or payout"),
  evaluatedAt: Instant("When"),
  version: Count("Version of the rules that were in force"),
  score: Score,
  shadowScore: Type.Integer({ minimum: 0, maximum: 100, description: "With the rules in the shadow" }),
  verdict: Type.Enum([...VERDICTS], { description: "What followed from the score" }),
  findings: Type.Array(Finding, { description: "Each rule that found something" }),
  facts: Type.Unsafe<object>({
    type: "object",
    additionalProperties: true,
    description: "What the rules were asked about; empty where the person has been forgotten",
    examples: [{ subject: "conversion", clickAgeSeconds: 2 }],
  }),
});

export const FraudCaseDetail = Type.Object(
  {
    ...caseFields,
    evaluation: Nullable(Evaluation),
    customer: Nullable(
      Type.Object({
        id: Id("The customer"),
        externalId: Nullable(Type.String({ description: "Your name for the customer", examples: ["user_77"] })),
        email: Nullable(Type.String({ description: "Its address", examples: ["grace@example.com"] })),
      }),
    ),
    related: Type.Array(
      Type.Object({
        kind: Type.Enum([...SIGNAL_KINDS], { description: "What is the same" }),
        subjectId: Id("The referral at which it was seen, or the partner whose own it is"),
        partnerId: Id("Whose that is"),
        at: Instant("When it was seen there"),
      }),
      { description: "Where else the customer's mailbox, device, browser or account was seen, the latest 20" },
    ),
    accounts: Type.Array(
      Type.Object({
        partnerId: Id("Who is, or was, paid to it"),
        partnerName: Nullable(Type.String({ description: "What the partner calls itself", examples: ["Ada Writes"] })),
        since: Instant("Since when the partner has it"),
        isCurrent: Type.Boolean({ description: "Whether it is paid to it now" }),
        paid: Count("Payouts to it that were made and stand; with one it is proven, before it is only entered"),
      }),
      {
        description:
          "Of a payout: who else is, or was, paid to one of the accounts that it was judged on, for whom it is established most first; its own partner among them",
      },
    ),
    otherPartners: Type.Array(
      Type.Object({
        partnerId: Id("Who earns, or has earned, on the customer besides the case's own partner"),
        partnerName: Nullable(Type.String({ description: "What the partner calls itself", examples: ["Ada Writes"] })),
        referralId: Id("Of the customer, there"),
        appeal: Nullable(Type.String({ description: "What it said", examples: ["They came to me by themselves."] })),
        appealedAt: Nullable(Instant("When it last said something")),
      }),
      { description: "Whoever else waits by the case, and may say what speaks for it" },
    ),
  },
  { $id: "FraudCaseDetail" },
);

export const FraudCaseQuery = Type.Object(
  {
    ...pageQuery(CASE_SORTS),
    status: Type.Optional(Status),
    partnerId: Type.Optional(Id("One partner's")),
    assignedTo: Type.Optional(Id("Those that this member of the team has")),
    subjectId: Type.Optional(Id("About this referral or payout")),
    isHeld: Type.Optional(Type.Boolean({ description: "Those that hold something, or hold nothing" })),
  },
  { additionalProperties: false },
);
export const FraudCaseParams = Type.Object({ id: Id("The case") });
export const AssignFraudCaseBody = Type.Object(
  { assignedTo: Nullable(Id("A member of the team; null takes it from whoever has it")) },
  { additionalProperties: false, examples: [{ assignedTo: MEMBER_EXAMPLE }] },
);
export const DecideFraudCaseBody = Type.Object(
  {
    decision: Type.Enum([...DECISIONS], {
      description: "`clear` releases what waits; `refuse` can be appealed against first",
    }),
    reason: Text({ minLength: 1, maxLength: 2_000, description: "Why. The partner reads it" }),
    takesBackApproved: Type.Optional(
      Type.Boolean({ description: "Of a refusal: take back what is approved or paid too, once it is final" }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ decision: "clear", reason: "The customer has shown that the firm is theirs" }],
  },
);

const amounts = Type.Record(
  Type.String({ pattern: "^[A-Z]{3}$" }),
  Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  {
    description: "From which amount on, in minor units, by currency",
    examples: [{ USD: 500_000 }],
  },
);
const settingFields = {
  mode: Type.Enum([...RULE_MODES], {
    description:
      "`off`: not asked; `shadow`: what it finds is written down and does nothing; `active`: its points count",
  }),
  points: Type.Integer({ minimum: 0, maximum: 100, description: "How much a finding weighs", examples: [40] }),
  limit: Type.Optional(Type.Number({ description: "From where on it finds something: what of depends on the rule" })),
  minimum: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, description: "With fewer it says nothing" })),
  amounts: Type.Optional(amounts),
  names: Type.Optional(
    Type.Array(Type.String({ pattern: "^[a-z0-9.-]{3,253}$" }), {
      maxItems: 200,
      description: "Hosts of coupon sites",
    }),
  ),
};
const eachRule = <Schema extends TSchema>(schema: Schema): Record<string, Schema> =>
  Object.fromEntries(RULE_NAMES.map((name) => [name, schema]));
const scale = {
  reviewAt: Type.Integer({
    minimum: 1,
    maximum: 100,
    description: "From this score on a person is asked",
    examples: [30],
  }),
  holdAt: Type.Integer({
    minimum: 1,
    maximum: 100,
    description: "From this score on it waits for that person",
    examples: [60],
  }),
  appealDays: Type.Integer({
    minimum: 0,
    maximum: 90,
    description: "Days in which a partner may appeal",
    examples: [14],
  }),
  trusted: Type.Array(Id("A partner"), {
    maxItems: 500,
    description: "Partners of whom nothing is held, whatever is found",
    examples: [[]],
  }),
};
export const FraudRules = Type.Object(
  {
    version: Count("Which version of the rules this is; 0: the defaults"),
    ...scale,
    rules: Type.Unsafe<Record<RuleName, RuleSetting>>(
      Type.Object(eachRule(Type.Object(settingFields)), {
        description: "Each rule as it is set",
        examples: [DEFAULT_RULES.rules],
      }),
    ),
    made: Nullable(
      Type.Object({
        at: Instant("When"),
        by: Type.String({ description: "The person", examples: [MEMBER_EXAMPLE] }),
        reason: Type.String({ description: "Why", examples: ["The back-test found only last week's ring"] }),
      }),
    ),
  },
  { $id: "FraudRules" },
);
const change = Type.Object(
  {
    reviewAt: Type.Optional(scale.reviewAt),
    holdAt: Type.Optional(scale.holdAt),
    appealDays: Type.Optional(scale.appealDays),
    trusted: Type.Optional(scale.trusted),
    rules: Type.Optional(
      Type.Unsafe<Partial<Record<RuleName, Partial<RuleSetting>>>>(
        Type.Object(
          eachRule(
            Type.Optional(
              Type.Object(
                {
                  ...settingFields,
                  mode: Type.Optional(settingFields.mode),
                  points: Type.Optional(settingFields.points),
                },
                { additionalProperties: false },
              ),
            ),
          ),
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false, description: "What is to be other than it is; what is left out stays" },
);
const CHANGE_EXAMPLE = { rules: { duplicate_device: { mode: "active", limit: 5 } } };
export const ChangeFraudRulesBody = Type.Object(
  {
    version: Type.Integer({ minimum: 0, maximum: 2_000_000_000, description: "The version that is changed" }),
    change,
    reason: Text({ minLength: 1, maxLength: 2_000, description: "Why. Kept with the version and in the audit trail" }),
  },
  {
    additionalProperties: false,
    examples: [{ version: 0, change: CHANGE_EXAMPLE, reason: "The back-test found only last week's ring" }],
  },
);
export const BackTestBody = Type.Object(
  {
    change: Type.Optional(change),
    actsInShadow: Type.Optional(Type.Boolean({ description: "As if rules in the shadow acted" })),
    from: Type.Optional(InstantInput("What was judged from then on; the last 90 days unless said")),
  },
  { additionalProperties: false, examples: [{ change: CHANGE_EXAMPLE }] },
);
export const FraudBackTest = Type.Object(
  {
    evaluated: Count("What was judged again: the newest 20,000 at most"),
    review: Count("A person would have been asked about"),
    hold: Count("Would have been held"),
    newlyHeld: Count("Would have been held and was not"),
    noLongerHeld: Count("Was held and would not have been"),
    refused: Count("Was refused by a person"),
    refusedHeld: Count("Of that, would have been held"),
    cleared: Count("Was cleared by a person"),
    clearedHeld: Count("Of that, would have been held: false alarms"),
    partnersHeld: Count("Partners of whom something would have been held"),
    rules: Type.Array(
      Type.Object({
        rule: Rule,
        found: Count("How often it found something"),
        decisive: Count("How often something would have been held that would not be without it"),
      }),
      { description: "Each rule" },
    ),
  },
  { $id: "FraudBackTest" },
);

export const Review = Type.Object(
  {
    id: Id("The review"),
    about: Type.Object({ type: SubjectType, id: Id("The referral or the payout") }),
    status: Status,
    reasons: Type.Array(Type.Enum([...REASONS]), { description: "Of which kind the doubt is" }),
    openedAt: Instant("Since when it is looked at"),
    decidedAt: Nullable(Instant("When it was last decided")),
    explanation: Nullable(
      Type.String({ description: "What the programme says of its decision", examples: ["Paid from your own account"] }),
    ),
    appealUntil: Nullable(Instant("Until then you may appeal against a refusal; then it is final")),
    appeal: Nullable(Type.String({ description: "What you said", examples: ["The customer is my employer."] })),
    canAppeal: Type.Boolean({ description: "Whether you may say something now" }),
  },
  { $id: "Review", description: "Something of yours that waits until a person has looked at it" },
);
export const ReviewPage = pageOf(Review);
export const ReviewQuery = Type.Object(
  { ...pageQuery(REVIEW_SORTS), subjectId: Type.Optional(Id("About this referral or payout")) },
  { additionalProperties: false },
);
export const ReviewParams = Type.Object({ id: Id("The review") });
export const AppealBody = Type.Object(
  { message: Text({ minLength: 1, maxLength: 5_000, description: "What speaks for you, as plain text" }) },
  {
    additionalProperties: false,
    examples: [{ message: "The customer is my employer; we share an office and its network." }],
  },
);

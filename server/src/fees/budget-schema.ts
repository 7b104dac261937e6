import { Type } from "typebox";
import { AMOUNT_MAX_MINOR } from "../kernel/money.ts";
import { FileInput, fileFields } from "../platform/files/index.ts";
import { Amount, CurrencyCode, Id, Instant, Nullable, pageOf, pageQuery, Text } from "../platform/http/index.ts";
import { BUDGET_PERIODS, CLAIM_STATES } from "./budget-rules.ts";
import { BUDGET_SORTS, CLAIM_SORTS } from "./find-budgets.ts";

const EXAMPLE_ID = "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42";
const Day = (description: string) => Type.String({ format: "date", description, examples: ["2026-03-01"] });
const PositiveAmount = (description: string) =>
  Type.Integer({ minimum: 1, maximum: Number(AMOUNT_MAX_MINOR), description: `${description}, in minor units` });

export const Budget = Type.Object(
  {
    id: Id("The budget"),
    partnerId: Id("Whose it is"),
    periodStart: Day("Its first day"),
    periodEnd: Day("Its last day, included: nothing is claimed after it"),
    currency: CurrencyCode(),
    granted: Amount("What may be spent"),
    waiting: Amount("Claimed and not decided on"),
    used: Amount("Approved of claims"),
    left: Amount("What may still be claimed"),
    openedAt: Instant("When it was first granted"),
  },
  { $id: "Budget", description: "What a partner may spend on marketing at the operator's cost" },
);
export const BudgetPage = pageOf(Budget);
export const BudgetQuery = Type.Object(
  { ...pageQuery(BUDGET_SORTS), currency: Type.Optional(CurrencyCode()) },
  { additionalProperties: false },
);
export const AdminBudgetQuery = Type.Object(
  { ...BudgetQuery.properties, partnerId: Type.Optional(Id("One partner's")) },
  { additionalProperties: false },
);
export const GrantBudgetBody = Type.Object(
  {
    partnerId: Id("Who may spend it"),
    period: Type.Enum([...BUDGET_PERIODS], { description: "The calendar quarter or year that today is in" }),
    amount: PositiveAmount("What it may spend more"),
    currency: CurrencyCode(),
    reason: Text({ minLength: 1, maxLength: 500 }),
  },
  {
    additionalProperties: false,
    examples: [
      { partnerId: EXAMPLE_ID, period: "quarter", amount: 50_000, currency: "USD", reason: "Trade fair in March" },
    ],
  },
);

export const BudgetClaim = Type.Object(
  {
    id: Id("The claim"),
    budgetId: Id("The budget"),
    partnerId: Id("Who has spent it"),
    currency: CurrencyCode("That of the budget"),
    amount: Amount("What was spent"),
    spentOn: Day("When"),
    description: Type.String({ description: "On what" }),
    status: Type.Enum([...CLAIM_STATES], {
      description: "`escalated`: one person approved it, and a second has to",
    }),
    granted: Nullable(Amount("What of it was approved")),
    reason: Nullable(Type.String({ description: "Why it was rejected, or approved in part" })),
    commissionId: Nullable(Id("The row of earnings that pays it")),
    files: Type.Array(Type.Object(fileFields), { description: "Proof" }),
    submittedAt: Instant("When it was claimed"),
    decidedAt: Nullable(Instant("When it was approved or rejected")),
  },
  { $id: "BudgetClaim", description: "What a partner has spent of a budget" },
);
export const BudgetClaimPage = pageOf(BudgetClaim);
export const BudgetClaimQuery = Type.Object(
  {
    ...pageQuery(CLAIM_SORTS),
    status: Type.Optional(Type.Enum([...CLAIM_STATES])),
    budgetId: Type.Optional(Id("Of one budget")),
    currency: Type.Optional(CurrencyCode()),
  },
  { additionalProperties: false },
);
export const AdminBudgetClaimQuery = Type.Object(
  { ...BudgetClaimQuery.properties, partnerId: Type.Optional(Id("One partner's")) },
  { additionalProperties: false },
);
export const BudgetClaimParams = Type.Object({ id: Id("The claim") });
export const ProofParams = Type.Object({ id: Id("The file") });

export const ClaimBudgetBody = Type.Object(
  {
    budgetId: Id("The budget"),
    amount: PositiveAmount("What was spent"),
    spentOn: Day("When: in the budget's period, and not to come"),
    description: Text({ minLength: 1, maxLength: 1_000 }),
    files: Type.Array(FileInput, { minItems: 1, maxItems: 3, description: "Proof: one to three files" }),
  },
  {
    additionalProperties: false,
    examples: [
      {
        budgetId: EXAMPLE_ID,
        amount: 12_500,
        spentOn: "2026-03-01",
        description: "Newsletter of March",
        files: [{ name: "invoice.txt", content: "SW52b2ljZSAxNw==" }],
      },
    ],
  },
);
export const ApproveClaimBody = Type.Object(
  {
    amount: Type.Optional(PositiveAmount("What of it is approved; all of it when not given")),
    reason: Type.Optional(Text({ minLength: 1, maxLength: 500 })),
  },
  { additionalProperties: false, examples: [{ amount: 10_000, reason: "Without the venue" }] },
);
export const RejectClaimBody = Type.Object(
  { reason: Text({ minLength: 1, maxLength: 500 }) },
  { additionalProperties: false, examples: [{ reason: "The invoice is of another month" }] },
);

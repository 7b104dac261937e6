import type { DomainEvent } from "../platform/outbox/index.ts";
import type { BudgetRow, ClaimRow } from "./budget-repository.ts";
import { leftOfBudget } from "./budget-rules.ts";

/** News of what a partner may spend. */
export const budgetEvent = (type: "budget.granted" | "budget.expired", budget: BudgetRow): DomainEvent => ({
  type,
  objectType: "budget",
  objectId: budget.id,
  data: {
    id: budget.id,
    partnerId: budget.partner_id,
    periodStart: budget.period_start,
    periodEnd: budget.period_end,
    currency: budget.currency,
    granted: budget.granted,
    used: budget.used,
    left: leftOfBudget(budget),
  },
});

/** News of what a partner says that it has spent. */
export const claimEvent = (
  type: "budget.claimed" | "budget.claim_escalated" | "budget.claim_approved" | "budget.claim_rejected",
  claim: ClaimRow,
): DomainEvent => ({
  type,
  objectType: "budget_claim",
  objectId: claim.id,
  data: {
    id: claim.id,
    budgetId: claim.budget_id,
    partnerId: claim.partner_id,
    currency: claim.currency,
    amount: claim.amount,
    status: claim.status,
    granted: claim.granted,
  },
});

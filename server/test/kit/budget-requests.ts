import { CLAIM } from "./journey-scenes.ts";
import { byId, listed, page, type Request, reason } from "./request-parts.ts";

/** Of budgets for marketing. */
export const budgets: Readonly<Record<string, Request>> = {
  "GET /api/v1/partners/budgets": listed({ currency: "USD" }),
  "GET /api/v1/partners/budgets/claims": (of) => ({
    query: { ...page, status: "submitted", currency: "USD", budgetId: of.budget },
  }),
  "POST /api/v1/partners/budgets/claims": (of) => ({ body: { budgetId: of.budget, ...CLAIM } }),
  "GET /api/v1/partners/budgets/files/:id": (of) => ({ params: { id: of.proof } }),
  "GET /api/v1/admin/fees/budgets": (of) => ({ query: { ...page, currency: "USD", partnerId: of.partner } }),
  "POST /api/v1/admin/fees/budgets": (of) => ({
    body: { partnerId: of.partner, period: "year", amount: 1_000, currency: "USD", reason },
  }),
  "GET /api/v1/admin/fees/budgets/claims": (of) => ({
    query: { ...page, status: "submitted", currency: "USD", budgetId: of.budget, partnerId: of.partner },
  }),
  "POST /api/v1/admin/fees/budgets/claims/:id/approve": byId("budgetClaim", { amount: 1, reason }),
  "POST /api/v1/admin/fees/budgets/claims/:id/reject": byId("budgetClaim", { reason }),
  "GET /api/v1/admin/fees/budgets/files/:id": (of) => ({ params: { id: of.proof } }),
};

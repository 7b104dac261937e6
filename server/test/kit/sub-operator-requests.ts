import { fresh, type Objects } from "./journey-steps.ts";
import { AT, byId, email, listed, nothing, page, type Request, reason } from "./request-parts.ts";

const LIMITS = { maxPartners: 10, maxRate: 0.5, currencies: ["USD"], countries: null };

/** Of the routes of sub-operators. */
export const SUB_OPERATOR_REQUESTS: Readonly<Record<string, Request>> = {
  "GET /api/v1/admin/sub-operators": listed({ sort: "-createdAt", status: "active" }),
  "POST /api/v1/admin/sub-operators": (of: Objects) => ({
    body: {
      partnerId: of.bank,
      name: "A bank",
      host: `${fresh("host")}.test`,
      currency: "USD",
      admin: { email: email("bank"), name: "Bo" },
      limits: LIMITS,
      mode: "share",
      revenueShare: 0.5,
      fees: { startsOn: "2030-01-01", supportFrom: null, maySetOff: true, dueDays: 30 },
    },
  }),
  "GET /api/v1/admin/sub-operators/:id": byId("subOperator"),
  "GET /api/v1/admin/sub-operators/:id/shares": (of: Objects) => ({
    params: { id: of.subOperator },
    query: { ...page, sort: "bookedAt" },
  }),
  "PUT /api/v1/admin/sub-operators/:id/limits": byId("subOperator", LIMITS),
  "POST /api/v1/admin/sub-operators/:id/contracts": byId("subOperator", {
    mode: "share",
    revenueShare: 0.5,
    effectiveFrom: AT.replace("2026", "2030"),
    reason,
  }),
  "POST /api/v1/admin/sub-operators/:id/settlements": (of: Objects) => ({
    params: { id: of.subOperator },
    body: { kind: "payment", currency: "USD", amount: 1, reference: fresh("wire") },
  }),
  "PUT /api/v1/admin/sub-operators/:id/suspend": byId("subOperator", { reason }),
  "PUT /api/v1/admin/sub-operators/:id/resume": byId("subOperator", { reason }),
  "PUT /api/v1/admin/sub-operators/:id/remove": byId("subOperator", { reason }),
  "GET /api/v1/admin/sub-operators/:id/statement": (of: Objects) => ({
    params: { id: of.subOperator },
    query: { month: "2026-02", currency: "USD", format: "csv" },
  }),
  "GET /api/v1/partners/sub-operator/statement": () => ({
    query: { month: "2026-02", currency: "USD", format: "csv" },
  }),
  "GET /api/v1/partners/sub-operator": nothing,
  "GET /api/v1/admin/program/limits": nothing,
};

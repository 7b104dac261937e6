import { budgets } from "./budget-requests.ts";
import { AGREEMENT, BANK, fresh } from "./journey-steps.ts";
import { AT, byId, instants, listed, nothing, page, type Request, reason } from "./request-parts.ts";

/** A sale that nobody made, to see what it would earn. */
const triedSale: Request = (of) => ({
  body: {
    referralId: of.referral,
    kind: "payment",
    amount: 5_000,
    currency: "USD",
    tax: 0,
    revenue: 0,
    occurredAt: AT,
  },
});

/** Of commissions, fees and payouts. */
export const money: Readonly<Record<string, Request>> = {
  "POST /api/v1/transactions": (of) => ({
    body: {
      transactions: [
        {
          externalId: fresh("refund"),
          customerExternalId: of.customer,
          kind: "refund",
          amount: 100,
          currency: "USD",
          occurredAt: AT,
          originalExternalId: of.sale,
        },
      ],
    },
  }),
  "GET /api/v1/admin/transactions": (of) => ({ query: { ...page, customerExternalId: of.customer } }),
  "GET /api/v1/admin/transactions/:id": byId("transaction"),
  "GET /api/v1/partners/commissions": (of) => ({
    query: { ...page, referralId: of.referral, currency: "USD", ...instants },
  }),
  "GET /api/v1/partners/commissions/summary": () => ({ query: instants }),
  "GET /api/v1/partners/commissions/disputes": listed({ status: "open" }),
  "GET /api/v1/partners/commissions/:id": byId("commission"),
  "POST /api/v1/partners/commissions/dispute": (of) => ({ body: { commissionId: of.commission, reason } }),
  "GET /api/v1/admin/commissions": (of) => ({ query: { ...page, partnerId: of.partner, referralId: of.referral } }),
  "GET /api/v1/admin/commissions/summary": (of) => ({ query: { ...instants, partnerId: of.partner } }),
  "GET /api/v1/admin/commissions/disputes": (of) => ({ query: { ...page, partnerId: of.partner } }),
  "GET /api/v1/admin/commissions/:id": byId("commission"),
  "POST /api/v1/admin/commissions/calculate": (of) => ({ body: { partnerId: of.partner } }),
  "POST /api/v1/admin/commissions/preview": triedSale,
  "POST /api/v1/partners/commissions/preview": triedSale,
  "POST /api/v1/admin/commissions/reassess/preview": (of) => ({ body: { partnerId: of.partner } }),
  "POST /api/v1/admin/commissions/reassess": (of) => ({ body: { partnerId: of.partner, reason, fingerprint: "none" } }),
  "GET /api/v1/admin/commissions/spend-limits": listed({ sort: "-currency" }),
  "PUT /api/v1/admin/commissions/spend-limits/:currency": () => ({
    params: { currency: "USD" },
    body: { monthly: 100_000_000, reason },
  }),
  "POST /api/v1/admin/commissions/grant": (of) => ({
    body: { partnerId: of.partner, amount: 100, currency: "USD", reason },
  }),
  "POST /api/v1/admin/commissions/write-off": (of) => ({
    body: { partnerId: of.partner, currency: "USD", amount: 1, reason },
  }),
  "POST /api/v1/admin/commissions/:id/approve": byId("commission"),
  "POST /api/v1/admin/commissions/:id/cancel": byId("commission", { reason }),
  "GET /api/v1/partners/commissions/disputes/:id": byId("dispute"),
  "POST /api/v1/partners/commissions/disputes/:id/messages": byId("dispute", { body: reason }),
  "POST /api/v1/partners/commissions/disputes/:id/withdraw": byId("dispute"),
  "GET /api/v1/admin/commissions/disputes/settings": nothing,
  "PUT /api/v1/admin/commissions/disputes/settings": () => ({
    body: { answerDays: 5, partnerDays: 10, reminderDays: 2 },
  }),
  "GET /api/v1/admin/commissions/disputes/:id": byId("dispute"),
  "POST /api/v1/admin/commissions/disputes/:id/messages": byId("dispute", { kind: "note", body: reason }),
  "POST /api/v1/admin/commissions/disputes/:id/assign": byId("dispute", { assigneeId: null }),
  "POST /api/v1/admin/commissions/disputes/:id/escalate": byId("dispute", { reason }),
  "POST /api/v1/admin/commissions/disputes/:id/resolve": byId("dispute", { outcome: "uphold", resolution: reason }),
  "GET /api/v1/admin/payouts": (of) => ({
    query: {
      ...page,
      partnerId: of.partner,
      batchId: of.batch,
      status: "pending",
      currency: "USD",
      isHeld: true,
      isSettling: false,
      isUnpaid: false,
      ...instants,
    },
  }),
  "GET /api/v1/admin/payouts/preview": () => ({ query: { currency: "USD", ...page, sort: "available" } }),
  "GET /api/v1/partners/invoices": listed({ status: "open", currency: "USD" }),
  "GET /api/v1/partners/invoices/:id": byId("invoice"),
  "GET /api/v1/partners/invoices/:id/file": (of) => ({ params: { id: of.invoice }, query: { format: "csv" } }),
  "GET /api/v1/admin/invoices": (of) => ({
    query: { ...page, status: "open", currency: "USD", partnerId: of.partner },
  }),
  "POST /api/v1/admin/invoices": (of) => ({
    body: {
      partnerId: of.partner,
      currency: "USD",
      lines: [{ description: "Training", quantity: 1, unitAmount: 1_000 }],
    },
  }),
  "GET /api/v1/admin/invoices/:id": byId("invoice"),
  "GET /api/v1/admin/invoices/:id/file": (of) => ({ params: { id: of.invoice }, query: { format: "csv" } }),
  "POST /api/v1/admin/invoices/:id/payment": (of) => ({
    params: { id: of.invoice },
    body: { amount: 1, reference: fresh("wire") },
  }),
  "POST /api/v1/admin/invoices/:id/credit": byId("invoice", { amount: 1, reason }),
  "POST /api/v1/admin/invoices/:id/set-off": byId("invoice", { amount: 1 }),
  "POST /api/v1/admin/invoices/:id/set-off/undo": (of) => ({
    params: { id: of.invoice },
    body: { settlementId: of.invoice, reason },
  }),
  "GET /api/v1/admin/fees/agreements": listed(),
  "PUT /api/v1/admin/fees/agreements/:partnerId": (of) => ({ params: { partnerId: of.partner }, body: AGREEMENT }),
  "POST /api/v1/admin/fees/card-usage": (of) => ({
    body: { partnerId: of.partner, reference: fresh("card"), quantity: 1 },
  }),
  ...budgets,
  "GET /api/v1/admin/payouts/settings": nothing,
  "PUT /api/v1/admin/payouts/settings": () => ({
    body: { coolingOffHours: 0, approvalExpiresHours: 24, releasesScheduled: false },
  }),
  "PUT /api/v1/admin/payouts/settings/currency": () => ({
    body: {
      currency: "JPY",
      approvalAbove: 1_000_000,
      feeBorneBy: "partner",
      feeFixed: 1,
      feeRate: 0.001,
      schedule: { every: "month", day: 15, minimum: 100 },
    },
  }),
  "POST /api/v1/admin/payout-batches": (of) => ({
    body: { currency: "USD", payoutIds: [of.payout], includeBalances: false, limit: 1 },
  }),
  "GET /api/v1/admin/payout-batches": listed({ status: "ready", currency: "USD", sort: "madeAt" }),
  "GET /api/v1/admin/payout-batches/:id": byId("batch"),
  "POST /api/v1/admin/payout-batches/:id/approve": byId("batch", { reason }),
  "POST /api/v1/admin/payout-batches/:id/refuse": byId("batch", { reason }),
  "POST /api/v1/admin/payout-batches/:id/release": byId("batch"),
  "POST /api/v1/admin/payout-batches/:id/cancel": byId("batch"),
  "GET /api/v1/admin/payouts/:id/statement": (of) => ({ params: { id: of.payout }, query: { format: "csv" } }),
  "GET /api/v1/partners/payouts/:id/statement": (of) => ({ params: { id: of.payout }, query: { format: "csv" } }),
  "GET /api/v1/partners/payouts/schedule": nothing,
  "POST /api/v1/admin/payouts/bank-file": () => ({ body: { ...instants, includeExported: true } }),
  "GET /api/v1/admin/payouts/reconciliation": () => ({ query: instants }),
  "GET /api/v1/admin/payouts/:id": byId("payout"),
  "POST /api/v1/admin/payouts/request": (of) => ({ body: { partnerId: of.partner, currency: "USD", amount: 1 } }),
  "POST /api/v1/admin/payouts/process": (of) => ({ body: { payoutId: of.payout, limit: 1 } }),
  "POST /api/v1/admin/payouts/:id/cancel": byId("payout"),
  "POST /api/v1/admin/payouts/:id/return": byId("payout", { reason, reference: "RTN-1" }),
  "POST /api/v1/admin/payouts/:id/settle": byId("payout", { outcome: "not_paid", reason, reference: "RTN-1" }),
  "POST /api/v1/admin/payout-settlements/:id/approve": byId("settlement"),
  "POST /api/v1/admin/payout-settlements/:id/refuse": byId("settlement", { reason }),
  "GET /api/v1/partners/payouts": listed({ status: "pending", currency: "USD", ...instants }),
  "POST /api/v1/partners/payouts/request": () => ({ body: { currency: "USD", amount: 1 } }),
  "GET /api/v1/partners/payouts/:id": byId("payout"),
  "POST /api/v1/partners/payouts/:id/cancel": byId("payout"),
  "GET /api/v1/partners/payouts/method": nothing,
  "GET /api/v1/partners/payouts/method/kinds": nothing,
  "PUT /api/v1/partners/payouts/method": () => ({ body: BANK }),
  "PUT /api/v1/partners/payouts/schedule": () => ({
    body: { currency: "USD", every: "month", day: 31, minimum: 10_000, isEnabled: true },
  }),
};

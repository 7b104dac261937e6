/**
 * The modules of the server, bottom to top. A module imports itself and those before it, through their doors (`index.ts`).
 * `server/test/tidy` holds the code against this list, and the list against the folders.
 */
export const MODULE_ORDER = [
  "kernel",
  "platform",
  "tenants",
  "identity",
  "audit",
  "ledger",
  "programs",
  "partners",
  "referrals",
  "sales",
  "commissions",
  "fees",
  "payouts",
  "fraud",
  "tax",
  "compliance",
  "privacy",
  "revenue",
  "support",
  "leads",
  "materials",
  "whitelabel",
  "cards",
  "analytics",
  "webhooks",
  "notices",
  "twins",
  "app",
];

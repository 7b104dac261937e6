import { fractionFromPpm } from "../kernel/rate.ts";
import type { AuthorizationRow } from "./authorization-repository.ts";
import type { FoundCard, PartnerUserRow } from "./card-repository.ts";
import { messagesPath } from "./issuer-paths.ts";
import { boundsOf, type FoundProduct, limitsOf, type ProgramRow } from "./program-repository.ts";
import type { SpendRow } from "./spend-repository.ts";

export type PartnerUser = ReturnType<typeof partnerUser>;

/** A user as its partner sees it. */
export const partnerUser = (row: PartnerUserRow & { readonly cards?: bigint }) => ({
  id: row.id,
  externalId: row.external_id,
  customerId: row.user_id,
  referralId: row.referral_id,
  status: row.status,
  cards: row.cards ?? 0n,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export type CardView = ReturnType<typeof cardView>;

export const cardView = (row: FoundCard) => ({
  id: row.id,
  partnerId: row.partner_id,
  userId: row.partner_user_id,
  userExternalId: row.external_id,
  productId: row.product_id,
  state: row.state,
  refusal: row.refusal,
  lastFour: row.last_four,
  expiresOn: row.expires_on,
  currency: row.currency,
  limits: limitsOf(row),
  isHeld: row.is_held,
  operatorLimits: boundsOf(row),
  spentThisMonth: row.spent_this_month,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export type ConnectedProgram = ReturnType<typeof programView>;

/** A programme without its secrets. */
export const programView = (row: ProgramRow) => ({
  id: row.id,
  name: row.name,
  partnerId: row.partner_id,
  mode: row.partner_id === null ? ("shared" as const) : ("dedicated" as const),
  baseUrl: row.base_url,
  currency: row.currency,
  status: row.status,
  path: messagesPath(row.id),
  createdAt: row.created_at,
});

export type MadeProduct = ReturnType<typeof productView>;

export const productView = (row: FoundProduct) => ({
  id: row.id,
  programId: row.program_id,
  partnerId: row.partner_id,
  name: row.name,
  status: row.status,
  currency: row.currency,
  limits: limitsOf(row),
  revenueRate: fractionFromPpm(row.revenue_ppm),
  createdAt: row.created_at,
});

export type AuthorizationView = ReturnType<typeof authorizationView>;

export const authorizationView = (
  row: Pick<
    AuthorizationRow,
    "id" | "card_id" | "amount" | "currency" | "decision" | "reason" | "merchant" | "mcc" | "decided_at"
  >,
) => ({
  id: row.id,
  cardId: row.card_id,
  amount: row.amount,
  currency: row.currency,
  decision: row.decision,
  reason: row.reason,
  merchant: row.merchant,
  mcc: row.mcc,
  decidedAt: row.decided_at,
});

export const spendView = (row: SpendRow) => ({
  id: row.id,
  cardId: row.card_id,
  partnerId: row.partner_id,
  kind: row.kind,
  amount: row.amount,
  currency: row.currency,
  merchant: row.merchant,
  mcc: row.mcc,
  transactionId: row.transaction_id,
  refusal: row.refusal,
  occurredAt: row.occurred_at,
});

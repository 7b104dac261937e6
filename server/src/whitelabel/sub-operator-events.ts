import type { DomainEvent } from "../platform/outbox/index.ts";
import type { SubOperator } from "./sub-operator-repository.ts";

export type SubOperatorNews =
  | "sub_operator.created"
  | "sub_operator.opened"
  | "sub_operator.limits_changed"
  | "sub_operator.contract_agreed"
  | "sub_operator.share_settled"
  | "sub_operator.suspended"
  | "sub_operator.resumed"
  | "sub_operator.removed";

/** News of a sub-operator, in the tenant of its parent. */
export const subOperatorNews = (
  type: SubOperatorNews,
  { id, partnerId, name, host, status }: SubOperator,
): DomainEvent => ({
  type,
  objectType: "sub_operator",
  objectId: id,
  data: { id, partnerId, name, host, status },
});

/** In the tenant of a sub-operator, for its parent: transactions that have their place. It stays inside. */
export const SOLD = "sub_operator.sold";

export type Sold = { readonly transactionIds: readonly string[] };

/** In the tenant of a sub-operator, for its parent: a card product was made there. It stays inside. */
export const CARD_PRODUCT_MADE = "sub_operator.card_product_made";

/** What its fee is charged under: one product is one reference. */
export type CardProductMade = { readonly reference: string };

export const cardProductMade = (tenantId: string, data: CardProductMade): DomainEvent => ({
  type: CARD_PRODUCT_MADE,
  objectType: "tenant",
  objectId: tenantId,
  data,
});

/** All of one tenant are one object: they are told in order, and an error shows once. */
export const sold = (tenantId: string, data: Sold): DomainEvent => ({
  type: SOLD,
  objectType: "tenant",
  objectId: tenantId,
  data,
});

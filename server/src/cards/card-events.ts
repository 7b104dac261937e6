import type { DomainEvent } from "../platform/outbox/index.ts";
import type { FoundCard, PartnerUserRow } from "./card-repository.ts";
import { boundsOf, type FoundProduct, limitsOf, type ProgramRow } from "./program-repository.ts";

export type CardEventType =
  | "card.requested"
  | "card.issued"
  | "card.refused"
  | "card.state_changed"
  | "card.limits_changed"
  | "card.held"
  | "card.released"
  | "card.terminated";

/** A card product is there, in the tenant that had it made, and what its fee is charged under. It stays inside. */
export const productMade = (productId: string, reference: string): DomainEvent => ({
  type: "card_product.made",
  objectType: "card_product",
  objectId: productId,
  data: { reference },
});

/** News of a card: for the partner and the operator, and nothing by which it could be paid with. */
export const cardEvent = (type: CardEventType, card: FoundCard): DomainEvent => ({
  type,
  objectType: "card",
  objectId: card.id,
  data: {
    id: card.id,
    partnerId: card.partner_id,
    userId: card.partner_user_id,
    externalId: card.external_id,
    productId: card.product_id,
    state: card.state,
    lastFour: card.last_four,
    isHeld: card.is_held,
    limits: limitsOf(card),
    bounds: boundsOf(card),
  },
});

/** News of a user of a partner's. */
export const userEvent = (
  type: "partner_user.created" | "partner_user.changed",
  user: Pick<PartnerUserRow, "id" | "partner_id" | "external_id" | "referral_id" | "status">,
): DomainEvent => ({
  type,
  objectType: "partner_user",
  objectId: user.id,
  data: {
    id: user.id,
    partnerId: user.partner_id,
    externalId: user.external_id,
    referralId: user.referral_id,
    status: user.status,
  },
});

/** News of a card product, for its partner too: not what the operator earns with it. */
export const productEvent = (
  type: "card_product.created" | "card_product.status_changed",
  product: FoundProduct,
): DomainEvent => ({
  type,
  objectType: "card_product",
  objectId: product.id,
  data: {
    id: product.id,
    partnerId: product.partner_id,
    programId: product.program_id,
    name: product.name,
    currency: product.currency,
    status: product.status,
    limits: limitsOf(product),
  },
});

/** News of a programme at the issuer: never with what opens it. */
export const programEvent = (
  type: "card_program.connected" | "card_program.status_changed",
  { id, partner_id: partnerId, name, currency, status }: ProgramRow,
): DomainEvent => ({
  type,
  objectType: "card_program",
  objectId: id,
  data: { id, partnerId, name, currency, status },
});

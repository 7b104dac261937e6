import type { DomainEvent } from "../platform/outbox/index.ts";
import type { FoundCard } from "./card-repository.ts";

export type CardEventType = "card.issued" | "card.refused" | "card.state_changed" | "card.terminated";

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
  },
});

import { defineErrors } from "../kernel/errors.ts";

export const programErrors = defineErrors("card_program", {
  not_found: { kind: "not_found", title: "There is no such card programme" },
  wrong_state: { kind: "conflict", title: "This card programme takes no new products in its state" },
  test_issuer: { kind: "invalid", title: "In test mode cards are the test issuer's: give its address" },
  address_refused: { kind: "invalid", title: "This is no address of the card issuer" },
  of_another_partner: { kind: "conflict", title: "This card programme is another partner's own" },
  too_many: { kind: "conflict", title: "There are as many card programmes as there can be" },
});

export const productErrors = defineErrors("card_product", {
  not_found: { kind: "not_found", title: "There is no such card product" },
  wrong_state: { kind: "conflict", title: "This card product cannot be used, or changed so, in its state" },
});

export const partnerUserErrors = defineErrors("partner_user", {
  not_found: { kind: "not_found", title: "There is no such user" },
  exists: { kind: "conflict", title: "A user with this external id is there" },
  external_id_too_long: { kind: "invalid", title: "This external id is too long" },
  closed: { kind: "conflict", title: "This user was closed" },
  inactive: { kind: "conflict", title: "This user is suspended or closed" },
});

export const cardErrors = defineErrors("card", {
  not_found: { kind: "not_found", title: "There is no such card" },
  wrong_state: { kind: "conflict", title: "The state of this card forbids that" },
  cardholder_missing: { kind: "invalid", title: "The issuer does not know this user yet: say who it is" },
  limit_above_product: { kind: "invalid", title: "A card cannot have a wider limit than its product" },
  limit_above_operator: { kind: "invalid", title: "A card cannot have a wider limit than the operator has set for it" },
  held: { kind: "conflict", title: "The operator has suspended this card: it alone can let it pay again" },
  user_held: {
    kind: "conflict",
    title: "The operator has suspended a card of this user: there is no other until it lets go",
  },
  purchase_missing: { kind: "not_found", title: "No purchase with this card was approved under this id" },
  too_many: { kind: "conflict", title: "This user has as many cards as one can have" },
});

export const issuerErrors = defineErrors("card_issuer", {
  caller_unknown: { kind: "unauthenticated", title: "The user name or the password is not this programme's" },
  signature_invalid: { kind: "unauthenticated", title: "The signature does not fit this message" },
  message_invalid: { kind: "invalid", title: "This message cannot be read" },
});

import { HOLDER } from "./cards.ts";
import type { Objects } from "./journey-steps.ts";
import { byId, listed, type Request } from "./request-parts.ts";

const API = "/api/v1/partner-api";
const LIMITS = { perAuthorization: 1_000, daily: null, monthly: 5_000 };
const named =
  (body: (of: Objects) => object): Request =>
  (of) => ({ body: { ...body(of) } });
const filtered =
  (query: (of: Objects) => object): Request =>
  (of) => ({ query: { limit: 2, ...query(of) } });

/** Of the routes of the partner API, and of the operator's about cards. */
export const CARD_REQUESTS: Readonly<Record<string, Request>> = {
  [`POST ${API}/auth`]: () => ({ body: { apiKey: `trk_${"A".repeat(20)}`, apiSecret: "trs_of-nobody" } }),
  [`GET ${API}/transactions`]: filtered(() => ({ kind: "card", currency: "USD" })),
  [`POST ${API}/users`]: () => ({ body: { externalId: `user ${crypto.randomUUID()}`, email: "ana@customers.test" } }),
  [`GET ${API}/users`]: listed({ status: "active", externalId: "user_77" }),
  [`GET ${API}/users/:id`]: byId("partnerUser"),
  [`PATCH ${API}/users/:id`]: byId("partnerUser", { status: "active" }),
  [`DELETE ${API}/users/:id`]: byId("closedUser"),
  [`GET ${API}/card-products`]: listed(),
  [`POST ${API}/cards`]: named((of) => ({
    userId: of.partnerUser,
    productId: of.cardProduct,
    cardholder: {
      ...HOLDER,
      email: "ana@customers.test",
      birthDate: "1990-01-31",
      address: { line1: "1 Main St", city: "Oakland", state: "CA", postalCode: "94607", country: "US" },
    },
    limits: LIMITS,
  })),
  [`GET ${API}/cards`]: filtered(() => ({ state: "active" })),
  [`GET ${API}/cards/:id`]: byId("card"),
  [`PATCH ${API}/cards/:id`]: byId("card", { state: "active", limits: LIMITS }),
  [`DELETE ${API}/cards/:id`]: byId("card"),
  [`GET ${API}/cards/:id/authorizations`]: (of) => ({ params: { id: of.card }, query: { limit: 2 } }),
  [`POST ${API}/cards/:id/test-purchases`]: byId("card", {
    amount: 12_500,
    currency: "USD",
    merchant: "Shop",
    mcc: "5411",
    isCleared: true,
  }),
  [`POST ${API}/cards/:id/test-news`]: (of) => ({
    params: { id: of.card },
    body: { authorizationId: of.card, kind: "refund", amount: 2_500 },
  }),
  [`GET ${API}/card-spend`]: filtered(() => ({ sort: "occurredAt" })),
  [`POST ${API}/webhooks`]: () => ({ body: { url: "https://hooks.example.com/in", events: ["card.*"] } }),
  [`GET ${API}/webhooks`]: listed(),
  [`GET ${API}/webhooks/:id`]: byId("partnerWebhook"),
  [`PATCH ${API}/webhooks/:id`]: byId("partnerWebhook", { description: "Another" }),
  [`DELETE ${API}/webhooks/:id`]: byId("partnerWebhook"),
  "POST /api/v1/admin/card-programs": named(() => ({
    name: "A programme",
    baseUrl: "https://sandbox-api.marqeta.com/v3",
    currency: "USD",
    applicationToken: "application",
    adminToken: "admin",
  })),
  "GET /api/v1/admin/card-programs": listed(),
  "PATCH /api/v1/admin/card-programs/:id": byId("cardProgram", { isEnabled: true }),
  "POST /api/v1/admin/card-products": named((of) => ({
    partnerId: of.partner,
    programId: of.cardProgram,
    name: "A card",
    limits: LIMITS,
    revenueRate: 0.01,
  })),
  "GET /api/v1/admin/card-products": filtered((of) => ({ partnerId: of.partner })),
  "PATCH /api/v1/admin/card-products/:id": byId("cardProduct", { status: "closed" }),
  "GET /api/v1/admin/cards": filtered((of) => ({ partnerId: of.partner, userId: of.partnerUser, state: "active" })),
  "PATCH /api/v1/admin/cards/:id": byId("card", { state: "suspended", limits: LIMITS, isHeld: true }),
  "GET /api/v1/admin/card-spend": filtered((of) => ({ partnerId: of.partner, cardId: of.card, isRefused: false })),
};

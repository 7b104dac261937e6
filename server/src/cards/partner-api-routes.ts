import type { Routes } from "../platform/http/index.ts";
import {
  AuthorizationPage,
  AuthorizationQuery,
  AuthorizationView,
  ByCreationQuery,
  ByIdParams,
  CardPage,
  CardView,
  ChangeCardBody,
  ChangeUserBody,
  CreateUserBody,
  IssueCardBody,
  limitsFrom,
  namedLimitsFrom,
  OwnCardQuery,
  OwnProductPage,
  OwnSpendQuery,
  SpendPage,
  TestNewsBody,
  TestNewsView,
  TestPurchaseBody,
  UserPage,
  UserQuery,
  UserView,
} from "./card-schema.ts";
import type { CardService } from "./card-service.ts";

const URL = "/api/v1/partner-api";
const TAGS = ["Partner API"];

const access = (scope: "own:users:read" | "own:users:write" | "own:cards:read" | "own:cards:write") =>
  ({ access: { audience: "partner", scope } }) as const;

/** What a partner's systems do with its users and cards. */
export const partnerApiRoutes =
  (cards: CardService): Routes =>
  (app) => {
    userRoutes(cards)(app);
    cardRoutes(cards)(app);
  };

const userRoutes =
  (cards: CardService): Routes =>
  (app) => {
    app.route({
      method: "POST",
      url: `${URL}/users`,
      config: { ...access("own:users:write"), successStatus: 201 },
      schema: {
        operationId: "createPartnerUser",
        tags: TAGS,
        summary: "Make a user, who is yours for good",
        description: "A customer of the operator's, tied to you: what it brings is earned by you.",
        body: CreateUserBody,
        response: { 201: UserView },
      },
      handler: async (request, reply) => reply.code(201).send(await cards.createUser(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: `${URL}/users`,
      config: access("own:users:read"),
      schema: {
        operationId: "listPartnerUsers",
        tags: TAGS,
        summary: "List the users that you made",
        querystring: UserQuery,
        response: { 200: UserPage },
      },
      handler: (request) => cards.findUsers(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: `${URL}/users/:id`,
      config: access("own:users:read"),
      schema: {
        operationId: "getPartnerUser",
        tags: TAGS,
        summary: "Get a user",
        params: ByIdParams,
        response: { 200: UserView },
      },
      handler: (request) => cards.getUser(request.ctx, request.params.id),
    });
    app.route({
      method: "PATCH",
      url: `${URL}/users/:id`,
      config: access("own:users:write"),
      schema: {
        operationId: "updatePartnerUser",
        tags: TAGS,
        summary: "Suspend a user, or let it pay again",
        params: ByIdParams,
        body: ChangeUserBody,
        response: { 200: UserView },
      },
      handler: (request) => cards.changeUser(request.ctx, { userId: request.params.id, ...request.body }),
    });
    app.route({
      method: "DELETE",
      url: `${URL}/users/:id`,
      config: access("own:users:write"),
      schema: {
        operationId: "closePartnerUser",
        tags: TAGS,
        summary: "Close a user for good, and its cards with it",
        description: "What it has brought stays yours.",
        params: ByIdParams,
        response: { 200: UserView },
      },
      handler: (request) => cards.changeUser(request.ctx, { userId: request.params.id, status: "closed" }),
    });
  };

const cardRoutes =
  (cards: CardService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: `${URL}/card-products`,
      config: access("own:cards:read"),
      schema: {
        operationId: "listOwnCardProducts",
        tags: TAGS,
        summary: "List your card products",
        querystring: ByCreationQuery,
        response: { 200: OwnProductPage },
      },
      handler: (request) => cards.findOwnProducts(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: `${URL}/cards`,
      config: { ...access("own:cards:write"), successStatus: 201 },
      schema: {
        operationId: "issueCard",
        tags: TAGS,
        summary: "Issue a card to one of your users",
        description:
          "The issuer makes it a moment later: `card.issued` tells when, `card.refused` why not. Send an Idempotency-Key: without one, asking twice is asking for two cards.",
        body: IssueCardBody,
        response: { 201: CardView },
      },
      handler: async (request, reply) => {
        const { limits, ...input } = request.body;
        return reply.code(201).send(await cards.issueCard(request.ctx, { ...input, limits: limitsFrom(limits) }));
      },
    });
    app.route({
      method: "GET",
      url: `${URL}/cards`,
      config: access("own:cards:read"),
      schema: {
        operationId: "listOwnCards",
        tags: TAGS,
        summary: "List your cards",
        querystring: OwnCardQuery,
        response: { 200: CardPage },
      },
      handler: (request) => cards.findOwnCards(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: `${URL}/cards/:id`,
      config: access("own:cards:read"),
      schema: {
        operationId: "getOwnCard",
        tags: TAGS,
        summary: "Get a card",
        params: ByIdParams,
        response: { 200: CardView },
      },
      handler: (request) => cards.getOwnCard(request.ctx, request.params.id),
    });
    app.route({
      method: "PATCH",
      url: `${URL}/cards/:id`,
      config: access("own:cards:write"),
      schema: {
        operationId: "updateOwnCard",
        tags: TAGS,
        summary: "Activate, suspend or end a card, or change its limits",
        description: "It counts with the next purchase.",
        params: ByIdParams,
        body: ChangeCardBody,
        response: { 200: CardView },
      },
      handler: ({ ctx, params, body: { limits, ...change } }) =>
        cards.changeOwnCard(ctx, {
          cardId: params.id,
          ...change,
          ...(limits === undefined ? {} : { limits: namedLimitsFrom(limits) }),
        }),
    });
    app.route({
      method: "DELETE",
      url: `${URL}/cards/:id`,
      config: access("own:cards:write"),
      schema: {
        operationId: "terminateOwnCard",
        tags: TAGS,
        summary: "End a card for good",
        params: ByIdParams,
        response: { 200: CardView },
      },
      handler: (request) => cards.changeOwnCard(request.ctx, { cardId: request.params.id, state: "terminated" }),
    });
    app.route({
      method: "GET",
      url: `${URL}/cards/:id/authorizations`,
      config: access("own:cards:read"),
      schema: {
        operationId: "listCardAuthorizations",
        tags: TAGS,
        summary: "What was asked of a card, and what was answered",
        params: ByIdParams,
        querystring: AuthorizationQuery,
        response: { 200: AuthorizationPage },
      },
      handler: (request) => cards.findAuthorizations(request.ctx, { cardId: request.params.id, ...request.query }),
    });
    app.route({
      method: "POST",
      url: `${URL}/cards/:id/test-purchases`,
      config: { ...access("own:cards:write"), successStatus: 201 },
      schema: {
        operationId: "makeTestPurchase",
        tags: TAGS,
        summary: "Make up a purchase with a card, in test mode",
        description:
          "Decided as a live one is: read `decision` and `reason`. A moment after a yes it is cleared, becomes a transaction and earns.",
        params: ByIdParams,
        body: TestPurchaseBody,
        response: { 201: AuthorizationView },
      },
      handler: async ({ ctx, params, body: { amount, isCleared = true, ...of } }, reply) =>
        reply
          .code(201)
          .send(await cards.makeTestPurchase(ctx, { cardId: params.id, amount: BigInt(amount), isCleared, ...of })),
    });
    app.route({
      method: "POST",
      url: `${URL}/cards/:id/test-news`,
      config: { ...access("own:cards:write"), successStatus: 201 },
      schema: {
        operationId: "makeTestCardNews",
        tags: TAGS,
        summary: "Make up what comes of a test purchase: a clearing, a release, a refund, a chargeback",
        description: "It is taken a moment later, as what the card issuer tells.",
        params: ByIdParams,
        body: TestNewsBody,
        response: { 201: TestNewsView },
      },
      handler: async ({ ctx, params, body: { amount, ...of } }, reply) =>
        reply.code(201).send(
          await cards.makeTestNews(ctx, {
            cardId: params.id,
            ...of,
            ...(amount === undefined ? {} : { amount: BigInt(amount) }),
          }),
        ),
    });
    app.route({
      method: "GET",
      url: `${URL}/card-spend`,
      config: access("own:cards:read"),
      schema: {
        operationId: "listOwnCardSpend",
        tags: TAGS,
        summary: "What was spent with your cards, and given back",
        querystring: OwnSpendQuery,
        response: { 200: SpendPage },
      },
      handler: (request) => cards.findOwnSpends(request.ctx, request.query),
    });
  };

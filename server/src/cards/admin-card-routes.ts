import type { Routes } from "../platform/http/index.ts";
import {
  ByCreationQuery,
  ByIdParams,
  CardPage,
  CardQuery,
  CardView,
  ChangeAnyCardBody,
  ChangeProductBody,
  ConnectProgramBody,
  CreateProductBody,
  limitsFrom,
  namedLimitsFrom,
  ProductPage,
  ProductQuery,
  ProductView,
  ProgramPage,
  ProgramView,
  SpendPage,
  SpendQuery,
  SwitchProgramBody,
} from "./card-schema.ts";
import type { CardService } from "./card-service.ts";
import { productView, programView } from "./card-view.ts";

const URL = "/api/v1/admin";
const TAGS = ["Cards"];
const reading = { access: { audience: "operator", scope: "cards:read" } } as const;
const writing = { access: { audience: "operator", scope: "cards:write" } } as const;

/** Programmes at the issuer, the products in them, and every partner's cards: for the team. */
export const adminCardRoutes =
  (cards: CardService): Routes =>
  (app) => {
    app.route({
      method: "POST",
      url: `${URL}/card-programs`,
      config: { ...writing, successStatus: 201 },
      schema: {
        operationId: "connectCardProgram",
        tags: TAGS,
        summary: "Connect a programme at the card issuer",
        description:
          "The issuer is told where to ask whether a purchase is funded and where to tell what happened; the programme is `active` once it knows. Its tokens are kept sealed and shown nowhere.",
        body: ConnectProgramBody,
        response: { 201: ProgramView },
      },
      handler: async (request, reply) => reply.code(201).send(await cards.connectProgram(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: `${URL}/card-programs`,
      config: reading,
      schema: {
        operationId: "listCardPrograms",
        tags: TAGS,
        summary: "List programmes at the card issuer",
        querystring: ByCreationQuery,
        response: { 200: ProgramPage },
      },
      handler: (request) => cards.findPrograms(request.ctx, request.query),
    });
    app.route({
      method: "PATCH",
      url: `${URL}/card-programs/:id`,
      config: writing,
      schema: {
        operationId: "switchCardProgram",
        tags: TAGS,
        summary: "Turn a card programme off, or on again",
        params: ByIdParams,
        body: SwitchProgramBody,
        response: { 200: ProgramView },
      },
      handler: async (request) =>
        programView(await cards.switchProgram(request.ctx, { programId: request.params.id, ...request.body })),
    });
    app.route({
      method: "POST",
      url: `${URL}/card-products`,
      config: { ...writing, successStatus: 201 },
      schema: {
        operationId: "createCustomCardProduct",
        tags: TAGS,
        summary: "Have a card product made for a partner",
        description:
          "It owes the card fee of the partner's terms once it is made, where fees are agreed on with the partner.",
        body: CreateProductBody,
        response: { 201: ProductView },
      },
      handler: async (request, reply) => {
        const { limits, revenueRate = 0, ...input } = request.body;
        const product = { ...input, revenueRate, limits: limitsFrom(limits) };
        return reply.code(201).send(await cards.createCustomCardProduct(request.ctx, product));
      },
    });
    app.route({
      method: "GET",
      url: `${URL}/card-products`,
      config: reading,
      schema: {
        operationId: "listCardProducts",
        tags: TAGS,
        summary: "List card products",
        querystring: ProductQuery,
        response: { 200: ProductPage },
      },
      handler: (request) => cards.findProducts(request.ctx, request.query),
    });
    app.route({
      method: "PATCH",
      url: `${URL}/card-products/:id`,
      config: writing,
      schema: {
        operationId: "closeCardProduct",
        tags: TAGS,
        summary: "Close a card product",
        params: ByIdParams,
        body: ChangeProductBody,
        response: { 200: ProductView },
      },
      handler: async (request) => productView(await cards.closeProduct(request.ctx, request.params.id)),
    });
    app.route({
      method: "GET",
      url: `${URL}/cards`,
      config: reading,
      schema: {
        operationId: "listCards",
        tags: TAGS,
        summary: "List every partner's cards",
        querystring: CardQuery,
        response: { 200: CardPage },
      },
      handler: (request) => cards.findCards(request.ctx, request.query),
    });
    app.route({
      method: "PATCH",
      url: `${URL}/cards/:id`,
      config: writing,
      schema: {
        operationId: "updateCard",
        tags: TAGS,
        summary: "Suspend, end or reinstate any partner's card, or bound its limits",
        description:
          "What you suspend the partner cannot make active, nor replace by another card of the user. Your limits are bounds beside the partner's own: the narrowest of all holds.",
        params: ByIdParams,
        body: ChangeAnyCardBody,
        response: { 200: CardView },
      },
      handler: ({ ctx, params, body: { limits, ...change } }) =>
        cards.changeAnyCard(ctx, {
          cardId: params.id,
          ...change,
          ...(limits === undefined ? {} : { limits: namedLimitsFrom(limits) }),
        }),
    });
    app.route({
      method: "GET",
      url: `${URL}/card-spend`,
      config: reading,
      schema: {
        operationId: "listCardSpend",
        tags: TAGS,
        summary: "What was spent with every partner's cards",
        description: "With `isRefused` what could not be recorded as a transaction, and why.",
        querystring: SpendQuery,
        response: { 200: SpendPage },
      },
      handler: (request) => cards.findSpends(request.ctx, request.query),
    });
  };

import type { Routes } from "../platform/http/index.ts";
import {
  CreateSourceBody,
  FailuresPage,
  FailuresQuery,
  RotateSourceBody,
  SourceParams,
  SourcesPage,
  SourcesQuery,
  SourceView,
  SourceWithSecretView,
  UnmatchedPage,
  UnmatchedQuery,
  UpdateSourceBody,
} from "./revenue-schema.ts";
import type { RevenueService } from "./revenue-service.ts";
import type { Source } from "./source-repository.ts";

const TAGS = ["Revenue"];
const BY_PEOPLE = { audience: "operator", scope: "sources:write" } as const;
const READERS = { audience: "operator", scope: "transactions:read" } as const;

/** With the path that its messages go to. */
const shown = <Shown extends Source>(source: Shown) => ({ ...source, path: pathOf(source) });

const pathOf = ({ id, kind }: Source): string =>
  kind === "stripe" ? `/api/v1/webhooks/stripe-billing/${id}` : `/api/v1/intake/${id}`;

/** What operators do with the systems that tell of revenue, and what they see of it. */
export const revenueRoutes =
  (revenue: RevenueService): Routes =>
  (app) => {
    app.post(
      "/api/v1/admin/revenue/sources",
      {
        config: { access: BY_PEOPLE, idempotency: "secret", successStatus: 201 },
        schema: {
          operationId: "createRevenueSource",
          tags: TAGS,
          summary: "Connect a billing system; the secret of a generic one is shown once",
          body: CreateSourceBody,
          response: { 201: SourceWithSecretView },
        },
      },
      async (request, reply) => reply.code(201).send(shown(await revenue.createSource(request.ctx, request.body))),
    );

    app.get(
      "/api/v1/admin/revenue/sources",
      {
        config: { access: READERS },
        schema: {
          operationId: "listRevenueSources",
          tags: TAGS,
          summary: "Billing systems, and when they were last heard of",
          querystring: SourcesQuery,
          response: { 200: SourcesPage },
        },
      },
      async (request) => {
        const page = await revenue.findSources(request.ctx, request.query);
        return { ...page, data: page.data.map(shown) };
      },
    );

    app.post(
      "/api/v1/admin/revenue/sources/:id/rotate",
      {
        config: { access: BY_PEOPLE, idempotency: "secret" },
        schema: {
          operationId: "rotateRevenueSourceSecret",
          tags: TAGS,
          summary: "Give a billing system another signing secret; the one before stays good for a while",
          params: SourceParams,
          body: RotateSourceBody,
          response: { 200: SourceWithSecretView },
        },
      },
      async (request) =>
        shown(await revenue.rotateSourceSecret(request.ctx, { ...request.body, sourceId: request.params.id })),
    );

    app.patch(
      "/api/v1/admin/revenue/sources/:id",
      {
        config: { access: BY_PEOPLE },
        schema: {
          operationId: "updateRevenueSource",
          tags: TAGS,
          summary: "Rename a billing system, turn it off or on",
          params: SourceParams,
          body: UpdateSourceBody,
          response: { 200: SourceView },
        },
      },
      async (request) =>
        shown(await revenue.updateSource(request.ctx, { ...request.body, sourceId: request.params.id })),
    );

    app.get(
      "/api/v1/admin/revenue/unmatched",
      {
        config: { access: READERS },
        schema: {
          operationId: "listUnmatchedRevenue",
          tags: TAGS,
          summary: "Revenue that was told of and is not in the books, with why",
          querystring: UnmatchedQuery,
          response: { 200: UnmatchedPage },
        },
      },
      (request) => revenue.findUnmatched(request.ctx, request.query),
    );

    app.get(
      "/api/v1/admin/revenue/failures",
      {
        config: { access: READERS },
        schema: {
          operationId: "listInboxFailures",
          tags: TAGS,
          summary: "Signed messages that could not be worked on so far",
          querystring: FailuresQuery,
          response: { 200: FailuresPage },
        },
      },
      (request) => revenue.findFailures(request.ctx, request.query),
    );
  };

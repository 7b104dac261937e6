import type { Routes } from "../platform/http/index.ts";
import { operatorPrivacyRoutes } from "./operator-privacy-routes.ts";
import { AskBody, EXPORT_RESPONSE, ExportQuery, MaybeErasureView, OwnErasureView } from "./privacy-schema.ts";
import type { PrivacyService } from "./privacy-service.ts";
import { sendExport } from "./send-export.ts";

const tags = ["Privacy"];
const person = { access: { audience: "person" } } as const;

/** What somebody who has signed in may ask about themselves, and what the operator does about anybody. */
export const privacyRoutes = (privacy: PrivacyService): Routes[] => [
  ownRoutes(privacy),
  operatorPrivacyRoutes(privacy),
];

const ownRoutes =
  (privacy: PrivacyService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/privacy/export",
      config: { ...person, rateLimit: "personal_export" },
      schema: {
        operationId: "exportOwnData",
        tags,
        summary: "Everything that is kept about you",
        querystring: ExportQuery,
        response: EXPORT_RESPONSE,
      },
      handler: async (request, reply) =>
        sendExport(reply, await privacy.exportOwn(request.ctx, { format: request.query.format ?? "zip" })),
    });
    app.route({
      method: "GET",
      url: "/api/v1/privacy/erasure",
      config: person,
      schema: {
        operationId: "getOwnErasure",
        tags,
        summary: "What became of your wish to be forgotten",
        response: { 200: MaybeErasureView },
      },
      handler: async (request) => ({ erasure: await privacy.getOwnErasure(request.ctx) }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/privacy/erasure",
      config: { ...person, successStatus: 201 },
      schema: {
        operationId: "askErasure",
        tags,
        summary: "Ask to be forgotten",
        description:
          "The operator decides within a month. It is carried out once your account is closed and no money is open; the books stay, under a pseudonym. Asked twice it is one wish.",
        body: AskBody,
        response: { 201: OwnErasureView },
      },
      handler: async (request, reply) => reply.code(201).send(await privacy.askErasure(request.ctx, request.body)),
    });
    app.route({
      method: "DELETE",
      url: "/api/v1/privacy/erasure",
      config: person,
      schema: {
        operationId: "withdrawErasure",
        tags,
        summary: "Take your wish to be forgotten back",
        response: { 200: OwnErasureView },
      },
      handler: (request) => privacy.withdrawErasure(request.ctx),
    });
  };

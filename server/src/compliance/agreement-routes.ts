import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import type { Routes } from "../platform/http/index.ts";
import type { AgreementFile } from "./agreement-file.ts";
import {
  AcceptAgreementBody,
  AcceptancePage,
  AcceptanceQuery,
  Agreement,
  AgreementFileQuery,
  AgreementPage,
  AgreementParams,
  AgreementQuery,
  AgreementVersion,
  CreateAgreementBody,
  DraftBody,
  EditDraftBody,
  OwnAgreement,
  OwnAgreementPage,
  OwnAgreementQuery,
  OwnFileQuery,
  PublishVersionBody,
  VersionParams,
} from "./agreement-schema.ts";
import type { ComplianceService } from "./compliance-service.ts";

const ownReading = { audience: "partner", scope: "own:agreements:read" } as const;
const accepting = { audience: "partner", scope: "own:agreements:accept" } as const;
const reading = { audience: "operator", scope: "compliance:read" } as const;
const writing = { audience: "operator", scope: "compliance:write" } as const;

const binary = { schema: Type.String({ format: "binary" }) };
const file = {
  200: { description: "The text", content: { "application/pdf": binary, "text/plain": binary } },
};
const csv = { 200: { description: "Who has accepted it", content: { "text/csv": binary } } };

const sendFile = (reply: FastifyReply, { name, contentType, content }: AgreementFile): FastifyReply =>
  reply
    .type(contentType)
    .header("content-disposition", `attachment; filename="${name}"`)
    .header("cache-control", "no-store")
    .send(content);

/** Agreements: what a partner accepts, and what the operator writes. */
export const agreementRoutes =
  (compliance: ComplianceService): Routes =>
  (app) => {
    partnerRoutes(compliance)(app);
    draftRoutes(compliance)(app);
    acceptanceRoutes(compliance)(app);
  };

const partnerRoutes =
  (compliance: ComplianceService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/partners/agreements",
      config: { access: ownReading },
      schema: {
        operationId: "listOwnAgreements",
        tags: ["Agreements"],
        summary: "List the own agreements: to be accepted, accepted, replaced",
        querystring: OwnAgreementQuery,
        response: { 200: OwnAgreementPage },
      },
      handler: (request) => compliance.findOwnAgreements(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/agreements/:id/accept",
      config: { access: accepting },
      schema: {
        operationId: "acceptAgreement",
        tags: ["Agreements"],
        summary: "Accept a version of an agreement",
        description:
          "A person accepts it, and no key: kept are who, when, from which address and the hash of the text. To accept it twice changes nothing.",
        params: VersionParams,
        body: AcceptAgreementBody,
        response: { 200: OwnAgreement },
      },
      handler: (request) => compliance.acceptAgreement(request.ctx, { versionId: request.params.id, ...request.body }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/agreements/:id/file",
      config: { access: ownReading },
      schema: {
        operationId: "getOwnAgreementFile",
        tags: ["Agreements"],
        summary: "A version of an own agreement, with its acceptance, as PDF or text",
        params: VersionParams,
        querystring: OwnFileQuery,
        response: file,
      },
      handler: async (request, reply) => {
        const { format = "pdf" } = request.query;
        return sendFile(
          reply,
          await compliance.getOwnAgreementFile(request.ctx, { versionId: request.params.id, format }),
        );
      },
    });
  };

const draftRoutes =
  (compliance: ComplianceService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/agreements",
      config: { access: reading },
      schema: {
        operationId: "listAgreements",
        tags: ["Operator"],
        summary: "List agreements with their versions",
        querystring: AgreementQuery,
        response: { 200: AgreementPage },
      },
      handler: (request) => compliance.findAgreements(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/agreements",
      config: { access: writing, successStatus: 201 },
      schema: {
        operationId: "createAgreement",
        tags: ["Operator"],
        summary: "Make an agreement, with its first draft",
        body: CreateAgreementBody,
        response: { 201: Agreement },
      },
      handler: async (request, reply) =>
        reply.code(201).send(await compliance.createAgreement(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/agreements/:id",
      config: { access: reading },
      schema: {
        operationId: "getAgreement",
        tags: ["Operator"],
        summary: "Get an agreement with its versions",
        params: AgreementParams,
        response: { 200: Agreement },
      },
      handler: (request) => compliance.getAgreement(request.ctx, { agreementId: request.params.id }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/agreements/:id/versions",
      config: { access: writing, successStatus: 201 },
      schema: {
        operationId: "draftAgreementVersion",
        tags: ["Operator"],
        summary: "Draft the next version of an agreement",
        params: AgreementParams,
        body: DraftBody,
        response: { 201: AgreementVersion },
      },
      handler: async (request, reply) =>
        reply
          .code(201)
          .send(await compliance.draftVersion(request.ctx, { agreementId: request.params.id, ...request.body })),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/agreement-versions/:id",
      config: { access: writing },
      schema: {
        operationId: "editAgreementDraft",
        tags: ["Operator"],
        summary: "Change a draft",
        params: VersionParams,
        body: EditDraftBody,
        response: { 200: AgreementVersion },
      },
      handler: (request) => compliance.editDraft(request.ctx, { versionId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/agreement-versions/:id/publish",
      config: { access: writing },
      schema: {
        operationId: "publishAgreementVersion",
        tags: ["Operator"],
        summary: "Bring a draft into force",
        description: "It never changes from then on. Partners of its tiers are asked to accept it.",
        params: VersionParams,
        body: PublishVersionBody,
        response: { 200: AgreementVersion },
      },
      handler: (request) => compliance.publishVersion(request.ctx, { versionId: request.params.id, ...request.body }),
    });
  };

const acceptanceRoutes =
  (compliance: ComplianceService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/agreement-versions/:id/acceptances",
      config: { access: reading },
      schema: {
        operationId: "listAgreementAcceptances",
        tags: ["Operator"],
        summary: "List who has accepted a version",
        params: VersionParams,
        querystring: AcceptanceQuery,
        response: { 200: AcceptancePage },
      },
      handler: (request) => compliance.findAcceptances(request.ctx, { versionId: request.params.id, ...request.query }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/agreement-versions/:id/acceptances/file",
      config: { access: reading },
      schema: {
        operationId: "exportAgreementAcceptances",
        tags: ["Operator"],
        summary: "Who has accepted a version, as CSV",
        params: VersionParams,
        response: csv,
      },
      handler: async (request, reply) =>
        sendFile(reply, await compliance.exportAcceptances(request.ctx, { versionId: request.params.id })),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/agreement-versions/:id/file",
      config: { access: reading },
      schema: {
        operationId: "getAgreementFile",
        tags: ["Operator"],
        summary: "A version, and a partner's acceptance of it, as PDF or text",
        params: VersionParams,
        querystring: AgreementFileQuery,
        response: file,
      },
      handler: async (request, reply) => {
        const { format = "pdf", ...of } = request.query;
        return sendFile(
          reply,
          await compliance.getAgreementFileFor(request.ctx, { versionId: request.params.id, format, ...of }),
        );
      },
    });
  };

import type { Routes } from "../platform/http/index.ts";
import {
  CERTIFICATE_RESPONSE,
  EraseBody,
  ErasurePage,
  ErasureParams,
  ErasureQuery,
  ErasureView,
  EXPORT_RESPONSE,
  ExportQuery,
  HoldBody,
  HoldPage,
  HoldParams,
  HoldQuery,
  HoldView,
  RefuseBody,
  RetentionView,
  SubjectList,
  SubjectParams,
  SubjectQuery,
} from "./privacy-schema.ts";
import type { PrivacyService } from "./privacy-service.ts";
import { sendExport } from "./send-export.ts";

const tags = ["Privacy"];
const BASE = "/api/v1/admin/privacy";
const reading = { access: { audience: "operator", scope: "privacy:read" } } as const;
const writing = { access: { audience: "operator", scope: "privacy:write" } } as const;

/** What the operator does about people's data. */
export const operatorPrivacyRoutes =
  (privacy: PrivacyService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: `${BASE}/subjects`,
      config: reading,
      schema: {
        operationId: "findDataSubjects",
        tags,
        summary: "Find somebody by e-mail, external id or id",
        querystring: SubjectQuery,
        response: { 200: SubjectList },
      },
      handler: (request) => privacy.findSubjects(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: `${BASE}/subjects/:id/export`,
      config: { ...reading, rateLimit: "personal_export" },
      schema: {
        operationId: "exportDataSubject",
        tags,
        summary: "Everything that is kept about somebody",
        params: SubjectParams,
        querystring: ExportQuery,
        response: EXPORT_RESPONSE,
      },
      handler: async (request, reply) => {
        const { format = "zip" } = request.query;
        return sendExport(reply, await privacy.exportSubject(request.ctx, { userId: request.params.id, format }));
      },
    });
    app.route({
      method: "GET",
      url: `${BASE}/retention`,
      config: reading,
      schema: {
        operationId: "getRetentionRules",
        tags,
        summary: "What outlives an erasure, and why",
        response: { 200: RetentionView },
      },
      handler: (request) => privacy.getRetention(request.ctx),
    });
    app.route({
      method: "GET",
      url: `${BASE}/erasures`,
      config: reading,
      schema: {
        operationId: "listErasures",
        tags,
        summary: "Wishes to be forgotten",
        querystring: ErasureQuery,
        response: { 200: ErasurePage },
      },
      handler: (request) => privacy.findErasures(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: `${BASE}/erasures`,
      config: { ...writing, successStatus: 201 },
      schema: {
        operationId: "eraseDataSubject",
        tags,
        summary: "Erase somebody",
        description:
          "At once where nothing hinders it; otherwise it is deferred, says what hinders it, and is carried out by itself once nothing does. Asked twice nothing is done twice.",
        body: EraseBody,
        response: { 201: ErasureView },
      },
      handler: async (request, reply) => reply.code(201).send(await privacy.eraseSubject(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: `${BASE}/erasures/:id`,
      config: reading,
      schema: {
        operationId: "getErasure",
        tags,
        summary: "A wish to be forgotten, with its certificate",
        params: ErasureParams,
        response: { 200: ErasureView },
      },
      handler: (request) => privacy.getErasure(request.ctx, request.params),
    });
    app.route({
      method: "POST",
      url: `${BASE}/erasures/:id/accept`,
      config: writing,
      schema: {
        operationId: "acceptErasure",
        tags,
        summary: "Grant a wish to be forgotten",
        params: ErasureParams,
        response: { 200: ErasureView },
      },
      handler: (request) => privacy.acceptErasure(request.ctx, request.params),
    });
    app.route({
      method: "POST",
      url: `${BASE}/erasures/:id/refuse`,
      config: writing,
      schema: {
        operationId: "refuseErasure",
        tags,
        summary: "Refuse a wish to be forgotten, with the reason",
        params: ErasureParams,
        body: RefuseBody,
        response: { 200: ErasureView },
      },
      handler: (request) => privacy.refuseErasure(request.ctx, { ...request.params, ...request.body }),
    });
    app.route({
      method: "GET",
      url: `${BASE}/erasures/:id/certificate`,
      config: reading,
      schema: {
        operationId: "getErasureCertificate",
        tags,
        summary: "The certificate of an erasure, as PDF",
        params: ErasureParams,
        response: CERTIFICATE_RESPONSE,
      },
      handler: async (request, reply) => sendExport(reply, await privacy.getCertificate(request.ctx, request.params)),
    });
    app.route({
      method: "GET",
      url: `${BASE}/holds`,
      config: reading,
      schema: {
        operationId: "listLegalHolds",
        tags,
        summary: "Legal holds",
        querystring: HoldQuery,
        response: { 200: HoldPage },
      },
      handler: (request) => privacy.findHolds(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: `${BASE}/holds`,
      config: { ...writing, successStatus: 201 },
      schema: {
        operationId: "placeLegalHold",
        tags,
        summary: "Keep somebody's data from being erased",
        body: HoldBody,
        response: { 201: HoldView },
      },
      handler: async (request, reply) => reply.code(201).send(await privacy.placeHold(request.ctx, request.body)),
    });
    app.route({
      method: "POST",
      url: `${BASE}/holds/:id/lift`,
      config: writing,
      schema: {
        operationId: "liftLegalHold",
        tags,
        summary: "Lift a legal hold",
        params: HoldParams,
        response: { 200: HoldView },
      },
      handler: (request) => privacy.liftHold(request.ctx, request.params),
    });
  };

import type { Routes } from "../platform/http/index.ts";
import type { ComplianceService } from "./compliance-service.ts";
import {
  CaseParams,
  CaseQuery,
  ChangeScreeningBody,
  PartnerScreeningPage,
  PartnerScreeningQuery,
  ReopenBody,
  SanctionsListPage,
  SanctionsListQuery,
  ScreenedPartnerParams,
  Screening,
  ScreeningCaseDetail,
  ScreeningCasePage,
  TestDecisionBody,
  VoteBody,
} from "./screening-schema.ts";

const reading = { audience: "operator", scope: "compliance:read" } as const;
const writing = { audience: "operator", scope: "compliance:write" } as const;
const deciding = { audience: "operator", scope: "compliance:decide" } as const;

/** Sanctions screening: for the operator alone. */
export const screeningRoutes =
  (compliance: ComplianceService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/screening",
      config: { access: reading },
      schema: {
        operationId: "getScreening",
        tags: ["Operator"],
        summary: "How partners are screened, with which list, and what waits",
        response: { 200: Screening },
      },
      handler: (request) => compliance.getScreening(request.ctx),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/screening/settings",
      config: { access: writing },
      schema: {
        operationId: "changeScreening",
        tags: ["Operator"],
        summary: "Turn screening on or off, set how it compares",
        description:
          "Once it is on, nobody is approved or paid without having been compared with a fresh list. Cases hold their partners whether it is on or off.",
        body: ChangeScreeningBody,
        response: { 200: Screening },
      },
      handler: (request) => compliance.changeScreening(request.ctx, request.body),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/screening/lists",
      config: { access: reading },
      schema: {
        operationId: "listSanctionsLists",
        tags: ["Operator"],
        summary: "List the versions of the sanctions list",
        querystring: SanctionsListQuery,
        response: { 200: SanctionsListPage },
      },
      handler: (request) => compliance.findListVersions(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/screening/cases",
      config: { access: reading },
      schema: {
        operationId: "listScreeningCases",
        tags: ["Operator"],
        summary: "List possible matches",
        querystring: CaseQuery,
        response: { 200: ScreeningCasePage },
      },
      handler: (request) => compliance.findCases(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/screening/cases/:id",
      config: { access: reading },
      schema: {
        operationId: "getScreeningCase",
        tags: ["Operator"],
        summary: "Get a possible match with its evidence",
        params: CaseParams,
        response: { 200: ScreeningCaseDetail },
      },
      handler: (request) => compliance.getCase(request.ctx, { caseId: request.params.id }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/screening/cases/:id/votes",
      config: { access: deciding },
      schema: {
        operationId: "voteOnScreeningCase",
        tags: ["Operator"],
        summary: "Say whether a possible match is one",
        description:
          "Two different people who say the same decide it. Of one person the last word counts; where people differ, the case waits.",
        params: CaseParams,
        body: VoteBody,
        response: { 200: ScreeningCaseDetail },
      },
      handler: (request) => compliance.voteOnCase(request.ctx, { caseId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/screening/cases/:id/test-decision",
      config: { access: writing },
      schema: {
        operationId: "decideTestScreeningCase",
        tags: ["Operator"],
        summary: "Decide a possible match, in test mode",
        description: "As though two people had said so: a test key alone does what takes two elsewhere.",
        params: CaseParams,
        body: TestDecisionBody,
        response: { 200: ScreeningCaseDetail },
      },
      handler: (request) => compliance.decideTestCase(request.ctx, { caseId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/screening/cases/:id/reopen",
      config: { access: deciding },
      schema: {
        operationId: "reopenScreeningCase",
        tags: ["Operator"],
        summary: "Open a decided case again",
        description: "Money is held from then on, until two people have decided anew.",
        params: CaseParams,
        body: ReopenBody,
        response: { 200: ScreeningCaseDetail },
      },
      handler: (request) => compliance.reopenCase(request.ctx, { caseId: request.params.id, ...request.body }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/screening/partners/:partnerId",
      config: { access: reading },
      schema: {
        operationId: "listPartnerScreenings",
        tags: ["Operator"],
        summary: "What was compared for a partner, and with which versions of the list",
        params: ScreenedPartnerParams,
        querystring: PartnerScreeningQuery,
        response: { 200: PartnerScreeningPage },
      },
      handler: (request) => compliance.findPartnerScreenings(request.ctx, { ...request.query, ...request.params }),
    });
  };

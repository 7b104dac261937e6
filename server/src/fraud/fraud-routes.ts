import { DAY_MS } from "../kernel/clock.ts";
import type { Routes } from "../platform/http/index.ts";
import {
  AssignFraudCaseBody,
  BackTestBody,
  ChangeFraudRulesBody,
  DecideFraudCaseBody,
  FraudBackTest,
  FraudCase,
  FraudCaseDetail,
  FraudCasePage,
  FraudCaseParams,
  FraudCaseQuery,
  FraudRules,
} from "./fraud-schema.ts";
import type { FraudService } from "./fraud-service.ts";

const reading = { audience: "operator", scope: "fraud:read" } as const;
const deciding = { audience: "operator", scope: "fraud:decide" } as const;
const writing = { audience: "operator", scope: "fraud:write" } as const;
const BACK_TEST_DAYS = 90;

/** The queue of cases and the rules, for the team. */
export const fraudRoutes =
  (fraud: FraudService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/fraud/cases",
      config: { access: reading },
      schema: {
        operationId: "listFraudCases",
        tags: ["Operator"],
        summary: "List fraud cases",
        querystring: FraudCaseQuery,
        response: { 200: FraudCasePage },
      },
      handler: (request) => fraud.findCases(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/fraud/cases/:id",
      config: { access: reading },
      schema: {
        operationId: "getFraudCase",
        tags: ["Operator"],
        summary: "Get a fraud case with its evidence",
        params: FraudCaseParams,
        response: { 200: FraudCaseDetail },
      },
      handler: (request) => fraud.getCase(request.ctx, { caseId: request.params.id }),
    });
    app.route({
      method: "PATCH",
      url: "/api/v1/admin/fraud/cases/:id",
      config: { access: deciding },
      schema: {
        operationId: "assignFraudCase",
        tags: ["Operator"],
        summary: "Assign a fraud case",
        params: FraudCaseParams,
        body: AssignFraudCaseBody,
        response: { 200: FraudCase },
      },
      handler: (request) => fraud.assignCase(request.ctx, { caseId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/fraud/cases/:id/decide",
      config: { access: deciding },
      schema: {
        operationId: "decideFraudCase",
        tags: ["Operator"],
        summary: "Decide a fraud case",
        description:
          "Cleared, what waits is released. Refused, it goes on waiting until the partner can appeal no more; then the referral is rejected. An appeal is decided by another person than who refused.",
        params: FraudCaseParams,
        body: DecideFraudCaseBody,
        response: { 200: FraudCaseDetail },
      },
      handler: (request) => fraud.decideCase(request.ctx, { caseId: request.params.id, ...request.body }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/fraud/rules",
      config: { access: reading },
      schema: {
        operationId: "getFraudRules",
        tags: ["Operator"],
        summary: "Get the fraud rules in force",
        response: { 200: FraudRules },
      },
      handler: (request) => fraud.getRules(request.ctx),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/fraud/rules",
      config: { access: writing },
      schema: {
        operationId: "changeFraudRules",
        tags: ["Operator"],
        summary: "Change the fraud rules",
        description:
          "Makes another version of them. Refused where they would hold what every honest partner brings, or would have held more than a quarter of the last 90 days.",
        body: ChangeFraudRulesBody,
        response: { 200: FraudRules },
      },
      handler: (request) => fraud.changeRules(request.ctx, request.body),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/fraud/rules/back-test",
      config: { access: reading, idempotency: "none" },
      schema: {
        operationId: "backTestFraudRules",
        tags: ["Operator"],
        summary: "Back-test fraud rules",
        description: "What they would have done of what was judged in the past. Nothing is changed.",
        body: BackTestBody,
        response: { 200: FraudBackTest },
      },
      handler: ({ ctx, body: { change = {}, actsInShadow = false, from } }) =>
        fraud.backTestRules(ctx, {
          change,
          actsInShadow,
          from: from === undefined ? new Date(ctx.now.getTime() - BACK_TEST_DAYS * DAY_MS) : new Date(from),
        }),
    });
  };

import { Type } from "typebox";
import { type Routes } from "../platform/http/index.ts";
import { DEFAULT_TIERS } from "./default-tiers.ts";
import { Plan, PlanDocument, PlanPage, PlanParams, PlanQuery, PublishPlanBody } from "./plan-schema.ts";
import { Program, UpdateProgramBody } from "./program-schema.ts";
import type { ProgramService } from "./program-service.ts";

const reading = { audience: "operator", scope: "program:read" } as const;
const writing = { audience: "operator", scope: "program:write" } as const;
const tags = ["Programme"];

const examples = [{ tiers: DEFAULT_TIERS }];
const PlanBody = Type.Object(PlanDocument.properties, { additionalProperties: false, examples });

/** The programme and its plan, for the operator. */
export const programRoutes =
  (programs: ProgramService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/program",
      config: { access: reading },
      schema: {
        operationId: "getProgram",
        tags,
        summary: "Get the programme",
        response: { 200: Program },
      },
      handler: (request) => programs.showProgram(request.ctx),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/program",
      config: { access: writing },
      schema: {
        operationId: "updateProgram",
        tags,
        summary: "Change the programme",
        description: "What is not given stays. Another currency or time zone is a new plan version, in force at once.",
        body: UpdateProgramBody,
        response: { 200: Program },
      },
      handler: (request) => programs.updateProgram(request.ctx, request.body),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/program/plans",
      config: { access: reading },
      schema: {
        operationId: "listPlans",
        tags,
        summary: "List plan versions and drafts",
        querystring: PlanQuery,
        response: { 200: PlanPage },
      },
      handler: (request) => programs.findPlans(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/program/plans",
      config: { access: writing, successStatus: 201 },
      schema: {
        operationId: "draftPlan",
        tags,
        summary: "Draft a plan version",
        description: "Without `tiers` it starts as a copy of the version in force.",
        body: Type.Partial(PlanDocument, { additionalProperties: false, examples }),
        response: { 201: Plan },
      },
      handler: async (request, reply) => reply.code(201).send(await programs.draftPlan(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/program/plans/:id",
      config: { access: reading },
      schema: {
        operationId: "getPlan",
        tags,
        summary: "Get a plan version",
        params: PlanParams,
        response: { 200: Plan },
      },
      handler: (request) => programs.getPlan(request.ctx, { planId: request.params.id }),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/program/plans/:id",
      config: { access: writing },
      schema: {
        operationId: "editPlan",
        tags,
        summary: "Edit a draft",
        params: PlanParams,
        body: PlanBody,
        response: { 200: Plan },
      },
      handler: (request) => programs.editPlan(request.ctx, { planId: request.params.id, tiers: request.body.tiers }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/program/plans/:id/publish",
      config: { access: writing },
      schema: {
        operationId: "publishPlan",
        tags,
        summary: "Publish a draft",
        description:
          "It is numbered and never edited again. Partners without terms of their own follow it from `effectiveFrom` on: customers who convert later, and with `isRetroactive` the existing ones from now on.",
        params: PlanParams,
        body: PublishPlanBody,
        response: { 200: Plan },
      },
      handler: (request) => programs.publishPlan(request.ctx, { planId: request.params.id, ...request.body }),
    });
  };

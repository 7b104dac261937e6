import type { Routes } from "../platform/http/index.ts";
import { PlanParams } from "../programs/index.ts";
import type { Backdating as BackdatingResult } from "./backdate-plan.ts";
import { Backdating, BackdatingBody, BackdatingPreviewBody } from "./backdating-schema.ts";
import type { CommissionService } from "./commission-service.ts";
import type { ReassessmentDifference } from "./reassess-partner.ts";
import {
  Reassessment,
  ReassessmentBody,
  ReassessmentPreviewBody,
  Simulation,
  SimulationBody,
} from "./reassessment-schema.ts";

/** Entries that one answer shows; their count and totals are of all. */
const CORRECTIONS_SHOWN_MAX = 1_000;

/** Runs the engine over history again: to correct it, or to see what another plan would have cost. */
export const reassessmentRoutes =
  (commissions: CommissionService): Routes =>
  (app) => {
    app.route({
      method: "POST",
      url: "/api/v1/admin/commissions/reassess/preview",
      config: { access: { audience: "operator", scope: "commissions:write" }, idempotency: "none" },
      schema: {
        operationId: "previewReassessment",
        tags: ["Operator"],
        summary: "Show what a re-assessment would correct",
        description:
          "Assesses a partner's recorded events in the order of their dates and compares with what is booked. Writes nothing.",
        body: ReassessmentPreviewBody,
        response: { 200: Reassessment },
      },
      handler: async (request) => view(await commissions.previewReassessment(request.ctx, request.body)),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/commissions/reassess",
      config: { access: { audience: "operator", scope: "commissions:write" }, idempotency: "required" },
      schema: {
        operationId: "reassessCommissions",
        tags: ["Operator"],
        summary: "Book what a re-assessment corrects",
        description:
          "By new entries that name the act: nothing that is booked is edited. What a rejection or a person has ended stays ended.",
        body: ReassessmentBody,
        response: { 200: Reassessment },
      },
      handler: async (request) => view(await commissions.reassessPartner(request.ctx, request.body)),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/program/plans/:id/backdate/preview",
      config: { access: { audience: "operator", scope: "program:write" }, idempotency: "none" },
      schema: {
        operationId: "previewBackdating",
        tags: ["Programme"],
        summary: "Show what a draft would change from a date in the past",
        description:
          "Runs the history of every partner who follows the plan again, with what is dated from then on under the draft. Writes nothing.",
        params: PlanParams,
        body: BackdatingPreviewBody,
        response: { 200: Backdating },
      },
      handler: async ({ ctx, params: { id }, body: { effectiveFrom } }) =>
        firstOf(await commissions.previewBackdating(ctx, { planId: id, effectiveFrom: new Date(effectiveFrom) })),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/program/plans/:id/backdate",
      config: { access: { audience: "operator", scope: "program:write" }, idempotency: "required" },
      schema: {
        operationId: "backdatePlan",
        tags: ["Programme"],
        summary: "Publish a draft from a date in the past",
        description:
          "As the preview showed it, or not at all. It holds for existing customers too. What is unpaid is corrected by new entries; what is paid stays, and is named.",
        params: PlanParams,
        body: BackdatingBody,
        response: { 200: Backdating },
      },
      handler: async ({ ctx, params: { id }, body: { effectiveFrom, ...body } }) =>
        firstOf(await commissions.backdatePlan(ctx, { planId: id, effectiveFrom: new Date(effectiveFrom), ...body })),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/program/plans/simulate",
      config: { access: { audience: "operator", scope: "commissions:read" }, idempotency: "none" },
      schema: {
        operationId: "simulatePlan",
        tags: ["Programme"],
        summary: "Show what a plan would have cost",
        description:
          "Runs the recorded history of every partner under the plan that is sent, beside the terms that were in force. Writes nothing.",
        body: SimulationBody,
        response: { 200: Simulation },
      },
      handler: ({ ctx, body: { plan, from, to } }) =>
        commissions.simulatePlan(ctx, { plan, from: new Date(from), to: new Date(to) }),
    });
  };

const view = ({ corrections, totals, fingerprint }: ReassessmentDifference) => ({
  corrections: corrections.slice(0, CORRECTIONS_SHOWN_MAX),
  correctionCount: corrections.length,
  totals: [...totals],
  fingerprint,
});

/** Partners and commissions that one answer shows; totals are of all, and the command line prints them whole. */
const SHOWN_MAX = 10_000;

const firstOf = ({ partners, leftAsPaid, totals, ...rest }: BackdatingResult) => ({
  ...rest,
  totals: [...totals],
  partners: partners.slice(0, SHOWN_MAX),
  leftAsPaid: leftAsPaid.slice(0, SHOWN_MAX),
});

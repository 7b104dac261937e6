import type { Routes } from "../platform/http/index.ts";
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

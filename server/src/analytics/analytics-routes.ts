import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import { type Routes } from "../platform/http/index.ts";
import {
  ExportBody,
  ForecastFigures,
  ForecastQuery,
  Funnel,
  Overview,
  Performance,
  PeriodQuery,
  ProgramExportBody,
  ProgramFigures,
  ProgramQuery,
  ProgramRetentionQuery,
  ProgramRevenueByQuery,
  Retention,
  Revenue,
  RevenueBy,
  RevenueByQuery,
  SeriesQuery,
} from "./analytics-schema.ts";
import type { ExportFile } from "./export-analytics.ts";
import { CONTENT_TYPES, EXPORT_FORMATS } from "./export-formats.ts";
import type { PartnerAnalyticsService } from "./partner-analytics-service.ts";
import { recordsRoutes } from "./records-routes.ts";

const own = { access: { audience: "partner", scope: "own:analytics:read" } } as const;
const operator = { access: { audience: "operator", scope: "analytics:read" } } as const;
/** An export changes nothing: asked for again it is made again, as of then. */
const making = { idempotency: "none" } as const;

const file = {
  200: {
    description: "The file",
    content: Object.fromEntries(
      EXPORT_FORMATS.map((format) => [
        CONTENT_TYPES[format].split(";")[0] ?? "",
        { schema: Type.String({ format: "binary" }) },
      ]),
    ),
  },
};

const sendFile = (reply: FastifyReply, { name, contentType, size, content }: ExportFile): FastifyReply =>
  reply
    .type(contentType)
    .header("content-disposition", `attachment; filename="${name}"`)
    .header("content-length", size)
    .header("cache-control", "no-store")
    .send(content);

/** Figures: a partner's own, and the programme's. */
export const analyticsRoutes =
  (analytics: PartnerAnalyticsService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/partners/analytics/overview",
      config: own,
      schema: {
        operationId: "getDashboardOverview",
        tags: ["Analytics"],
        summary: "Dashboard overview",
        querystring: PeriodQuery,
        response: { 200: Overview },
      },
      handler: (request) => analytics.getDashboardOverview(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/analytics/performance",
      config: own,
      schema: {
        operationId: "getPerformanceMetrics",
        tags: ["Analytics"],
        summary: "Performance metrics",
        querystring: SeriesQuery,
        response: { 200: Performance },
      },
      handler: (request) => analytics.getPerformanceMetrics(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/analytics/conversions",
      config: own,
      schema: {
        operationId: "getConversionFunnel",
        tags: ["Analytics"],
        summary: "Conversion funnel",
        querystring: PeriodQuery,
        response: { 200: Funnel },
      },
      handler: (request) => analytics.getConversionFunnel(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/analytics/revenue",
      config: own,
      schema: {
        operationId: "getRevenueBreakdown",
        tags: ["Analytics"],
        summary: "Revenue breakdown",
        querystring: SeriesQuery,
        response: { 200: Revenue },
      },
      handler: (request) => analytics.getRevenueBreakdown(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/analytics/revenue/by",
      config: own,
      schema: {
        operationId: "getRevenueBy",
        tags: ["Analytics"],
        summary: "Revenue by product, plan, country, campaign or cohort",
        querystring: RevenueByQuery,
        response: { 200: RevenueBy },
      },
      handler: (request) => analytics.getRevenueBy(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/partners/analytics/revenue/by",
      config: operator,
      schema: {
        operationId: "getProgramRevenueBy",
        tags: ["Operator"],
        summary: "Revenue of the programme, or of one partner, by product, plan, country, campaign or cohort",
        querystring: ProgramRevenueByQuery,
        response: { 200: RevenueBy },
      },
      handler: (request) => analytics.getProgramRevenueBy(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/analytics/retention",
      config: own,
      schema: {
        operationId: "getRetention",
        tags: ["Analytics"],
        summary: "How many customers go on paying, by the month in which they were won",
        querystring: PeriodQuery,
        response: { 200: Retention },
      },
      handler: (request) => analytics.getRetention(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/analytics/forecast",
      config: own,
      schema: {
        operationId: "getForecast",
        tags: ["Analytics"],
        summary: "What the coming four weeks may bring, with the error of past forecasts",
        response: { 200: ForecastFigures },
      },
      handler: (request) => analytics.getForecast(request.ctx),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/analytics/export",
      config: { ...own, ...making },
      schema: {
        operationId: "exportAnalytics",
        tags: ["Analytics"],
        summary: "Export data",
        description: "The file is whole before its first byte is sent. Customers are masked.",
        body: ExportBody,
        response: file,
      },
      handler: async (request, reply) => sendFile(reply, await analytics.exportAnalytics(request.ctx, request.body)),
    });

    app.route({
      method: "GET",
      url: "/api/v1/admin/partners/analytics",
      config: operator,
      schema: {
        operationId: "getProgramAnalytics",
        tags: ["Operator"],
        summary: "Partner analytics: the programme, and its partners one by one",
        querystring: ProgramQuery,
        response: { 200: ProgramFigures },
      },
      handler: (request) => analytics.getProgramAnalytics(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/partners/analytics/retention",
      config: operator,
      schema: {
        operationId: "getProgramRetention",
        tags: ["Operator"],
        summary:
          "How many customers of the programme, or of one partner, go on paying, by the month in which they were won",
        querystring: ProgramRetentionQuery,
        response: { 200: Retention },
      },
      handler: (request) => analytics.getProgramRetention(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/partners/analytics/forecast",
      config: operator,
      schema: {
        operationId: "getProgramForecast",
        tags: ["Operator"],
        summary: "What the coming four weeks may bring the programme or one partner, with the error of past forecasts",
        querystring: ForecastQuery,
        response: { 200: ForecastFigures },
      },
      handler: (request) => analytics.getProgramForecast(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/partners/analytics/export",
      config: { ...operator, ...making },
      schema: {
        operationId: "exportProgramAnalytics",
        tags: ["Operator"],
        summary: "Export data of every partner, or of one",
        body: ProgramExportBody,
        response: file,
      },
      handler: async (request, reply) =>
        sendFile(reply, await analytics.exportProgramAnalytics(request.ctx, request.body)),
    });
    recordsRoutes(app, analytics);
  };

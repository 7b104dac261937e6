import { Type } from "typebox";
import { Id, Instant, Nullable, pageOf, pageQuery, type Routes } from "../platform/http/index.ts";
import { EXPORT_FORMATS } from "./export-formats.ts";
import { REPORTS } from "./export-reports.ts";
import { EXPORT_DELIVERIES, EXPORT_RHYTHMS } from "./export-schedule-rules.ts";
import type { ExportSchedules } from "./export-schedules.ts";
import { SCHEDULE_SORTS } from "./schedule-export.ts";

const fields = {
  report: Type.Enum([...REPORTS], { description: "What is exported" }),
  format: Type.Enum([...EXPORT_FORMATS]),
  rhythm: Type.Enum([...EXPORT_RHYTHMS], { description: "Of each week, Monday to Sunday, or each month" }),
};
const Delivery = Type.Enum([...EXPORT_DELIVERIES], {
  description: "`mail`: to whoever asks; `folder`: into the server's export folder",
});
const ExportSchedule = Type.Object(
  {
    id: Id("The schedule"),
    ...fields,
    delivery: Delivery,
    createdAt: Instant("When it was asked for"),
    lastRun: Nullable(
      Type.Object({
        from: Type.String({ format: "date", description: "First day" }),
        to: Type.String({ format: "date", description: "Last day, included" }),
        status: Type.Enum(["waiting", "delivered", "too_large", "not_delivered"], {
          description: "`too_large`: the mail says so, and carries no file",
        }),
        rows: Nullable(Type.Unsafe<bigint>({ type: "integer", description: "Rows of the file" })),
      }),
    ),
  },
  { $id: "ExportSchedule", description: "An export that is made of each period when it has ended" },
);
const Schedules = pageOf(ExportSchedule);
const Query = Type.Object(pageQuery(SCHEDULE_SORTS), { additionalProperties: false });
const Params = Type.Object({ id: Id("The schedule") });
const examples = [{ report: "commissions", format: "csv", rhythm: "monthly" }];
const OwnBody = Type.Object(fields, { additionalProperties: false, examples });
const TeamBody = Type.Object(
  { ...fields, delivery: Type.Optional(Delivery) },
  { additionalProperties: false, examples },
);

const own = (to: "read" | "write") => ({ audience: "partner", scope: `own:analytics:${to}` }) as const;
const team = (to: "read" | "write") => ({ audience: "operator", scope: `analytics:${to}` }) as const;
const OWN = "/api/v1/partners/analytics/export-schedules";
const TEAM = "/api/v1/admin/partners/analytics/export-schedules";

/** Exports by schedule: a partner's own, and the team's. */
export const exportScheduleRoutes =
  (schedules: ExportSchedules): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: OWN,
      config: { access: own("read") },
      schema: {
        operationId: "listExportSchedules",
        tags: ["Analytics"],
        summary: "List the own scheduled exports",
        querystring: Query,
        response: { 200: Schedules },
      },
      handler: (request) => schedules.findOwn(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: OWN,
      config: { access: own("write"), successStatus: 201 },
      schema: {
        operationId: "scheduleExport",
        tags: ["Analytics"],
        summary: "Have an export sent each week or month",
        description:
          "By mail, to the person who asks, from the period on in which it is asked for. Customers are masked.",
        body: OwnBody,
        response: { 201: ExportSchedule },
      },
      handler: async (request, reply) => reply.code(201).send(await schedules.scheduleOwn(request.ctx, request.body)),
    });
    app.route({
      method: "DELETE",
      url: `${OWN}/:id`,
      config: { access: own("write") },
      schema: {
        operationId: "endExportSchedule",
        tags: ["Analytics"],
        summary: "End a scheduled export",
        params: Params,
        response: { 200: ExportSchedule },
      },
      handler: (request) => schedules.endOwn(request.ctx, { scheduleId: request.params.id }),
    });
    app.route({
      method: "GET",
      url: TEAM,
      config: { access: team("read") },
      schema: {
        operationId: "listProgramExportSchedules",
        tags: ["Operator"],
        summary: "List scheduled exports of the programme",
        querystring: Query,
        response: { 200: Schedules },
      },
      handler: (request) => schedules.findOfProgram(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: TEAM,
      config: { access: team("write"), successStatus: 201 },
      schema: {
        operationId: "scheduleProgramExport",
        tags: ["Operator"],
        summary: "Have an export of every partner made each week or month",
        description: "By mail to the person who asks, or into the folder that the server was given.",
        body: TeamBody,
        response: { 201: ExportSchedule },
      },
      handler: async (request, reply) =>
        reply.code(201).send(await schedules.scheduleOfProgram(request.ctx, request.body)),
    });
    app.route({
      method: "DELETE",
      url: `${TEAM}/:id`,
      config: { access: team("write") },
      schema: {
        operationId: "endProgramExportSchedule",
        tags: ["Operator"],
        summary: "End a scheduled export of the programme",
        params: Params,
        response: { 200: ExportSchedule },
      },
      handler: (request) => schedules.endOfProgram(request.ctx, { scheduleId: request.params.id }),
    });
  };

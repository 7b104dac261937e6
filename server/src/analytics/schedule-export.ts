import { accessErrors, type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import type { ExportScheduleDeps } from "./analytics-deps.ts";
import { analyticsErrors } from "./analytics-errors.ts";
import type { ExportFormat } from "./export-formats.ts";
import type { ReportName } from "./export-reports.ts";
import {
  countSchedules,
  endSchedule,
  findLastRuns,
  insertSchedule,
  type LastRun,
  type ScheduleRow,
  selectSchedules,
} from "./export-schedule-repository.ts";
import type { ExportDelivery, ExportRhythm } from "./export-schedule-rules.ts";

export type ScheduleExport = {
  readonly report: ReportName;
  readonly format: ExportFormat;
  readonly rhythm: ExportRhythm;
  readonly delivery?: ExportDelivery;
};

export type ScheduleView = {
  readonly id: string;
  readonly report: ReportName;
  readonly format: ExportFormat;
  readonly rhythm: ExportRhythm;
  readonly delivery: ExportDelivery;
  readonly createdAt: Date;
  readonly lastRun: LastRun | null;
};

export const SCHEDULE_SORTS = ["createdAt", "-createdAt"] as const;

/** More than anybody reads: each is a file, and a mail, of every period. */
const SCHEDULES_MAX = 20;

/** Whose schedules the caller may see and change: a partner its own, the team those of the programme. */
function ownerOf(ctx: Ctx, as: "partner" | "operator", to: "read" | "write"): string | null {
  requireScope(ctx, as === "partner" ? `own:analytics:${to}` : `analytics:${to}`);
  return as === "partner" ? requirePartner(ctx) : null;
}

/** Has an export made of each week or month when it has ended, and sent to whoever asks. */
export const scheduleExport =
  (deps: ExportScheduleDeps, as: "partner" | "operator") =>
  async (ctx: Ctx, { delivery = "mail", ...input }: ScheduleExport): Promise<ScheduleView> => {
    const partnerId = ownerOf(ctx, as, "write");
    const { actor } = ctx;
    if (actor.type !== "user") throw accessErrors.person_required();
    if (delivery === "folder" && deps.exportFolder === undefined) throw analyticsErrors.no_export_folder();
    return deps.db.transaction(ctx, async (tx) => {
      if ((await countSchedules(tx, partnerId)) >= SCHEDULES_MAX)
        throw analyticsErrors.too_many_schedules({ maximum: SCHEDULES_MAX });
      const row = await insertSchedule(tx, { ...input, delivery, partner_id: partnerId, user_id: actor.userId });
      await deps.audit.record(tx, "export.scheduled", { targetType: "export_schedule", targetId: row.id, after: row });
      await deps.outbox.publish(tx, [scheduleEvent("export_schedule.created", row)]);
      return view(row, undefined);
    });
  };

/** Ends a schedule; what was sent stays sent. */
export const endExportSchedule =
  (deps: ExportScheduleDeps, as: "partner" | "operator") =>
  async (ctx: Ctx, { scheduleId }: { readonly scheduleId: string }): Promise<ScheduleView> => {
    const partnerId = ownerOf(ctx, as, "write");
    return deps.db.transaction(ctx, async (tx) => {
      const row = await endSchedule(tx, scheduleId, partnerId);
      if (row === undefined) throw analyticsErrors.schedule_not_found();
      await deps.audit.record(tx, "export.schedule_ended", {
        targetType: "export_schedule",
        targetId: scheduleId,
        before: row,
      });
      await deps.outbox.publish(tx, [scheduleEvent("export_schedule.ended", row)]);
      return view(row, (await findLastRuns(tx, [scheduleId])).get(scheduleId));
    });
  };

/** News of a schedule; null of a partner's it is the programme's. */
const scheduleEvent = (
  type: "export_schedule.created" | "export_schedule.ended",
  { id, partner_id: partnerId, report, format, rhythm, delivery }: ScheduleRow,
): DomainEvent => ({
  type,
  objectType: "export_schedule",
  objectId: id,
  data: { id, partnerId, report, format, rhythm, delivery, isEnded: type === "export_schedule.ended" },
});

/** The schedules that run, each with its newest period. */
export const findExportSchedules =
  (deps: ExportScheduleDeps, as: "partner" | "operator") =>
  async (ctx: Ctx, page: PageRequest): Promise<Page<ScheduleView>> => {
    const partnerId = ownerOf(ctx, as, "read");
    return deps.db.read(ctx, (tx) => list(tx, page, partnerId));
  };

async function list(tx: ReadTx, request: PageRequest, partnerId: string | null): Promise<Page<ScheduleView>> {
  const query = selectSchedules(tx).where("partner_id", partnerId === null ? "is" : "=", partnerId);
  const { data, nextCursor } = await selectPage(query, request, {
    sorts: { createdAt: { column: "created_at", type: "timestamptz" } },
    defaultSort: "-createdAt",
    idColumn: "id",
  });
  const runs = await findLastRuns(
    tx,
    data.map(({ id }) => id),
  );
  return { data: data.map((row) => view(row, runs.get(row.id))), nextCursor };
}

/** The checks of the table make the casts true. */
const view = (row: ScheduleRow, lastRun: LastRun | undefined): ScheduleView => ({
  id: row.id,
  report: row.report as ReportName,
  format: row.format as ExportFormat,
  rhythm: row.rhythm as ExportRhythm,
  delivery: row.delivery as ExportDelivery,
  createdAt: row.created_at,
  lastRun: lastRun ?? null,
});

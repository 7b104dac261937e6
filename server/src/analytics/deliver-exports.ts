import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type Ctx, withoutIdempotency } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { dayInWords, type Reader, say } from "../platform/language/index.ts";
import { composeMail } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import type { ExportScheduleDeps } from "./analytics-deps.ts";
import { analyticsErrors } from "./analytics-errors.ts";
import { type ExportFile, exportFor } from "./export-analytics.ts";
import type { ExportFormat } from "./export-formats.ts";
import type { ReportName } from "./export-reports.ts";
import {
  beginRun,
  endRun,
  findSchedule,
  isWaiting,
  type RunEnd,
  type ScheduleRow,
  selectSchedules,
} from "./export-schedule-repository.ts";
import { dueExport, type ExportRhythm } from "./export-schedule-rules.ts";
import type { Days } from "./period-rules.ts";

/** The job that makes the export of one period of a schedule and delivers it. */
export const DELIVER_EXPORT_JOB = "analytics.deliver_export";
export type DueExport = Days & { readonly scheduleId: string };

/** What most mail servers take, once it is in base64. */
const ATTACHED_BYTES_MAX = 7 * 2 ** 20;
const SCHEDULES_AT_ONCE = 500;

/**
 * Begins what is due: each period of each schedule once. What was missed while the program stood still is made for its newest period. Where the folder
 * is not set any more into which some are laid, these stay due, the others are begun, and then it throws: the run of the job says so.
 */
export const beginDueExports =
  (deps: ExportScheduleDeps) =>
  async (given: Ctx): Promise<{ readonly begun: number }> => {
    const ctx = withoutIdempotency(given);
    const { begun, isFolderMissing } = await deps.db.transaction(ctx, async (tx) => {
      let begun = 0;
      let isFolderMissing = false;
      for (let after: string | undefined; ; ) {
        let query = selectSchedules(tx).orderBy("id").limit(SCHEDULES_AT_ONCE);
        if (after !== undefined) query = query.where("id", ">", after);
        const schedules = await query.execute();
        if (schedules.length === 0) return { begun, isFolderMissing };
        after = schedules.at(-1)?.id;
        const { timeZone } = await deps.programs.getProgram(tx);
        for (const { id: scheduleId, rhythm, delivery, created_at: createdAt } of schedules) {
          const days = dueExport(rhythm as ExportRhythm, { now: ctx.now, createdAt, timeZone });
          if (days === undefined) continue;
          if (delivery === "folder" && deps.exportFolder === undefined) {
            isFolderMissing = true;
            continue;
          }
          if (!(await beginRun(tx, { scheduleId, ...days }))) continue;
          const due: DueExport = { scheduleId, ...days };
          await enqueue(tx, DELIVER_EXPORT_JOB, due, { key: `export:${scheduleId}:${days.from}` });
          begun += 1;
        }
      }
    });
    if (isFolderMissing) throw analyticsErrors.no_export_folder();
    return { begun };
  };

/**
 * Makes the export of a period and delivers it. A mail server that refuses is asked again by the queue; what was delivered is not delivered again, and
 * who may not see the figures any more gets none. So is a folder that is not set any more: nothing is written elsewhere.
 */
export const deliverExport =
  (deps: ExportScheduleDeps) =>
  async (given: Ctx, { scheduleId, from, to }: DueExport): Promise<void> => {
    const ctx = withoutIdempotency(given);
    const found = await deps.db.read(ctx, async (tx) => {
      if (!(await isWaiting(tx, scheduleId, from))) return undefined;
      const schedule = await findSchedule(tx, scheduleId);
      return (
        schedule && {
          schedule,
          to: await recipientOf(deps, tx, schedule),
          ...(await senderOf(deps, tx, schedule)),
        }
      );
    });
    const end = (status: RunEnd, rows = 0): Promise<void> =>
      deps.db.transaction(ctx, (tx) => endRun(tx, { scheduleId, from, status, rows }));
    if (found?.to === undefined) return end("not_delivered");

    const { schedule } = found;
    const { exportFolder } = deps;
    if (schedule.delivery === "folder" && exportFolder === undefined) throw analyticsErrors.no_export_folder();
    const { partner_id: partnerId } = schedule;
    const file = await exportFor(deps, ctx, {
      input: { report: schedule.report as ReportName, format: schedule.format as ExportFormat, from, to },
      reader: { partnerId: partnerId ?? undefined, isOperator: partnerId === null, ...deps },
    });
    if (exportFolder !== undefined && schedule.delivery === "folder") {
      await layInto(exportFolder, ctx.tenantId, scheduleId, file);
      return end("delivered", file.rows);
    }
    const isAttached = file.size <= ATTACHED_BYTES_MAX;
    const content = isAttached ? await buffer(file.content) : undefined;
    file.content.destroy();
    const { language } = found.to;
    const period = { report: schedule.report, from: dayInWords(language, from), to: dayInWords(language, to) };
    const mail = composeMail(
      found.to,
      {
        subject: say(language, "export.subject", period),
        lines: [
          say(language, "export.text", { ...period, rows: file.rows }),
          say(language, isAttached ? "export.attached" : "export.tooLarge"),
        ],
        button: { label: say(language, "export.button"), url: `${found.url}/portal/reports` },
        small: say(language, "export.small"),
      },
      found.look,
    );
    await deps.mailer.send(
      {
        ...mail,
        messageId: `<export-${scheduleId}-${from}@tributary>`,
        ...(content === undefined
          ? {}
          : { attachments: [{ filename: file.name, contentType: file.contentType, content }] }),
      },
      ctx,
    );
    return end(isAttached ? "delivered" : "too_large", file.rows);
  };

/** Where its figures are shown, and how the mail looks. */
async function senderOf(deps: ExportScheduleDeps, tx: ReadTx, { partner_id: partnerId }: ScheduleRow) {
  const { url, look } = await findOwnTenant(tx, deps.publicUrl);
  return { url, look: partnerId === null ? look : await deps.partnerLook(tx, partnerId) };
}

/** Who asked for it, where that person may still see it: of the team, or of a partner that is there. */
async function recipientOf(
  { people, partners }: ExportScheduleDeps,
  tx: ReadTx,
  { user_id: userId, partner_id: partnerId }: ScheduleRow,
): Promise<Reader | undefined> {
  if (partnerId === null) {
    if (!(await people.isTeamMember(tx, userId))) return undefined;
  } else if ((await partners.getPartner(tx, partnerId)).status === "terminated") return undefined;
  return (await people.contactsOf(tx, [userId])).get(userId);
}

/** A file appears when it is whole, under a name that is the same for the same period: made again it takes the place of itself. */
async function layInto(
  folder: string,
  tenantId: string,
  scheduleId: string,
  { name, content }: ExportFile,
): Promise<void> {
  const place = join(folder, tenantId, scheduleId);
  const partial = join(place, `${name}.${randomUUID()}.partial`);
  await mkdir(place, { recursive: true, mode: 0o700 });
  try {
    await pipeline(content, createWriteStream(partial, { mode: 0o600 }));
    await rename(partial, join(place, name));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

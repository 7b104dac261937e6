import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { type RawBuilder, sql } from "kysely";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { CONTENT_TYPES, type ExportFormat, fitting, WRITERS } from "./export-formats.ts";
import { type Reader, type ReportName, reportOf } from "./export-reports.ts";
import { asNoRoom, whileRoom } from "./export-room.ts";
import type { PeriodInput } from "./period-rules.ts";
import { type About, readFigures } from "./read-figures.ts";
import { takeExportTurn } from "./take-export-turn.ts";

type ExportInput = Omit<PeriodInput, "granularity"> & {
  readonly format: ExportFormat;
  readonly report?: ReportName;
};

/** A whole file: its bytes are there before the first is sent, and vanish with the stream. */
export type ExportFile = {
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly rows: number;
  readonly content: Readable;
};

const FETCH_ROWS = 2_000;

/** The acting partner's figures, referrals or commissions as a file, its customers masked. */
export const exportAnalytics =
  (deps: AnalyticsDeps) =>
  (ctx: Ctx, input: ExportInput): Promise<ExportFile> => {
    requireScope(ctx, "own:analytics:read");
    return exportFor(deps, ctx, { input, reader: { partnerId: requirePartner(ctx), isOperator: false, ...deps } });
  };

/** The same of every partner, or of one, for the operator. */
export const exportProgramAnalytics =
  (deps: AnalyticsDeps) =>
  (ctx: Ctx, { partnerId, ...input }: ExportInput & { readonly partnerId?: string }): Promise<ExportFile> => {
    requireScope(ctx, "analytics:read");
    return exportFor(deps, ctx, { input, reader: { partnerId, isOperator: true, ...deps } });
  };

/** The export of a reader, whoever asks. */
export function exportFor(
  deps: AnalyticsDeps,
  ctx: Ctx,
  { input, reader }: { readonly input: ExportInput; readonly reader: Reader },
): Promise<ExportFile> {
  const report = input.report ?? "daily";
  return readFigures(deps, ctx, {
    input,
    read: async (tx, about) => {
      if (!reader.isOperator && reader.partnerId !== undefined) await takeExportTurn(tx, reader.partnerId);
      const { period, timeZone } = about;
      const { query, columns } = reportOf[report]({ tenantId: ctx.tenantId, reader, days: period, timeZone });
      const counter = { rows: 0 };
      const rows = whileRoom(fitting(input.format, rowsOf(tx, query, counter)), tmpdir());
      const content = { rows, columns, head: headOf(report, about) };
      const file = await spool((sink) => WRITERS[input.format](content, sink));
      return {
        ...file,
        rows: counter.rows,
        name: `${report}-${period.from}-${period.to}.${input.format}`,
        contentType: CONTENT_TYPES[input.format],
      };
    },
  });
}

const headOf = (report: ReportName, { period, timeZone, upTo }: About) => ({
  report,
  from: period.from,
  to: period.to,
  timeZone,
  upTo,
});

/**
 * Writes a file to the side and opens it for reading. A reader that is slow then holds no connection of the database, and an export that
 * fails is an error instead of a file that ends in the middle. The name is gone as soon as the file is open, the bytes when it is closed.
 */
async function spool(write: (sink: Writable) => Promise<void>): Promise<Pick<ExportFile, "content" | "size">> {
  const path = join(tmpdir(), `tributary-export-${randomUUID()}`);
  const sink = createWriteStream(path, { flags: "wx", mode: 0o600 });
  try {
    await write(sink);
    const file = await open(path, "r");
    const { size } = await file.stat();
    return { size, content: file.createReadStream({ start: 0 }) };
  } catch (error) {
    throw asNoRoom(error);
  } finally {
    sink.destroy();
    await rm(path, { force: true });
  }
}

/** The rows of a query, a few thousand at a time. */
async function* rowsOf(tx: ReadTx, query: RawBuilder<unknown>, counter: { rows: number }): AsyncGenerator<unknown> {
  await sql`declare analytics_rows no scroll cursor for ${query}`.execute(tx);
  for (;;) {
    const { rows } = await sql`fetch ${sql.raw(`${FETCH_ROWS}`)} from analytics_rows`.execute(tx);
    counter.rows += rows.length;
    yield* rows;
    if (rows.length < FETCH_ROWS) break;
  }
  await sql`close analytics_rows`.execute(tx);
}

import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Database } from "../platform/database/index.ts";
import { toWire } from "../platform/wire.ts";
import type { Audit } from "./audit.ts";
import type { Who } from "./audit-deps.ts";
import { type AuditFilter, type AuditRow, findActsAfter, type Named } from "./audit-repository.ts";
import { searchOf } from "./find-acts.ts";

export const AUDIT_FORMATS = ["csv", "json"] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

export type AuditFile = {
  readonly name: string;
  readonly contentType: string;
  readonly content: Readable;
  /** The words name more people and partners than were looked for. */
  readonly isCut: boolean;
};

/** A short read each: however long the trail is, no transaction stays open and memory stays flat. */
const BATCH_SIZE = 1_000;
const FIELDS = [
  "occurredAt",
  "actorType",
  "actorId",
  "action",
  "targetType",
  "targetId",
  "reason",
  "network",
  "requestId",
  "id",
  "before",
  "after",
] as const satisfies readonly (keyof AuditRow)[];

/** The acts that a filter names, oldest first, as a file that is made while it is sent. That it was made stands in the trail itself. */
export const exportAudit =
  ({ db, audit, who }: { readonly db: Database; readonly audit: Audit; readonly who: Who }) =>
  async (ctx: Ctx, { format, ...filter }: AuditFilter & { readonly format: AuditFormat }): Promise<AuditFile> => {
    requireScope(ctx, "audit:read");
    await db.transaction(ctx, (tx) =>
      audit.record(tx, "audit.exported", {
        targetType: "tenant",
        targetId: ctx.tenantId,
        after: { format, ...filter },
      }),
    );
    const { search, isCut } = await db.read(ctx, (tx) => searchOf(who, tx, filter));
    const rows = actsOf(db, ctx, search);
    const name = `audit-${ctx.now.toISOString().slice(0, 10)}.${format}`;
    if (format === "json")
      return { name, isCut, contentType: "application/json; charset=utf-8", content: Readable.from(jsonOf(rows)) };
    const lines = Readable.from(cellsOf(rows));
    const content = lines.pipe(stringify({ escape_formulas: true }));
    // What cannot be read ends the file, and with it the answer: a file that was cut short is not taken for a whole one.
    lines.once("error", (error) => content.destroy(error));
    return { name, isCut, contentType: "text/csv; charset=utf-8; header=present", content };
  };

async function* actsOf(db: Database, ctx: Ctx, filter: AuditFilter & Named): AsyncGenerator<AuditRow> {
  for (let after = 0n; ; ) {
    const rows = await db.read(ctx, (tx) => findActsAfter(tx, filter, { after, limit: BATCH_SIZE }));
    yield* rows.map(({ row }) => row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH_SIZE) return;
    after = last.position;
  }
}

async function* cellsOf(rows: AsyncIterable<AuditRow>): AsyncGenerator<string[]> {
  yield [...FIELDS];
  for await (const row of rows) yield FIELDS.map((field) => cellOf(row[field]));
}

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? value : toWire(value);
};

async function* jsonOf(rows: AsyncIterable<AuditRow>): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const row of rows) {
    yield separator + toWire(row);
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

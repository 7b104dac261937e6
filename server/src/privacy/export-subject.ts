import { promisify } from "node:util";
import { stringify } from "csv-stringify/sync";
import { strToU8, zip } from "fflate";
import { sql } from "kysely";
import { requireRecentProof } from "../identity/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { type Tx } from "../platform/database/index.ts";
import { RETENTION } from "../platform/personal-data.ts";
import { toWire } from "../platform/wire.ts";
import { getSubject, subjectOf } from "./find-subjects.ts";
import type { PrivacyDeps } from "./privacy-deps.ts";
import { requirePerson } from "./require-person.ts";

export const EXPORT_FORMATS = ["zip", "json"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A finished file. */
export type ExportFile = { readonly name: string; readonly contentType: string; readonly content: Buffer };

type Section = { readonly name: string; readonly rows: readonly object[] };
const zipped = promisify<Record<string, Uint8Array>, Uint8Array>(zip);

/**
 * Everything that is kept about the person who asks, who has signed in: bank details too, so that a session that was left open must not be
 * enough. Throws `auth.step_up_required`.
 */
export const exportOwn =
  (deps: PrivacyDeps) =>
  async (ctx: Ctx, { format }: { readonly format: ExportFormat }): Promise<ExportFile> => {
    requireRecentProof(ctx);
    return exportOf(deps, ctx, requirePerson(ctx), format);
  };

/** The same about anybody, for the operator. */
export const exportSubject =
  (deps: PrivacyDeps) =>
  (ctx: Ctx, { userId, format }: { readonly userId: string; readonly format: ExportFormat }): Promise<ExportFile> => {
    requireScope(ctx, "privacy:read");
    return exportOf(deps, ctx, userId, format);
  };

/** One view of one moment. The act is in the trail: who has read all of a person is known. */
async function exportOf(deps: PrivacyDeps, ctx: Ctx, userId: string, format: ExportFormat): Promise<ExportFile> {
  const sections = await deps.db.transaction(ctx, async (tx) => {
    await sql`set transaction isolation level repeatable read`.execute(tx);
    return collect(deps, tx, userId);
  });
  const name = `personal-data-${userId}`;
  const whole = wholeText(ctx, userId, sections);
  if (format === "json") return { name: `${name}.json`, contentType: "application/json", content: Buffer.from(whole) };
  const files = Object.fromEntries(
    sections.filter(({ rows }) => rows.length > 0).map((section) => [`${section.name}.csv`, strToU8(csvOf(section))]),
  );
  const content = await zipped({ "everything.json": strToU8(whole), ...files });
  return { name: `${name}.zip`, contentType: "application/zip", content: Buffer.from(content) };
}

async function collect(deps: PrivacyDeps, tx: Tx, userId: string): Promise<Section[]> {
  const subject = subjectOf(await getSubject(tx, userId));
  const sections: Section[] = [];
  for (const source of deps.sources) sections.push({ name: source.name, rows: await source.collect(tx, subject) });
  await deps.audit.record(tx, "privacy.exported", { targetType: "user", targetId: userId });
  return sections;
}

const wholeText = (ctx: Ctx, userId: string, sections: readonly Section[]): string =>
  `${toWire({
    about: userId,
    madeAt: ctx.now,
    keptHowLong: RETENTION,
    data: Object.fromEntries(sections.map(({ name, rows }) => [name, rows])),
  })}\n`;

/** A table of a section, with every field that any of its rows has. No cell begins a formula. */
function csvOf({ rows }: Section): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => columns.map((column) => cellOf(Reflect.get(row, column))));
  return stringify([columns, ...cells], { escape_formulas: true });
}

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? value : toWire(value);
};

import { sql } from "kysely";
import { type Page, type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";
import type { TemplateText } from "./notice-catalogue.ts";
import { placeOf } from "./template-place.ts";

/** One version of what mails of a kind say; without a text what the program brings along is in force again. */
export type TemplateVersion = {
  readonly name: string;
  /** Each has versions of its own. */
  readonly language: string;
  readonly version: number;
  readonly written: TemplateText | null;
  readonly createdBy: string | null;
  readonly createdAt: Date;
};

type Row = {
  readonly name: string;
  readonly language: string;
  readonly version: number;
  readonly subject: string | null;
  readonly text: string | null;
  readonly created_by: string | null;
  readonly created_at: Date;
};

const versionOf = ({ subject, text, ...row }: Row): TemplateVersion => ({
  name: row.name,
  language: row.language,
  version: row.version,
  written: subject === null || text === null ? null : { subject, text },
  createdBy: row.created_by,
  createdAt: row.created_at,
});

/** The versions in force, by name and language (`placeOf`); what was never written is left out. */
export async function findTemplates(tx: ReadTx): Promise<Map<string, TemplateVersion>> {
  const { rows } = await sql<Row>`
    select distinct on (name, language) name, language, version, subject, text, created_by, created_at
      from notice_templates
     where tenant_id = ${tx.ctx.tenantId}
     order by name, language, version desc`.execute(tx);
  return new Map(rows.map((row) => [placeOf(row.name, row.language), versionOf(row)]));
}

/** A page of the versions of one in a language. A number is a version's own among those of its name. */
export async function findVersions(
  tx: ReadTx,
  { name, language }: { readonly name: string; readonly language: string },
  page: PageRequest,
): Promise<Page<TemplateVersion>> {
  const { data, nextCursor } = await selectPage(
    tx
      .selectFrom("notice_templates")
      .select(["tenant_id as id", "name", "language", "version", "subject", "text", "created_by", "created_at"])
      .where("tenant_id", "=", tx.ctx.tenantId)
      .where("name", "=", name)
      .where("language", "=", language),
    page,
    { sorts: { version: { column: "version", type: "bigint" } }, defaultSort: "-version", idColumn: "tenant_id" },
  );
  return { nextCursor, data: data.map(versionOf) };
}

/** Puts a version in force. Whoever else writes this template waits until the transaction ends. */
export async function insertTemplate(
  tx: Tx,
  { name, language, written, createdBy }: Pick<TemplateVersion, "name" | "language" | "written" | "createdBy">,
): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`notice template ${tenantId} ${name}`}, 0))`.execute(tx);
  await sql`
    insert into notice_templates (tenant_id, name, language, version, subject, text, created_by, created_at)
    select ${tenantId}, ${name}, ${language}, coalesce(max(version), 0) + 1, ${written?.subject ?? null}, ${written?.text ?? null}, ${createdBy}::uuid, ${now}
      from notice_templates
     where tenant_id = ${tenantId} and name = ${name} and language = ${language}`.execute(tx);
}

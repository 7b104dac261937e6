import { sql } from "kysely";
import { newId } from "../../kernel/id.ts";
import type { ReadTx, Tx } from "../database/index.ts";
import type { CleanFile } from "./check-file.ts";

export type FileFacts = {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
};
export type StoredFile = FileFacts & { readonly content: Buffer };

/** Keeps files in the transaction of whatever refers to them; returns them in the order given. */
export async function insertFiles(tx: Tx, files: readonly CleanFile[]): Promise<FileFacts[]> {
  if (files.length === 0) return [];
  const kept = files.map(({ name, mediaType, content }) => ({
    id: newId(),
    name,
    mediaType,
    size: content.length,
    content,
  }));
  await tx
    .insertInto("files")
    .values(
      kept.map(({ id, name, mediaType, size, content }) => ({
        tenant_id: tx.ctx.tenantId,
        id,
        name,
        media_type: mediaType,
        size,
        content,
        created_at: tx.ctx.now,
      })),
    )
    .execute();
  return kept.map(({ content: _, ...facts }) => facts);
}

/** What files are, by id; without their contents. */
export async function findFileFacts(tx: ReadTx, ids: readonly string[]): Promise<Map<string, FileFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom("files")
    .select(["id", "name", "media_type", "size"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, name, media_type, size }) => [id, { id, name, mediaType: media_type, size }]));
}

/** A file with its content. Who may read it is decided by whoever refers to it. */
export async function findFile(tx: ReadTx, id: string): Promise<StoredFile | undefined> {
  const row = await tx
    .selectFrom("files")
    .select(["id", "name", "media_type", "size", "content"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && { id: row.id, name: row.name, mediaType: row.media_type, size: row.size, content: row.content };
}

/** Empties files of somebody who is erased: the row stays, since a message names it. */
export async function eraseFiles(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    update files
       set name = 'erased.txt', media_type = 'text/plain', content = convert_to('erased', 'UTF8'), size = 6
     where tenant_id = ${tx.ctx.tenantId}
       and id = any (${[...ids]}::uuid[])`.execute(tx);
}

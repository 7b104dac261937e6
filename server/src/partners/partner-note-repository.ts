import { type Page, type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";

export type PartnerNote = {
  readonly id: string;
  readonly partnerId: string;
  readonly authorId: string | null;
  readonly body: string;
  readonly writtenAt: Date;
};

/** Sorts of the notes about a partner. */
export const NOTE_SORTS = ["writtenAt", "-writtenAt"] as const;

export async function insertNote(tx: Tx, note: PartnerNote): Promise<void> {
  await tx
    .insertInto("partner_notes")
    .values({
      tenant_id: tx.ctx.tenantId,
      id: note.id,
      partner_id: note.partnerId,
      author_id: note.authorId,
      body: note.body,
      written_at: note.writtenAt,
    })
    .execute();
}

/** Takes a note away; undefined where there is none of this partner. */
export const deleteNote = (
  tx: Tx,
  { noteId, partnerId }: { readonly noteId: string; readonly partnerId: string },
): Promise<{ author_id: string | null } | undefined> =>
  tx
    .deleteFrom("partner_notes")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .where("id", "=", noteId)
    .returning("author_id")
    .executeTakeFirst();

/** The notes about a partner, newest first unless asked otherwise. */
export async function selectNotes(tx: ReadTx, partnerId: string, page: PageRequest): Promise<Page<PartnerNote>> {
  const query = tx
    .selectFrom("partner_notes")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId);
  const { data, nextCursor } = await selectPage(query, page, {
    sorts: { writtenAt: { column: "written_at", type: "timestamptz" } },
    defaultSort: "-writtenAt",
    idColumn: "id",
  });
  return {
    nextCursor,
    data: data.map((row) => ({
      id: row.id,
      partnerId: row.partner_id,
      authorId: row.author_id,
      body: row.body,
      writtenAt: row.written_at,
    })),
  };
}

/** Takes away every note about a partner; how many there were. */
export async function deleteNotesOf(tx: Tx, partnerId: string): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom("partner_notes")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

import { type Selectable, sql } from "kysely";
import { type DB, type Page, type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";
import { toWire } from "../platform/wire.ts";
import type { HashedEntry, KeptEntry } from "./list-rules.ts";
import type { ListSource } from "./name-screening.ts";
import type { SanctionsEntry } from "./ofac-entry.ts";

export type ListVersion = {
  readonly id: string;
  readonly version: bigint;
  readonly source: ListSource;
  readonly contentHash: string;
  readonly asOf: Date;
  readonly confirmedAt: Date;
  readonly entries: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly rescreensAll: boolean;
  readonly files: readonly { readonly name: string; readonly size: number; readonly sha256: string }[];
  readonly importedAt: Date;
  readonly importedBy: string;
};

/** The check on the source makes the cast true; files are what the import wrote. */
export const listOf = (row: Omit<Selectable<DB["sanctions_lists"]>, "tenant_id">): ListVersion => ({
  id: String(row.version),
  version: row.version,
  source: row.source as ListSource,
  contentHash: row.content_hash,
  asOf: row.as_of,
  confirmedAt: row.confirmed_at,
  entries: row.entries,
  added: row.added,
  changed: row.changed,
  removed: row.removed,
  rescreensAll: row.rescreens_all,
  files: row.files as unknown as ListVersion["files"],
  importedAt: row.imported_at,
  importedBy: row.imported_by,
});

export const selectLists = (tx: ReadTx) =>
  tx.selectFrom("sanctions_lists").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

/** The list in force. */
export async function findNewestList(tx: ReadTx): Promise<ListVersion | undefined> {
  const row = await selectLists(tx).orderBy("version", "desc").limit(1).executeTakeFirst();
  return row && listOf(row);
}

export const LIST_SORTS = ["version", "-version"] as const;
export type ListFilters = PageRequest & { readonly source?: ListVersion["source"] };

/** A page of the versions. A number is a version's own in its tenant. */
export async function findLists(tx: ReadTx, { source, ...page }: ListFilters): Promise<Page<ListVersion>> {
  const lists = selectLists(tx).select("tenant_id as id");
  const { data, nextCursor } = await selectPage(
    source === undefined ? lists : lists.where("source", "=", source),
    page,
    { sorts: { version: { column: "version", type: "bigint" } }, defaultSort: "-version", idColumn: "tenant_id" },
  );
  return { nextCursor, data: data.map(listOf) };
}

/** The newest version that had this content. */
export async function findVersionOf(tx: ReadTx, contentHash: string): Promise<bigint | undefined> {
  const row = await selectLists(tx)
    .where("content_hash", "=", contentHash)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.version;
}

/** The newest version before which nothing counts that was compared. */
export async function findRescreenFrom(tx: ReadTx): Promise<bigint> {
  const row = await selectLists(tx)
    .where("rescreens_all", "=", true)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.version ?? 0n;
}

/** One import of a tenant at a time: the second finds what the first has written. Held until the transaction ends. */
export const lockLists = (tx: Tx): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`sanctions lists ${tx.ctx.tenantId}`}, 0))`.execute(tx);

export async function insertList(tx: Tx, list: Omit<ListVersion, "id" | "importedAt">): Promise<void> {
  await tx
    .insertInto("sanctions_lists")
    .values({
      tenant_id: tx.ctx.tenantId,
      version: list.version,
      source: list.source,
      content_hash: list.contentHash,
      as_of: list.asOf,
      confirmed_at: list.confirmedAt,
      entries: list.entries,
      added: list.added,
      changed: list.changed,
      removed: list.removed,
      rescreens_all: list.rescreensAll,
      files: toWire(list.files),
      imported_at: tx.ctx.now,
      imported_by: list.importedBy,
    })
    .execute();
}

/** Notes that the source had nothing newer; never an earlier time than is noted. */
export async function confirmList(tx: Tx, version: bigint, at: Date): Promise<void> {
  await tx
    .updateTable("sanctions_lists")
    .set({ confirmed_at: at })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("version", "=", version)
    .where("confirmed_at", "<", at)
    .execute();
}

/** Hashes of the entries in force. */
export async function findKeptEntries(tx: ReadTx): Promise<KeptEntry[]> {
  const rows = await tx
    .selectFrom("sanctions_entries")
    .select(["entry_id", "content_hash"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("to_version", "is", null)
    .execute();
  return rows.map((row) => ({ id: row.entry_id, hash: row.content_hash }));
}

/** Ends entries with a version: it has them no longer, or otherwise. */
export async function endEntries(tx: Tx, ids: readonly string[], version: bigint): Promise<void> {
  await sql`
    update sanctions_entries
       set to_version = ${version}
     where tenant_id = ${tx.ctx.tenantId}
       and to_version is null
       and entry_id = any (${[...ids]}::text[])`.execute(tx);
}

const INSERTED_AT_ONCE = 2_000;

export async function insertEntries(tx: Tx, entries: readonly HashedEntry[], version: bigint): Promise<void> {
  for (let start = 0; start < entries.length; start += INSERTED_AT_ONCE) {
    const batch = entries.slice(start, start + INSERTED_AT_ONCE);
    await sql`
      insert into sanctions_entries (tenant_id, entry_id, from_version, content_hash, entry)
      select ${tx.ctx.tenantId}, e.id, ${version}, e.hash, e.entry
        from unnest(
          ${batch.map(({ entry }) => entry.id)}::text[],
          ${batch.map(({ hash }) => hash)}::text[],
          ${batch.map(({ entry }) => JSON.stringify(entry))}::jsonb[]
        ) as e (id, hash, entry)`.execute(tx);
  }
}

/** The entries of a version; where `since` is given, those alone that are new or other since that one. */
export async function findEntries(
  tx: ReadTx,
  { version, since }: { readonly version: bigint; readonly since: bigint | null },
): Promise<HashedEntry[]> {
  const rows = await tx
    .selectFrom("sanctions_entries")
    .select(["content_hash", "entry"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("from_version", "<=", version)
    .where("from_version", ">", since ?? 0n)
    .where((eb) => eb.or([eb("to_version", "is", null), eb("to_version", ">", version)]))
    .orderBy("entry_id")
    .execute();
  // Written by `insertEntries` alone.
  return rows.map((row) => ({ hash: row.content_hash, entry: row.entry as unknown as SanctionsEntry }));
}

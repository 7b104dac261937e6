import { newId } from "../kernel/id.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { LeadStatus } from "./lead-rules.ts";

export type EntryAuthor = "partner" | "operator" | "program";
/** What happened to a lead, or was noted. */
export type LeadEntry = {
  readonly id: string;
  /** `tie`: a customer of the deal has come. */
  readonly kind: "note" | "status" | "renewal" | "tie";
  readonly status: LeadStatus | null;
  readonly body: string | null;
  readonly author: EntryAuthor;
  readonly authorId: string | null;
  readonly isInternal: boolean;
  readonly at: Date;
};

export type NewEntry = Pick<LeadEntry, "kind" | "author"> &
  Partial<Pick<LeadEntry, "status" | "body" | "isInternal">> & { readonly leadId: string };

/** Writes down what happened, by whoever acts, now. Returns it in the order given. */
export async function insertEntries(tx: Tx, entries: readonly NewEntry[]): Promise<LeadEntry[]> {
  if (entries.length === 0) return [];
  const { actor, now, tenantId } = tx.ctx;
  const authorId = actor.type === "user" ? actor.userId : actor.type === "key" ? actor.keyId : null;
  const made = entries.map(({ leadId, ...entry }) => ({
    leadId,
    entry: {
      id: newId(),
      kind: entry.kind,
      status: entry.status ?? null,
      body: entry.body ?? null,
      author: entry.author,
      authorId: entry.author === "program" ? null : authorId,
      isInternal: entry.isInternal ?? false,
      at: now,
    } satisfies LeadEntry,
  }));
  await tx
    .insertInto("lead_entries")
    .values(
      made.map(({ leadId, entry }) => ({
        tenant_id: tenantId,
        id: entry.id,
        lead_id: leadId,
        kind: entry.kind,
        status: entry.status,
        body: entry.body,
        author: entry.author,
        author_id: entry.authorId,
        is_internal: entry.isInternal,
        at: entry.at,
      })),
    )
    .execute();
  return made.map(({ entry }) => entry);
}

/** More than happens to any deal: what is older is not shown. */
const ENTRIES_SHOWN_MAX = 500;

/** The latest entries of a lead, oldest first. What is internal only where it is asked for. */
export async function findEntries(tx: ReadTx, leadId: string, withInternal: boolean): Promise<LeadEntry[]> {
  const rows = await tx
    .selectFrom("lead_entries")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("lead_id", "=", leadId)
    .where("is_internal", "in", withInternal ? [true, false] : [false])
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(ENTRIES_SHOWN_MAX)
    .execute();
  // The check constraints make the casts true.
  return rows.reverse().map((row) => ({
    id: row.id,
    kind: row.kind as LeadEntry["kind"],
    status: row.status as LeadStatus | null,
    body: row.body,
    author: row.author as EntryAuthor,
    authorId: row.author_id,
    isInternal: row.is_internal,
    at: row.at,
  }));
}

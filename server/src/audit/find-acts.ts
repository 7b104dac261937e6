import { type Ctx, requireScope } from "../platform/context.ts";
import type { Database, Page, PageRequest, ReadTx } from "../platform/database/index.ts";
import type { Who } from "./audit-deps.ts";
import * as repository from "./audit-repository.ts";
import { periodOf } from "./search-rules.ts";

/** An act, with what those in it are called now; null of what has no name, and of who was forgotten. */
export type Act = repository.AuditRow & { readonly actorName: string | null; readonly targetName: string | null };

/** What is looked for, with who the words may mean; `isCut` where they may mean more. */
export const searchOf = async (
  who: Who,
  tx: ReadTx,
  filter: repository.AuditFilter,
): Promise<{ readonly search: repository.AuditFilter & repository.Named; readonly isCut: boolean }> => {
  const { ids, isCut } = filter.words === undefined ? { ids: [], isCut: false } : await who.named(tx, filter.words);
  return { search: { ...filter, ...periodOf(filter, tx.ctx.now), ids }, isCut };
};

/** Acts; `isCut` where the words name more people and partners than were looked for. */
export type ActsPage = Page<Act> & { readonly isCut: boolean };

/** A page of the trail. */
export const findActs = (
  { db, who }: { readonly db: Database; readonly who: Who },
  ctx: Ctx,
  filter: repository.AuditFilter,
  page: PageRequest,
): Promise<ActsPage> =>
  db.read(ctx, async (tx) => {
    requireScope(ctx, "audit:read");
    const { search, isCut } = await searchOf(who, tx, filter);
    const { data, nextCursor } = await repository.findActs(tx, search, page);
    const ids = data.flatMap(({ actorId, targetId }) => [actorId, targetId]).filter((id) => id !== null);
    const names = await who.namesOf(tx, [...new Set(ids)]);
    return {
      nextCursor,
      isCut,
      data: data.map((row) => ({
        ...row,
        actorName: names.get(row.actorId ?? "") ?? null,
        targetName: names.get(row.targetId ?? "") ?? null,
      })),
    };
  });

import { LRUCache } from "lru-cache";
import type { Ctx } from "../platform/context.ts";
import type { Database } from "../platform/database/index.ts";
import { findEntries } from "./list-repository.ts";
import type { HashedEntry } from "./list-rules.ts";
import { buildListIndex, type ListedName, type ListIndex } from "./matching/list-index.ts";
import { normalName } from "./matching/normal-name.ts";
import { type ListNews, type NameScreening, UNREADABLE } from "./name-screening.ts";

/** Where the files of the list are fetched from. */
export type ListFiles = { read(ctx: Ctx): Promise<Extract<ListNews, { source: "ofac" }>> };

/** A list and a delta of it for some tenants; each is some tens of megabytes at most. */
const INDEXES_KEPT = 6;

type Indexed = { readonly entries: readonly HashedEntry[]; readonly index: ListIndex };

/** Screening against the imported list. A version never changes, so its index is kept in memory as long as there is room. */
export function createListScreening({
  db,
  files,
}: {
  readonly db: Database;
  /** Undefined where lists come by hand. */
  readonly files: ListFiles | undefined;
}): NameScreening {
  const indexes = new LRUCache<string, Indexed, Ctx>({
    max: INDEXES_KEPT,
    fetchMethod: async (key, _stale, { context: ctx }) => {
      const [, version = "0", since = ""] = key.split(" ");
      const of = { version: BigInt(version), since: since === "" ? null : BigInt(since) };
      return indexOf(await db.read(ctx, (tx) => findEntries(tx, of)));
    },
  });
  return {
    askForNews: async (ctx) => files?.read(ctx),
    screen: async (ctx, subjects, { version, since, alertAt }) => {
      const { entries, index } = await indexes.forceFetch(`${ctx.tenantId} ${version} ${since ?? ""}`, {
        context: ctx,
      });
      return subjects.map(({ name }) => {
        const asked = normalName(name);
        if (!asked.isReadable) return [UNREADABLE];
        return index.search(asked, alertAt).flatMap(({ entry: at, name: matchedName, score }) => {
          const found = entries[at];
          return found === undefined
            ? []
            : [{ entryId: found.entry.id, entryHash: found.hash, entry: found.entry, matchedName, score }];
        });
      });
    },
  };
}

/** Ships and aircraft are no partners: their names, mostly one common word, would match everybody. */
export function indexOf(entries: readonly HashedEntry[]): Indexed {
  const names: ListedName[] = entries.flatMap(({ entry: { kind, name, aliases } }, at) =>
    kind === "vessel" || kind === "aircraft" ? [] : [name, ...aliases].map((one) => ({ entry: at, name: one })),
  );
  return { entries, index: buildListIndex(names) };
}

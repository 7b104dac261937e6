import { LRUCache } from "lru-cache";
import type { Ctx } from "../platform/context.ts";
import type { Database } from "../platform/database/index.ts";
import { type IdentityNumber, isSameNumber, numbersIn } from "./identity-numbers.ts";
import { findEntries } from "./list-repository.ts";
import type { HashedEntry } from "./list-rules.ts";
import { buildListIndex, type ListedName, type ListIndex } from "./matching/list-index.ts";
import { normalName } from "./matching/normal-name.ts";
import { type ListHit, type ListNews, type NameScreening, UNREADABLE } from "./name-screening.ts";

/** Where the files of the list are fetched from. */
export type ListFiles = { read(ctx: Ctx): Promise<Extract<ListNews, { source: "ofac" }>> };

/** A list and a delta of it for some tenants; each is some tens of megabytes at most. */
const INDEXES_KEPT = 6;

type NumberedEntry = IdentityNumber & { readonly entry: number };
type Indexed = {
  readonly entries: readonly HashedEntry[];
  readonly index: ListIndex;
  readonly byNumber: ReadonlyMap<string, readonly NumberedEntry[]>;
};

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
      const { entries, index, byNumber } = await indexes.forceFetch(`${ctx.tenantId} ${version} ${since ?? ""}`, {
        context: ctx,
      });
      const hitOf = (at: number, matchedName: string | null, score: number): ListHit[] => {
        const found = entries[at];
        if (found === undefined) return [];
        const { entry, hash: entryHash } = found;
        return [{ entryId: entry.id, entryHash, entry, matchedName, score }];
      };
      return subjects.map(({ name, known }) => {
        const asked = normalName(name);
        const alike = asked.isReadable ? index.search(asked, alertAt) : [];
        const met = new Set(alike.map(({ entry }) => entry));
        const numbered = new Set(
          known.numbers.flatMap((own) =>
            (byNumber.get(own.number) ?? []).filter((one) => isSameNumber(own, one)).map(({ entry }) => entry),
          ),
        );
        return [
          ...(asked.isReadable ? [] : [UNREADABLE]),
          ...alike.flatMap(({ entry, name: matchedName, score }) => hitOf(entry, matchedName, score)),
          ...[...numbered].filter((at) => !met.has(at)).flatMap((at) => hitOf(at, null, 0)),
        ];
      });
    },
  };
}

/** Ships and aircraft are no partners: their names, mostly one common word, would match everybody. */
export function indexOf(entries: readonly HashedEntry[]): Indexed {
  const names: ListedName[] = [];
  const numbers: NumberedEntry[] = [];
  entries.forEach(({ entry: { kind, name, aliases, remarks } }, at) => {
    if (kind === "vessel" || kind === "aircraft") return;
    names.push(...[name, ...aliases].map((one) => ({ entry: at, name: one })));
    numbers.push(...numbersIn(remarks).map((one) => ({ ...one, entry: at })));
  });
  return { entries, index: buildListIndex(names), byNumber: Map.groupBy(numbers, ({ number }) => number) };
}

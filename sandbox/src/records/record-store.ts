import { appendChanges, type JournalLine, openJournal } from "./journal.ts";

/** Records of one kind by id, in the order in which they were first put. */
export type Collection<T extends { readonly id: string }> = {
  get(id: string): T | undefined;
  /** Adds the record, or replaces the one with its id. Kept before this returns. */
  put(record: T): T;
  remove(id: string): void;
  all(): T[];
  /** The same, without a copy. */
  values(): Iterable<T>;
};

/** A type per collection. */
export type Kinds = Record<string, { readonly id: string }>;

export type RecordStore<K extends Kinds> = { readonly [Name in keyof K & string]: Collection<K[Name]> };

export type Records<K extends Kinds> = {
  readonly records: RecordStore<K>;
  /** Keeps what the work changes as one: killed in the middle of it, the next start finds all of it or nothing. */
  readonly atomically: <T>(work: () => T) => T;
  readonly close: () => void;
};

/**
 * Opens the named collections. With a `file` each change is appended to it before the caller goes on, so that a killed process loses nothing
 * that it has answered; without one they live in memory.
 */
export function openRecords<K extends Kinds>(names: readonly (keyof K & string)[], file?: string): Records<K> {
  const maps = new Map(names.map((name) => [name, new Map<string, { readonly id: string }>()]));
  const journal = file === undefined ? undefined : openJournal(file, maps);
  let gathered: JournalLine[] | undefined;
  const write = (change: JournalLine): void => {
    if (gathered !== undefined) gathered.push(change);
    else if (journal !== undefined) appendChanges(journal, [change]);
  };
  const collections = names.map((name) => {
    const map = maps.get(name) ?? new Map<string, { readonly id: string }>();
    return [name, collection(name, map, write)] as const;
  });
  return {
    records: asRecordStore<K>(Object.fromEntries(collections)),
    atomically(work) {
      if (gathered !== undefined) return work();
      const changes: JournalLine[] = [];
      gathered = changes;
      try {
        return work();
      } finally {
        gathered = undefined;
        if (journal !== undefined && changes.length > 0) appendChanges(journal, changes);
      }
    },
    close: () => journal?.close(),
  };
}

function collection(
  name: string,
  map: Map<string, { readonly id: string }>,
  write: (line: JournalLine) => void,
): Collection<{ readonly id: string }> {
  return {
    get: (id) => map.get(id),
    put: (record) => {
      write({ collection: name, record });
      map.set(record.id, record);
      return record;
    },
    remove: (id) => {
      if (map.delete(id)) write({ collection: name, removed: id });
    },
    all: () => [...map.values()],
    values: () => map.values(),
  };
}

/** Each name of `K` has its collection, and only what was put under a name comes back from it: the caller's type for it holds. */
const asRecordStore = <K extends Kinds>(collections: Record<string, Collection<{ readonly id: string }>>) =>
  collections as unknown as RecordStore<K>;

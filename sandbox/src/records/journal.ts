import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** One change: a record put, or the id of one removed. */
export type JournalLine =
  | { readonly collection: string; readonly record: { readonly id: string } }
  | { readonly collection: string; readonly removed: string };

type Journal = { readonly descriptor: number; close(): void };
type Maps = ReadonlyMap<string, Map<string, { readonly id: string }>>;

/**
 * Reads a file of changes, JSON, those of one act in a line, into the maps, rewrites it with what is left, and opens it for appending. A last line that a
 * crash has torn is dropped: its change was never answered.
 */
export function openJournal(file: string, maps: Maps): Journal {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file)) replay(readFileSync(file, "utf8"), maps);
  const lines = [...maps].flatMap(([collection, map]) =>
    [...map.values()].map((record) => JSON.stringify({ collection, record })),
  );
  const rewritten = `${file}.rewritten`;
  writeFileSync(rewritten, lines.map((line) => `${line}\n`).join(""), { mode: 0o600 });
  renameSync(rewritten, file);
  const descriptor = openSync(file, "a");
  return { descriptor, close: () => closeSync(descriptor) };
}

/** Appends changes that belong together, in one line: a crash keeps all of them or none. They are with the operating system when this returns. */
export function appendChanges(journal: Journal, changes: readonly JournalLine[]): void {
  writeSync(journal.descriptor, `${JSON.stringify(changes.length === 1 ? changes[0] : changes)}\n`);
}

function replay(text: string, maps: Maps): void {
  const lines = text.split("\n");
  // A whole file ends with a newline; whatever follows the last one was being written when the process died.
  for (const line of lines.slice(0, -1)) {
    const read = JSON.parse(line) as JournalLine | JournalLine[];
    for (const change of Array.isArray(read) ? read : [read]) apply(change, maps);
  }
}

function apply(change: JournalLine, maps: Maps): void {
  const map = maps.get(change.collection);
  if ("removed" in change) map?.delete(change.removed);
  else map?.set(change.record.id, change.record);
}

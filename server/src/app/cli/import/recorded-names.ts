import { withMark } from "../../../kernel/csv-field.ts";

/** Those of the names that are recorded. */
export type FindNames = (names: readonly string[]) => Promise<ReadonlySet<string>>;

/**
 * What names of a file are called here, by a look-up for all of them. Imports once left on the mark that an export had made: where `@order-1` is not
 * recorded and `'@order-1` is, it was recorded as that, and taken for another it would be booked twice.
 */
export async function recordedNames(names: readonly string[], find: FindNames): Promise<(name: string) => string> {
  const marked = new Map(names.map((name) => [name, withMark(name)] as const).filter(([name, mark]) => name !== mark));
  if (marked.size === 0) return (name) => name;
  const recorded = await find([...new Set([...marked].flat())]);
  return (name) => {
    const mark = marked.get(name);
    return mark !== undefined && !recorded.has(name) && recorded.has(mark) ? mark : name;
  };
}

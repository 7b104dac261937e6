import { type Row, readRows } from "../csv/read-rows.ts";
import type { Rejects } from "../csv/rejects.ts";
import { BadValue } from "../csv/values.ts";

/** The columns of a file that can be imported. */
export type Columns<Column extends string> = {
  readonly required: readonly Column[];
  readonly optional: readonly Column[];
};

/** A row that could be read, with what it means. */
export type Item<Column extends string, Value> = {
  readonly line: number;
  readonly fields: Readonly<Record<Column, string>>;
  readonly value: Value;
};

/** What was refused further in: the service names the field as its own API does. */
export type Refusal = {
  readonly code: string;
  readonly title: string;
  readonly facts?: Readonly<Record<string, unknown>>;
};

/** The rows of a file that can be read, in the order of the file; the others go to the rejects. `meaning` throws `BadValue`. */
export async function* readItems<Column extends string, Value>(input: {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly columns: Columns<Column>;
  readonly rejects: Rejects;
  readonly meaning: (fields: Readonly<Record<Column, string>>) => Value;
}): AsyncGenerator<Item<Column, Value>> {
  for await (const row of readRows<Column>(input.chunks, input.columns)) {
    const item = itemOf(row, input.meaning);
    if ("value" in item) yield item;
    else await input.rejects.add(item);
  }
}

function itemOf<Column extends string, Value>(
  row: Row<Column>,
  meaning: (fields: Readonly<Record<Column, string>>) => Value,
): Item<Column, Value> | Parameters<Rejects["add"]>[0] {
  if ("problem" in row) return row;
  try {
    return { ...row, value: meaning(row.fields) };
  } catch (error) {
    if (error instanceof BadValue) return { ...row, problem: error.problem };
    throw error;
  }
}

/** Writes a row that a service refused to the rejects, under the column that the refused field came from. */
export async function rejectItem<Column extends string>(
  rejects: Rejects,
  item: { readonly line: number; readonly fields: Readonly<Record<Column, string>> },
  refusal: Refusal,
  columnByField: Readonly<Record<string, Column>>,
): Promise<void> {
  const field = refusal.facts?.["field"];
  const column = typeof field === "string" ? (columnByField[field] ?? "") : "";
  await rejects.add({
    line: item.line,
    problem: { column, reason: `${refusal.title} (${refusal.code})` },
    fields: item.fields,
  });
}

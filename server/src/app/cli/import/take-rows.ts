import type { OpenedImport } from "./import-file.ts";
import { inBatches } from "./in-batches.ts";
import { type Item, type Refusal, rejectItem } from "./read-items.ts";

export type RowsImported = { imported: number; duplicate: number; rejected: number };

type Taking<Column extends string, Value, Result> = {
  readonly items: AsyncIterable<Item<Column, Value>>;
  /** Rows that `take` takes at once; progress is said after each. */
  readonly size: number;
  /** Takes rows and says what became of each, in their order. */
  readonly take: (values: readonly Value[]) => Promise<readonly Result[]>;
  /** Why a row was not taken; undefined where it was. */
  readonly refusalOf: (result: Result, value: Value) => Refusal | undefined;
  readonly columnByField: Readonly<Record<string, Column>>;
};

/** Takes the rows of a file, a batch after the other; what is refused goes to the rejects, and the rest goes in. */
export async function takeRows<Column extends string, Value, Result extends { readonly status: keyof RowsImported }>(
  { rejects, onProgress }: Pick<OpenedImport, "rejects" | "onProgress">,
  { items, size, take, refusalOf, columnByField }: Taking<Column, Value, Result>,
): Promise<RowsImported> {
  const counts: RowsImported = { imported: 0, duplicate: 0, rejected: 0 };
  for await (const batch of inBatches(items, size)) {
    const results = await take(batch.map((item) => item.value));
    for (const [index, result] of results.entries()) {
      counts[result.status] += 1;
      const item = batch[index];
      const refusal = item && refusalOf(result, item.value);
      if (item !== undefined && refusal !== undefined) await rejectItem(rejects, item, refusal, columnByField);
    }
    onProgress(counts.imported + counts.duplicate + rejects.count);
  }
  // With those that could not be read.
  return { ...counts, rejected: rejects.count };
}

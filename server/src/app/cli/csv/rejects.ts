import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { stringify } from "csv-stringify/sync";
import { csvField } from "../../../kernel/csv-field.ts";
import { REJECT_COLUMNS, type RowProblem } from "./read-rows.ts";

/** Collects the rows that could not be taken, each with its line, column and reason, in a file that can be corrected and imported. */
export type Rejects = AsyncDisposable & {
  readonly count: number;
  readonly path: string;
  add(row: {
    readonly line: number;
    readonly problem: RowProblem;
    readonly fields?: Readonly<Record<string, string>>;
  }): Promise<void>;
};

/** Opens the rejects file of an import at its first reject; one that an earlier import left at `path` is removed. */
export async function openRejects(path: string, columns: readonly string[]): Promise<Rejects> {
  await rm(path, { force: true });
  let file: WriteStream | undefined;
  let count = 0;
  const write = async (values: readonly string[]): Promise<void> => {
    if (file === undefined) {
      file = createWriteStream(path, { flags: "wx", mode: 0o600 });
      file.write(stringify([[...REJECT_COLUMNS, ...columns]]));
    }
    // Fields are marked as an export marks them: this file is made to be imported again.
    if (!file.write(stringify([[...values]]))) await once(file, "drain");
  };
  return {
    path,
    get count() {
      return count;
    },
    add: async ({ line, problem, fields }) => {
      count += 1;
      await write([
        `${line}`,
        problem.column,
        problem.reason,
        ...columns.map((column) => csvField({ text: fields?.[column] ?? "" })),
      ]);
    },
    [Symbol.asyncDispose]: async () => {
      if (file === undefined) return;
      file.end();
      await once(file, "finish");
    },
  };
}

import { createReadStream } from "node:fs";
import { openRejects, type Rejects } from "../csv/rejects.ts";
import { type Progress, startProgress } from "../progress.ts";
import type { Columns } from "./read-items.ts";

/** Where the rows of `file` that cannot be taken go. */
export const rejectsPath = (file: string): string => `${file.replace(/\.csv$/i, "")}.rejects.csv`;

export type OpenedImport = {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly rejects: Rejects;
  readonly onProgress: (done: number) => void;
};

/** Opens a file with its rejects beside it and a progress line, runs the import on it, and says where the rejects are. */
export async function importFile<Counts extends object>(
  input: { readonly file: string; readonly label: string; readonly columns: Columns<string> },
  run: (opened: OpenedImport) => Promise<Counts>,
): Promise<Counts & { readonly rejectsFile: string | null }> {
  const progress: Progress = startProgress(input.label);
  await using rejects = await openRejects(rejectsPath(input.file), [
    ...input.columns.required,
    ...input.columns.optional,
  ]);
  let done = 0;
  const counts = await run({
    chunks: createReadStream(input.file),
    rejects,
    onProgress: (count) => {
      done = count;
      progress.update(count);
    },
  });
  progress.finish(done);
  return { ...counts, rejectsFile: rejects.count === 0 ? null : rejects.path };
}

import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { Ctx } from "../../../platform/context.ts";
import type { Database } from "../../../platform/database/index.ts";
import { rowsOf } from "./export-rows.ts";
import type { Export } from "./exports.ts";
import { csvLines, csvText } from "./write-csv.ts";

/**
 * Writes an export to a file and returns the number of rows. The file appears when it is whole: until then it bears another name, and a failed
 * export leaves nothing.
 */
export async function exportFile<Row>(input: {
  readonly db: Database;
  readonly ctx: Ctx;
  readonly definition: Export<Row>;
  readonly path: string;
  readonly onProgress: (rows: number) => void;
}): Promise<number> {
  const { db, ctx, definition, path, onProgress } = input;
  const partial = `${path}.partial`;
  let count = 0;
  // One that is there already keeps the permissions of whoever made it.
  await rm(partial, { force: true });
  try {
    await db.read(ctx, (tx) =>
      pipeline(
        csvLines(rowsOf(tx, definition.query(ctx.tenantId)), definition.columns, () => {
          count += 1;
          onProgress(count);
        }),
        csvText(),
        createWriteStream(partial, { flags: "wx", mode: 0o600 }),
      ),
    );
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return count;
}

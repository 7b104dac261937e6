import { Readable } from "node:stream";
import { stringify } from "csv-stringify";

/** Rows as CSV, as fast as they are read. What fails on the way ends it as an error: it is no whole file. */
export function csvStream(rows: AsyncIterable<readonly string[]>): Readable {
  const text = stringify();
  const source = Readable.from(rows);
  source.on("error", (error) => text.destroy(error));
  text.on("close", () => source.destroy());
  return source.pipe(text);
}

import { statfs } from "node:fs/promises";
import { analyticsErrors } from "./analytics-errors.ts";

const MEBIBYTE = 1_048_576;
/** Of a folder so much stays free, for whatever else is written there: a twentieth, and of a large one no more than this. */
const RESERVE_MAX_BYTES = 512 * MEBIBYTE;
const RESERVE_PART = 20;
/** So many rows are written between two looks: a megabyte or so. */
const ROWS_BETWEEN = 2_000;

type Room = { readonly bavail: number; readonly blocks: number; readonly bsize: number };

/** Whether a folder takes more of an export. */
export const hasRoom = ({ bavail, blocks, bsize }: Room): boolean =>
  bavail * bsize > Math.min(RESERVE_MAX_BYTES, (blocks * bsize) / RESERVE_PART);

/**
 * The rows, as long as the folder to which they are written has room. Throws `analytics.no_room` before it is full: the database may lie on the
 * same disk.
 */
export async function* whileRoom(
  rows: AsyncIterable<unknown>,
  folder: string,
  look: (folder: string) => Promise<Room> = statfs,
): AsyncGenerator<unknown> {
  let count = 0;
  for await (const row of rows) {
    if (count % ROWS_BETWEEN === 0 && !hasRoom(await look(folder))) throw analyticsErrors.no_room();
    count += 1;
    yield row;
  }
}

/** What writing failed of, as it is said: somebody else may have filled the folder since it was looked at. */
export const asNoRoom = (error: unknown): unknown =>
  ["ENOSPC", "EDQUOT"].includes(String((error as { code?: unknown }).code))
    ? analyticsErrors.no_room({}, error)
    : error;

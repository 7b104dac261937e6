import {
  createListScreening,
  createWatchmanScreening,
  type Encoding,
  listFilesAt,
  listFilesInFolder,
  type NameScreening,
} from "../compliance/index.ts";
import type { Database } from "../platform/database/index.ts";

/** Where names are compared. At most one of the two is given. */
export type SanctionsConfig = {
  /** A folder, or the address of one. */
  readonly listFrom: string | undefined;
  readonly encoding: Encoding;
  readonly watchmanUrl: string | undefined;
};

const BY_HAND: SanctionsConfig = { listFrom: undefined, encoding: "utf-8", watchmanUrl: undefined };

/** A service where one is configured, and otherwise the list that is kept here. */
export function screeningOf(
  db: Database,
  { listFrom, encoding, watchmanUrl }: SanctionsConfig = BY_HAND,
): NameScreening {
  if (watchmanUrl !== undefined) return createWatchmanScreening(watchmanUrl);
  if (listFrom === undefined) return createListScreening({ db, files: undefined });
  const files = /^https?:/.test(listFrom) ? listFilesAt(listFrom, encoding) : listFilesInFolder(listFrom, encoding);
  return createListScreening({ db, files });
}

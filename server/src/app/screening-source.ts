import {
  createListScreening,
  createWatchmanScreening,
  type Encoding,
  listFilesAt,
  listFilesInFolder,
  type NameScreening,
  testListFiles,
} from "../compliance/index.ts";
import { type Ctx, withoutIdempotency } from "../platform/context.ts";
import type { Database } from "../platform/database/index.ts";
import { findOwnMode } from "../tenants/index.ts";

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
  if (watchmanUrl !== undefined) return byMode(db, createWatchmanScreening(watchmanUrl));
  if (listFrom === undefined) return byMode(db, createListScreening({ db, files: undefined }));
  const files = /^https?:/.test(listFrom) ? listFilesAt(listFrom, encoding) : listFilesInFolder(listFrom, encoding);
  return byMode(db, createListScreening({ db, files }));
}

/** Nobody outside is asked about whom somebody has made up in a twin: it has a list of its own, of people who are made up as well. */
function byMode(db: Database, live: NameScreening): NameScreening {
  const test = createListScreening({ db, files: testListFiles });
  const of = async (ctx: Ctx): Promise<NameScreening> =>
    (await db.read(withoutIdempotency(ctx), findOwnMode)) === "test" ? test : live;
  return {
    askForNews: async (ctx) => (await of(ctx)).askForNews(ctx),
    screen: async (ctx, subjects, version) => (await of(ctx)).screen(ctx, subjects, version),
  };
}

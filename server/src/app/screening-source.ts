import {
  createListScreening,
  createWatchmanScreening,
  type Encoding,
  listFilesAt,
  listFilesInFolder,
  type NameScreening,
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
  const byHand = createListScreening({ db, files: undefined });
  if (watchmanUrl !== undefined) return liveOnly(db, createWatchmanScreening(watchmanUrl), byHand);
  if (listFrom === undefined) return byHand;
  const files = /^https?:/.test(listFrom) ? listFilesAt(listFrom, encoding) : listFilesInFolder(listFrom, encoding);
  return liveOnly(db, createListScreening({ db, files }), byHand);
}

/** Nobody outside is asked about whom somebody has made up in a twin. */
function liveOnly(db: Database, live: NameScreening, test: NameScreening): NameScreening {
  const of = async (ctx: Ctx): Promise<NameScreening> =>
    (await db.read(withoutIdempotency(ctx), findOwnMode)) === "test" ? test : live;
  return {
    askForNews: async (ctx) => (await of(ctx)).askForNews(ctx),
    screen: async (ctx, subjects, version) => (await of(ctx)).screen(ctx, subjects, version),
  };
}

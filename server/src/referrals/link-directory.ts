import type { Ctx } from "../platform/context.ts";
import { type Database, findLink, type LinkRow } from "../platform/database/index.ts";
import { createKnown } from "../platform/known.ts";
import { allowedDestination, type PreparedDestination, prepareDestination } from "./destination-rules.ts";
import type { ProgramFacts, ReferralDeps } from "./referral-deps.ts";

/** A change of a link, of a partner's state or of the programme's hosts takes this long to reach every server. */
const CACHE_TTL_MS = 3_000;
/** Codes are what callers say they are: the cache is as large as a busy programme needs, and trying codes cannot grow it. */
const LINKS_CACHED_MAX = 20_000;
const TENANTS_CACHED_MAX = 1_000;

export type KnownLink = Omit<LinkRow, "destination_url"> & {
  /** Where it leads now: its own destination while the programme's hosts allow it, otherwise the programme's; null where there is neither. */
  readonly destination: PreparedDestination | null;
  readonly hosts: readonly string[];
};

export type LinkDirectory = {
  find(ctx: Ctx, code: string): Promise<KnownLink | undefined>;
  /** The same, where it is known already. */
  known(ctx: Ctx, code: string): KnownLink | undefined;
  /** The hosts that the programme's destinations and scripts may be on. */
  hosts(ctx: Ctx): Promise<readonly string[]>;
};

/** Knows links for a few seconds, so that a busy one costs no query a click. Requests that miss at once share one query. */
export function createLinkDirectory(deps: {
  readonly db: Database;
  readonly programs: ReferralDeps["programs"];
}): LinkDirectory {
  const programs = createKnown<ProgramFacts, Ctx>({
    max: TENANTS_CACHED_MAX,
    ttlMs: CACHE_TTL_MS,
    read: (_tenantId, ctx) => deps.db.read(ctx, (tx) => deps.programs.getProgram(tx)),
  });
  const programOf = (ctx: Ctx) => programs.find(ctx.tenantId, ctx);

  // That a code is nobody's is known, too.
  const links = createKnown<{ readonly link: KnownLink | undefined }, Ctx>({
    max: LINKS_CACHED_MAX,
    ttlMs: CACHE_TTL_MS,
    read: async (key, ctx) => {
      const code = key.slice(ctx.tenantId.length + 1);
      const row = await findLink(deps.db, ctx.tenantId, code);
      const program = row && (await programOf(ctx));
      return { link: row && program && known(row, program) };
    },
  });

  const keyOf = ({ tenantId }: Ctx, code: string): string => `${tenantId} ${code}`;
  return {
    find: async (ctx, code) => (await links.find(keyOf(ctx, code), ctx))?.link,
    known: (ctx, code) => links.atOnce(keyOf(ctx, code), ctx)?.link,
    hosts: async (ctx) => (await programOf(ctx))?.destinationHosts ?? [],
  };
}

function known({ destination_url, ...row }: LinkRow, program: ProgramFacts): KnownLink {
  const hosts = program.destinationHosts;
  const href =
    (destination_url === null ? undefined : allowedDestination(destination_url, hosts)) ??
    (program.defaultDestination === null ? undefined : allowedDestination(program.defaultDestination, hosts));
  return { ...row, destination: href === undefined ? null : prepareDestination(href), hosts };
}

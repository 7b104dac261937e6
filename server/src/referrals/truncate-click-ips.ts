import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import type { Database } from "../platform/database/index.ts";
import { findFirstWithIp, findTruncatedBefore, keepTruncatedBefore, truncateIps } from "./click-repository.ts";

/** As long as the longest attribution window, in which an address still tells a repeated visitor from another. */
export const IP_RETENTION_DAYS_DEFAULT = 90;
/** One slice is one statement: short enough to wait for, at a million clicks an hour too. */
const SLICE_MS = HOUR_MS;
/** Slices of one run; what is left is for the next. */
const SLICES_MAX = 24 * 14;

/** Makes the addresses of old clicks coarse, from where the last run ended. Returns how many clicks it changed. */
export const truncateClickIps =
  (deps: { readonly db: Database; readonly ipRetentionDays?: number }) =>
  async (ctx: Ctx): Promise<bigint> => {
    const until = new Date(ctx.now.getTime() - (deps.ipRetentionDays ?? IP_RETENTION_DAYS_DEFAULT) * DAY_MS);
    let changed = 0n;
    for (let slice = 0; slice < SLICES_MAX; slice += 1) {
      const done = await deps.db.transaction(ctx, async (tx) => {
        const from = (await findTruncatedBefore(tx)) ?? new Date(0);
        if (from >= until) return true;
        const first = await findFirstWithIp(tx, { from, to: until });
        const to = first === undefined ? until : new Date(Math.min(first.getTime() + SLICE_MS, until.getTime()));
        if (first !== undefined) changed += await truncateIps(tx, { from: first, to });
        await keepTruncatedBefore(tx, to);
        return to >= until;
      });
      if (done) break;
    }
    return changed;
  };

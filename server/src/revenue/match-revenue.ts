import type { Ctx } from "../platform/context.ts";
import { enqueue } from "../platform/jobs/index.ts";
import type { InsideListener } from "../platform/outbox/index.ts";
import { findWaiting, isAnythingWaiting } from "./movement-repository.ts";
import { recordWaiting } from "./record-waiting.ts";
import type { RevenueDeps } from "./revenue-deps.ts";
import { selectSources, takeTurn } from "./source-repository.ts";

export const MATCH_JOB = "revenue.match";

/** One page in a transaction: it locks and posts for well under a second. */
const PAGE_SIZE = 500;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** Tries everything that waits again: customers may have become known since. */
export const matchRevenue =
  (deps: RevenueDeps) =>
  async (ctx: Ctx): Promise<void> => {
    const sources = await deps.db.read(ctx, (tx) => selectSources(tx).execute());
    for (const { id: sourceId } of sources) {
      for (let after: string | undefined = BEFORE_ALL; after !== undefined; ) {
        const from: string = after;
        after = await deps.db.transaction(ctx, async (tx) => {
          await takeTurn(tx, sourceId);
          const movements = await findWaiting(tx, sourceId, { after: from, limit: PAGE_SIZE });
          await recordWaiting(deps, tx, { sourceId, movements });
          return movements.at(-1)?.id;
        });
      }
    }
  };

/** A customer was converted: what waits for one is tried again, once this commits. */
export const matchLater: InsideListener = async (tx) => {
  if (await isAnythingWaiting(tx)) await enqueue(tx, MATCH_JOB, {}, { key: MATCH_JOB });
};

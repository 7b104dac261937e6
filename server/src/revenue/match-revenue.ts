import type { Ctx } from "../platform/context.ts";
import { enqueueAll } from "../platform/jobs/index.ts";
import type { InsideListener } from "../platform/outbox/index.ts";
import { findWaiting, findWaitingOf, isAnythingWaiting } from "./movement-repository.ts";
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

/** Customers that were converted, by their referrals. */
export type Converted = { readonly referralIds: readonly string[] };

/**
 * Tries what waits for these customers again, found by their names: however much else waits is not read. Each source in its own transaction, as
 * its movements are of other partners: one that recorded twice would take the locks of the second after all of the first.
 */
export const matchConverted =
  (deps: RevenueDeps) =>
  async (ctx: Ctx, { referralIds }: Converted): Promise<void> => {
    const { sources, ...names } = await deps.db.read(ctx, async (tx) => {
      const referrals = await deps.referrals.findReferrals(tx, referralIds);
      const customerIds = [...referrals.values()].flatMap(({ referredUserId }) => referredUserId ?? []);
      const customers = await deps.customers.findCustomers(tx, customerIds);
      return {
        sources: await selectSources(tx).orderBy("id").execute(),
        externalIds: [...(await deps.customers.findCustomerExternalIds(tx, customerIds)).values()],
        emails: [...customers.values()].flatMap(({ email }) => email ?? []),
      };
    });
    for (const { id: sourceId } of sources)
      await deps.db.transaction(ctx, async (tx) => {
        await takeTurn(tx, sourceId);
        await recordWaiting(deps, tx, { sourceId, movements: await findWaitingOf(tx, sourceId, names) });
      });
  };

const CONVERTED_AT_ONCE = 200;

/** Customers were converted: what waits for them is tried again, once this commits. */
export const matchLater: InsideListener = async (tx, events) => {
  if (!(await isAnythingWaiting(tx))) return;
  const referralIds = events.map(({ objectId }) => objectId);
  const jobs: { readonly payload: Converted }[] = [];
  for (let start = 0; start < referralIds.length; start += CONVERTED_AT_ONCE)
    jobs.push({ payload: { referralIds: referralIds.slice(start, start + CONVERTED_AT_ONCE) } });
  await enqueueAll(tx, MATCH_JOB, jobs);
};

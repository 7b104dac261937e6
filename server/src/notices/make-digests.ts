import type { Ctx } from "../platform/context.ts";
import { enqueueAll } from "../platform/jobs/index.ts";
import { RHYTHMS, type Rhythm } from "./notice-catalogue.ts";
import type { NoticeDeps } from "./notice-deps.ts";
import { findWaiting, insertDigests } from "./notice-repository.ts";
import { duePeriod } from "./notice-rules.ts";
import { SEND_DIGEST_JOB } from "./send-notices.ts";

/** People of one transaction. */
const BATCH_SIZE = 500;

/**
 * Makes the digests that are due. A digest, what it holds and the job that mails it are of one transaction: two workers make one, and what a crash
 * leaves unmade the next wake makes.
 */
export const makeDigests =
  (deps: NoticeDeps) =>
  async (ctx: Ctx): Promise<void> => {
    const { timeZone } = await deps.db.read(ctx, (tx) => deps.programs.getProgram(tx));
    for (const rhythm of RHYTHMS) while ((await makeBatch(deps, ctx, rhythm, timeZone)) === BATCH_SIZE);
  };

const makeBatch = (deps: NoticeDeps, ctx: Ctx, rhythm: Rhythm, timeZone: string): Promise<number> =>
  deps.db.transaction(ctx, async (tx) => {
    const due = { ...duePeriod(rhythm, ctx.now, timeZone), rhythm };
    const userIds = await findWaiting(tx, { ...due, limit: BATCH_SIZE });
    if (userIds.length === 0) return 0;
    const made = await insertDigests(tx, { ...due, userIds });
    await enqueueAll(
      tx,
      SEND_DIGEST_JOB,
      made.map((id) => ({ payload: { id } })),
    );
    return userIds.length;
  });

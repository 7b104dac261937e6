import { DAY_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import type { NoticeDeps } from "./notice-deps.ts";
import { deleteDigests, deleteNotices } from "./notice-repository.ts";

/** Longer than the queue tries to send one, and the outbox to tell its event. */
const KEPT_DAYS = 90;
/** One statement, short enough to wait for. */
const BATCH_SIZE = 5_000;

/** Forgets notices of long ago, and their digests. */
export const forgetNotices =
  (deps: NoticeDeps) =>
  async (ctx: Ctx): Promise<void> => {
    const before = new Date(ctx.now.getTime() - KEPT_DAYS * DAY_MS);
    const forget = () => deps.db.transaction(ctx, (tx) => deleteNotices(tx, { before, limit: BATCH_SIZE }));
    while ((await forget()) === BATCH_SIZE);
    await deps.db.transaction(ctx, (tx) => deleteDigests(tx, before));
  };

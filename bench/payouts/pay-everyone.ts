import type { Program } from "../kit/program.ts";

export const WORKERS = 8;
/** Requested, and released, in one transaction. */
export const TOGETHER = 50;

/** Shares items among the workers: whoever is free takes the next. */
export async function inParallel<Item>(
  items: readonly Item[],
  work: (item: Item, worker: number) => Promise<unknown>,
): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: WORKERS }, async (_, worker) => {
      for (const item of waiting) await work(item, worker);
    }),
  );
}

/**
 * The batch: the schedules of everybody are due at `dueAt`, and all workers at once run them and release the payouts that they ask for. Returns
 * how long it took.
 */
export async function runBatch({ app, ctx }: Program, dueAt: Date): Promise<number> {
  // As a running server has them, and as the floor does: connected before the clock starts.
  const connections = await Promise.all(Array.from({ length: WORKERS }, () => app.db.pool.connect()));
  for (const connection of connections) connection.release();
  const begunAt = performance.now();
  await inParallel(Array.from({ length: WORKERS }), async () => {
    for (let requested = -1; requested !== 0; ) ({ requested } = await app.payouts.runDueSchedules(ctx(dueAt)));
  });
  await inParallel(Array.from({ length: WORKERS }), async () => {
    for (let processed = -1; processed !== 0; )
      ({ processed } = await app.payouts.processPayouts(ctx(), { limit: TOGETHER }));
  });
  return (performance.now() - begunAt) / 1_000;
}

/** What comes after it, payout by payout: the job of each transfer, with a provider that answers at once. Returns how long it took. */
export async function sendTransfers({ app, ctx }: Program, payoutIds: readonly string[]): Promise<number> {
  const begunAt = performance.now();
  await inParallel(payoutIds, (payoutId) => app.payouts.sendTransfer(ctx(), { payoutId, attempt: 1 }));
  return (performance.now() - begunAt) / 1_000;
}

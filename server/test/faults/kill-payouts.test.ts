import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, systemClock } from "../../src/kernel/clock.ts";
import { payoutJobs } from "../../src/payouts/index.ts";
import { runDueJobs } from "../../src/platform/jobs/index.ts";
import { type PayoutWorld, payoutWorld } from "../kit/payouts.ts";
import { asOwner } from "../kit/postgres.ts";
import { STOPS, type Stop, type WorkerInput } from "./payout-worker.ts";

let world: PayoutWorld;
beforeAll(async () => {
  // What a killed worker has begun at the stand-in goes on there: whoever asks again is kept waiting.
  world = await payoutWorld({ answerTimeoutMs: 2_000 });
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.stripe.faults.clear();
  await asOwner(world.clone, "delete from tributary_jobs._private_jobs");
});

/** Starts a worker and kills it, without warning, where it says that it stands. */
async function killedAt(stop: Stop): Promise<void> {
  const { secretKey, url: apiBase } = world.stripe;
  const input: WorkerInput = { url: world.clone.serverUrl, stripe: { secretKey, apiBase }, stop };
  const worker = spawn(process.execPath, [join(import.meta.dirname, "payout-worker.ts"), JSON.stringify(input)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await standing(worker);
  worker.kill("SIGKILL");
  await once(worker, "close");
  await withoutConnections();
}

async function standing(worker: ChildProcess): Promise<void> {
  const ended = once(worker, "close").then(([code]) => {
    throw new Error(`the worker ended by itself, with ${String(code)}`);
  });
  if (worker.stdout === null) throw new Error("the worker's output is read");
  await Promise.race([once(worker.stdout, "data"), ended]);
  ended.catch(() => {});
}

/** Postgres has noticed that the worker is gone, and undone what it had not committed. */
async function withoutConnections(): Promise<void> {
  for (let look = 0; look < 500; look += 1) {
    const [row] = await asOwner<{ open: number }>(
      world.clone,
      "select count(*)::int as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
    );
    if (row?.open === 0) return;
  }
  throw new Error("a transaction of the worker is still open");
}

/** What a living worker does: wakes what lies open, and runs what is due. */
async function recover(afterMs: number): Promise<void> {
  await world.advance(afterMs);
  await world.payouts.wakeTransfers(world.system());
  await runDueJobs({
    db: world.db,
    clock: world.clock,
    jobs: payoutJobs(world.payouts),
    onError: (error) => {
      if (!(error instanceof Error && error.name === "TransferUnsettled")) throw error;
    },
  });
}

const moments = (stop: Stop): readonly number[] =>
  stop === "before it looks at the job" ? [8 * HOUR_MS] : [HOUR_MS / 4, 8 * HOUR_MS, 3 * DAY_MS];

describe("a worker that is killed", () => {
  it.each(STOPS.flatMap((stop) => moments(stop).map((afterMs) => [stop, afterMs / HOUR_MS, afterMs] as const)))(
    "%s: %d hours later the payout is paid, once",
    async (stop, _hours, afterMs) => {
      // The worker lives by the machine's clock, and what it wrote down is as old as the test says.
      world.clock.moveTo(systemClock.now());
      await world.stripe.moveTo(systemClock.now());
      const { partnerId, payoutId } = await world.released();
      if (stop === "while Stripe works")
        world.stripe.faults.inject({ kind: "timeout_after_acting" }, { on: "POST /v1/transfers" });
      await killedAt(stop);
      await recover(afterMs);
      // What was looked up past the life of its key is sent under the next.
      await recover(8 * HOUR_MS);
      expect(world.transfersOf(payoutId)).toMatchObject([{ amount: 10_000, reversed: false }]);
      expect(await world.story(payoutId)).toMatchObject({ status: "completed" });
      expect(await world.balances(partnerId)).toMatchObject({ available: 0n, payout_in_transit: 0n, cash: -10_000n });
      expect((await world.events(payoutId)).filter((type) => type === "payout.completed")).toHaveLength(1);
      await world.expectProven(partnerId);
    },
    60_000,
  );
});

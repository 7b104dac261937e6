import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../../src/kernel/clock.ts";
import { newPayer, type Payer, setCurrency } from "../kit/payers.ts";
import { type PayoutWorld, payoutWorld } from "../kit/payouts.ts";
import { asOwner } from "../kit/postgres.ts";
import { ACTS, type Act, type BatchWorkerInput, contextOf, MOMENTS, perform } from "./batch-worker.ts";

let world: PayoutWorld;
let maker: Payer;
let second: Payer;
beforeAll(async () => {
  world = await payoutWorld();
  [maker, second] = [await newPayer(world), await newPayer(world, "admin")];
});
afterAll(() => world[Symbol.asyncDispose]());

/** A batch above the limit in the state that the act begins from, with a partner whose schedule is due. */
async function stage(act: Act) {
  // What was left waiting by the acts before has expired by then, and is not what this one is about.
  await world.advance(10 * DAY_MS);
  await world.payouts.expireBatches(world.system());
  await setCurrency(world, "USD", { approvalAbove: 1_000 });
  const partnerIds = [await world.newBankPartner(), await world.newBankPartner()];
  for (const partnerId of partnerIds) await world.earn(partnerId, 10_000n);
  let [payoutIds, batchId]: [string[], string] = [[], ""];
  if (act === "run schedules") {
    for (const partnerId of partnerIds)
      await world.payouts.scheduleAutoPayout(world.partner(partnerId), {
        currency: "USD",
        every: "week",
        isEnabled: true,
      });
    await world.advance(8 * DAY_MS);
  } else {
    payoutIds = await Promise.all(partnerIds.map((partnerId) => world.request(partnerId)));
  }
  if (act !== "make" && act !== "run schedules") {
    batchId = (await world.payouts.makeBatch(maker.ctx(), { currency: "USD", payoutIds })).id;
    if (act === "release") await world.payouts.approveBatch(second.ctx(), { batchId });
    if (act === "expire") await world.advance(169 * HOUR_MS);
  }
  return { partnerIds, payoutIds, batchId };
}

/** Starts the act in a process of its own, and kills it, without warning, where it stands. */
async function killedIn(input: BatchWorkerInput): Promise<void> {
  const worker = spawn(process.execPath, [join(import.meta.dirname, "batch-worker.ts"), JSON.stringify(input)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(worker, "close").then(([code]) => {
    throw new Error(`the worker ended by itself, with ${String(code)}`);
  });
  await Promise.race([once(worker.stdout, "data"), ended]);
  ended.catch(() => {});
  worker.kill("SIGKILL");
  await once(worker, "close");
  // Postgres has noticed, and undone what was not committed.
  for (let open = 1; open > 0; ) {
    const [row] = await asOwner<{ open: number }>(
      world.clone,
      "select count(*)::int as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
    );
    open = row?.open ?? 0;
  }
}

/** All that the act could have changed. */
const seen = async (partnerIds: readonly string[]) =>
  asOwner(
    world.clone,
    `select p.status, p.batch_id is not null as "inBatch", b.status as batch, b.approved_by, count(a.attempt)::int as attempts, count(r.due_on)::int as runs
       from partner_payouts p
       left join payout_batches b on b.id = p.batch_id
       left join transfer_attempts a on a.payout_id = p.id
       left join payout_schedule_runs r on r.payout_id = p.id
      where p.partner_id = any ($1)
      group by p.id, p.status, p.batch_id, b.status, b.approved_by
      order by p.id`,
    [partnerIds],
  );

describe("a process that is killed while it does something to a batch", () => {
  it.each(ACTS.flatMap((act) => MOMENTS.map((stop) => [act, stop] as const)))(
    "%s, %s: all of it is there or nothing, and done again it is done once",
    async (act, stop) => {
      const { partnerIds, payoutIds, batchId } = await stage(act);
      const before = await seen(partnerIds);
      const input: BatchWorkerInput = {
        url: world.clone.serverUrl,
        tenantId: world.tenantId,
        now: world.clock.now().toISOString(),
        userId: act === "make" ? maker.userId : second.userId,
        batchId,
        payoutIds,
        act,
        stop,
      };
      await killedIn(input);
      const left = await seen(partnerIds);
      if (stop === "before commit") expect(left).toEqual(before);
      else expect(left).not.toEqual(before);
      await world.expectProven(...partnerIds);

      // Whoever comes next does it, or is told that it was done.
      const again = await perform(world.payouts, contextOf(input), input).then(
        () => "done",
        (error: { code?: string }) => error.code,
      );
      const toldSo = { make: "payout.batch_empty", expire: "done", "run schedules": "done", approve: "done" }[
        act as string
      ];
      expect(again).toBe(stop === "before commit" ? "done" : (toldSo ?? "payout.batch_wrong_state"));
      const after = await seen(partnerIds);
      expect(after).not.toEqual(before);
      if (stop === "after commit") expect(after).toEqual(left);
      await world.expectProven(...partnerIds);
    },
    60_000,
  );
});

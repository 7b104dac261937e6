import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FeeWorld, feeWorld } from "../kit/fees.ts";
import { asOwner } from "../kit/postgres.ts";
import { ACTS, type Act, contextOf, type FeeWorkerInput, MOMENTS, perform } from "./fee-worker.ts";

let world: FeeWorld;
beforeAll(async () => {
  world = await feeWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** A partner with earnings and an invoice, in the state that the act begins from. */
async function stage(act: Act) {
  // What others owe for their months is not what this one is about.
  await world.fees.issueDue(world.system());
  const isDue = act === "issue what is due";
  const partnerId = await world.newDebtor({ startsOn: isDue ? "2025-11-01" : "2026-01-01" });
  if (!isDue) await world.fees.issueDue(world.system());
  await world.earn(partnerId, 20_000n);
  const invoiceId = await world.charge(partnerId, 8_000);
  const setOff = act === "undo a set-off" ? await world.fees.setOffInvoice(world.operator(), { invoiceId }) : undefined;
  return { partnerId, invoiceId, settlementId: setOff?.settlements[0]?.id ?? "" };
}

/** Starts the act in a process of its own, and kills it, without warning, where it stands. */
async function killedIn(input: FeeWorkerInput): Promise<void> {
  const worker = spawn(process.execPath, [join(import.meta.dirname, "fee-worker.ts"), JSON.stringify(input)], {
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
const seen = async (partnerId: string) => ({
  invoices: (await world.fees.findInvoices(world.operator(), { partnerId, sort: "issuedAt", limit: 100 })).data,
  balances: await world.balances(partnerId),
  numbers: await asOwner(world.clone, "select series, last from partner_invoice_numbers order by series"),
  told: await asOwner(world.clone, "select type from outbox_events where type like 'invoice.%' order by id"),
});

/** What whoever does it again is told where it was done. Months are told by how many there are; what has no name of its own happens again. */
const TOLD_SO: Readonly<Record<Act, string>> = {
  "issue what is due": "done",
  "issue by hand": "done",
  "record a payment": "fee.payment_recorded",
  credit: "fee.above_open",
  "set off": "fee.above_open",
  "undo a set-off": "fee.set_off_undone",
};

describe("a process that is killed while it does something to an invoice", () => {
  it.each(ACTS.flatMap((act) => MOMENTS.map((stop) => [act, stop] as const)))(
    "%s, %s: all of it is there or nothing, no number is missing, and done again it is done once",
    async (act, stop) => {
      const staged = await stage(act);
      const { partnerId } = staged;
      const before = await seen(partnerId);
      const input: FeeWorkerInput = {
        ...staged,
        url: world.clone.serverUrl,
        tenantId: world.tenantId,
        now: world.clock.now().toISOString(),
        act,
        stop,
      };
      await killedIn(input);
      const left = await seen(partnerId);
      if (stop === "before commit") expect(left).toEqual(before);
      else expect(left).not.toEqual(before);
      await world.expectProven(partnerId);

      const again = await perform(world.fees, contextOf(input), input).then(
        () => "done",
        (error: { code?: string }) => error.code,
      );
      expect(again).toBe(stop === "before commit" ? "done" : TOLD_SO[act]);
      const after = await seen(partnerId);
      const isAnother = act === "issue what is due" || act === "issue by hand";
      if (stop === "after commit" && !isAnother) expect(after).toEqual(left);
      if (act === "issue what is due")
        expect(after.invoices.map(({ periodStart }) => periodStart).filter((month) => month !== null)).toEqual([
          "2025-11-01",
          "2025-12-01",
          "2026-01-01",
        ]);
      await world.expectProven(partnerId);
    },
    60_000,
  );
});

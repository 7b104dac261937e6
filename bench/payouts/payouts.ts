import { DAY_MS } from "../../server/src/kernel/clock.ts";
import type { Ctx } from "../../server/src/platform/context.ts";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import type { BenchDatabase } from "../kit/cluster.ts";
import { customerOf, importCustomers, importPartners, JOINED_AT } from "../kit/people.ts";
import { momentOf, moveToStaging } from "../kit/produced.ts";
import { openProgram, type Program } from "../kit/program.ts";
import { check, interleave, spreadOf } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";
import { insertPayouts, PAYOUT_TABLES } from "./insert-payouts.ts";
import { inParallel, runBatch, sendTransfers, TOGETHER, WORKERS } from "./pay-everyone.ts";

const SALES = 5;
const SALES_AT_ONCE = 1_000;
const SIZES = { full: { partners: 2_000, rounds: 5 }, quick: { partners: 300, rounds: 3 } };

export const payouts: Benchmark = {
  name: "payouts",
  title: `Payout batch with ${WORKERS} workers at once`,
  about: `Partners who have been paid once, with the approved commissions of ${SALES} sales more, have a payout schedule each, and all schedules are due. ${WORKERS} workers at once run them, ${TOGETHER} to a transaction (balance reserved in the ledger, payout, items, audit, event), and release the payouts, ${TOGETHER} to a transaction (attempt with its bytes and key, job, audit, event); each payout is one posting. Floor: ${WORKERS} connections at once under the server's role insert the very same rows into the same tables, with the same indexes, triggers and policies, and commit where the subject commits. Both have connected before their clock starts, as a server that runs has. The job queue's rows, and the schedules' next dates, are the subject's own. Sending is not in it: a transfer waits for its provider.`,
  run: runPayouts,
};

async function runPayouts({ cluster, isQuick }: Bench) {
  const { partners, rounds } = SIZES[isQuick ? "quick" : "full"];
  await using stack = new AsyncDisposableStack();
  const base = stack.use(await cluster.createDatabase());
  const { tenantId, partnerIds } = await seed(base, partners);

  // The first run makes the rows that the floor inserts, and warms the code up.
  const staged = stack.use(await cluster.createDatabase(base.name));
  const moment = await momentOf(staged);
  await pay(staged, partnerIds);
  await moveToStaging(staged, moment, PAYOUT_TABLES);

  const sending: number[] = [];
  const samples = await interleave(
    {
      floor: async () => {
        await using copy = await cluster.createDatabase(staged.name);
        return partners / (await insertPayouts(copy, tenantId));
      },
      subject: async () => {
        await using copy = await cluster.createDatabase(base.name);
        const { batch, transfers } = await pay(copy, partnerIds);
        sending.push(partners / transfers);
        return partners / batch;
      },
    },
    rounds,
  );
  return {
    checks: [check({ figure: "against the insert floor", unit: "postings/s", ...samples, target: { atLeast: 0.4 } })],
    notes: [
      `${number(partners)} payouts a round.`,
      `Afterwards ${WORKERS} workers sent their transfers to a provider that answers at once, and settled attempt, payout, items, commissions and books of each: ${number(spreadOf(sending).median)} transfers/s, two transactions each.`,
    ],
  };
}

async function pay(database: BenchDatabase, partnerIds: readonly string[]) {
  await using program = await openProgram(database, WORKERS + 2);
  const { seconds, payoutIds } = await payBatch(program, database, 2);
  if (payoutIds.length !== partnerIds.length)
    throw new Error(`${payoutIds.length} of ${partnerIds.length} payouts were released`);
  return { batch: seconds, transfers: await sendTransfers(program, payoutIds) };
}

/** Every schedule of a week is due, the given number of weeks from now. */
async function payBatch(program: Program, database: BenchDatabase, weeks: number) {
  const seconds = await runBatch(program, new Date(program.app.clock.now().getTime() + weeks * 7 * DAY_MS));
  const payoutIds = await database.asSuperuser(async (client) => {
    const { rows } = await client.query<{ id: string }>("select id from partner_payouts where status = 'processing'");
    return rows.map(({ id }) => id);
  });
  return { seconds, payoutIds };
}

/**
 * Partners with something to be paid, a method by which they can be, and a schedule. They have been paid once before: an empty table is read
 * from end to end, and that is not how a programme lives.
 */
async function seed(database: BenchDatabase, partners: number) {
  await using program = await openProgram(database, WORKERS + 2);
  const partnerIds = await importPartners(program, partners);
  await importCustomers(program, { customers: partners, partners });
  const indexOf = new Map(partnerIds.map((id, index) => [id, index]));
  await inParallel(partnerIds, async (partnerId) => {
    const ctx = asPartner(program, partnerId);
    // One account of two partners would be held for a person to look at.
    const account = { holder: "Partner", accountNumber: `${indexOf.get(partnerId)}`, bankCode: "37040044" };
    await program.app.payouts.updatePaymentMethod(ctx, { kind: "bank_file", ...account });
    await program.app.payouts.scheduleAutoPayout(ctx, { currency: "USD", every: "week", isEnabled: true });
  });
  await earn(program, partners, 0);
  await database.analyze();
  await sendTransfers(program, (await payBatch(program, database, 1)).payoutIds);
  await earn(program, partners, 1);
  await database.analyze();
  return { tenantId: program.tenantId, partnerIds };
}

/** Sales of every partner's customer, assessed and approved. */
async function earn({ app, ctx }: Program, partners: number, month: number): Promise<void> {
  const sales = Array.from({ length: partners * SALES }, (_, sale) => ({
    externalId: `sale-${month}-${sale}`,
    customerExternalId: customerOf(sale % partners),
    kind: "payment" as const,
    amount: 100_000n,
    currency: "USD",
    occurredAt: new Date(JOINED_AT.getTime() + (1 + 31 * month) * DAY_MS),
    originalExternalId: null,
    tax: 0n,
    revenue: 0n,
    createCustomer: false,
  }));
  for (let start = 0; start < sales.length; start += SALES_AT_ONCE)
    await app.sales.recordTransactions(ctx(), sales.slice(start, start + SALES_AT_ONCE));
  await app.commissions.approveDue(ctx());
}

const asPartner = ({ ctx }: Program, partnerId: string): Ctx => ({
  ...ctx(),
  actor: {
    type: "key",
    keyId: partnerId,
    partnerId,
    scopes: new Set(["own:payouts:write", "own:payout-method:write"]),
  },
});

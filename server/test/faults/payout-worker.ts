/**
 * A worker process that is stopped at a named point, to be killed there: `node payout-worker.ts <json>`. It says where it stands on its
 * standard output and then waits for ever.
 */
import { flushCompileCache } from "node:module";
import { createAudit } from "../../src/audit/index.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { createLedger, type Ledger } from "../../src/ledger/index.ts";
import { findByExternalIds, findStatuses, getPartner } from "../../src/partners/index.ts";
import {
  createPayoutService,
  createStripeClient,
  createStripeTransfers,
  type PaidCommissions,
  payoutJobs,
} from "../../src/payouts/index.ts";
import { openDatabase } from "../../src/platform/database/index.ts";
import { runDueJobs } from "../../src/platform/jobs/index.ts";
import { createOutbox } from "../../src/platform/outbox/index.ts";
import { TAX_LISTENERS } from "../kit/tax-listeners.ts";

export const STOPS = [
  "before it looks at the job",
  "after it has counted the sending",
  "while Stripe works",
  "after Stripe has answered",
  "before the books are written",
  "after the books are written, before commit",
  "after commit, before the job is done",
] as const;
export type Stop = (typeof STOPS)[number];
export type WorkerInput = {
  readonly url: string;
  readonly stripe: { readonly secretKey: string; readonly apiBase: string };
  readonly stop: Stop;
};

/** Where the worker stands; it never gets further. */
const standStill = (): Promise<never> => {
  process.stdout.write("standing\n");
  return new Promise(() => {});
};

const input = process.argv[2];
if (input !== undefined) {
  // It never ends by itself: what was compiled for it is kept now, for the next.
  flushCompileCache();
  await work(JSON.parse(input) as WorkerInput);
}

async function work({ url, stripe, stop }: WorkerInput): Promise<void> {
  const at = async (point: Stop): Promise<void> => void (stop === point && (await standStill()));
  const db = openDatabase({ url });
  const transfers = createStripeTransfers(createStripeClient(stripe));
  const books = createLedger();
  const ledger: Ledger = {
    ...books,
    post: async (tx, entries) => {
      await at("before the books are written");
      await books.post(tx, entries);
    },
  };
  const commissions: PaidCommissions = {
    describeCommissions: async () => new Map(),
    approvedCommissions: async (_tx, accounts) => accounts.map(() => []),
    settlePaid: async (tx, parts) => {
      for (const { id } of parts) {
        await tx
          .updateTable("commissions")
          .set({ status: "paid", paid_at: tx.ctx.now })
          .where("tenant_id", "=", tx.ctx.tenantId)
          .where("id", "=", id)
          .execute();
      }
      await at("after the books are written, before commit");
    },
  };
  const payouts = createPayoutService({
    db,
    audit: createAudit(),
    outbox: createOutbox(() => TAX_LISTENERS),
    ledger,
    partners: {
      getPartner,
      findStatuses,
      findByExternalIds,
      minimumPayouts: async (_tx, asked) => asked.map(() => 0n),
      contactOf: async () => ({ email: "nobody@example.com", language: null }),
    },
    people: { makerOfKey: async () => null, findPayers: async () => [], contactsOf: async () => new Map() },
    programs: { getProgram: async () => ({ name: "Test", timeZone: "UTC" }) },
    mailer: { send: async () => {} },
    commissions,
    sealer: { seal: (text) => Buffer.from(text), open: String },
    gates: [],
    withholding: async () => new Map(),
    providers: {
      stripe_connect: {
        ...transfers,
        send: async (request, key) => {
          await at("after it has counted the sending");
          const answer = transfers.send(request, key);
          // The stand-in is told to keep silent: the request is under way when this is said.
          if (stop === "while Stripe works") return Promise.race([answer, standStill()]);
          const outcome = await answer;
          await at("after Stripe has answered");
          return outcome;
        },
      },
    },
    accounts: undefined,
    publicUrl: "http://localhost",
  });
  const jobs = payoutJobs(payouts).map((job) => ({
    ...job,
    handle: async (...of: Parameters<typeof job.handle>) => {
      await at("before it looks at the job");
      await job.handle(...of);
      await at("after commit, before the job is done");
    },
  }));
  await runDueJobs({
    db,
    clock: systemClock,
    jobs,
    onError: (error) => void process.stderr.write(`${String(error)}\n`),
  });
}

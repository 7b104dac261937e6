/**
 * A process that does one thing to a batch, or runs the schedules, and stands still at the end of its transaction, to be killed there:
 * `node batch-worker.ts <json>`. It says on its standard output where it stands, and then waits for ever.
 */
import { flushCompileCache } from "node:module";
import { createAudit } from "../../src/audit/index.ts";
import { approvedCommissions } from "../../src/commissions/settle-paid.ts";
import { createLedger } from "../../src/ledger/index.ts";
import { findByExternalIds, findStatuses, getPartner } from "../../src/partners/index.ts";
import { createBankFile, createPayoutService, type PayoutService } from "../../src/payouts/index.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { type Database, openDatabase } from "../../src/platform/database/index.ts";
import { createOutbox } from "../../src/platform/outbox/index.ts";
import { ROLE_SCOPES } from "../../src/platform/scopes.ts";
import { TAX_LISTENERS } from "../kit/tax-listeners.ts";

export const ACTS = ["make", "approve", "refuse", "release", "cancel", "expire", "run schedules"] as const;
export type Act = (typeof ACTS)[number];
export const MOMENTS = ["before commit", "after commit"] as const;

export type BatchWorkerInput = {
  readonly url: string;
  readonly tenantId: string;
  readonly now: string;
  readonly userId: string;
  readonly batchId: string;
  readonly payoutIds: readonly string[];
  readonly act: Act;
  readonly stop: (typeof MOMENTS)[number];
};

/** One act by one person, in this process or in another. */
export function perform(
  payouts: PayoutService,
  ctxOf: (as: "person" | "program") => Ctx,
  { act, batchId, payoutIds }: Pick<BatchWorkerInput, "act" | "batchId" | "payoutIds">,
): Promise<unknown> {
  switch (act) {
    case "make":
      return payouts.makeBatch(ctxOf("person"), { currency: "USD", payoutIds });
    case "approve":
      return payouts.approveBatch(ctxOf("person"), { batchId });
    case "refuse":
      return payouts.refuseBatch(ctxOf("person"), { batchId, reason: "no" });
    case "release":
      return payouts.releaseBatch(ctxOf("person"), { batchId });
    case "cancel":
      return payouts.cancelBatch(ctxOf("person"), { batchId });
    case "expire":
      return payouts.expireBatches(ctxOf("program"));
    case "run schedules":
      return payouts.runDueSchedules(ctxOf("program"));
  }
}

export const contextOf =
  ({ tenantId, now, userId }: Pick<BatchWorkerInput, "tenantId" | "now" | "userId">) =>
  (as: "person" | "program"): Ctx => ({
    tenantId,
    now: new Date(now),
    requestId: "test",
    ip: null,
    actor:
      as === "program"
        ? { type: "system", job: "test" }
        : {
            type: "user",
            userId,
            role: "admin",
            sessionId: userId,
            partnerId: null,
            scopes: ROLE_SCOPES.admin,
            provenAt: new Date(now),
          },
  });

const standStill = (): Promise<never> => {
  process.stdout.write("standing\n");
  return new Promise(() => {});
};

const input = process.argv[2];
if (input !== undefined) {
  // It never ends by itself: what was compiled for it is kept now, for the next.
  flushCompileCache();
  await work(JSON.parse(input) as BatchWorkerInput);
}

async function work(given: BatchWorkerInput): Promise<void> {
  const real = openDatabase({ url: given.url });
  const db: Database = {
    ...real,
    transaction: async (ctx, inside) => {
      const done = await real.transaction(ctx, async (tx) => {
        const result = await inside(tx);
        return given.stop === "before commit" ? standStill() : result;
      });
      return given.stop === "after commit" ? standStill() : done;
    },
  };
  const payouts = createPayoutService({
    db,
    audit: createAudit(),
    outbox: createOutbox(() => TAX_LISTENERS),
    ledger: createLedger(),
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
    commissions: {
      describeCommissions: async () => new Map(),
      approvedCommissions,
      settlePaid: async () => {},
    },
    sealer: { seal: (text) => Buffer.from(text), open: String },
    gates: [],
    withholding: async () => new Map(),
    providers: { bank_file: createBankFile() },
    accounts: undefined,
    publicUrl: "http://localhost",
  });
  await perform(payouts, contextOf(given), given);
}

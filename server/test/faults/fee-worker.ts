/**
 * A process that does one thing to invoices and stands still at the end of its transaction, to be killed there: `node fee-worker.ts <json>`. It says on its
 * standard output where it stands, and then waits for ever.
 */
import { flushCompileCache } from "node:module";
import { createAudit } from "../../src/audit/index.ts";
import { freeEarnings, returnSetOff, setOffEarnings } from "../../src/commissions/set-off-earnings.ts";
import { approvedCommissions } from "../../src/commissions/settle-paid.ts";
import type { FeeService } from "../../src/fees/fee-service.ts";
import { createFeeService } from "../../src/fees/index.ts";
import { createLedger } from "../../src/ledger/index.ts";
import { findActivePartners, getPartner } from "../../src/partners/index.ts";
import { unpaidSums } from "../../src/payouts/unpaid-commissions.ts";
import { type Ctx, systemContext } from "../../src/platform/context.ts";
import { type Database, openDatabase } from "../../src/platform/database/index.ts";
import { createOutbox } from "../../src/platform/outbox/index.ts";
import { LICENCE } from "../kit/fee-terms.ts";

export const ACTS = [
  "issue what is due",
  "issue by hand",
  "record a payment",
  "credit",
  "set off",
  "undo a set-off",
] as const;
export type Act = (typeof ACTS)[number];
export const MOMENTS = ["before commit", "after commit"] as const;

export type FeeWorkerInput = {
  readonly url: string;
  readonly tenantId: string;
  readonly now: string;
  readonly partnerId: string;
  readonly invoiceId: string;
  /** The set-off that is undone. */
  readonly settlementId: string;
  readonly act: Act;
  readonly stop: (typeof MOMENTS)[number];
};

/** One act, in this process or in another. */
export function perform(
  fees: FeeService,
  ctx: Ctx,
  { act, partnerId, invoiceId, settlementId }: Pick<FeeWorkerInput, "act" | "partnerId" | "invoiceId" | "settlementId">,
): Promise<unknown> {
  switch (act) {
    case "issue what is due":
      return fees.issueDue(ctx);
    case "issue by hand":
      return fees.issueInvoice(ctx, {
        partnerId,
        currency: "USD",
        lines: [{ description: "A day of training", quantity: 1, unitAmount: 700 }],
      });
    case "record a payment":
      return fees.recordInvoicePayment(ctx, { invoiceId, amount: 1_000, reference: "Wire 1" });
    case "credit":
      return fees.creditInvoice(ctx, { invoiceId, reason: "Void" });
    case "set off":
      return fees.setOffInvoice(ctx, { invoiceId });
    case "undo a set-off":
      return fees.undoSetOff(ctx, { invoiceId, settlementId, reason: "They pay by wire" });
  }
}

export const contextOf = ({ tenantId, now }: Pick<FeeWorkerInput, "tenantId" | "now">): Ctx =>
  systemContext({ tenantId, job: "test", now: new Date(now) });

const standStill = (): Promise<never> => {
  process.stdout.write("standing\n");
  return new Promise(() => {});
};

const input = process.argv[2];
if (input !== undefined) {
  // It never ends by itself: what was compiled for it is kept now, for the next.
  flushCompileCache();
  await work(JSON.parse(input) as FeeWorkerInput);
}

async function work(given: FeeWorkerInput): Promise<void> {
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
  const [ledger, outbox] = [createLedger(), createOutbox(() => ({}))];
  const fees = createFeeService({
    db,
    audit: createAudit(),
    outbox,
    ledger,
    mailer: { send: async () => {} },
    publicUrl: "https://operator.test",
    programs: { getProgram: async () => ({ name: "Test", timeZone: "UTC" }) },
    partners: {
      getPartner,
      currentTerms: async (_tx, ids) => new Map(ids.map((id) => [id, LICENCE])),
      findActivePartners,
      contactOf: async () => ({ email: "nobody@example.com", language: null }),
    },
    commissions: {
      freeEarnings: freeEarnings({
        ledger,
        payouts: {
          takenParts: async () => new Map(),
          unpaidSums: unpaidSums({ commissions: { approvedCommissions } }),
          sumCompleted: async () => new Map(),
          approvalAbove: async () => null,
        },
      }),
      setOffEarnings: setOffEarnings({ outbox }),
      returnSetOff: returnSetOff({ outbox, ledger }),
      grantEarnings: () => Promise.reject(new Error("nothing is granted here")),
    },
    people: { makerOfKey: async () => null },
    payouts: { approvalAbove: async () => null },
  });
  await perform(fees, contextOf(given), given);
}

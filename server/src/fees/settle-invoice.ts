import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Booking, type Entry, feeCredited, feePaid, feeSetOff, feeSetOffUndone } from "../ledger/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { FeeDeps } from "./fee-deps.ts";
import { feeErrors } from "./fee-errors.ts";
import { invoiceEvent } from "./fee-events.ts";
import {
  findAgreement,
  findInvoice,
  findSettlements,
  type InvoiceRow,
  insertSettlement,
  type SettlementKind,
} from "./fee-repository.ts";
import { openOf } from "./fee-rules.ts";
import { type InvoiceDetail, invoiceDetail } from "./find-invoices.ts";

export type UndoSetOff = {
  readonly invoiceId: string;
  /** The set-off, among what settled the invoice. */
  readonly settlementId: string;
  readonly reason: string;
};

type Settle = { readonly invoiceId: string /** Minor units. */; readonly amount?: number };

/** Finance has received money for an invoice. The same reference is recorded once. */
export const recordInvoicePayment =
  (deps: FeeDeps) =>
  (ctx: Ctx, input: Settle & { readonly reference: string }): Promise<InvoiceDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "fees:write");
      const invoice = await lockInvoice(deps, tx, input.invoiceId);
      const amount = wantedOf(invoice, input.amount);
      return settle(deps, tx, { invoice, kind: "payment", amount, reference: input.reference, commissionId: null });
    });

/** A credit note: so much of what is open, or all of it, is not owed. The invoice stays as it is. */
export const creditInvoice =
  (deps: FeeDeps) =>
  (ctx: Ctx, input: Settle & { readonly reason: string }): Promise<InvoiceDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "fees:write");
      const invoice = await lockInvoice(deps, tx, input.invoiceId);
      const amount = wantedOf(invoice, input.amount);
      return settle(deps, tx, { invoice, kind: "credit", amount, reference: input.reason, commissionId: null });
    });

/**
 * Earnings pay an invoice: at most what is open of it, and what is free of the earnings in its currency; so much of both as there is when no
 * amount is given. Only where the partner has agreed.
 */
export const setOffInvoice =
  (deps: FeeDeps) =>
  (ctx: Ctx, input: Settle): Promise<InvoiceDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "fees:write");
      const invoice = await lockInvoice(deps, tx, input.invoiceId);
      const { partner_id: partnerId, currency } = invoice;
      const agreement = await findAgreement(tx, partnerId);
      if (agreement?.may_set_off !== true) throw feeErrors.set_off_not_agreed();
      const { status } = await deps.partners.getPartner(tx, partnerId);
      if (status === "suspended") throw feeErrors.partner_suspended();
      const wanted = wantedOf(invoice, input.amount);
      const free = await deps.commissions.freeEarnings(tx, { partnerId, currency });
      const amount = input.amount === undefined && free < wanted ? free : wanted;
      if (amount > free || amount <= 0n) throw feeErrors.above_earnings({ available: free });
      const reference = `Set off against invoice ${invoice.number}`;
      const commissionId = await deps.commissions.setOffEarnings(tx, {
        partnerId,
        currency,
        amount,
        reason: reference,
      });
      return settle(deps, tx, { invoice, kind: "set_off", amount, reference, commissionId });
    });

/**
 * A set-off is taken back whole, by rows of its own: the invoice is open again, and the earnings are the partner's again. A debt that there is meanwhile is
 * repaid by them first.
 */
export const undoSetOff =
  (deps: FeeDeps) =>
  (ctx: Ctx, { invoiceId, settlementId, reason }: UndoSetOff): Promise<InvoiceDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "fees:write");
      const invoice = await lockInvoice(deps, tx, invoiceId);
      const settlements = await findSettlements(tx, invoiceId);
      const setOff = settlements.find(({ id }) => id === settlementId);
      if (setOff === undefined) throw feeErrors.settlement_unknown({ field: "settlementId" });
      if (setOff.kind !== "set_off" || setOff.undoes !== null) throw feeErrors.not_set_off({ field: "settlementId" });
      if (settlements.some(({ undoes }) => undoes === settlementId)) throw feeErrors.set_off_undone();
      const { partner_id: partnerId, currency } = invoice;
      const id = newId();
      const { amount } = setOff;
      const booking: Booking = { sourceId: id, partnerId, currency, amount, at: ctx.now };
      const commissionId = await deps.commissions.returnSetOff(
        tx,
        { partnerId, currency, amount, reason: `Set-off against invoice ${invoice.number} undone` },
        (debt) => feeSetOffUndone({ ...booking, debt }),
      );
      const settlement = { invoiceId, kind: "set_off", reference: reason, commissionId, undoes: settlementId } as const;
      await insertSettlement(tx, { ...settlement, id, amount: -amount });
      return tell(deps, tx, { before: invoice, event: "invoice.set_off_undone", reason });
    });

/** The accounts are the lock of an invoice too: of two who settle it the second reads what the first has left. */
async function lockInvoice(deps: FeeDeps, tx: Tx, invoiceId: string): Promise<InvoiceRow> {
  const seen = await findInvoice(tx, invoiceId);
  if (seen === undefined) throw feeErrors.invoice_not_found();
  await deps.ledger.lock(tx, [{ partnerId: seen.partner_id, currency: seen.currency }]);
  const invoice = await findInvoice(tx, invoiceId);
  invariant(invoice, "an invoice is never deleted");
  return invoice;
}

/** What is asked for, or all that is open. */
function wantedOf(invoice: InvoiceRow, asked: number | undefined): bigint {
  const open = openOf(invoice);
  const amount = asked === undefined ? open : BigInt(asked);
  if (amount > open || amount <= 0n) throw feeErrors.above_open({ open });
  return amount;
}

/** What each way of settling is in the books, and what is told of it. */
const WAYS = {
  payment: { entry: feePaid, event: "invoice.paid" },
  credit: { entry: feeCredited, event: "invoice.credited" },
  set_off: { entry: feeSetOff, event: "invoice.set_off" },
} as const satisfies Record<SettlementKind, { readonly entry: (booking: Booking) => Entry; readonly event: string }>;

async function settle(
  deps: FeeDeps,
  tx: Tx,
  settlement: {
    readonly invoice: InvoiceRow;
    readonly kind: SettlementKind;
    readonly amount: bigint;
    readonly reference: string;
    readonly commissionId: string | null;
  },
): Promise<InvoiceDetail> {
  const { invoice, kind, amount, reference, commissionId } = settlement;
  const id = newId();
  const row = { id, invoiceId: invoice.id, kind, amount, reference, commissionId, undoes: null };
  if (!(await insertSettlement(tx, row))) throw feeErrors.payment_recorded({ reference });
  const { entry, event } = WAYS[kind];
  const { partner_id: partnerId, currency } = invoice;
  await deps.ledger.post(tx, [entry({ sourceId: id, partnerId, currency, amount, at: tx.ctx.now })]);
  return tell(deps, tx, { before: invoice, event, reason: reference });
}

/** Writes down and tells what an invoice has become. */
async function tell(
  deps: FeeDeps,
  tx: Tx,
  change: {
    readonly before: InvoiceRow;
    readonly event: Parameters<typeof invoiceEvent>[0];
    readonly reason: string;
  },
): Promise<InvoiceDetail> {
  const { before, event, reason } = change;
  const after = await findInvoice(tx, before.id);
  invariant(after, "an invoice is never deleted");
  await deps.audit.record(tx, event, { targetType: "invoice", targetId: before.id, before, after, reason });
  await deps.outbox.publish(tx, [invoiceEvent(event, after)]);
  return invoiceDetail(deps, tx, before.id);
}

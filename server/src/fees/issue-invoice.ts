import { addDays, type CalendarDate, dateInZone, startOfDay } from "../kernel/calendar.ts";
import { isCurrency } from "../kernel/currency.ts";
import { feeInvoiced } from "../ledger/index.ts";
import { type Ctx, requireScope, withoutIdempotency } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { FeeDeps } from "./fee-deps.ts";
import { feeErrors } from "./fee-errors.ts";
import { invoiceEvent } from "./fee-events.ts";
import {
  chargeUsages,
  findAgreement,
  findChargedOnce,
  findDue,
  findWaitingUsages,
  type InvoiceRow,
  insertInvoice,
  lockAgreement,
  upsertAgreement,
} from "./fee-repository.ts";
import {
  type InvoiceLine,
  invoiceTotal,
  linesOfCards,
  linesOfMonth,
  monthOf,
  nextPeriod,
  termsDay,
} from "./fee-rules.ts";
import { type InvoiceDetail, invoiceDetail } from "./find-invoices.ts";

export type IssueInvoice = {
  readonly partnerId: string;
  readonly currency: string;
  readonly lines: readonly { readonly description: string; readonly quantity: number; readonly unitAmount: number }[];
};

/** A person charges a partner something that its terms do not name. */
export const issueInvoice =
  (deps: FeeDeps) =>
  (ctx: Ctx, { partnerId, currency, lines }: IssueInvoice): Promise<InvoiceDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "fees:write");
      if (!isCurrency(currency)) throw feeErrors.currency_unknown({ field: "currency" });
      await deps.partners.getPartner(tx, partnerId);
      const agreement = await findAgreement(tx, partnerId);
      if (agreement === undefined) throw feeErrors.no_agreement();
      const today = dateInZone(ctx.now, (await deps.programs.getProgram(tx)).timeZone);
      const { id } = await writeInvoice(deps, tx, {
        partnerId,
        currency,
        periodStart: null,
        today,
        dueDays: agreement.due_days,
        lines: lines.map((line) => ({ ...line, kind: "other", unitAmount: BigInt(line.unitAmount) })),
      });
      return invoiceDetail(deps, tx, id);
    });

/** Joins a transaction: locks the accounts, numbers and books. The number is taken last: whoever waits for it holds nothing of others. */
async function writeInvoice(
  deps: FeeDeps,
  tx: Tx,
  invoice: {
    readonly partnerId: string;
    readonly currency: string;
    readonly periodStart: CalendarDate | null;
    readonly today: CalendarDate;
    readonly dueDays: number;
    readonly lines: readonly InvoiceLine[];
  },
): Promise<InvoiceRow> {
  const { partnerId, currency, today, lines } = invoice;
  const total = invoiceTotal(lines);
  if (total === undefined) throw feeErrors.amount_too_large({ field: "lines" });
  await deps.ledger.lock(tx, [{ partnerId, currency }]);
  const row = await insertInvoice(
    tx,
    {
      partner_id: partnerId,
      period_start: invoice.periodStart,
      currency,
      total,
      issued_on: today,
      due_on: addDays(today, invoice.dueDays),
    },
    lines,
  );
  await deps.ledger.post(tx, [feeInvoiced({ sourceId: row.id, partnerId, currency, amount: total, at: tx.ctx.now })]);
  await deps.audit.record(tx, "invoice.issued", { targetType: "invoice", targetId: row.id, after: row });
  await deps.outbox.publish(tx, [invoiceEvent("invoice.issued", row)]);
  return row;
}

/** Partners that one read brings. */
const PARTNERS_AT_ONCE = 100;

/**
 * Invoices every month that has begun, of every agreement. Each month is a transaction of its own that moves the agreement to the next: what a
 * worker that died has left is done by the next one, and none is invoiced twice. A partner that fails does not hold back the others.
 */
export const issueDue =
  (deps: FeeDeps) =>
  async (given: Ctx): Promise<{ readonly issued: number }> => {
    const ctx = withoutIdempotency(given);
    const timeZone = await deps.db.read(ctx, async (tx) => (await deps.programs.getProgram(tx)).timeZone);
    const today = dateInZone(ctx.now, timeZone);
    const failures: unknown[] = [];
    let issued = 0;
    let after: string | undefined;
    while (true) {
      const page = await deps.db.read(ctx, (tx) => findDue(tx, { today, after, limit: PARTNERS_AT_ONCE }));
      if (page.length === 0) break;
      after = page.at(-1);
      for (const partnerId of page)
        try {
          issued += await issueMonths(deps, ctx, { partnerId, today, timeZone });
        } catch (failure) {
          failures.push(failure);
        }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} partners could not be invoiced`);
    return { issued };
  };

type Wanted = { readonly partnerId: string; readonly today: CalendarDate; readonly timeZone: string };

async function issueMonths(deps: FeeDeps, ctx: Ctx, wanted: Wanted): Promise<number> {
  let issued = 0;
  while (true) {
    const done = await deps.db.transaction(ctx, (tx) => issueMonth(deps, tx, wanted));
    if (done === "none_due") return issued;
    if (done === "issued") issued += 1;
  }
}

/**
 * The next month of a partner, under the terms in force as it begins. One in which nothing is owed has no invoice. Once the agreement, or the
 * partner, has ended no month is owed any more, and card products that were made before still are.
 */
async function issueMonth(
  deps: FeeDeps,
  tx: Tx,
  { partnerId, today, timeZone }: Wanted,
): Promise<"none_due" | "issued" | "nothing_owed"> {
  const { status } = await deps.partners.getPartner(tx, partnerId);
  const seen = await findAgreement(tx, partnerId);
  if (seen === undefined) return "none_due";
  const at = startOfDay(termsDay(seen, today), timeZone);
  // An agreement may begin before the partner had terms: then those of now hold.
  const terms =
    (await deps.partners.currentTerms(tx, [partnerId], at)).get(partnerId) ??
    (await deps.partners.currentTerms(tx, [partnerId], tx.ctx.now)).get(partnerId);
  if (terms === undefined) return "none_due";
  const { currency } = terms;
  // Accounts before rows, as everywhere.
  await deps.ledger.lock(tx, [{ partnerId, currency }]);
  const agreement = await lockAgreement(tx, partnerId);
  if (agreement?.next_on !== seen.next_on) return "nothing_owed";
  const month = status === "terminated" ? "over" : monthOf(agreement, today);
  if (month === "ahead") return "none_due";
  const usages = terms.customCardFee > 0n ? await findWaitingUsages(tx, partnerId) : [];
  const isOver = month === "over";
  if (isOver && usages.length === 0) return "none_due";
  const lines = isOver
    ? linesOfCards(terms, usages)
    : linesOfMonth({
        terms,
        periodStart: agreement.next_on,
        supportFrom: agreement.support_from,
        chargedOnce: await findChargedOnce(tx, partnerId),
        usages,
      });
  if (!isOver) await upsertAgreement(tx, { ...agreement, next_on: nextPeriod(agreement.starts_on, agreement.next_on) });
  if (lines.length === 0) return "nothing_owed";
  const periodStart = isOver ? null : agreement.next_on;
  const { id } = await writeInvoice(deps, tx, {
    partnerId,
    currency,
    periodStart,
    today,
    dueDays: agreement.due_days,
    lines,
  });
  await chargeUsages(
    tx,
    usages.map((usage) => usage.id),
    id,
  );
  return "issued";
}

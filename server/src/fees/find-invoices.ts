import { type CalendarDate, dateInZone } from "../kernel/calendar.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import type { FeeDeps } from "./fee-deps.ts";
import { feeErrors } from "./fee-errors.ts";
import { findInvoice, findLines, findSettlements, type InvoiceRow, isOpen, selectInvoices } from "./fee-repository.ts";
import { type InvoiceState, openOf, stateOf } from "./fee-rules.ts";

export type InvoiceView = {
  readonly id: string;
  readonly number: bigint;
  readonly partnerId: string;
  readonly periodStart: CalendarDate | null;
  readonly currency: string;
  readonly total: bigint;
  readonly paid: bigint;
  readonly setOff: bigint;
  readonly credited: bigint;
  readonly open: bigint;
  readonly status: InvoiceState;
  readonly issuedOn: CalendarDate;
  readonly dueOn: CalendarDate;
  readonly issuedAt: Date;
};

export type InvoiceDetail = InvoiceView & {
  readonly lines: {
    readonly line: number;
    readonly kind: string;
    readonly description: string;
    readonly quantity: number;
    readonly unitAmount: bigint;
    readonly amount: bigint;
  }[];
  readonly settlements: {
    readonly id: string;
    readonly kind: string;
    readonly amount: bigint;
    readonly reference: string;
    readonly number: bigint | null;
    readonly undoes: string | null;
    readonly recordedAt: Date;
  }[];
};

const view = (row: InvoiceRow, today: CalendarDate): InvoiceView => {
  const open = openOf(row);
  return {
    id: row.id,
    number: row.number,
    partnerId: row.partner_id,
    periodStart: row.period_start,
    currency: row.currency,
    total: row.total,
    paid: row.paid,
    setOff: row.set_off,
    credited: row.credited,
    open,
    status: stateOf(open, row.due_on, today),
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    issuedAt: row.issued_at,
  };
};

const todayOf = async (deps: FeeDeps, tx: ReadTx): Promise<CalendarDate> =>
  dateInZone(tx.ctx.now, (await deps.programs.getProgram(tx)).timeZone);

/** One invoice with its lines and what settled it. Of another than `ownerId`, where one is named, it is not found. */
export async function invoiceDetail(
  deps: FeeDeps,
  tx: ReadTx,
  invoiceId: string,
  ownerId?: string,
): Promise<InvoiceDetail> {
  const row = await findInvoice(tx, invoiceId);
  if (row === undefined || (ownerId ?? row.partner_id) !== row.partner_id) throw feeErrors.invoice_not_found();
  const lines = await findLines(tx, invoiceId);
  const settlements = await findSettlements(tx, invoiceId);
  const sum = lines.reduce((total, { amount }) => total + amount, 0n);
  invariant(sum === row.total, "the lines of an invoice sum to it");
  return {
    ...view(row, await todayOf(deps, tx)),
    lines: lines.map(({ unit_amount: unitAmount, ...line }) => ({ ...line, unitAmount })),
    settlements: settlements.map(({ recorded_at: recordedAt, ...settlement }) => ({ ...settlement, recordedAt })),
  };
}

export type InvoiceFilters = PageRequest & {
  readonly status?: InvoiceState;
  readonly currency?: string;
  readonly partnerId?: string;
};

/** Sorts of the lists of invoices. */
export const INVOICE_SORTS = ["issuedAt", "-issuedAt", "dueOn", "-dueOn"] as const;

async function listInvoices(deps: FeeDeps, tx: ReadTx, filters: InvoiceFilters): Promise<Page<InvoiceView>> {
  const today = await todayOf(deps, tx);
  let query = selectInvoices(tx);
  if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
  if (filters.currency !== undefined) query = query.where("currency", "=", filters.currency);
  if (filters.status === "settled") query = query.where((eb) => eb.not(isOpen));
  else if (filters.status !== undefined)
    query = query.where(isOpen).where("due_on", filters.status === "overdue" ? "<" : ">=", today);
  const page = await selectPage(query, filters, {
    sorts: {
      issuedAt: { column: "issued_at", type: "timestamptz" },
      dueOn: { column: "due_on", type: "date" },
    },
    defaultSort: "-issuedAt",
    idColumn: "id",
  });
  return { data: page.data.map((row) => view(row, today)), nextCursor: page.nextCursor };
}

/** Invoices of the acting partner, newest first unless asked otherwise. */
export const getInvoices =
  (deps: FeeDeps) =>
  (ctx: Ctx, filters: Omit<InvoiceFilters, "partnerId">): Promise<Page<InvoiceView>> => {
    requireScope(ctx, "own:fees:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => listInvoices(deps, tx, { ...filters, partnerId }));
  };

/** Invoices of every partner, for the operator. */
export const findInvoices =
  (deps: FeeDeps) =>
  (ctx: Ctx, filters: InvoiceFilters): Promise<Page<InvoiceView>> => {
    requireScope(ctx, "fees:read");
    return deps.db.read(ctx, (tx) => listInvoices(deps, tx, filters));
  };

type One = { readonly invoiceId: string };

/** One invoice of the acting partner. Another's is not found. */
export const getInvoice =
  (deps: FeeDeps) =>
  (ctx: Ctx, { invoiceId }: One): Promise<InvoiceDetail> => {
    requireScope(ctx, "own:fees:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => invoiceDetail(deps, tx, invoiceId, partnerId));
  };

/** The same for an operator. */
export const getInvoiceFor =
  (deps: FeeDeps) =>
  (ctx: Ctx, { invoiceId }: One): Promise<InvoiceDetail> => {
    requireScope(ctx, "fees:read");
    return deps.db.read(ctx, (tx) => invoiceDetail(deps, tx, invoiceId));
  };

import { type RawBuilder, sql } from "kysely";
import type { CalendarDate } from "../kernel/calendar.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { type FeeKind, type InvoiceLine, lineAmount, ONCE_KINDS } from "./fee-rules.ts";

export type AgreementRow = {
  readonly partner_id: string;
  readonly starts_on: CalendarDate;
  readonly ends_on: CalendarDate | null;
  readonly next_on: CalendarDate;
  readonly support_from: CalendarDate | null;
  readonly may_set_off: boolean;
  readonly due_days: number;
};

/** The base of every read of agreements. */
export const selectAgreements = (tx: ReadTx) =>
  tx
    .selectFrom("partner_fee_agreements")
    .select(["partner_id", "starts_on", "ends_on", "next_on", "support_from", "may_set_off", "due_days"])
    .where("tenant_id", "=", tx.ctx.tenantId);

export const findAgreement = (tx: ReadTx, partnerId: string): Promise<AgreementRow | undefined> =>
  selectAgreements(tx).where("partner_id", "=", partnerId).executeTakeFirst();

/** Whether there is, or was, anything of fees with a partner: an agreement, an invoice, what its cards are charged, or a budget. */
export async function hasFees(tx: ReadTx, partnerId: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from partner_fee_agreements where (tenant_id, partner_id) = (o.tenant, o.partner))
        or exists (select from partner_invoices where (tenant_id, partner_id) = (o.tenant, o.partner))
        or exists (select from partner_fee_usages where (tenant_id, partner_id) = (o.tenant, o.partner))
        or exists (select from partner_budgets where (tenant_id, partner_id) = (o.tenant, o.partner)) as has
      from (select ${tx.ctx.tenantId}::uuid as tenant, ${partnerId}::uuid as partner) o`.execute(tx);
  return rows[0]?.has === true;
}

/** Whoever invoices, or changes, an agreement takes its turn here. */
export const lockAgreement = (tx: Tx, partnerId: string): Promise<AgreementRow | undefined> =>
  selectAgreements(tx).where("partner_id", "=", partnerId).forUpdate().executeTakeFirst();

/** Partners of whom a month has begun that is not invoiced, or whose agreement has ended with card products that are not charged, by id, after the one given. */
export async function findDue(
  tx: ReadTx,
  { today, after, limit }: { readonly today: CalendarDate; readonly after: string | undefined; readonly limit: number },
): Promise<string[]> {
  let query = selectAgreements(tx).where((eb) =>
    eb.or([
      eb("next_on", "<=", today).and(eb.or([eb("ends_on", "is", null), eb("next_on", "<", eb.ref("ends_on"))])),
      eb("ends_on", "<=", today).and(
        eb.exists(
          eb
            .selectFrom("partner_fee_usages as usage")
            .select("usage.id")
            .where("usage.tenant_id", "=", tx.ctx.tenantId)
            .whereRef("usage.partner_id", "=", "partner_fee_agreements.partner_id")
            .where("usage.invoice_id", "is", null),
        ),
      ),
    ]),
  );
  if (after !== undefined) query = query.where("partner_id", ">", after);
  return (await query.orderBy("partner_id").limit(limit).execute()).map((row) => row.partner_id);
}

export async function upsertAgreement(tx: Tx, row: AgreementRow): Promise<void> {
  const { partner_id, ...rest } = row;
  const values = { ...rest, updated_at: tx.ctx.now };
  await tx
    .insertInto("partner_fee_agreements")
    .values({ tenant_id: tx.ctx.tenantId, partner_id, ...values })
    .onConflict((conflict) => conflict.columns(["tenant_id", "partner_id"]).doUpdateSet(values))
    .execute();
}

/** Which of the fees that are owed once a partner has been charged. */
export async function findChargedOnce(tx: ReadTx, partnerId: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom("partner_invoice_lines as l")
    .innerJoin("partner_invoices as i", (join) =>
      join.onRef("i.tenant_id", "=", "l.tenant_id").onRef("i.id", "=", "l.invoice_id"),
    )
    .select("l.kind")
    .distinct()
    .where("i.tenant_id", "=", tx.ctx.tenantId)
    .where("i.partner_id", "=", partnerId)
    .where("l.kind", "in", [...ONCE_KINDS])
    .execute();
  return new Set(rows.map(({ kind }) => kind));
}

export type UsageRow = { readonly id: string; readonly reference: string; readonly quantity: number };

/** Usage lines that one invoice takes; what is beyond waits for the next. */
const USAGES_PER_INVOICE = 500;

/** Card products of a partner that no invoice charges, oldest first. The caller has locked the agreement. */
export const findWaitingUsages = (tx: ReadTx, partnerId: string): Promise<UsageRow[]> =>
  tx
    .selectFrom("partner_fee_usages")
    .select(["id", "reference", "quantity"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .where("invoice_id", "is", null)
    .orderBy("recorded_at")
    .orderBy("id")
    .limit(USAGES_PER_INVOICE)
    .execute();

/** Writes a usage, or finds the one that has the reference. */
export async function insertUsage(
  tx: Tx,
  {
    partnerId,
    reference,
    quantity,
  }: { readonly partnerId: string; readonly reference: string; readonly quantity: number },
): Promise<{ readonly row: UsageRow; readonly isNew: boolean }> {
  const { tenantId: tenant_id, now: recorded_at } = tx.ctx;
  const inserted = await tx
    .insertInto("partner_fee_usages")
    .values({ tenant_id, id: newId(), partner_id: partnerId, reference, quantity, recorded_at })
    .onConflict((conflict) => conflict.columns(["tenant_id", "partner_id", "reference"]).doNothing())
    .returning(["id", "reference", "quantity"])
    .executeTakeFirst();
  if (inserted !== undefined) return { row: inserted, isNew: true };
  const row = await tx
    .selectFrom("partner_fee_usages")
    .select(["id", "reference", "quantity"])
    .where("tenant_id", "=", tenant_id)
    .where("partner_id", "=", partnerId)
    .where("reference", "=", reference)
    .executeTakeFirstOrThrow();
  return { row, isNew: false };
}

export async function chargeUsages(tx: Tx, usageIds: readonly string[], invoiceId: string): Promise<void> {
  if (usageIds.length === 0) return;
  await tx
    .updateTable("partner_fee_usages")
    .set({ invoice_id: invoiceId })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "in", [...usageIds])
    .execute();
}

/** The next number of a series. The row stays locked until commit: a number is used, or not given. */
async function takeNumber(tx: Tx, series: "invoice" | "credit_note"): Promise<bigint> {
  const { last } = await tx
    .insertInto("partner_invoice_numbers")
    .values({ tenant_id: tx.ctx.tenantId, series, last: 1n })
    .onConflict((conflict) =>
      conflict.columns(["tenant_id", "series"]).doUpdateSet({ last: sql`partner_invoice_numbers.last + 1` }),
    )
    .returning("last")
    .executeTakeFirstOrThrow();
  return last;
}

export type InvoiceRow = {
  readonly id: string;
  readonly number: bigint;
  readonly partner_id: string;
  readonly period_start: CalendarDate | null;
  readonly currency: string;
  readonly total: bigint;
  readonly issued_on: CalendarDate;
  readonly due_on: CalendarDate;
  readonly issued_at: Date;
  readonly paid: bigint;
  readonly set_off: bigint;
  readonly credited: bigint;
};

const settledBy = (kind: SettlementKind): RawBuilder<bigint> => sql<bigint>`(
  select coalesce(sum(s.amount), 0)::bigint from partner_invoice_settlements s
   where (s.tenant_id, s.invoice_id) = (partner_invoices.tenant_id, partner_invoices.id) and s.kind = ${kind})`;

/** Whether something of an invoice is open: for the `where` of a read. */
export const isOpen = sql<boolean>`partner_invoices.total > (
  select coalesce(sum(s.amount), 0) from partner_invoice_settlements s
   where (s.tenant_id, s.invoice_id) = (partner_invoices.tenant_id, partner_invoices.id))`;

/** The base of every read of invoices; callers add filters. */
export const selectInvoices = (tx: ReadTx) =>
  tx
    .selectFrom("partner_invoices")
    .select(["id", "number", "partner_id", "period_start", "currency", "total", "issued_on", "due_on", "issued_at"])
    .select([settledBy("payment").as("paid"), settledBy("set_off").as("set_off"), settledBy("credit").as("credited")])
    .where("partner_invoices.tenant_id", "=", tx.ctx.tenantId);

export const findInvoice = (tx: ReadTx, id: string): Promise<InvoiceRow | undefined> =>
  selectInvoices(tx).where("id", "=", id).executeTakeFirst();

/** Writes an invoice with its lines, under the next number. */
export async function insertInvoice(
  tx: Tx,
  invoice: Omit<InvoiceRow, "id" | "number" | "issued_at" | "paid" | "set_off" | "credited">,
  lines: readonly InvoiceLine[],
): Promise<InvoiceRow> {
  const { tenantId: tenant_id, now: issued_at } = tx.ctx;
  const id = newId();
  const number = await takeNumber(tx, "invoice");
  await tx
    .insertInto("partner_invoices")
    .values({ tenant_id, id, number, issued_at, ...invoice })
    .execute();
  await tx
    .insertInto("partner_invoice_lines")
    .values(
      lines.map((line, index) => ({
        tenant_id,
        invoice_id: id,
        line: index + 1,
        kind: line.kind,
        description: line.description,
        quantity: line.quantity,
        unit_amount: line.unitAmount,
        amount: lineAmount(line),
      })),
    )
    .execute();
  return { ...invoice, id, number, issued_at, paid: 0n, set_off: 0n, credited: 0n };
}

export type LineRow = {
  readonly line: number;
  readonly kind: FeeKind;
  readonly description: string;
  readonly quantity: number;
  readonly unit_amount: bigint;
  readonly amount: bigint;
};

/** The lines of an invoice, in order. The check of the table makes the cast true. */
export const findLines = async (tx: ReadTx, invoiceId: string): Promise<LineRow[]> =>
  (await tx
    .selectFrom("partner_invoice_lines")
    .select(["line", "kind", "description", "quantity", "unit_amount", "amount"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("invoice_id", "=", invoiceId)
    .orderBy("line")
    .execute()) as LineRow[];

export type SettlementKind = "payment" | "credit" | "set_off";

export type SettlementRow = {
  readonly id: string;
  readonly kind: SettlementKind;
  readonly amount: bigint;
  readonly reference: string;
  readonly number: bigint | null;
  /** The set-off that it undoes; its amount is below zero. */
  readonly undoes: string | null;
  readonly recorded_at: Date;
};

/** What an invoice was settled by, oldest first. The check of the table makes the cast true. */
export const findSettlements = async (tx: ReadTx, invoiceId: string): Promise<SettlementRow[]> =>
  (await tx
    .selectFrom("partner_invoice_settlements")
    .select(["id", "kind", "amount", "reference", "number", "undoes", "recorded_at"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("invoice_id", "=", invoiceId)
    .orderBy("recorded_at")
    .orderBy("id")
    .execute()) as SettlementRow[];

/** Writes a settlement; a credit takes the next number. Whether it was written: a payment of this reference may be there. */
export async function insertSettlement(
  tx: Tx,
  settlement: {
    readonly id: string;
    readonly invoiceId: string;
    readonly kind: SettlementKind;
    readonly amount: bigint;
    readonly reference: string;
    readonly commissionId: string | null;
    readonly undoes: string | null;
  },
): Promise<boolean> {
  const { tenantId: tenant_id, now: recorded_at, actor } = tx.ctx;
  const number = settlement.kind === "credit" ? await takeNumber(tx, "credit_note") : null;
  const row = await tx
    .insertInto("partner_invoice_settlements")
    .values({
      tenant_id,
      id: settlement.id,
      invoice_id: settlement.invoiceId,
      kind: settlement.kind,
      amount: settlement.amount,
      reference: settlement.reference,
      number,
      commission_id: settlement.commissionId,
      undoes: settlement.undoes,
      recorded_by: actor.type,
      recorded_at,
    })
    .onConflict((conflict) =>
      conflict.columns(["tenant_id", "invoice_id", "reference"]).where(sql<boolean>`kind = 'payment'`).doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** How often a partner is reminded of an invoice: the index on what may be due says the same. */
const REMINDERS_MAX = 3;
const REMINDED_AGAIN_MS = 14 * DAY_MS;

/** Invoices that are overdue and of which the partner has not been told; marks them. Two at once share the work. */
export async function takeOverdue(
  tx: Tx,
  today: CalendarDate,
  limit: number,
): Promise<(InvoiceRow & { /** How many there were before. */ readonly reminders: number })[]> {
  const rows = await selectInvoices(tx)
    .select("reminders")
    .where("due_on", "<", today)
    .where("reminders", "<", REMINDERS_MAX)
    .where((eb) =>
      eb.or([
        eb("overdue_told_at", "is", null),
        eb("overdue_told_at", "<=", new Date(tx.ctx.now.getTime() - REMINDED_AGAIN_MS)),
      ]),
    )
    .where(isOpen)
    .orderBy("due_on")
    .orderBy("id")
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  if (rows.length > 0)
    await tx
      .updateTable("partner_invoices")
      .set({ overdue_told_at: tx.ctx.now, reminders: sql`reminders + 1` })
      .where("tenant_id", "=", tx.ctx.tenantId)
      .where(
        "id",
        "in",
        rows.map(({ id }) => id),
      )
      .execute();
  return rows;
}

import { sql } from "kysely";
import { newId } from "../kernel/id.ts";
import type { PartnerSum } from "../payouts/index.ts";
import { recordedAt } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";

/** A tax year in the tax time zone: from its first instant, before that of the next. */
export type YearPeriod = { readonly year: number; readonly from: Date; readonly to: Date };

export type PaymentRow = {
  readonly id: string;
  readonly payout_id: string;
  readonly act: "paid" | "taken_back";
  readonly paid_at: Date;
  readonly recorded_at: Date;
  readonly method: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly withheld: bigint;
};

export type NewPayment = {
  readonly payoutId: string;
  readonly partnerId: string;
  readonly paidAt: Date;
  readonly method: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly withheld: bigint;
};

/** Notes a transfer that was made. Told twice it is one. */
export async function insertPayment(tx: Tx, payment: NewPayment): Promise<void> {
  await tx
    .insertInto("tax_payments")
    .values({
      tenant_id: tx.ctx.tenantId,
      id: newId(),
      payout_id: payment.payoutId,
      act: "paid",
      partner_id: payment.partnerId,
      paid_at: payment.paidAt,
      method: payment.method,
      currency: payment.currency,
      amount: payment.amount,
      withheld: payment.withheld,
      recorded_at: recordedAt(tx.ctx),
    })
    .onConflict((conflict) => conflict.columns(["tenant_id", "payout_id", "act"]).doNothing())
    .execute();
}

/** Notes that a transfer came back: the same with the other sign, in the year in which it was made. */
export async function takeBackPayment(tx: Tx, payoutId: string): Promise<void> {
  await sql`
    insert into tax_payments (tenant_id, id, payout_id, act, partner_id, paid_at, method, currency, amount, withheld, recorded_at)
    select tenant_id, ${newId()}, payout_id, 'taken_back', partner_id, paid_at, method, currency, -amount, -withheld, ${tx.ctx.now}
      from tax_payments
     where tenant_id = ${tx.ctx.tenantId} and payout_id = ${payoutId} and act = 'paid'
        on conflict do nothing`.execute(tx);
}

/** What partners were paid in a period. */
export async function sumPaid(
  tx: ReadTx,
  partnerIds: readonly string[],
  { from, to }: YearPeriod,
): Promise<readonly PartnerSum[]> {
  const { rows } = await sql<PartnerSum>`
    select partner_id as "partnerId", currency, sum(amount)::bigint as amount
      from tax_payments
     where tenant_id = ${tx.ctx.tenantId} and partner_id = any (${[...partnerIds]}::uuid[]) and paid_at >= ${from} and paid_at < ${to}
     group by partner_id, currency`.execute(tx);
  return rows;
}

export const PAYMENT_SORTS = ["paidAt", "-paidAt"] as const;

/** Each transfer to a partner in a period, and what of them came back. */
export const pageOfPayments = async (
  tx: ReadTx,
  partnerId: string,
  { from, to }: YearPeriod,
  page: PageRequest,
): Promise<Page<PaymentRow>> => {
  const found = await selectPage(
    tx
      .selectFrom("tax_payments")
      .select(["id", "payout_id", "act", "paid_at", "recorded_at", "method", "currency", "amount", "withheld"])
      .where("tenant_id", "=", tx.ctx.tenantId)
      .where("partner_id", "=", partnerId)
      .where("paid_at", ">=", from)
      .where("paid_at", "<", to),
    page,
    { sorts: { paidAt: { column: "paid_at", type: "timestamptz" } }, defaultSort: "-paidAt", idColumn: "id" },
  );
  // The check of the table makes the cast true.
  return { ...found, data: found.data.map((row) => ({ ...row, act: row.act as PaymentRow["act"] })) };
};

/** When a partner was last paid; undefined where it never was. */
export async function lastPaidAt(tx: ReadTx, partnerId: string): Promise<Date | undefined> {
  const row = await tx
    .selectFrom("tax_payments")
    .select("paid_at")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .orderBy("paid_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.paid_at;
}

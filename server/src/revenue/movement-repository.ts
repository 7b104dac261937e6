import { type Selectable, sql } from "kysely";
import { newId } from "../kernel/id.ts";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { TransactionKind } from "../sales/index.ts";
import type { KeptMovement, LearntCustomer, Movement, News, Notice, WaitingReason } from "./movement.ts";

export type MovementRow = Selectable<DB["revenue_movements"]>;

/** The check constraint makes the cast true. */
const toKept = (row: MovementRow): KeptMovement => ({
  id: row.id,
  externalId: row.external_id,
  kind: row.kind as TransactionKind,
  amount: row.amount,
  currency: row.currency,
  tax: row.tax,
  revenue: row.revenue,
  product: row.product,
  planCode: row.plan_code,
  country: row.country,
  occurredAt: row.occurred_at,
  providerCustomerId: row.provider_customer_id,
  customerExternalId: row.customer_external_id,
  email: row.email,
  paymentIds: row.payment_ids,
  originalExternalId: row.original_external_id,
});

export const selectMovements = (tx: ReadTx) =>
  tx.selectFrom("revenue_movements").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

/** Dates what a message does not say: anything that is said is later. Names and e-mails have a date each. */
const NEVER = new Date(0);

/**
 * Keeps who a billing system's customers are. What an older message teaches fills gaps alone; of two of one second, of which nobody can say
 * which was first, always the same one counts.
 */
export async function learnCustomers(tx: Tx, sourceId: string, customers: readonly LearntCustomer[]): Promise<void> {
  for (const { providerId, customerExternalId, email, at } of customers) {
    await sql`
      insert into revenue_customers as c (tenant_id, source_id, provider_id, customer_external_id, email, learnt_at, email_learnt_at)
      values (${tx.ctx.tenantId}, ${sourceId}, ${providerId}, ${customerExternalId}, ${email},
              ${customerExternalId === null ? NEVER : at}, ${email === null ? NEVER : at})
          on conflict (tenant_id, source_id, provider_id) do update
         set customer_external_id = case
               when c.customer_external_id is null
                 or (excluded.learnt_at, excluded.customer_external_id) > (c.learnt_at, c.customer_external_id)
               then coalesce(excluded.customer_external_id, c.customer_external_id)
               else c.customer_external_id end,
             email = case
               when c.email is null or (excluded.email_learnt_at, excluded.email) > (c.email_learnt_at, c.email)
               then coalesce(excluded.email, c.email)
               else c.email end,
             learnt_at = greatest(c.learnt_at, excluded.learnt_at),
             email_learnt_at = greatest(c.email_learnt_at, excluded.email_learnt_at)`.execute(tx);
  }
}

export async function keepPayments(tx: Tx, sourceId: string, payments: News["payments"]): Promise<void> {
  if (payments.length === 0) return;
  await tx
    .insertInto("revenue_payments")
    .values(
      payments.map(({ paymentId, invoiceId }) => ({
        tenant_id: tx.ctx.tenantId,
        source_id: sourceId,
        payment_id: paymentId,
        invoice_id: invoiceId,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const rowOf = (tx: Tx, sourceId: string, movement: Movement) => ({
  tenant_id: tx.ctx.tenantId,
  id: newId(),
  source_id: sourceId,
  external_id: movement.externalId,
  kind: movement.kind,
  amount: movement.amount,
  currency: movement.currency,
  tax: movement.tax,
  revenue: movement.revenue,
  product: movement.product ?? null,
  plan_code: movement.planCode ?? null,
  country: movement.country ?? null,
  occurred_at: movement.occurredAt,
  provider_customer_id: movement.providerCustomerId,
  customer_external_id: movement.customerExternalId,
  email: movement.email,
  payment_ids: [...movement.paymentIds],
  original_external_id: movement.originalExternalId,
  received_at: tx.ctx.now,
});

/** Adds movements that wait to be placed; what is there already stays as it is. */
export async function keepMovements(
  tx: Tx,
  sourceId: string,
  movements: readonly Movement[],
  reason: WaitingReason,
): Promise<void> {
  if (movements.length === 0) return;
  await tx
    .insertInto("revenue_movements")
    .values(movements.map((movement) => ({ ...rowOf(tx, sourceId, movement), status: "waiting", reason })))
    .onConflict((conflict) => conflict.columns(["tenant_id", "source_id", "external_id"]).doNothing())
    .execute();
}

/** Adds what an operator is to look at; of a charge that was refunded again, the larger sum. Whether it is explained is asked after. */
export async function keepNotices(tx: Tx, sourceId: string, notices: readonly Notice[]): Promise<void> {
  for (const notice of notices) {
    await tx
      .insertInto("revenue_movements")
      .values({ ...rowOf(tx, sourceId, notice), status: "notice", reason: notice.reason })
      .onConflict((conflict) =>
        conflict
          .columns(["tenant_id", "source_id", "external_id"])
          .doUpdateSet({ amount: sql`greatest(revenue_movements.amount, excluded.amount)` }),
      )
      .execute();
  }
}

/** Asks of each notice about these payments whether the movements that are there explain it. */
export async function explainNotices(tx: Tx, sourceId: string, paymentIds: readonly string[]): Promise<void> {
  if (paymentIds.length === 0) return;
  await sql`
    update revenue_movements n
       set status = case when case n.reason
             -- A refund that was told to have failed is explained, too.
             when 'refunds_untold' then n.amount <= coalesce((
               select sum(told.amount)
                 from (select distinct on (split_part(r.external_id, ':', 1)) r.amount
                         from revenue_movements r
                        where r.tenant_id = n.tenant_id
                          and r.source_id = n.source_id
                          and r.kind = 'refund'
                          and r.reason is distinct from 'refunds_untold'
                          and r.payment_ids && n.payment_ids
                        order by split_part(r.external_id, ':', 1)) told), 0)
             -- A refund that failed before it was ever said to have succeeded took nothing back.
             else not exists (
               select
                 from revenue_movements r
                where r.tenant_id = n.tenant_id
                  and r.source_id = n.source_id
                  and r.external_id = split_part(n.external_id, ':', 1))
             end then 'explained' else 'notice' end
     where n.tenant_id = ${tx.ctx.tenantId}
       and n.source_id = ${sourceId}
       and n.status in ('notice', 'explained')
       and n.payment_ids && ${[...paymentIds]}::text[]`.execute(tx);
}

/** What is related to something that has just been heard or recorded. */
export type Touched = {
  readonly externalIds: readonly string[];
  readonly providerCustomerIds: readonly string[];
  readonly paymentIds: readonly string[];
};

const TOUCHED_MAX = 1_000;

/** Movements that wait and may be placed now; the oldest first. */
export async function findTouched(tx: Tx, sourceId: string, touched: Touched): Promise<KeptMovement[]> {
  const { externalIds, providerCustomerIds, paymentIds } = touched;
  const { rows } = await sql<MovementRow>`
    select *
      from revenue_movements
     where tenant_id = ${tx.ctx.tenantId}
       and source_id = ${sourceId}
       and status = 'waiting'
       and (external_id = any (${[...externalIds]}::text[])
         or original_external_id = any (${[...externalIds]}::text[])
         or provider_customer_id = any (${[...providerCustomerIds]}::text[])
         or payment_ids && ${[...paymentIds]}::text[]
         or payment_ids && array(
              select payment_id
                from revenue_payments
               where tenant_id = ${tx.ctx.tenantId}
                 and source_id = ${sourceId}
                 and invoice_id = any (${[...externalIds]}::text[])))
     order by occurred_at, id
     limit ${TOUCHED_MAX}`.execute(tx);
  return rows.map(toKept);
}

/** Movements of a source by the names that it has for them. */
export async function findKept(tx: ReadTx, sourceId: string, externalIds: readonly string[]): Promise<KeptMovement[]> {
  const rows = await selectMovements(tx)
    .where("source_id", "=", sourceId)
    .where("external_id", "=", sql<string>`any (${[...externalIds]}::text[])`)
    .execute();
  return rows.map(toKept);
}

/** Movements of a source that wait, after an id, in the order of ids. */
export async function findWaiting(
  tx: Tx,
  sourceId: string,
  page: { readonly after: string; readonly limit: number },
): Promise<KeptMovement[]> {
  const rows = await selectMovements(tx)
    .where("source_id", "=", sourceId)
    .where("status", "=", "waiting")
    .where("id", ">", page.after)
    .orderBy("id")
    .limit(page.limit)
    .execute();
  return rows.map(toKept);
}

/** Movements of a source that wait for customers, by what they, or the source's own customers, say of them; the oldest first. */
export async function findWaitingOf(
  tx: Tx,
  sourceId: string,
  { externalIds, emails }: { readonly externalIds: readonly string[]; readonly emails: readonly string[] },
): Promise<KeptMovement[]> {
  const names = sql`${[...externalIds]}::text[]`;
  const addresses = sql`${[...emails]}::text[]`;
  const rows = await selectMovements(tx)
    .where("source_id", "=", sourceId)
    .where("status", "=", "waiting")
    .where(
      sql<boolean>`id in (
        select id from revenue_movements
         where tenant_id = ${tx.ctx.tenantId} and status = 'waiting' and customer_external_id = any (${names})
         union
        select id from revenue_movements
         where tenant_id = ${tx.ctx.tenantId} and status = 'waiting' and email = any (${addresses})
         union
        select m.id
          from revenue_customers c
          join revenue_movements m on (m.tenant_id, m.source_id, m.provider_customer_id) = (c.tenant_id, c.source_id, c.provider_id)
         where c.tenant_id = ${tx.ctx.tenantId} and m.status = 'waiting'
           and (c.customer_external_id = any (${names}) or c.email = any (${addresses})))`,
    )
    .orderBy("occurred_at")
    .orderBy("id")
    .limit(TOUCHED_MAX)
    .execute();
  return rows.map(toKept);
}

/** Whether anything waits at all. */
export async function isAnythingWaiting(tx: ReadTx): Promise<boolean> {
  const row = await tx
    .selectFrom("revenue_movements")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("status", "=", "waiting")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function findLearnt(tx: ReadTx, sourceId: string, providerIds: readonly string[]) {
  const rows = await tx
    .selectFrom("revenue_customers")
    .select(["provider_id", "customer_external_id", "email"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("source_id", "=", sourceId)
    .where("provider_id", "=", sql<string>`any (${[...providerIds]}::text[])`)
    .execute();
  return new Map(
    rows.map((row) => [row.provider_id, { customerExternalId: row.customer_external_id, email: row.email }]),
  );
}

export async function findInvoices(tx: ReadTx, sourceId: string, paymentIds: readonly string[]) {
  const rows = await tx
    .selectFrom("revenue_payments")
    .select(["payment_id", "invoice_id"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("source_id", "=", sourceId)
    .where("payment_id", "=", sql<string>`any (${[...paymentIds]}::text[])`)
    .execute();
  const byPayment = Map.groupBy(rows, (row) => row.payment_id);
  return new Map([...byPayment].map(([id, found]) => [id, found.map((row) => row.invoice_id)]));
}

export type MovementFate =
  | { readonly id: string; readonly status: "recorded"; readonly transactionId: string }
  | { readonly id: string; readonly status: "waiting" | "refused"; readonly reason: string };

/** Writes down what became of movements that waited. */
export async function settleMovements(tx: Tx, fates: readonly MovementFate[]): Promise<void> {
  if (fates.length === 0) return;
  const reasons = fates.map((fate) => ("reason" in fate ? fate.reason : null));
  const transactions = fates.map((fate) => ("transactionId" in fate ? fate.transactionId : null));
  await sql`
    update revenue_movements m
       set status = f.status, reason = f.reason, transaction_id = f.transaction_id,
           settled_at = case when f.status = 'waiting' then null else ${tx.ctx.now}::timestamptz end,
           email = case when f.status = 'waiting' then m.email end
      from unnest(
           ${fates.map(({ id }) => id)}::uuid[],
           ${fates.map(({ status }) => status)}::text[],
           ${reasons}::text[],
           ${transactions}::uuid[]) as f (id, status, reason, transaction_id)
     where m.tenant_id = ${tx.ctx.tenantId}
       and m.id = f.id
       and (m.status, m.reason) is distinct from (f.status, f.reason)`.execute(tx);
}

type Old = { readonly before: Date; readonly limit: number };

/** Has movements that came before an instant wait no more, and forgets their e-mails. Says how many. */
export async function forgetWaiting(tx: Tx, { before, limit }: Old): Promise<number> {
  const { numAffectedRows } = await sql`
    update revenue_movements
       set status = 'forgotten', email = null, settled_at = ${tx.ctx.now}
     where tenant_id = ${tx.ctx.tenantId}
       and status = 'waiting'
       and id in (
           select id
             from revenue_movements
            where tenant_id = ${tx.ctx.tenantId} and status = 'waiting' and received_at < ${before}
            order by received_at
            limit ${limit})`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** Forgets e-mails of billing systems' customers that were learnt before an instant. Says how many. */
export async function forgetEmails(tx: Tx, { before, limit }: Old): Promise<number> {
  const { numAffectedRows } = await sql`
    update revenue_customers
       set email = null
     where tenant_id = ${tx.ctx.tenantId}
       and email_learnt_at < ${before}
       and (source_id, provider_id) in (
           select source_id, provider_id
             from revenue_customers
            where tenant_id = ${tx.ctx.tenantId} and email is not null and email_learnt_at < ${before}
            order by email_learnt_at
            limit ${limit})`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

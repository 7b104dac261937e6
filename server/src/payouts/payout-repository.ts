import { sql } from "kysely";
import { isId } from "../kernel/id.ts";
import { bigintArray, integerArray, type ReadTx, type Tx, textArray, uuidArray } from "../platform/database/index.ts";
import type { BankFileState, PayoutItem, PayoutStatus } from "./payout-rules.ts";
import { statesBefore } from "./payout-rules.ts";

export type PayoutRow = {
  readonly id: string;
  readonly partner_id: string;
  readonly method_id: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly fee: bigint;
  readonly tax_withheld: bigint;
  readonly payment_method: string;
  readonly status: PayoutStatus;
  readonly bank_status: string | null;
  readonly failure_code: string | null;
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly processed_at: Date | null;
  readonly created_at: Date;
  /** When it was handed to the bank: in the first file that the operator took, or otherwise. */
  readonly exported_at: Date | null;
  /** Of what goes by bank file and is completed here: whether a file has held it. The database says it by itself. */
  readonly bank_file: BankFileState | null;
  /** The batch in which it waits for its release, or was released. */
  readonly batch_id: string | null;
  /** The fee of its transfer that the programme bears. */
  readonly operator_fee: bigint;
  /** What was available to the partner when it was requested; null where nobody noted it. */
  readonly opening_balance: bigint | null;
  readonly released_at: Date | null;
  /** What stood against letting it go when it was last looked at. */
  readonly held_code: string | null;
  readonly held_reason: string | null;
  readonly held_lasts: boolean | null;
  readonly held_at: Date | null;
};

const PAYOUT_COLUMNS = [
  "id",
  "partner_id",
  "method_id",
  "amount",
  "currency",
  "fee",
  "tax_withheld",
  "payment_method",
  "status",
  "bank_status",
  "failure_code",
  "requested_by",
  "requested_at",
  "processed_at",
  "created_at",
  "exported_at",
  "bank_file",
  "batch_id",
  "operator_fee",
  "opening_balance",
  "released_at",
  "held_code",
  "held_reason",
  "held_lasts",
  "held_at",
] as const;

/** Of whatever has moved on nothing is known to be held. */
export const NOT_HELD = { held_code: null, held_reason: null, held_lasts: null, held_at: null } as const;

/** `status` holds what its check constraint admits, `bank_file` what its expression gives. */
export const asPayout = (
  row: Omit<PayoutRow, "status" | "bank_file"> & { status: string; bank_file: string | null },
): PayoutRow => row as PayoutRow;

/** The base of every read of payouts; callers add filters. */
export const selectPayouts = (tx: ReadTx) =>
  tx.selectFrom("partner_payouts").select(PAYOUT_COLUMNS).where("partner_payouts.tenant_id", "=", tx.ctx.tenantId);

export async function findPayout(tx: ReadTx, id: string): Promise<PayoutRow | undefined> {
  const row = await selectPayouts(tx).where("id", "=", id).executeTakeFirst();
  return row && asPayout(row);
}

/** The same, locked. */
export async function lockPayout(tx: Tx, id: string): Promise<PayoutRow | undefined> {
  const row = await selectPayouts(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && asPayout(row);
}

/** The payouts of a batch, in the order of their ids. */
export async function findPayoutsOfBatch(tx: ReadTx, batchId: string): Promise<PayoutRow[]> {
  const rows = await selectPayouts(tx).where("batch_id", "=", batchId).orderBy("id").execute();
  return rows.map(asPayout);
}

export type NewPayout = Pick<
  PayoutRow,
  | "id"
  | "partner_id"
  | "method_id"
  | "amount"
  | "currency"
  | "payment_method"
  | "requested_by"
  | "fee"
  | "operator_fee"
  | "opening_balance"
>;

/** Writes payouts, without what they are made of, and returns them in the order given. */
export async function insertPayouts(tx: Tx, payouts: readonly NewPayout[]): Promise<PayoutRow[]> {
  const { tenantId, now } = tx.ctx;
  const { rows } = await sql<PayoutRow>`
    insert into partner_payouts (
           tenant_id, id, partner_id, method_id, amount, currency, payment_method, requested_by, fee, operator_fee, opening_balance,
           requested_at, created_at)
    select ${tenantId}, p.id, p.partner_id, p.method_id, p.amount, p.currency, p.payment_method, p.requested_by, p.fee, p.operator_fee,
           p.opening_balance, ${now}, ${now}
      from unnest(
        ${uuidArray(payouts.map((row) => row.id))}::uuid[],
        ${uuidArray(payouts.map((row) => row.partner_id))}::uuid[],
        ${uuidArray(payouts.map((row) => row.method_id))}::uuid[],
        ${bigintArray(payouts.map((row) => row.amount))}::bigint[],
        ${textArray(payouts.map((row) => row.currency))}::text[],
        ${textArray(payouts.map((row) => row.payment_method))}::text[],
        ${textArray(payouts.map((row) => row.requested_by))}::text[],
        ${bigintArray(payouts.map((row) => row.fee))}::bigint[],
        ${bigintArray(payouts.map((row) => row.operator_fee))}::bigint[],
        ${bigintArray(payouts.map((row) => row.opening_balance))}::bigint[]
      ) as p (id, partner_id, method_id, amount, currency, payment_method, requested_by, fee, operator_fee, opening_balance)
    returning ${sql.join(PAYOUT_COLUMNS.map((column) => sql.ref(column)))}`.execute(tx);
  const written = new Map(rows.map((row) => [row.id, row]));
  return payouts.flatMap(({ id }) => written.get(id) ?? []);
}

/** Who brings in a payout by this id takes turns: it is not there yet, and a row that is not there cannot be locked. */
export async function lockImported(tx: Tx, payoutId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`imported payout ${payoutId}`}, 0))`.execute(tx);
}

export type NewItem = PayoutItem & { readonly payoutId: string; readonly line: number };

/** Writes what payouts are made of. */
export async function insertItems(tx: Tx, items: readonly NewItem[]): Promise<void> {
  if (items.length === 0) return;
  await sql`
    insert into payout_items (tenant_id, payout_id, line, kind, commission_id, amount)
    select ${tx.ctx.tenantId}, i.payout_id, i.line, 'commission', i.commission_id, i.amount
      from unnest(
        ${uuidArray(items.map((item) => item.payoutId))}::uuid[],
        ${integerArray(items.map((item) => item.line))}::integer[],
        ${uuidArray(items.map((item) => item.commissionId))}::uuid[],
        ${bigintArray(items.map((item) => item.amount))}::bigint[]
      ) as i (payout_id, line, commission_id, amount)`.execute(tx);
}

/** Moves a payout, if it is where it may be moved from; undefined when it is not. The one statement settles every race. */
export async function movePayout(
  tx: Tx,
  id: string,
  to: PayoutStatus,
  change: Partial<
    Pick<
      PayoutRow,
      "failure_code" | "processed_at" | "batch_id" | "released_at" | "tax_withheld" | "method_id" | "payment_method"
    >
  > = {},
): Promise<PayoutRow | undefined> {
  const row = await tx
    .updateTable("partner_payouts")
    .set({ status: to, ...NOT_HELD, ...change })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "in", statesBefore(to))
    .returning(PAYOUT_COLUMNS)
    .executeTakeFirst();
  return row && asPayout(row);
}

/**
 * Moves payouts that may be released to `processing`, with the method by which they are paid and what is kept back for the tax authority. Those that somebody else has moved are left out,
 * also into a batch or out of it.
 */
export async function releasePayouts(
  tx: Tx,
  payouts: readonly Pick<PayoutRow, "id" | "method_id" | "payment_method" | "tax_withheld" | "batch_id">[],
): Promise<PayoutRow[]> {
  const { rows } = await sql<PayoutRow>`
    update partner_payouts p
       set status = 'processing', method_id = r.method_id, payment_method = r.payment_method, tax_withheld = r.tax_withheld, failure_code = null,
           released_at = ${tx.ctx.now}, held_code = null, held_reason = null, held_lasts = null, held_at = null
      from unnest(
        ${uuidArray(payouts.map((row) => row.id))}::uuid[],
        ${uuidArray(payouts.map((row) => row.method_id))}::uuid[],
        ${textArray(payouts.map((row) => row.payment_method))}::text[],
        ${bigintArray(payouts.map((row) => row.tax_withheld))}::bigint[],
        ${uuidArray(payouts.map((row) => row.batch_id))}::uuid[]
      ) as r (id, method_id, payment_method, tax_withheld, batch_id)
     where p.tenant_id = ${tx.ctx.tenantId}
       and p.id = r.id
       and p.batch_id is not distinct from r.batch_id
       and p.status = any (${statesBefore("processing")}::text[])
    returning ${sql.join(PAYOUT_COLUMNS.map((column) => sql.ref(`p.${column}`)))}`.execute(tx);
  return rows;
}

export type ItemRow = {
  readonly line: number;
  readonly kind: string;
  readonly commission_id: string | null;
  readonly amount: bigint;
  readonly state: string;
};

export const findItems = (tx: ReadTx, payoutId: string): Promise<ItemRow[]> =>
  tx
    .selectFrom("payout_items")
    .select(["line", "kind", "commission_id", "amount", "state"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("payout_id", "=", payoutId)
    .orderBy("line")
    .execute();

/** The same by pages, after a line. */
export const findItemPage = (
  tx: ReadTx,
  { payoutId, after, limit }: { readonly payoutId: string; readonly after: number; readonly limit: number },
): Promise<ItemRow[]> =>
  tx
    .selectFrom("payout_items")
    .select(["line", "kind", "commission_id", "amount", "state"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("payout_id", "=", payoutId)
    .where("line", ">", after)
    .orderBy("line")
    .limit(limit)
    .execute();

/** What the items of a payout that has been paid add up to, positive and negative apart. */
export async function sumItems(tx: ReadTx, payoutId: string): Promise<{ earned: bigint; setOff: bigint }> {
  const { rows } = await sql<{ earned: bigint; set_off: bigint }>`
    select coalesce(sum(amount) filter (where amount > 0), 0)::bigint as earned,
           coalesce(sum(amount) filter (where amount < 0), 0)::bigint as set_off
      from payout_items
     where tenant_id = ${tx.ctx.tenantId} and payout_id = ${payoutId} and state = 'confirmed'`.execute(tx);
  return { earned: rows[0]?.earned ?? 0n, setOff: rows[0]?.set_off ?? 0n };
}

/** Settles the items of a payout with it: `confirmed` when the money moved, `released` when it did not or came back. */
export async function settleItems(tx: Tx, payoutId: string, state: "confirmed" | "released"): Promise<void> {
  await tx
    .updateTable("payout_items")
    .set({ state })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("payout_id", "=", payoutId)
    .execute();
}

/** What payouts hold of commissions: `taken` is in a payout that has not failed, `confirmed` has left. Commissions without a part are absent. */
export async function takenParts(
  tx: ReadTx,
  commissionIds: readonly string[],
): Promise<Map<string, { taken: bigint; confirmed: bigint }>> {
  const { rows } = await sql<{ commission_id: string; taken: bigint; confirmed: bigint }>`
    select commission_id,
           coalesce(sum(amount) filter (where state <> 'released'), 0)::bigint as taken,
           coalesce(sum(amount) filter (where state = 'confirmed'), 0)::bigint as confirmed
      from payout_items
     where tenant_id = ${tx.ctx.tenantId}
       and commission_id = any (${uuidArray(commissionIds)}::uuid[])
     group by commission_id`.execute(tx);
  return new Map(rows.map((row) => [row.commission_id, { taken: row.taken, confirmed: row.confirmed }]));
}

/** Bank notes are kept for this many of an account's latest payouts. */
const BANK_NOTES_MAX = 500;

/**
 * Notes what the bank did with what was transferred to an account before its payout there was made: a note, since the money is the partner's
 * already. A bank payout takes what no other has, or what one before it failed to deliver; that it failed is its last word.
 */
export async function noteBankPayout(
  tx: Tx,
  note: { readonly accountId: string; readonly bankPayoutId: string; readonly madeAt: Date; readonly status: string },
): Promise<PayoutRow[]> {
  const { rows } = await sql<PayoutRow>`
    with noted as (
      select p.id
        from partner_payouts p
        join payout_methods m on (m.tenant_id, m.id) = (p.tenant_id, p.method_id)
       where p.tenant_id = ${tx.ctx.tenantId}
         and m.provider_account_id = ${note.accountId}
         and p.status = 'completed'
         and case
               when p.bank_payout_id = ${note.bankPayoutId} then p.bank_status = 'paid' and ${note.status} <> 'paid'
               else (p.bank_payout_id is null or p.bank_status in ('failed', 'canceled')) and p.processed_at <= ${note.madeAt}
             end
       order by p.processed_at desc
       limit ${BANK_NOTES_MAX}
         for update of p
    )
    update partner_payouts p
       set bank_status = ${note.status}, bank_payout_id = ${note.bankPayoutId}
      from noted
     where p.tenant_id = ${tx.ctx.tenantId} and p.id = noted.id
    returning ${sql.join(PAYOUT_COLUMNS.map((column) => sql.ref(`p.${column}`)))}`.execute(tx);
  return rows;
}

/** Which of the ids are payouts of this tenant. */
export async function findPayoutIds(tx: ReadTx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const known = ids.filter(isId);
  if (known.length === 0) return new Set();
  const rows = await tx
    .selectFrom("partner_payouts")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${known}::uuid[])`)
    .execute();
  return new Set(rows.map((row) => row.id));
}

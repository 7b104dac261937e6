import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { asPayout, NOT_HELD, type PayoutRow, selectPayouts } from "./payout-repository.ts";

/** What waits, and is in no batch. */
export type Waiting = {
  /** Of this currency alone, these alone, those that this kind of caller asked for alone, if given. */
  readonly currency?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly requestedBy?: string | undefined;
};

/** Where a payout stands in the queue: first what is not known to be held, oldest first; then what is, looked at longest ago first. */
const PLACE = sql`coalesce(held_at, '-infinity'), created_at, id`;

/**
 * Payouts that wait, in the order of the queue, after the one given. Locks them, and passes over those that another transaction has: two at once
 * share the work.
 */
export async function takeWaiting(
  tx: Tx,
  of: Waiting & {
    readonly after: Pick<PayoutRow, "held_at" | "created_at" | "id"> | undefined;
    readonly limit: number;
    /** Not of these partners. */
    readonly except: ReadonlySet<string>;
  },
): Promise<PayoutRow[]> {
  const { currency, ids, requestedBy, after, limit, except } = of;
  let query = selectPayouts(tx).where(sql<boolean>`status = 'pending'`).where("batch_id", "is", null);
  if (currency !== undefined) query = query.where("currency", "=", currency);
  if (ids !== undefined) query = query.where("id", "=", sql<string>`any (${[...ids]}::uuid[])`);
  if (requestedBy !== undefined) query = query.where("requested_by", "=", requestedBy);
  if (except.size > 0) query = query.where("partner_id", "<>", sql<string>`all (${[...except]}::uuid[])`);
  if (after !== undefined)
    query = query.where(
      sql<boolean>`(${PLACE}) > (coalesce(${after.held_at}::timestamptz, '-infinity'), ${after.created_at}::timestamptz, ${after.id}::uuid)`,
    );
  const rows = await query
    .orderBy(sql`coalesce(held_at, '-infinity')`)
    .orderBy("created_at")
    .orderBy("id")
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(asPayout);
}

/** The first of the queue that are known to be held, or are not. */
export async function findQueue(
  tx: ReadTx,
  { isHeld, limit }: { readonly isHeld: boolean; readonly limit: number },
): Promise<string[]> {
  const rows = await tx
    .selectFrom("partner_payouts")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where(sql<boolean>`status = 'pending'`)
    .where("batch_id", "is", null)
    .where("held_at", isHeld ? "is not" : "is", null)
    .orderBy(sql`coalesce(held_at, '-infinity')`)
    .orderBy("created_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Payouts of partners in a currency that wait, oldest first. */
export async function findWaitingOf(tx: ReadTx, currency: string, partnerIds: readonly string[]): Promise<PayoutRow[]> {
  const rows = await selectPayouts(tx)
    .where("status", "=", "pending")
    .where("currency", "=", currency)
    .where("partner_id", "=", sql<string>`any (${[...partnerIds]}::uuid[])`)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(asPayout);
}

/** Currencies in which payouts wait, in no batch, that this kind of caller has asked for. */
export async function findWaitingCurrencies(tx: ReadTx, requestedBy: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("partner_payouts")
    .select("currency")
    .distinct()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("status", "=", "pending")
    .where("batch_id", "is", null)
    .where("requested_by", "=", requestedBy)
    .orderBy("currency")
    .execute();
  return rows.map((row) => row.currency);
}

/** Payouts of partners that wait in no batch, locked; those that another transaction has are passed over. */
export async function lockWaitingOf(
  tx: Tx,
  partnerIds: readonly string[],
): Promise<Pick<PayoutRow, "id" | "partner_id">[]> {
  return tx
    .selectFrom("partner_payouts")
    .select(["id", "partner_id"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", sql<string>`any (${[...partnerIds]}::uuid[])`)
    .where(sql<boolean>`status = 'pending'`)
    .where("batch_id", "is", null)
    .forUpdate()
    .skipLocked()
    .execute();
}

export type HeldNote = {
  readonly payoutId: string;
  readonly code: string;
  readonly reason: string | null;
  readonly isLasting: boolean;
};

/** Writes down what stands against payouts; they go to the end of the queue. What was cancelled or settled meanwhile waits for nothing. */
export async function noteHeld(tx: Tx, notes: readonly HeldNote[]): Promise<void> {
  if (notes.length === 0) return;
  await sql`
    update partner_payouts p
       set held_code = n.code, held_reason = n.reason, held_lasts = n.lasts, held_at = ${tx.ctx.now}
      from unnest(
        ${notes.map(({ payoutId }) => payoutId)}::uuid[],
        ${notes.map(({ code }) => code)}::text[],
        ${notes.map(({ reason }) => reason)}::text[],
        ${notes.map(({ isLasting }) => isLasting)}::boolean[]
      ) as n (id, code, reason, lasts)
     where p.tenant_id = ${tx.ctx.tenantId} and p.id = n.id and p.status in ('pending', 'completed')`.execute(tx);
}

/** Forgets what stood against payouts, where anything did. */
export async function noteFree(tx: Tx, payoutIds: readonly string[]): Promise<void> {
  await tx
    .updateTable("partner_payouts")
    .set(NOT_HELD)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...payoutIds]}::uuid[])`)
    .where("held_at", "is not", null)
    .execute();
}

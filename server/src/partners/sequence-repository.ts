import { sql } from "kysely";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { NewPartnerEvent, RecordedPartnerEvent } from "./partner-event.ts";

/** More than any verb records at once; a larger batch is cut before it comes here. */
export const RECORDED_MAX = 5_000;

/**
 * Takes the next numbers of partners' sequences and returns the first of each. The rows are locked, in partner order, until the
 * transaction ends: whatever is recorded for a partner is recorded by one transaction after the other.
 */
export async function takeNumbers(tx: Tx, counts: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, bigint>> {
  if (counts.size === 0) return new Map();
  // An insert takes its rows, and so their locks, in the order of the select.
  const { rows } = await sql<{ partner_id: string; last: bigint }>`
    insert into partner_sequences as s (tenant_id, partner_id, last_number)
    select ${tx.ctx.tenantId}, c.partner_id, c.count
      from unnest(${[...counts.keys()]}::uuid[], ${[...counts.values()]}::bigint[]) as c (partner_id, count)
     order by c.partner_id
        on conflict (tenant_id, partner_id) do update
       set last_number = s.last_number + excluded.last_number
    returning s.partner_id, s.last_number as last`.execute(tx);
  return new Map(rows.map((row) => [row.partner_id, row.last - BigInt(counts.get(row.partner_id) ?? 0) + 1n]));
}

/** Locks the sequences of partners without taking a number: what is read of them afterwards stays true until the transaction ends. */
export async function lockSequences(tx: Tx, partnerIds: readonly string[]): Promise<void> {
  await sql`
    select from partner_sequences
     where tenant_id = ${tx.ctx.tenantId}
       and partner_id = any (${[...partnerIds]}::uuid[])
     order by partner_id
       for update`.execute(tx);
}

/** Opens the sequences of partners that have just been made. */
export async function openSequences(tx: Tx, partnerIds: readonly string[]): Promise<void> {
  await sql`
    insert into partner_sequences (tenant_id, partner_id)
    select ${tx.ctx.tenantId}, p.id
      from unnest(${[...partnerIds]}::uuid[]) as p (id)
     order by p.id`.execute(tx);
}

/** Gives events the next numbers of their partners' sequences, in the order given, and keeps them. */
export async function insertPartnerEvents(tx: Tx, events: readonly NewPartnerEvent[]): Promise<RecordedPartnerEvent[]> {
  const counts = new Map<string, number>();
  for (const { partnerId } of events) counts.set(partnerId, (counts.get(partnerId) ?? 0) + 1);
  const next = new Map(await takeNumbers(tx, counts));
  const recorded = events.map((event): RecordedPartnerEvent => {
    const number = next.get(event.partnerId);
    invariant(number !== undefined, "numbers were taken for every partner");
    next.set(event.partnerId, number + 1n);
    return { ...event, id: newId(), number };
  });
  await sql`
    insert into partner_events (tenant_id, id, partner_id, number, kind, referral_id, data, occurred_at, recorded_at)
    select ${tx.ctx.tenantId}, e.id, e.partner_id, e.number, e.kind, e.referral_id, e.data, e.occurred_at, ${tx.ctx.now}
      from unnest(
        ${recorded.map((event) => event.id)}::uuid[],
        ${recorded.map((event) => event.partnerId)}::uuid[],
        ${recorded.map((event) => String(event.number))}::bigint[],
        ${recorded.map((event) => event.kind)}::text[],
        ${recorded.map((event) => event.referralId)}::uuid[],
        ${recorded.map((event) => JSON.stringify(event.data))}::jsonb[],
        ${recorded.map((event) => event.occurredAt.toISOString())}::timestamptz[]
      ) as e (id, partner_id, number, kind, referral_id, data, occurred_at)`.execute(tx);
  return recorded;
}

/** How a customer came from another partner; undefined where it did not. */
export async function findArrival(
  tx: ReadTx,
  referralId: string,
): Promise<Extract<RecordedPartnerEvent, { kind: "arrival" }> | undefined> {
  const { rows } = await sql<Extract<RecordedPartnerEvent, { kind: "arrival" }>>`
    select id, partner_id as "partnerId", number, kind, referral_id as "referralId", data, occurred_at as "occurredAt"
      from partner_events
     where tenant_id = ${tx.ctx.tenantId}
       and referral_id = ${referralId}
       and kind = 'arrival'`.execute(tx);
  return rows[0];
}

/** The acts of a partner's sequence with a number above `after`, in order: one half of what a replay reads; its transactions are the other. */
export async function findRecordedEvents(
  tx: ReadTx,
  part: { readonly partnerId: string; readonly after: bigint; readonly limit: number },
): Promise<RecordedPartnerEvent[]> {
  const { rows } = await sql<RecordedPartnerEvent>`
    select id, partner_id as "partnerId", number, kind, referral_id as "referralId", data, occurred_at as "occurredAt"
      from partner_events
     where tenant_id = ${tx.ctx.tenantId}
       and partner_id = ${part.partnerId}
       and number > ${part.after}
     order by number
     limit ${part.limit}`.execute(tx);
  return rows;
}

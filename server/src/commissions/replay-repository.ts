import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import { MANUAL_RULES } from "./commission-rules.ts";

/** A row that the engine made, as far as a replay must give it again. */
export type EngineRow = {
  readonly id: string;
  readonly eventId: string;
  readonly rule: string;
  readonly act: string;
  readonly type: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly referralId: string | null;
  readonly reversesId: string | null;
  readonly transactionId: string | null;
  readonly ratePpm: bigint | null;
  readonly saleNumber: bigint | null;
  readonly occurredAt: Date;
  readonly holdUntil: Date;
  /** How long disputes in which the commission stood have stopped the clock of its hold, in milliseconds. */
  readonly stoppedMs: bigint;
  readonly status: string;
  readonly approvedAt: Date | null;
  readonly closedBy: string | null;
};

/** Every row of a partner that events have made; what people granted, took back or wrote off no replay makes. */
export async function findEngineRows(tx: ReadTx, partnerId: string): Promise<EngineRow[]> {
  const { rows } = await sql<EngineRow>`
    select id, event_id as "eventId", rule, act, commission_type as type, amount, currency, referral_id as "referralId",
           reverses_id as "reversesId", transaction_id as "transactionId", rate_ppm as "ratePpm", sale_number as "saleNumber", occurred_at as "occurredAt",
           hold_until as "holdUntil", coalesce(stopped.ms, 0) as "stoppedMs", status, approved_at as "approvedAt", closed_by as "closedBy"
      from commissions
      left join (
           select commission_id, (1000 * sum(extract(epoch from resolved_at - opened_at)))::bigint as ms
             from commission_disputes
            where tenant_id = ${tx.ctx.tenantId}
              and partner_id = ${partnerId}
              and status in ('upheld', 'adjusted', 'withdrawn')
              and status_before = 'pending'
            group by commission_id
           ) stopped on stopped.commission_id = coalesce(reverses_id, id)
     where tenant_id = ${tx.ctx.tenantId}
       and partner_id = ${partnerId}
       and rule <> all (${[...MANUAL_RULES]}::text[])`.execute(tx);
  return rows;
}

/** As many ids as one look takes. */
const PARTNERS_PAGE = 500;

/** Every partner that has a recorded history, in id order, a page at a time. */
export async function* standingPartners(tx: ReadTx): AsyncGenerator<string> {
  for (let after = ""; ; ) {
    const page = await findStandingPartners(tx, after);
    yield* page;
    after = page.at(-1) ?? after;
    if (page.length < PARTNERS_PAGE) return;
  }
}

/** The page of partners after one; from the beginning where that is empty. */
export async function findStandingPartners(tx: ReadTx, after: string): Promise<string[]> {
  let select = tx
    .selectFrom("partner_standings")
    .select("partner_id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .orderBy("partner_id")
    .limit(PARTNERS_PAGE);
  if (after !== "") select = select.where("partner_id", ">", after);
  return (await select.execute()).map((row) => row.partner_id);
}

/** The last number of a partner's sequence that has been assessed, and how many have been; an event may have several receipts. */
export async function findAssessedRange(tx: ReadTx, partnerId: string): Promise<{ last: bigint; count: bigint }> {
  const { rows } = await sql<{ last: bigint; count: bigint }>`
    select coalesce(max(number), 0) as last, count(distinct number) as count
      from commission_receipts
     where tenant_id = ${tx.ctx.tenantId} and partner_id = ${partnerId}`.execute(tx);
  return rows[0] ?? { last: 0n, count: 0n };
}

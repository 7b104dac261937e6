import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import { type CommissionStatus, SETTLING_RULES } from "./commission-rules.ts";

export type StatusSum = {
  readonly currency: string;
  readonly status: CommissionStatus;
  readonly amount: bigint;
  readonly count: bigint;
};

/** Sums of a partner's rows by currency and status, reversals included; what is cancelled counts in no sum. */
export async function sumByStatus(
  tx: ReadTx,
  question: { readonly partnerId: string; readonly from: Date | null; readonly to: Date | null },
): Promise<StatusSum[]> {
  const { rows } = await sql<StatusSum>`
    select currency, status, sum(amount)::bigint as amount,
           count(*) filter (where reverses_id is null and rule <> all (${[...SETTLING_RULES]}::text[])) as count
      from commissions
     where tenant_id = ${tx.ctx.tenantId}
       and partner_id = ${question.partnerId}
       and status <> 'cancelled'
       and (${question.from}::timestamptz is null or occurred_at >= ${question.from}::timestamptz)
       and (${question.to}::timestamptz is null or occurred_at < ${question.to}::timestamptz)
     group by currency, status`.execute(tx);
  return rows;
}

export type UpcomingSum = { readonly currency: string; readonly date: string; readonly amount: bigint };

/**
 * What becomes available on which day of a time zone, if nothing holds it: what is left of each pending commission, at the end of its hold. What
 * is past its hold already is due on the day of `now`.
 */
export async function sumUpcoming(
  tx: ReadTx,
  question: { readonly partnerId: string; readonly timeZone: string; readonly datesMax: number },
): Promise<UpcomingSum[]> {
  const { rows } = await sql<UpcomingSum>`
    with days as (
      select c.currency,
             (greatest(coalesce(root.hold_until, c.hold_until), ${tx.ctx.now}::timestamptz) at time zone ${question.timeZone})::date as date,
             sum(c.amount)::bigint as amount
        from commissions c
        left join commissions root on root.tenant_id = c.tenant_id and root.id = c.reverses_id
       where c.tenant_id = ${tx.ctx.tenantId}
         and c.partner_id = ${question.partnerId}
         and c.status = 'pending'
       group by 1, 2
    )
    select currency, date::text as date, amount
      from (select *, row_number() over (partition by currency order by date) as place from days where amount <> 0) placed
     where place <= ${question.datesMax}
     order by currency, date`.execute(tx);
  return rows;
}

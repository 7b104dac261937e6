import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import type { Share } from "./sub-operator-rules.ts";

/** Shares and settlements of sub-operators in one currency, of a time by when they were booked: the beginning counts, the end does not. */
export type StatementSpan = {
  /** The sub-operators that one partner has been. */
  readonly ids: readonly string[];
  readonly currency: string;
  readonly from: Date;
  readonly to: Date;
};

export type StatementSums = {
  readonly sales: Share;
  /** What refunds and chargebacks took, less what chargebacks that were won gave back. */
  readonly adjustments: Share;
  readonly paid: bigint;
  readonly repaid: bigint;
};

export async function sumStatement(tx: ReadTx, { ids, currency, from, to }: StatementSpan): Promise<StatementSums> {
  const { rows } = await sql<{ what: keyof StatementSums; base: bigint; amount: bigint }>`
    select case when kind in ('payment', 'card') then 'sales' else 'adjustments' end as what,
           sum(base)::bigint as base, sum(amount)::bigint as amount
      from sub_operator_shares
     where tenant_id = ${tx.ctx.tenantId}
       and sub_operator_id = any (${[...ids]}::uuid[])
       and currency = ${currency}
       and booked_at >= ${from} and booked_at < ${to}
     group by 1
     union all
    select case kind when 'payment' then 'paid' else 'repaid' end, 0, sum(amount)::bigint
      from sub_operator_settlements
     where tenant_id = ${tx.ctx.tenantId}
       and sub_operator_id = any (${[...ids]}::uuid[])
       and currency = ${currency}
       and recorded_at >= ${from} and recorded_at < ${to}
     group by kind`.execute(tx);
  const of = (what: keyof StatementSums): Share => rows.find((row) => row.what === what) ?? { base: 0n, amount: 0n };
  return {
    sales: shareOf(of("sales")),
    adjustments: shareOf(of("adjustments")),
    paid: of("paid").amount,
    repaid: of("repaid").amount,
  };
}

const shareOf = ({ base, amount }: Share): Share => ({ base, amount });

export type ListedMovement = {
  readonly section: "sale" | "adjustment" | "settlement";
  readonly bookedAt: Date;
  readonly occurredAt: Date;
  readonly kind: string;
  /** The transaction in the sub-operator's tenant, or the settlement. */
  readonly id: string;
  /** The sale that it is or reverses; null of a settlement. */
  readonly saleId: string | null;
  readonly contract: number | null;
  readonly base: bigint;
  /** By so much what is owed was changed. */
  readonly amount: bigint;
  /** Of a settlement: the bank's, or finance's. */
  readonly reference: string | null;
};

/** Before every line of a span. */
export const firstOf = ({ from }: Pick<StatementSpan, "from">) => ({
  bookedAt: from,
  id: "00000000-0000-0000-0000-000000000000",
});

/** What has moved the share, in the order in which it was booked, after the one given. */
export async function findStatementPage(
  tx: ReadTx,
  { ids, currency, from, to }: StatementSpan,
  { after, limit }: { readonly after: Pick<ListedMovement, "bookedAt" | "id">; readonly limit: number },
): Promise<ListedMovement[]> {
  const { rows } = await sql<ListedMovement>`
    select *
      from (
             select case when kind in ('payment', 'card') then 'sale' else 'adjustment' end as section, booked_at as "bookedAt",
                    occurred_at as "occurredAt", kind, transaction_id as id, root_id as "saleId", contract_number as contract, base, amount,
                    null::text as reference
               from sub_operator_shares
              where tenant_id = ${tx.ctx.tenantId}
                and sub_operator_id = any (${[...ids]}::uuid[])
                and currency = ${currency}
                and booked_at >= ${from} and booked_at < ${to}
                and (booked_at, transaction_id) > (${after.bookedAt}, ${after.id}::uuid)
              union all
             select 'settlement', recorded_at, recorded_at, kind, id, null, null, 0, case kind when 'payment' then -amount else amount end, reference
               from sub_operator_settlements
              where tenant_id = ${tx.ctx.tenantId}
                and sub_operator_id = any (${[...ids]}::uuid[])
                and currency = ${currency}
                and recorded_at >= ${from} and recorded_at < ${to}
                and (recorded_at, id) > (${after.bookedAt}, ${after.id}::uuid)
           ) moved
     order by "bookedAt", id
     limit ${limit}`.execute(tx);
  return rows;
}

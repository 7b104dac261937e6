import { sql } from "kysely";
import { invariant } from "../kernel/invariant.ts";
import type { AccountPair } from "../ledger/index.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { publishCommissions } from "./commission-events.ts";
import { findCommissions, moveCommissions } from "./commission-repository.ts";
import { isPaid } from "./commission-rules.ts";
import { idsOf } from "./lock-family.ts";

/** Where approved rows are drawn from: an account, what was drawn last of it, and until when what is drawn was earned. */
export type DrawnFrom = AccountPair & { readonly after?: string | undefined; readonly until?: Date | undefined };

/**
 * As `commissions_payable_index` says it. Not by `coalesce`: behind row security, Postgres begins a scan of an index at no comparison that has one on
 * either side.
 */
const APPROVED_AT = sql`case when approved_at is null then 'infinity'::timestamptz else approved_at end`;
/** An id before those of all rows. */
const NO_ROW = "00000000-0000-0000-0000-000000000000";

/**
 * Approved rows of accounts, in the order given, reversals included, as a payout draws them: negative ones first, so that it never pays what is
 * owed back, then oldest approval, then id. At most `limit` of each, those that come after the row `after`, and those before it are not read:
 * `commissions_payable_index` is in this order, and its scan begins at that row, or where there is none at what is before all of them.
 */
export async function approvedCommissions(
  tx: ReadTx,
  accounts: readonly DrawnFrom[],
  limit: number,
): Promise<{ readonly id: string; readonly amount: bigint }[][]> {
  const { rows } = await sql<{ place: bigint; id: string; amount: bigint }>`
    select wanted.place, c.id, c.amount
      from unnest(
             ${accounts.map(({ partnerId }) => partnerId)}::uuid[],
             ${accounts.map(({ currency }) => currency)}::text[],
             ${accounts.map(({ after }) => after ?? null)}::uuid[],
             ${accounts.map(({ until }) => until ?? null)}::timestamptz[]
           ) with ordinality as wanted (partner_id, currency, after, until, place)
     cross join lateral (
             select amount >= 0 as is_earned, ${APPROVED_AT} as approved_at, id
               from commissions
              where tenant_id = ${tx.ctx.tenantId} and id = wanted.after
              union all
             select false, '-infinity', ${NO_ROW}::uuid
              where wanted.after is null
           ) last
     cross join lateral (
             select id, amount, ${APPROVED_AT} as approved_at
               from commissions
              where tenant_id = ${tx.ctx.tenantId}
                and partner_id = wanted.partner_id
                and currency = wanted.currency
                and status = 'approved'
                and (wanted.until is null or occurred_at <= wanted.until)
                and (amount >= 0, ${APPROVED_AT}, id) > (last.is_earned, last.approved_at, last.id)
              order by amount >= 0, ${APPROVED_AT}, id
              limit ${limit}
           ) c
     order by wanted.place, c.amount >= 0, c.approved_at, c.id`.execute(tx);
  const byPlace = Map.groupBy(rows, ({ place }) => Number(place));
  return accounts.map((_, index) => (byPlace.get(index + 1) ?? []).map(({ id, amount }) => ({ id, amount })));
}

/**
 * Follows payouts: a row is paid when what has left reaches its amount, and approved again when that came back. The caller has locked the
 * partner's accounts. A disputed row stays disputed: its settlement asks what has left.
 */
export const settlePaid =
  (deps: Pick<CommissionDeps, "outbox">) =>
  async (tx: Tx, parts: readonly { readonly id: string; readonly confirmed: bigint }[]): Promise<void> => {
    const confirmed = new Map(parts.map((part) => [part.id, part.confirmed]));
    const rows = await findCommissions(tx, [...confirmed.keys()]);
    const reached = rows.filter((row) => isPaid(row.amount, confirmed.get(row.id) ?? 0n));
    const newlyPaid = reached.filter((row) => row.status === "approved");
    const cameBack = rows.filter((row) => row.status === "paid" && !reached.includes(row));

    const paid = await moveCommissions(tx, idsOf(newlyPaid), "paid", { paid_at: tx.ctx.now });
    const approved = await moveCommissions(tx, idsOf(cameBack), "approved", { paid_at: null });
    invariant(
      paid.length === newlyPaid.length && approved.length === cameBack.length,
      "rows that were read under the lock have not moved",
    );
    // A reversal follows its commission: what came back of a disputed one is out of reach of payouts until that is settled.
    const roots = await findCommissions(tx, [...new Set(approved.flatMap((row) => row.reverses_id ?? []))]);
    const disputed = new Set(idsOf(roots.filter((root) => root.status === "disputed")));
    const following = approved.filter((row) => disputed.has(row.reverses_id ?? ""));
    await moveCommissions(tx, idsOf(following), "disputed");
    await publishCommissions(deps.outbox, tx, "commission.paid", paid);
    await publishCommissions(
      deps.outbox,
      tx,
      "commission.approved",
      approved.filter((row) => !following.includes(row)),
    );
  };

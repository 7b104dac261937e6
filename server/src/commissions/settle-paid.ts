import { sql } from "kysely";
import { invariant } from "../kernel/invariant.ts";
import type { AccountPair } from "../ledger/index.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { publishCommissions } from "./commission-events.ts";
import { findCommissions, moveCommissions } from "./commission-repository.ts";
import { isPaid } from "./commission-rules.ts";
import { idsOf } from "./lock-family.ts";

/** Rows that one payout may draw on. A payout of more takes the first of them; what is left stays available for the next. */
const PAYABLE_ROWS_MAX = 20_000;

/**
 * Approved rows of accounts, in the order given, reversals included, as a payout draws them: negative ones first, so that it never pays what is
 * owed back, then oldest approval, then id.
 */
export async function approvedCommissions(
  tx: ReadTx,
  accounts: readonly AccountPair[],
): Promise<{ readonly id: string; readonly amount: bigint; readonly occurredAt: Date }[][]> {
  const { rows } = await sql<{ place: bigint; id: string; amount: bigint; occurred_at: Date }>`
    select wanted.place, c.id, c.amount, c.occurred_at
      from unnest(${accounts.map(({ partnerId }) => partnerId)}::uuid[], ${accounts.map(({ currency }) => currency)}::text[])
           with ordinality as wanted (partner_id, currency, place)
     cross join lateral (
             select id, amount, approved_at, occurred_at
               from commissions
              where tenant_id = ${tx.ctx.tenantId}
                and partner_id = wanted.partner_id
                and currency = wanted.currency
                and status = 'approved'
              order by amount >= 0, approved_at, id
              limit ${PAYABLE_ROWS_MAX}
           ) c
     order by wanted.place, c.amount >= 0, c.approved_at, c.id`.execute(tx);
  const byPlace = Map.groupBy(rows, ({ place }) => Number(place));
  return accounts.map((_, index) =>
    (byPlace.get(index + 1) ?? []).map(({ id, amount, occurred_at: occurredAt }) => ({ id, amount, occurredAt })),
  );
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

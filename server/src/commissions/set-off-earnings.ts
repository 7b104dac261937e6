import { invariant } from "../kernel/invariant.ts";
import type { AccountPair } from "../ledger/index.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { publishCommissions } from "./commission-events.ts";
import { insertCommissions } from "./commission-repository.ts";
import { approvedCommissions } from "./settle-paid.ts";
import { manualRow } from "./take-back.ts";

/**
 * What of a partner's earnings nothing holds: no more than the ledger has available, and no more than approved rows explain, as a payout counts
 * it. Minor units, below zero where reversals wait. The caller has locked the accounts.
 */
export const freeEarnings =
  (deps: Pick<CommissionDeps, "ledger" | "payouts">) =>
  async (tx: ReadTx, account: AccountPair): Promise<bigint> => {
    const [rows = []] = await approvedCommissions(tx, [account]);
    const taken = await deps.payouts.takenParts(
      tx,
      rows.map(({ id }) => id),
    );
    const explained = rows.reduce((sum, { id, amount }) => sum + amount - (taken.get(id)?.taken ?? 0n), 0n);
    const { available } = await deps.ledger.balances(tx, account);
    return explained < available ? explained : available;
  };

/**
 * Records that `amount` of a partner's free earnings went to what it owes, as a negative row that payouts draw first. Joins the transaction of
 * the caller, who has locked the accounts, has asked `freeEarnings`, and posts the entry. Returns the row's id.
 */
export const setOffEarnings =
  (deps: Pick<CommissionDeps, "outbox">) =>
  async (
    tx: Tx,
    { partnerId, currency, amount, reason }: AccountPair & { readonly amount: bigint; readonly reason: string },
  ): Promise<string> => {
    const rows = await insertCommissions(tx, [
      {
        ...manualRow(tx, { partner_id: partnerId, currency }, "set_off"),
        referral_id: null,
        commission_type: "bonus",
        amount: -amount,
        rate_ppm: null,
        status: "approved",
        reverses_id: null,
        period_start: null,
        period_end: null,
        approved_at: tx.ctx.now,
        metadata: { reason },
      },
    ]);
    const [row] = rows;
    invariant(row, "what was inserted comes back");
    await publishCommissions(deps.outbox, tx, "commission.created", rows);
    return row.id;
  };

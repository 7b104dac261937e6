import { invariant } from "../kernel/invariant.ts";
import type { AccountPair, Entry } from "../ledger/index.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { publishClawbacks } from "./clawback-events.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { publishCommissions } from "./commission-events.ts";
import { insertCommissions } from "./commission-repository.ts";
import { manualRow } from "./take-back.ts";

/**
 * What of a partner's earnings nothing holds: no more than the ledger has available, and no more than approved rows explain, as a payout counts
 * it. Minor units, below zero where reversals wait. The caller has locked the accounts.
 */
export const freeEarnings =
  (deps: Pick<CommissionDeps, "ledger" | "payouts">) =>
  async (tx: ReadTx, account: AccountPair): Promise<bigint> => {
    const [explained = 0n] = await deps.payouts.unpaidSums(tx, [account]);
    const { available } = await deps.ledger.balances(tx, account);
    return explained < available ? explained : available;
  };

/** `amount` in minor units, above zero. */
type SetOff = AccountPair & { readonly amount: bigint; readonly reason: string };

/**
 * Records that `amount` of a partner's free earnings went to what it owes, as a negative row that payouts draw first. Joins the transaction of
 * the caller, who has locked the accounts, has asked `freeEarnings`, and posts the entry. Returns the row's id.
 */
export const setOffEarnings =
  (deps: Pick<CommissionDeps, "outbox">) =>
  (tx: Tx, { amount, ...setOff }: SetOff): Promise<string> =>
    addRow(deps, tx, { ...setOff, amount: -amount });

/**
 * Records that what was set off is the partner's again: a positive row, which payouts pay. The caller has locked the accounts, and says how it is
 * booked beside the debt that there is. Returns the row's id.
 */
export const returnSetOff =
  (deps: Pick<CommissionDeps, "outbox" | "ledger">) =>
  async (tx: Tx, setOff: SetOff, entryOf: (debt: bigint) => Entry): Promise<string> => {
    const id = await addRow(deps, tx, setOff);
    const { clawback_receivable: debt } = await deps.ledger.balances(tx, setOff);
    const entry = entryOf(debt);
    await deps.ledger.post(tx, [entry]);
    await publishClawbacks(deps, tx, [entry]);
    return id;
  };

async function addRow(
  { outbox }: Pick<CommissionDeps, "outbox">,
  tx: Tx,
  { partnerId, currency, amount, reason }: SetOff,
): Promise<string> {
  const rows = await insertCommissions(tx, [
    {
      ...manualRow(tx, { partner_id: partnerId, currency }, "set_off"),
      referral_id: null,
      commission_type: "bonus",
      amount,
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
  await publishCommissions(outbox, tx, "commission.created", rows);
  return row.id;
}

import { invariant } from "../kernel/invariant.ts";
import { type AccountPair, commissionAssessed } from "../ledger/index.ts";
import type { Tx } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { publishCommissions } from "./commission-events.ts";
import { type CommissionRow, insertCommissions } from "./commission-repository.ts";
import type { ManualRule } from "./commission-rules.ts";
import { manualRow } from "./take-back.ts";

export type GrantedEarnings = AccountPair & {
  /** Minor units, above zero. */
  readonly amount: bigint;
  readonly rule: Extract<ManualRule, "grant" | "co_marketing">;
  readonly holdUntil: Date;
  readonly reason: string;
};

/** Earns a partner what a person decided, as a pending bonus. Joins the transaction of the caller, who has locked the accounts. */
export async function grantEarnings(
  deps: Pick<CommissionDeps, "ledger" | "outbox">,
  tx: Tx,
  { partnerId, currency, amount, rule, holdUntil, reason }: GrantedEarnings,
): Promise<CommissionRow> {
  const rows = await insertCommissions(tx, [
    {
      ...manualRow(tx, { partner_id: partnerId, currency }, rule),
      referral_id: null,
      commission_type: "bonus",
      amount,
      rate_ppm: null,
      status: "pending",
      reverses_id: null,
      hold_until: holdUntil,
      period_start: null,
      period_end: null,
      approved_at: null,
      metadata: { reason },
    },
  ]);
  const [row] = rows;
  invariant(row, "what was inserted comes back");
  await deps.ledger.post(tx, [
    commissionAssessed({ partnerId, currency, sourceId: row.id, amount: row.amount, at: tx.ctx.now }),
  ]);
  await publishCommissions(deps.outbox, tx, "commission.created", rows);
  return row;
}

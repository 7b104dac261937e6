import { invariant } from "../kernel/invariant.ts";
import { debtWrittenOff } from "../ledger/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { publishClawbacks } from "./clawback-events.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { publishCommissions } from "./commission-events.ts";
import { insertCommissions } from "./commission-repository.ts";
import { type CommissionView, viewCommission } from "./commission-view.ts";
import { manualRow } from "./take-back.ts";
import { tellPartner } from "./tell-partner.ts";

export type WriteOffDebt = {
  readonly partnerId: string;
  readonly currency: string;
  /** Minor units; the whole debt when not given. */
  readonly amount?: number;
  readonly reason: string;
};

/**
 * An operator gives up a partner's debt. The reversals that made it are rows that payouts draw first; a row of the same amount stands against
 * them, so that what the partner earns from now on can be paid out.
 */
export const writeOffDebt =
  (deps: CommissionDeps) =>
  (ctx: Ctx, input: WriteOffDebt): Promise<CommissionView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "commissions:write");
      const { partnerId, currency, reason } = input;
      await deps.partners.getPartner(tx, partnerId);
      await deps.ledger.lock(tx, [{ partnerId, currency }]);
      const { clawback_receivable: debt } = await deps.ledger.balances(tx, { partnerId, currency });
      const amount = input.amount === undefined ? debt : BigInt(input.amount);
      if (debt === 0n) throw commissionErrors.no_debt();
      if (amount <= 0n) throw commissionErrors.amount_invalid({ field: "amount" });
      if (amount > debt) throw commissionErrors.above_debt({ debt });

      const rows = await insertCommissions(tx, [
        {
          ...manualRow(tx, { partner_id: partnerId, currency }, "write_off"),
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
      const entry = debtWrittenOff({ partnerId, currency, sourceId: row.id, amount, at: tx.ctx.now });
      await deps.ledger.post(tx, [entry]);
      await publishClawbacks(deps, tx, [entry], "clawback.written_off");
      await deps.audit.record(tx, "debt.written_off", {
        targetType: "partner",
        targetId: partnerId,
        before: { debt, currency },
        after: { debt: debt - amount, currency, commissionId: row.id },
        reason,
      });
      await publishCommissions(deps.outbox, tx, "commission.created", rows);
      await tellPartner(deps.outbox, tx, { partnerId, notice: "debt_written_off", amount, currency, reason });
      return viewCommission(deps, tx, row.id);
    });

import { isCurrency } from "../kernel/currency.ts";
import { invariant } from "../kernel/invariant.ts";
import { AMOUNT_MAX_MINOR } from "../kernel/money.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { holdEnd, mayBeGranted } from "./commission-rules.ts";
import { type CommissionView, viewCommission } from "./commission-view.ts";
import { grantEarnings } from "./grant-earnings.ts";
import { tellPartner } from "./tell-partner.ts";

export type GrantCommission = {
  readonly partnerId: string;
  /** Minor units, above zero. */
  readonly amount: number;
  readonly currency: string;
  readonly reason: string;
};

/** An operator grants a bonus by hand. It is held as long as the partner's terms hold everything else. */
export const grantCommission =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { partnerId, amount, currency, reason }: GrantCommission): Promise<CommissionView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "commissions:write");
      if (amount <= 0) throw commissionErrors.amount_invalid({ field: "amount" });
      if (amount > AMOUNT_MAX_MINOR) throw commissionErrors.amount_too_large({ maximum: AMOUNT_MAX_MINOR });
      if (!isCurrency(currency)) throw commissionErrors.currency_unknown({ field: "currency" });
      const partner = await deps.partners.getPartner(tx, partnerId);
      if (!mayBeGranted(partner.status)) throw commissionErrors.partner_inactive({ status: partner.status });
      await deps.ledger.lock(tx, [{ partnerId, currency }]);
      const terms = (await deps.partners.currentTerms(tx, [partnerId], tx.ctx.now)).get(partnerId);
      invariant(terms, "an active partner has terms");

      const row = await grantEarnings(deps, tx, {
        partnerId,
        currency,
        amount: BigInt(amount),
        rule: "grant",
        holdUntil: holdEnd(ctx.now, terms.holdDays),
        reason,
      });
      await deps.audit.record(tx, "commission.granted", {
        targetType: "commission",
        targetId: row.id,
        after: row,
        reason,
      });
      await tellPartner(deps.outbox, tx, {
        partnerId,
        notice: "commission_granted",
        subject: row.id,
        amount: BigInt(amount),
        currency,
        reason,
      });
      return viewCommission(deps, tx, row.id);
    });

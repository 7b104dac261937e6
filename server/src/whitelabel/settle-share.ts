import { isCurrency } from "../kernel/currency.ts";
import { sharePaid, shareRepaid } from "../ledger/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { subOperatorErrors } from "./sub-operator-errors.ts";
import { subOperatorNews } from "./sub-operator-events.ts";
import { findSubOperator, insertSettlement, type SettlementKind } from "./sub-operator-repository.ts";
import { type SubOperatorView, subOperatorViews } from "./sub-operator-view.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

export type SettleShare = {
  readonly id: string;
  /** `payment`: the sub-operator has paid; `repayment`: it was paid back what it had paid of sales that were taken back. */
  readonly kind: SettlementKind;
  readonly currency: string;
  /** Minor units; at most what is owed. */
  readonly amount: number;
  /** The bank's, or finance's. The same is recorded once. */
  readonly reference: string;
};

/** Finance has received, or paid back, shares. Throws `sub_operator.not_found`, `.above_owed`, `.settlement_recorded`. */
export const settleShare =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { id, kind, currency, amount: asked, reference }: SettleShare): Promise<SubOperatorView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "fees:write");
      if (!isCurrency(currency)) throw subOperatorErrors.currency_unknown({ field: "currency" });
      const one = await findSubOperator(tx, id);
      if (one === undefined) throw subOperatorErrors.not_found();
      const { partnerId } = one;
      const amount = BigInt(asked);
      await deps.ledger.lock(tx, [{ partnerId, currency }]);
      const settlementId = await insertSettlement(tx, { subOperatorId: id, kind, currency, amount, reference });
      if (settlementId === undefined) throw subOperatorErrors.settlement_recorded({ field: "reference" });
      const { share_receivable: balance } = await deps.ledger.balances(tx, { partnerId, currency });
      const owed = kind === "payment" ? balance : -balance;
      if (amount > owed) throw subOperatorErrors.above_owed({ field: "amount", owed: owed > 0n ? owed : 0n });
      const booking = { sourceId: settlementId, partnerId, currency, amount, at: ctx.now };
      await deps.ledger.post(tx, [kind === "payment" ? sharePaid(booking) : shareRepaid(booking)]);
      await deps.audit.record(tx, "sub_operator.share_settled", {
        targetType: "sub_operator",
        targetId: id,
        after: { settlementId, kind, currency, amount },
        reason: reference,
      });
      await deps.outbox.publish(tx, [subOperatorNews("sub_operator.share_settled", one)]);
      const [view] = await subOperatorViews(deps, tx, [one]);
      return view as SubOperatorView;
    });

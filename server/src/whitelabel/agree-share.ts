import { invariant } from "../kernel/invariant.ts";
import { fractionFromPpm, PPM } from "../kernel/rate.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { RevenueMode } from "../programs/index.ts";
import { subOperatorErrors } from "./sub-operator-errors.ts";
import { subOperatorNews } from "./sub-operator-events.ts";
import { rateOf } from "./sub-operator-limits.ts";
import {
  findContracts,
  findSubOperator,
  insertContract,
  lockSubOperator,
  type SubOperator,
} from "./sub-operator-repository.ts";
import type { Contract } from "./sub-operator-rules.ts";
import { type SubOperatorView, subOperatorViews } from "./sub-operator-view.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

export type AgreeContract = {
  readonly id: string;
  readonly mode: RevenueMode;
  /** What the sub-operator keeps of its sales; in mode `share` alone, as the terms have it when not given. */
  readonly revenueShare?: number;
  /** Not in the past; from now on when not given. */
  readonly effectiveFrom?: string;
  readonly reason: string;
};

/**
 * Agrees on another contract, from now or from a date on. Its partner's terms say the same from then on, so that fees follow. What was sold before stays as
 * it was booked. Throws `sub_operator.not_found`, `.contract_in_past`, `.licence_has_no_share`, and what the tier does not allow.
 */
export const agreeContract =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { id, mode, revenueShare, effectiveFrom, reason }: AgreeContract): Promise<SubOperatorView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "sub_operators:write");
      const found = await findSubOperator(tx, id);
      if (found === undefined) throw subOperatorErrors.not_found();
      const contract = await agreeShare(deps, tx, found, {
        mode,
        ...(revenueShare === undefined ? {} : { revenueShare }),
        effectiveFrom: effectiveFrom === undefined ? ctx.now : new Date(effectiveFrom),
        reason,
      });
      // Whoever removes it has waited for the partner's terms, or is waited for here.
      const after = await lockSubOperator(tx, id);
      invariant(after !== undefined, "a sub-operator is never deleted");
      if (after.status === "removed") throw subOperatorErrors.wrong_state({ status: after.status });
      await deps.audit.record(tx, "sub_operator.contract_agreed", {
        targetType: "sub_operator",
        targetId: id,
        after: contract,
        reason,
      });
      await deps.outbox.publish(tx, [subOperatorNews("sub_operator.contract_agreed", after)]);
      const [view] = await subOperatorViews(deps, tx, [after]);
      return view as SubOperatorView;
    });

type Agreed = {
  readonly mode?: RevenueMode;
  readonly revenueShare?: number;
  readonly effectiveFrom: Date;
  readonly reason: string;
};

/** Joins a transaction: writes the next contract, and terms of the partner that say the same. */
export async function agreeShare(
  deps: WhitelabelDeps,
  tx: Tx,
  { id, partnerId }: SubOperator,
  { effectiveFrom, reason, ...asked }: Agreed,
): Promise<Contract> {
  if (effectiveFrom < tx.ctx.now) throw subOperatorErrors.contract_in_past({ field: "effectiveFrom" });
  if (asked.mode === "licence" && asked.revenueShare !== undefined)
    throw subOperatorErrors.licence_has_no_share({ field: "revenueShare" });
  const given = asked.revenueShare === undefined ? undefined : rateOf("revenueShare", asked.revenueShare);
  const before = (await deps.partners.currentTerms(tx, [partnerId], effectiveFrom)).get(partnerId);
  invariant(before !== undefined, "a partner has terms from the beginning of time");
  const mode = asked.mode ?? before.mode;
  const sharePpm = given === undefined ? before.revenueSharePpm : BigInt(given);
  // Takes the partner's turn, too: of two contracts the second is numbered after the first.
  await deps.partners.agreeTerms(tx, {
    partnerId,
    differences: { mode, ...(mode === "share" ? { revenueShare: fractionFromPpm(sharePpm) } : {}) },
    from: effectiveFrom,
    reason,
  });
  const earlier = (await findContracts(tx, [id])).get(id) ?? [];
  const contract: Contract = {
    number: (earlier.at(-1)?.number ?? 0) + 1,
    mode,
    parentSharePpm: mode === "share" ? PPM - sharePpm : 0n,
    effectiveFrom,
  };
  await insertContract(tx, { id, contract, reason });
  return contract;
}

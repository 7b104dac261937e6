import { dateInZone } from "../kernel/calendar.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { checkFile, insertFiles, type SentFile } from "../platform/files/index.ts";
import { claimEvent } from "./budget-events.ts";
import { findBudget, findClaim, insertClaim, moveBudget } from "./budget-repository.ts";
import { leftOfBudget } from "./budget-rules.ts";
import type { FeeDeps } from "./fee-deps.ts";
import { feeErrors } from "./fee-errors.ts";
import { type ClaimView, claimViews } from "./find-budgets.ts";

export type ClaimBudget = {
  readonly budgetId: string;
  /** Minor units of the budget's currency. */
  readonly amount: number;
  /** In the budget's period, and not to come. */
  readonly spentOn: string;
  readonly description: string;
  /** Proof of what was spent. */
  readonly files: readonly SentFile[];
};

/** The acting partner claims what it has spent, with proof. What it claims is set aside of the budget until it is decided on. */
export const claimBudget =
  (deps: FeeDeps) =>
  async (ctx: Ctx, { budgetId, amount, spentOn, description, files: sent }: ClaimBudget): Promise<ClaimView> => {
    requireScope(ctx, "own:fees:write");
    const partnerId = requirePartner(ctx);
    const files = await Promise.all(sent.map((file, place) => checkFile(file, `files.${place}`)));
    return deps.db.transaction(ctx, async (tx) => {
      const budget = await findBudget(tx, budgetId);
      if (budget === undefined || budget.partner_id !== partnerId) throw feeErrors.budget_not_found();
      const today = dateInZone(ctx.now, (await deps.programs.getProgram(tx)).timeZone);
      if (today < budget.period_start || today > budget.period_end)
        throw feeErrors.budget_over({ periodEnd: budget.period_end });
      if (spentOn < budget.period_start || spentOn > today) throw feeErrors.spent_outside({ field: "spentOn" });
      const moved = await moveBudget(tx, budgetId, { waiting: BigInt(amount) });
      if (moved === undefined) throw feeErrors.above_budget({ left: leftOfBudget(budget) });
      const id = newId();
      const claim = { id, budget_id: budgetId, partner_id: partnerId, amount: BigInt(amount), spent_on: spentOn };
      await insertClaim(tx, { ...claim, description }, await insertFiles(tx, files));
      const row = await findClaim(tx, id);
      invariant(row, "what was inserted is there");
      await deps.audit.record(tx, "budget.claimed", { targetType: "budget_claim", targetId: id, after: row });
      await deps.outbox.publish(tx, [claimEvent("budget.claimed", row)]);
      const [view] = await claimViews(tx, [row]);
      invariant(view, "a claim has a view");
      return view;
    });
  };

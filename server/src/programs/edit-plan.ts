import { type Ctx, requireScope } from "../platform/context.ts";
import { getPlan, updateDraft } from "./plan-repository.ts";
import { parsePlan } from "./plan-rules.ts";
import type { PlanDocument } from "./plan-schema.ts";
import { type PlanView, planView } from "./plan-view.ts";
import type { ProgramDeps } from "./program-deps.ts";
import { planErrors } from "./program-errors.ts";
import { getProgram } from "./program-repository.ts";

/** Replaces what a draft says; its amounts mean the programme's currency of now. */
export const editPlan =
  (deps: ProgramDeps) =>
  (ctx: Ctx, { planId, tiers }: PlanDocument & { readonly planId: string }): Promise<PlanView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      parsePlan({ tiers });
      const before = await getPlan(tx, planId);
      const { currency, timeZone } = await getProgram(tx);
      const after = await updateDraft(tx, planId, { currency, timeZone, tiers });
      if (after === undefined) throw planErrors.already_published();
      await deps.audit.record(tx, "plan.edited", { targetType: "plan", targetId: planId, before, after });
      return planView(after, [], ctx.now);
    });

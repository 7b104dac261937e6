import { type Ctx, requireScope } from "../platform/context.ts";
import { findPublishedHeads, getPlan, insertDraft } from "./plan-repository.ts";
import { parsePlan } from "./plan-rules.ts";
import type { PlanDocument } from "./plan-schema.ts";
import { type PlanView, planView } from "./plan-view.ts";
import type { ProgramDeps } from "./program-deps.ts";
import { planErrors } from "./program-errors.ts";
import { getProgram } from "./program-repository.ts";
import { planInForce } from "./version-rules.ts";

/** Keeps a draft of a plan; of the version in force where nothing is given. It decides nothing until it is published. */
export const draftPlan =
  (deps: ProgramDeps) =>
  (ctx: Ctx, input: Partial<PlanDocument>): Promise<PlanView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      const program = await getProgram(tx);
      const current = planInForce(await findPublishedHeads(tx), ctx.now);
      if (current === undefined) throw planErrors.not_found();
      const tiers = input.tiers ?? (await getPlan(tx, current.id)).tiers;
      parsePlan({ tiers });
      const { currency, timeZone } = program;
      const plan = await insertDraft(tx, { programId: program.id, currency, timeZone, tiers });
      await deps.audit.record(tx, "plan.drafted", { targetType: "plan", targetId: plan.id, after: plan });
      return planView(plan, [], ctx.now);
    });

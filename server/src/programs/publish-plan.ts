import { type Ctx, requireScope } from "../platform/context.ts";
import { findPublishedHeads, getPlan, publishDraft } from "./plan-repository.ts";
import { parsePlan } from "./plan-rules.ts";
import { type PlanView, planView } from "./plan-view.ts";
import type { ProgramDeps } from "./program-deps.ts";
import { planErrors } from "./program-errors.ts";
import { planPublished } from "./program-events.ts";
import { lockProgram } from "./program-repository.ts";
import { requireAllowed, termsOfPlan } from "./require-allowed.ts";
import { decidePublication } from "./version-rules.ts";

export type PublishPlan = {
  readonly planId: string;
  /** When it comes into force; at once when not given. */
  readonly effectiveFrom?: string;
  readonly isRetroactive?: boolean;
};

/** Publishes a draft under the next number. Partners whose terms follow the plan are moved to it in the same transaction. */
export const publishPlan =
  (deps: ProgramDeps) =>
  (ctx: Ctx, { planId, effectiveFrom, isRetroactive = false }: PublishPlan): Promise<PlanView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      const program = await lockProgram(tx);
      const draft = await getPlan(tx, planId);
      const heads = await findPublishedHeads(tx);
      const publication = decidePublication({
        draft,
        program,
        highestVersion: heads.at(-1)?.version ?? 0,
        effectiveFrom: effectiveFrom === undefined ? ctx.now : new Date(effectiveFrom),
        isRetroactive,
        at: ctx.now,
      });
      await requireAllowed(deps)(tx, termsOfPlan(draft.currency, parsePlan(draft)));

      const published = await publishDraft(tx, planId, publication);
      if (published === undefined) throw planErrors.already_published();
      await deps.audit.record(tx, "plan.published", {
        targetType: "plan",
        targetId: planId,
        before: draft,
        after: published,
      });
      await deps.outbox.publish(tx, [planPublished(published)]);
      return planView(published, [...heads, published], ctx.now);
    });

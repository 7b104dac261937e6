import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { findCase, moveCase } from "./case-repository.ts";
import { mayAppeal } from "./case-rules.ts";
import { type Review, reviewsOf } from "./case-view.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import { fraudErrors } from "./fraud-errors.ts";
import { caseEvent } from "./fraud-events.ts";

/**
 * The partner says what speaks for it: before the decision, where the reviewer reads it; or against a refusal, which another person decides on
 * then. Nothing of it is final meanwhile.
 */
export const appealCase =
  (deps: FraudDeps) =>
  (ctx: Ctx, { reviewId, message }: { readonly reviewId: string; readonly message: string }): Promise<Review> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:commissions:dispute");
      const partnerId = requirePartner(ctx);
      const found = await findCase(tx, reviewId);
      if (found?.partnerId !== partnerId) throw fraudErrors.case_not_found();
      if (!mayAppeal(found, ctx.now))
        throw fraudErrors[found.status === "refused" ? "appeal_over" : "wrong_state"]({ status: found.status });
      const after = await moveCase(tx, found, {
        status: found.status === "open" ? "open" : "appealed",
        appealedAt: ctx.now,
        appeal: found.appeal === null ? message : `${found.appeal}\n\n${message}`,
      });
      if (after === undefined) throw fraudErrors.wrong_state();
      await deps.audit.record(tx, "fraud.case_appealed", {
        targetType: "fraud_case",
        targetId: after.id,
        before: { status: found.status },
        after: { status: after.status },
      });
      await deps.outbox.publish(tx, [caseEvent("fraud.case_appealed", after)]);
      const [review] = await reviewsOf(tx, [after]);
      if (review === undefined) throw fraudErrors.case_not_found();
      return review;
    });

import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { findCasePartners, noteAppeal } from "./case-partner-repository.ts";
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
      const isOwn = found?.partnerId === partnerId;
      const [other] = found === undefined || isOwn ? [] : await findCasePartners(tx, [found.id], partnerId);
      if (found === undefined || !(isOwn || other)) throw fraudErrors.case_not_found();
      const said = other === undefined ? found.appeal : other.appeal;
      if (!mayAppeal({ ...found, appeal: said }, ctx.now))
        throw fraudErrors[found.status === "refused" ? "appeal_over" : "wrong_state"]({ status: found.status });
      const appeal = said === null ? message : `${said}\n\n${message}`;
      const after = await moveCase(tx, found, {
        status: found.status === "refused" ? "appealed" : found.status,
        appealedAt: ctx.now,
        ...(isOwn && { appeal }),
      });
      if (after === undefined) throw fraudErrors.wrong_state();
      if (!isOwn) await noteAppeal(tx, { caseId: after.id, partnerId, appeal });
      await deps.audit.record(tx, "fraud.case_appealed", {
        targetType: "fraud_case",
        targetId: after.id,
        before: { status: found.status },
        after: { status: after.status, partnerId },
      });
      await deps.outbox.publish(tx, [caseEvent("fraud.case_appealed", after)]);
      const [review] = await reviewsOf(tx, [after], partnerId);
      if (review === undefined) throw fraudErrors.case_not_found();
      return review;
    });

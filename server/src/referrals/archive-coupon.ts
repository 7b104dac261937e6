import { type Ctx, requireScope } from "../platform/context.ts";
import { archiveCouponRow, type Coupon, findCoupon } from "./coupon-repository.ts";
import { couponEvent } from "./link-events.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";

/** Takes a coupon out of use; its code becomes free. Customers who came with it stay where they are. */
export const archiveCoupon =
  (deps: ReferralDeps) =>
  (ctx: Ctx, { couponId }: { readonly couponId: string }): Promise<Coupon> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "partners:write");
      const coupon = await archiveCouponRow(tx, couponId);
      if (coupon === undefined) {
        throw (await findCoupon(tx, couponId)) === undefined
          ? referralErrors.coupon_not_found()
          : referralErrors.state();
      }
      await deps.audit.record(tx, "coupon.archived", { targetType: "coupon", targetId: coupon.id });
      await deps.outbox.publish(tx, [couponEvent("coupon.archived", coupon)]);
      return coupon;
    });

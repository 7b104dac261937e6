import { newId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { validateCouponCode } from "./click-rules.ts";
import { type Coupon, insertCoupon } from "./coupon-repository.ts";
import { couponEvent } from "./link-events.ts";
import type { CreateCoupon } from "./link-schema.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { canBeAttributed } from "./referral-rules.ts";

/** Gives a partner a coupon. Exclusive unless said otherwise: who uses it is that partner's, whatever else was clicked. */
export const createCoupon =
  (deps: ReferralDeps) =>
  (ctx: Ctx, input: CreateCoupon): Promise<Coupon> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "partners:write");
      const partner = await deps.partners.getPartner(tx, input.partnerId);
      if (!canBeAttributed(partner.status)) throw referralErrors.partner_inactive({ status: partner.status });
      const code = validateCouponCode(input.code);
      if (code === undefined) throw referralErrors.code_malformed({ field: "code" });
      const coupon: Coupon = {
        id: newId(),
        partnerId: partner.id,
        code,
        isExclusive: input.isExclusive ?? true,
        startsAt: instantOf(input.startsAt, "startsAt"),
        endsAt: instantOf(input.endsAt, "endsAt"),
        status: "active",
        createdAt: ctx.now,
      };
      if (coupon.endsAt !== null && coupon.endsAt <= (coupon.startsAt ?? ctx.now))
        throw referralErrors.coupon_period_invalid({ field: "endsAt" });
      if (!(await insertCoupon(tx, coupon))) throw referralErrors.code_taken({ field: "code" });
      await deps.audit.record(tx, "coupon.created", { targetType: "coupon", targetId: coupon.id, after: coupon });
      await deps.outbox.publish(tx, [couponEvent("coupon.created", coupon)]);
      return coupon;
    });

/** The schema admits what looks like an instant; one that does not exist (30 February) is refused here. */
function instantOf(text: string | undefined, field: string): Date | null {
  if (text === undefined) return null;
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) throw referralErrors.instant_invalid({ field });
  return instant;
}

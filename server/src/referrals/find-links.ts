import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, selectPage } from "../platform/database/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { isCurrent } from "./attribute-referral.ts";
import { validateCouponCode, validateReferralCode } from "./click-rules.ts";
import { type Coupon, findActiveCoupon, selectCoupons, toCoupon } from "./coupon-repository.ts";
import { findLinksByCode, selectLinks, toLink } from "./link-repository.ts";
import type { CouponQuery, LinkQuery, LinkView, ValidityView } from "./link-schema.ts";
import { linkView } from "./link-view.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { canBeAttributed } from "./referral-rules.ts";

const byCreation = {
  sorts: { createdAt: { column: "created_at", type: "timestamptz" } },
  defaultSort: "-createdAt",
  idColumn: "id",
} as const;

/** The acting partner's links, newest first unless asked otherwise. */
export const getReferralLinks =
  (deps: ReferralDeps) =>
  (ctx: Ctx, query: LinkQuery): Promise<Page<LinkView>> => {
    requireScope(ctx, "own:referrals:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      let select = selectLinks(tx).where("partner_id", "=", partnerId);
      if (query.status !== undefined) select = select.where("status", "=", query.status);
      if (query.campaign !== undefined) select = select.where("campaign", "=", query.campaign);
      if (query.isDefault !== undefined) select = select.where("is_default", "=", query.isDefault);
      const page = await selectPage(select, query, byCreation);
      const { url } = await findOwnTenant(tx, deps.publicUrl);
      return { ...page, data: page.data.map((row) => linkView(url, toLink(row))) };
    });
  };

/** Every partner's coupons, for the operator. */
export const findCoupons =
  (deps: ReferralDeps) =>
  (ctx: Ctx, query: CouponQuery): Promise<Page<Coupon>> => {
    requireScope(ctx, "partners:read");
    return deps.db.read(ctx, async (tx) => {
      let select = selectCoupons(tx);
      if (query.partnerId !== undefined) select = select.where("partner_id", "=", query.partnerId);
      if (query.status !== undefined) select = select.where("status", "=", query.status);
      if (query.code !== undefined) select = select.where("code", "=", query.code.toUpperCase());
      const page = await selectPage(select, query, byCreation);
      return { ...page, data: page.data.map(toCoupon) };
    });
  };

/** Whether a code, of a link or a coupon, would tie a customer to a partner now; for a form that asks for one. */
export const validateReferral =
  (deps: ReferralDeps) =>
  (ctx: Ctx, { code }: { readonly code: string }): Promise<ValidityView> => {
    requireScope(ctx, "referrals:convert");
    return deps.db.read(ctx, async (tx) => {
      const couponCode = validateCouponCode(code);
      const coupon = couponCode === undefined ? undefined : await findActiveCoupon(tx, couponCode);
      const linkCode = validateReferralCode(code);
      const link = linkCode === undefined ? undefined : (await findLinksByCode(tx, [linkCode])).get(linkCode);
      const found = coupon ?? link;
      if (found === undefined) return { isValid: false, kind: null, reason: "referral.code_unknown" };
      const kind = coupon === undefined ? ("link" as const) : ("coupon" as const);
      const partner = await deps.partners.getPartner(tx, found.partnerId);
      if (!canBeAttributed(partner.status)) return { isValid: false, kind, reason: "referral.partner_inactive" };
      if (coupon !== undefined && !isCurrent(coupon, ctx.now))
        return { isValid: false, kind, reason: "referral.coupon_invalid" };
      if (coupon === undefined && link?.status === "archived")
        return { isValid: false, kind, reason: "referral.link_not_found" };
      return { isValid: true, kind, reason: null };
    });
  };

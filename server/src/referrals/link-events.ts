import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Coupon } from "./coupon-repository.ts";
import type { Link } from "./link-repository.ts";

/** News of a link that a partner has made. */
export const linkEvent = (type: "link.created" | "link.archived", link: Link): DomainEvent => ({
  type,
  objectType: "link",
  objectId: link.id,
  data: {
    id: link.id,
    partnerId: link.partnerId,
    code: link.code,
    campaign: link.campaign,
    status: link.status,
  },
});

/** News of a coupon. */
export const couponEvent = (type: "coupon.created" | "coupon.archived", coupon: Coupon): DomainEvent => ({
  type,
  objectType: "coupon",
  objectId: coupon.id,
  data: { id: coupon.id, partnerId: coupon.partnerId, code: coupon.code, status: coupon.status },
});

import type { Objects } from "./journey-steps.ts";
import { byId, instants, page, type Request, reason } from "./request-parts.ts";

const changeOf = ({ partner }: Objects) => ({
  reviewAt: 30,
  holdAt: 60,
  appealDays: 14,
  trusted: [partner],
  rules: {
    duplicate_device: { mode: "shadow", points: 40, limit: 4 },
    quick_share: { limit: 0.3, minimum: 30 },
    coupon_leak: { names: ["coupons.test"] },
    high_value_sale: { mode: "active", amounts: { USD: 90_000_000 } },
  },
});
const ofReview =
  (body: object): Request =>
  ({ fraudCase }: Objects) => ({ params: { id: fraudCase }, body: { ...body } });

/** Of the routes of fraud. */
export const FRAUD_REQUESTS: Readonly<Record<string, Request>> = {
  "GET /api/v1/admin/fraud/cases": (of) => ({
    query: {
      ...page,
      status: "open",
      partnerId: of.partner,
      assignedTo: of.user,
      subjectId: of.referral,
      isHeld: true,
    },
  }),
  "GET /api/v1/admin/fraud/cases/:id": byId("fraudCase"),
  "PATCH /api/v1/admin/fraud/cases/:id": byId("fraudCase", { assignedTo: null }),
  "POST /api/v1/admin/fraud/cases/:id/decide": byId("fraudCase", {
    decision: "refuse",
    reason,
    takesBackApproved: false,
  }),
  "GET /api/v1/admin/fraud/rules": () => ({}),
  "PUT /api/v1/admin/fraud/rules": (of) => ({ body: { version: 1, change: changeOf(of), reason } }),
  "POST /api/v1/admin/fraud/rules/back-test": (of) => ({
    body: { change: changeOf(of), actsInShadow: true, from: instants.from },
  }),
  "GET /api/v1/partners/reviews": (of) => ({ query: { ...page, subjectId: of.referral } }),
  "POST /api/v1/partners/reviews/:id/appeal": ofReview({ message: "They are my employer." }),
};

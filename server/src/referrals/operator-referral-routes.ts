import { Type } from "typebox";
import { type Access, Id, type Routes } from "../platform/http/index.ts";
import type { ExplainedSubject } from "./explain-attribution.ts";
import { CouponPage, CouponQuery, CouponView, CreateCouponBody, ValidateBody, ValidityView } from "./link-schema.ts";
import { referralErrors } from "./referral-errors.ts";
import {
  AssignBody,
  ClaimBody,
  ExplainQuery,
  Explanation,
  OperatorReferral,
  OperatorReferralPage,
  OperatorReferralQuery,
  ReattributeBody,
  ReferralParams,
  RejectBody,
  VerifyBody,
} from "./referral-schema.ts";
import type { ReferralService } from "./referral-service.ts";

const converting: Access = { audience: "operator", scope: "referrals:convert" };
const reading: Access = { audience: "operator", scope: "partners:read" };
const deciding: Access = { audience: "operator", scope: "partners:write" };
const explaining: Access = { audience: "operator", scope: "transactions:read" };

/** What the operator's systems report about customers, and what its people decide. */
export const operatorReferralRoutes =
  (referrals: ReferralService): Routes =>
  (app) => {
    app.route({
      method: "POST",
      url: "/api/v1/referrals/signup",
      config: { access: converting },
      schema: {
        operationId: "signUpReferral",
        tags: ["Referrals"],
        summary: "Report a sign-up",
        description:
          "Makes a pending referral. Optional: a conversion may come without one. Whose the customer is stays open until then.",
        body: ClaimBody,
        response: { 200: OperatorReferral },
      },
      handler: (request) => referrals.signUpReferral(request.ctx, request.body),
    });
    app.route({
      method: "POST",
      url: "/api/v1/referrals/convert",
      config: { access: converting },
      schema: {
        operationId: "convertReferral",
        tags: ["Referrals"],
        summary: "Convert a referral",
        description:
          "Ties a customer to the partner who brought it, for its lifetime, under the partner's terms of this moment. Send what you know: a click, a coupon, a referral code with the device. The same call again is answered as the first was.",
        body: ClaimBody,
        response: { 200: OperatorReferral },
      },
      handler: (request) => referrals.convertReferral(request.ctx, request.body),
    });
    app.route({
      method: "POST",
      url: "/api/v1/referrals/verify",
      config: { access: converting },
      schema: {
        operationId: "verifyReferral",
        tags: ["Referrals"],
        summary: "Report that a customer's e-mail is verified",
        body: VerifyBody,
        response: { 200: OperatorReferral },
      },
      handler: (request) => referrals.verifyReferral(request.ctx, request.body),
    });
    app.route({
      method: "POST",
      url: "/api/v1/referrals/validate",
      // A question: it changes nothing.
      config: { access: converting, idempotency: "none" },
      schema: {
        operationId: "validateReferral",
        tags: ["Referrals"],
        summary: "Ask whether a code is valid",
        body: ValidateBody,
        response: { 200: ValidityView },
      },
      handler: (request) => referrals.validateReferral(request.ctx, request.body),
    });

    app.route({
      method: "GET",
      url: "/api/v1/admin/referrals",
      config: { access: reading },
      schema: {
        operationId: "listAllReferrals",
        tags: ["Operator"],
        summary: "List every partner's referrals",
        querystring: OperatorReferralQuery,
        response: { 200: OperatorReferralPage },
      },
      handler: (request) => referrals.findAllReferrals(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/referrals/:id",
      config: { access: reading },
      schema: {
        operationId: "getReferralFor",
        tags: ["Operator"],
        summary: "Get a referral",
        params: ReferralParams,
        response: { 200: OperatorReferral },
      },
      handler: (request) => referrals.getReferralFor(request.ctx, request.params.id),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/referrals/assign",
      config: { access: deciding },
      schema: {
        operationId: "assignReferral",
        tags: ["Operator"],
        summary: "Assign a customer to a partner by hand",
        body: AssignBody,
        response: { 200: OperatorReferral },
      },
      handler: (request) => referrals.assignReferral(request.ctx, request.body),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/referrals/:id/reject",
      config: { access: converting },
      schema: {
        operationId: "rejectReferral",
        tags: ["Operator"],
        summary: "Reject a referral",
        params: ReferralParams,
        body: RejectBody,
        response: { 200: OperatorReferral },
      },
      handler: (request) =>
        referrals.rejectReferral(request.ctx, {
          referralId: request.params.id,
          reason: request.body.reason,
          takesBackApproved: request.body.takesBackApproved ?? false,
        }),
    });

    app.route({
      method: "POST",
      url: "/api/v1/admin/referrals/:id/reattribute",
      config: { access: deciding, idempotency: "required" },
      schema: {
        operationId: "reattributeReferral",
        tags: ["Operator"],
        summary: "Give a converted customer to another partner",
        description:
          "Ends the referral and answers with the one that takes its place, under the new partner's terms of this moment. What the customer brought and nobody has been paid for is taken back from the one and earned by the other; what was paid, is in a payout, in dispute or ended by a person stays.",
        params: ReferralParams,
        body: ReattributeBody,
        response: { 200: OperatorReferral },
      },
      handler: (request) =>
        referrals.reattributeReferral(request.ctx, { referralId: request.params.id, ...request.body }),
    });

    app.route({
      method: "GET",
      url: "/api/v1/admin/coupons",
      config: { access: reading },
      schema: {
        operationId: "listCoupons",
        tags: ["Operator"],
        summary: "List coupons",
        querystring: CouponQuery,
        response: { 200: CouponPage },
      },
      handler: (request) => referrals.findCoupons(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/coupons",
      config: { access: deciding, successStatus: 201 },
      schema: {
        operationId: "createCoupon",
        tags: ["Operator"],
        summary: "Give a partner a coupon",
        body: CreateCouponBody,
        response: { 201: CouponView },
      },
      handler: async (request, reply) => reply.code(201).send(await referrals.createCoupon(request.ctx, request.body)),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/coupons/:id/archive",
      config: { access: deciding },
      schema: {
        operationId: "archiveCoupon",
        tags: ["Operator"],
        summary: "Take a coupon out of use",
        params: Type.Object({ id: Id("Of the coupon") }),
        response: { 200: CouponView },
      },
      handler: (request) => referrals.archiveCoupon(request.ctx, { couponId: request.params.id }),
    });

    app.route({
      method: "GET",
      url: "/api/v1/admin/explain",
      config: { access: explaining },
      schema: {
        operationId: "explain",
        tags: ["Operator"],
        summary: "Explain a click, a customer or a transaction",
        description: "Every touch that the server saw, the rule that chose among them, and what was missing.",
        querystring: ExplainQuery,
        response: { 200: Explanation },
      },
      handler: (request) => referrals.explainAttribution(request.ctx, subjectOf(request.query)),
    });
  };

function subjectOf(query: { clickId?: string; customer?: string; transaction?: string }): ExplainedSubject {
  const subjects: ExplainedSubject[] = [];
  if (query.clickId !== undefined) subjects.push({ kind: "click", id: query.clickId });
  if (query.customer !== undefined) subjects.push({ kind: "customer", id: query.customer });
  if (query.transaction !== undefined) subjects.push({ kind: "transaction", id: query.transaction });
  const [subject, ...others] = subjects;
  if (subject === undefined || others.length > 0) throw referralErrors.subject_unclear();
  return subject;
}

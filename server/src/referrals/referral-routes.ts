import { Type } from "typebox";
import { type Access, Id, type Routes } from "../platform/http/index.ts";
import { GenerateLinkBody, LinkPage, LinkQuery, LinkView } from "./link-schema.ts";
import {
  PartnerReferralDetail,
  PartnerReferralPage,
  PartnerReferralQuery,
  ReferralParams,
  ReferralStats,
  StatsQuery,
} from "./referral-schema.ts";
import type { ReferralService } from "./referral-service.ts";

const reading: Access = { audience: "partner", scope: "own:referrals:read" };
const writing: Access = { audience: "partner", scope: "own:referrals:write" };

/** A partner's own links and referrals. */
export const partnerReferralRoutes =
  (referrals: ReferralService): Routes =>
  (app) => {
    app.route({
      method: "POST",
      url: "/api/v1/partners/referrals/link",
      config: { access: writing, successStatus: 201 },
      schema: {
        operationId: "generateReferralLink",
        tags: ["Referrals"],
        summary: "Generate a referral link",
        body: GenerateLinkBody,
        response: { 201: LinkView },
      },
      handler: async (request, reply) =>
        reply.code(201).send(await referrals.generateReferralLink(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/referrals/links",
      config: { access: reading },
      schema: {
        operationId: "listReferralLinks",
        tags: ["Referrals"],
        summary: "List referral links",
        querystring: LinkQuery,
        response: { 200: LinkPage },
      },
      handler: (request) => referrals.getReferralLinks(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/referrals/links/:id/archive",
      config: { access: writing },
      schema: {
        operationId: "archiveReferralLink",
        tags: ["Referrals"],
        summary: "Take a referral link out of use",
        params: Type.Object({ id: Id("Of the link") }),
        response: { 200: LinkView },
      },
      handler: (request) => referrals.archiveReferralLink(request.ctx, { linkId: request.params.id }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/referrals",
      config: { access: reading },
      schema: {
        operationId: "listReferrals",
        tags: ["Referrals"],
        summary: "List referrals",
        querystring: PartnerReferralQuery,
        response: { 200: PartnerReferralPage },
      },
      handler: (request) => referrals.getReferrals(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/referrals/stats",
      config: { access: reading },
      schema: {
        operationId: "getReferralStats",
        tags: ["Referrals"],
        summary: "Clicks and referrals of a period",
        querystring: StatsQuery,
        response: { 200: ReferralStats },
      },
      handler: (request) =>
        referrals.getReferralStats(request.ctx, {
          from: new Date(request.query.from),
          to: new Date(request.query.to),
        }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/referrals/:id",
      config: { access: reading },
      schema: {
        operationId: "getReferral",
        tags: ["Referrals"],
        summary: "Get referral details",
        params: ReferralParams,
        response: { 200: PartnerReferralDetail },
      },
      handler: (request) => referrals.getReferral(request.ctx, request.params.id),
    });
  };

import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { type Access, type Routes } from "../platform/http/index.ts";
import { isPrefetch, validateReferralCode } from "./click-rules.ts";
import { RedirectParams, RedirectQuery, TrackBody, TrackedView } from "./click-schema.ts";
import { allowedDestination, prepareDestination } from "./destination-rules.ts";
import { REDIRECT_PATH } from "./link-view.ts";
import { referralErrors } from "./referral-errors.ts";
import type { ReferralService } from "./referral-service.ts";
import type { VisitorCookies } from "./visitor-cookie.ts";

const everybody: Access = { audience: "public" };
const TRACK_PATH = "/api/v1/referrals/track";
const PREFLIGHT_SECONDS = 600;

/** Where visitors come in: the redirect, and its equal for a page's script. */
export const clickRoutes =
  ({ referrals, cookies }: { readonly referrals: ReferralService; readonly cookies: VisitorCookies }): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: `${REDIRECT_PATH}/:code`,
      config: { access: everybody, rateLimit: "tracking" },
      schema: {
        operationId: "followReferralLink",
        tags: ["Tracking"],
        summary: "Follow a referral link",
        description:
          "Leads to the link's destination with the click's id as `tid`, once the click is durably recorded. Bots, HEAD requests and prefetches are led there without a record.",
        params: RedirectParams,
        querystring: RedirectQuery,
        response: { 302: Type.Null({ description: "Found" }) },
      },
      handler: async (request, reply) => {
        const { ctx } = request;
        const code = validateReferralCode(request.params.code);
        const link = code === undefined ? undefined : await referrals.links.find(ctx, code);
        if (code === undefined || link === undefined) throw referralErrors.link_not_found();
        const query: Readonly<Record<string, unknown>> = request.query;
        const to = typeof query["to"] === "string" ? allowedDestination(query["to"], link.hosts) : undefined;
        const destination = to === undefined ? link.destination : prepareDestination(to);
        if (destination === null) throw referralErrors.link_not_found();
        void reply.header("cache-control", "no-store");
        if (request.method === "HEAD" || isPrefetch(request.headers)) return reply.redirect(destination.plain, 302);

        const clickId = await referrals.trackReferralClick(ctx, {
          code,
          ...visitorOf(cookies, request, reply),
          deviceId: null,
          userAgent: request.headers["user-agent"],
          referrer: request.headers.referer,
          campaign: query["utm_campaign"],
          subIds: query,
        });
        if (clickId === null) return reply.removeHeader("set-cookie").redirect(destination.plain, 302);
        return reply.redirect(`${destination.beforeId}${clickId}${destination.afterId}`, 302);
      },
    });

    app.route({
      method: "POST",
      url: TRACK_PATH,
      config: { access: everybody, idempotency: "none", rateLimit: "tracking" },
      preHandler: async (request, reply) => allowOrigin(await referrals.links.hosts(request.ctx), request, reply),
      schema: {
        operationId: "trackReferralClick",
        tags: ["Tracking"],
        summary: "Record a visit from a page's script",
        description:
          "For pages that visitors reach with a referral code in their address. Answered once the click is durably recorded. Browsers may call it from the programme's destination hosts.",
        body: TrackBody,
        response: { 200: TrackedView },
      },
      handler: async (request, reply) => {
        const code = validateReferralCode(request.body.code);
        if (code === undefined) throw referralErrors.link_not_found();
        const clickId = await referrals.trackReferralClick(request.ctx, {
          code,
          ...visitorOf(cookies, request, reply),
          deviceId: request.body.deviceId ?? null,
          userAgent: request.headers["user-agent"],
          referrer: request.body.referrer,
          campaign: request.body.campaign,
          subIds: request.body.subIds ?? {},
        });
        if (clickId === null) void reply.removeHeader("set-cookie");
        return { clickId };
      },
    });

    app.route({
      method: "OPTIONS",
      url: TRACK_PATH,
      config: { access: everybody, rateLimit: "tracking" },
      schema: { hide: true },
      handler: async (request, reply) => {
        if (allowOrigin(await referrals.links.hosts(request.ctx), request, reply)) {
          void reply
            .header("access-control-allow-methods", "POST")
            .header("access-control-allow-headers", "content-type")
            .header("access-control-max-age", PREFLIGHT_SECONDS);
        }
        return reply.code(204).send();
      },
    });
  };

/** The visitor by its cookie, or a first-time visitor, whose browser is told to remember. */
function visitorOf(cookies: VisitorCookies, request: FastifyRequest, reply: FastifyReply) {
  const known = cookies.read(request.ctx.tenantId, request.cookies[cookies.name]);
  if (known !== undefined) return { visitorId: known, isReturning: true };
  const { visitorId, setCookie } = cookies.make(request.ctx.tenantId);
  void reply.header("set-cookie", setCookie);
  return { visitorId, isReturning: false };
}

/** Lets a page on one of the programme's hosts read the answer, and no other page. */
function allowOrigin(hosts: readonly string[], request: FastifyRequest, reply: FastifyReply): boolean {
  void reply.header("vary", "origin");
  const { origin } = request.headers;
  if (origin === undefined || allowedDestination(origin, hosts) === undefined) return false;
  void reply
    .header("access-control-allow-origin", origin)
    .header("access-control-allow-credentials", "true")
    // Helmet's default would keep the page from what CORS lets it read.
    .header("cross-origin-resource-policy", "cross-origin");
  return true;
}

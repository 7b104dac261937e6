import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { type Access, type Routes } from "../platform/http/index.ts";
import { TEST_PATH } from "../tenants/index.ts";
import { readAddress, readAsked, readCarried, readConsent, validateReferralCode } from "./click-rules.ts";
import { RedirectParams, RedirectQuery, TrackBody, TrackedView } from "./click-schema.ts";
import { allowedDestination } from "./destination-rules.ts";
import { followLink, visitorOf } from "./follow-link.ts";
import { REDIRECT_ROUTE } from "./link-view.ts";
import { referralErrors } from "./referral-errors.ts";
import type { ReferralService } from "./referral-service.ts";
import type { VisitorCookies } from "./visitor-cookie.ts";

const everybody: Access = { audience: "public" };
const TRACK_PATH = "/api/v1/referrals/track";
const PREFLIGHT_SECONDS = 600;

/** The redirect, and that of the test twin: its links carry no key that would say where they lead. */
const REDIRECTS = [
  {
    url: REDIRECT_ROUTE,
    config: {},
    schema: {
      operationId: "followReferralLink",
      summary: "Follow a referral link",
      description:
        "Leads to the link's destination with the click's id as `tid`, once the click is durably recorded. Bots, HEAD requests and prefetches are led there without a record.",
    },
  },
  {
    url: `${TEST_PATH}${REDIRECT_ROUTE}`,
    config: { inTwin: true },
    schema: {
      operationId: "followTestReferralLink",
      summary: "Follow a referral link of the test twin",
      description: "The same in the tenant's test twin: the click is counted there and nowhere else.",
    },
  },
] as const;

/** Where visitors come in: the redirect, and its equal for a page's script. */
export const clickRoutes =
  ({ referrals, cookies }: { readonly referrals: ReferralService; readonly cookies: VisitorCookies }): Routes =>
  (app) => {
    const follow = followLink({ referrals, cookies });
    for (const { url, config, schema } of REDIRECTS)
      app.route({
        method: "GET",
        url,
        config: { access: everybody, rateLimit: "tracking", whileSuspended: true, ...config },
        schema: {
          ...schema,
          tags: ["Tracking"],
          params: RedirectParams,
          querystring: RedirectQuery,
          response: { 302: Type.Null({ description: "Found" }) },
        },
        handler: async (request, reply) => {
          const { ctx } = request;
          const code = validateReferralCode(request.params.code);
          const link = code === undefined ? undefined : await referrals.links.find(ctx, code);
          if (code === undefined || link === undefined) throw referralErrors.link_not_found();
          const { location, setCookie } = await follow(ctx, link, {
            code,
            asked: readAsked(request.query),
            headers: request.headers,
            cookie: request.cookies[cookies.name],
            isHead: request.method === "HEAD",
          });
          if (setCookie !== undefined) void reply.header("set-cookie", setCookie);
          return reply.redirect(location, 302);
        },
      });

    app.route({
      method: "POST",
      url: TRACK_PATH,
      config: { access: everybody, idempotency: "none", rateLimit: "tracking", whileSuspended: true },
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
        const consent = readConsent(request.headers["sec-gpc"], request.body.consent);
        const isDenied = consent === "denied";
        const kept = isDenied ? undefined : request.cookies[cookies.name];
        const { visitorId, setCookie } = visitorOf(cookies, request.ctx, kept);
        const clickId = await referrals.trackReferralClick(request.ctx, {
          code,
          visitorId,
          isReturning: setCookie === undefined,
          deviceId: request.body.deviceId ?? null,
          userAgent: request.headers["user-agent"],
          referrer: request.body.referrer,
          carried: readCarried({
            campaign: request.body.campaign,
            subIds: request.body.subIds ?? {},
            parameters: readAddress(request.body.address),
          }),
          consent,
        });
        if (clickId !== null && !isDenied && setCookie !== undefined) void reply.header("set-cookie", setCookie);
        return { clickId };
      },
    });

    app.route({
      method: "OPTIONS",
      url: TRACK_PATH,
      config: { access: everybody, rateLimit: "tracking", whileSuspended: true },
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

import { FILE_BODY_BYTES } from "../platform/files/index.ts";
import type { Routes } from "../platform/http/index.ts";
import {
  CoBranding,
  LANDING_RESPONSE,
  LandingCodeParams,
  LandingPageBody,
  LandingPageParams,
  LandingPageView,
  SaveCoBrandingBody,
} from "./co-branding-schema.ts";
import { LANDING_ROUTE } from "./find-landing-pages.ts";
import { renderLandingPage } from "./landing-page-html.ts";
import type { WhitelabelService } from "./whitelabel-service.ts";

const CO_BRANDING_PATH = "/api/v1/partners/co-branding";
const PAGE_PATH = "/api/v1/partners/referrals/links/:id/landing-page";
const readsProfile = { access: { audience: "partner", scope: "own:profile:read" } } as const;
const writesProfile = { access: { audience: "partner", scope: "own:profile:write" } } as const;
const readsLinks = { access: { audience: "partner", scope: "own:referrals:read" } } as const;
const writesLinks = { access: { audience: "partner", scope: "own:referrals:write" } } as const;
const tags = ["Landing pages"];

/** What partners show of themselves beside the operator's mark, and the pages that show it. */
export const coBrandingRoutes =
  (whitelabel: WhitelabelService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: LANDING_ROUTE,
      config: { access: { audience: "public" }, rateLimit: "tracking", whileSuspended: true },
      schema: {
        operationId: "openLandingPage",
        tags,
        summary: "See the landing page of a link",
        description:
          "Its button leads on through the link, which counts the click; the query goes along. Where there is no page to show (none was written, the link is archived, the partner is not active or its terms do not have it) visitors are led on at once.",
        params: LandingCodeParams,
        response: LANDING_RESPONSE,
      },
      handler: async (request, reply) => {
        const { leadsTo, page } = await whitelabel.showLandingPage(request.ctx, request.params.code);
        const at = request.url.indexOf("?");
        const onwards = at < 0 ? leadsTo : `${leadsTo}${request.url.slice(at)}`;
        if (page === undefined) return reply.header("cache-control", "no-store").redirect(onwards, 302);
        const { html, headers } = renderLandingPage({ ...page, leadsTo: onwards });
        return reply.headers(headers).type("text/html; charset=utf-8").send(html);
      },
    });
    app.route({
      method: "GET",
      url: CO_BRANDING_PATH,
      config: readsProfile,
      schema: {
        operationId: "getCoBranding",
        tags,
        summary: "Your logo and colour",
        response: { 200: CoBranding },
      },
      handler: (request) => whitelabel.getCoBranding(request.ctx),
    });
    app.route({
      method: "PUT",
      url: CO_BRANDING_PATH,
      config: writesProfile,
      bodyLimit: FILE_BODY_BYTES,
      schema: {
        operationId: "saveCoBranding",
        tags,
        summary: "Set your logo and colour",
        description:
          "Refused where white cannot be read on the colour: the answer names the pair, its contrast and the least that is needed.",
        body: SaveCoBrandingBody,
        response: { 200: CoBranding },
      },
      handler: (request) => whitelabel.saveCoBranding(request.ctx, request.body),
    });
    app.route({
      method: "GET",
      url: PAGE_PATH,
      config: readsLinks,
      schema: {
        operationId: "getLandingPage",
        tags,
        summary: "Get the landing page of a link",
        params: LandingPageParams,
        response: { 200: LandingPageView },
      },
      handler: (request) => whitelabel.getLandingPage(request.ctx, { linkId: request.params.id }),
    });
    app.route({
      method: "PUT",
      url: PAGE_PATH,
      config: writesLinks,
      schema: {
        operationId: "saveLandingPage",
        tags,
        summary: "Put a landing page in front of where a link leads",
        params: LandingPageParams,
        body: LandingPageBody,
        response: { 200: LandingPageView },
      },
      handler: (request) => whitelabel.saveLandingPage(request.ctx, { ...request.body, linkId: request.params.id }),
    });
    app.route({
      method: "DELETE",
      url: PAGE_PATH,
      config: writesLinks,
      schema: {
        operationId: "removeLandingPage",
        tags,
        summary: "Take the landing page of a link away",
        params: LandingPageParams,
        response: { 200: LandingPageView },
      },
      handler: (request) => whitelabel.removeLandingPage(request.ctx, { linkId: request.params.id }),
    });
  };

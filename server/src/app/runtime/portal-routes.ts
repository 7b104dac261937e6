import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyReply } from "fastify";
import { type App, DOCS_PREFIX, type Routes } from "../../platform/http/index.ts";
import { ROOT } from "../config/config.ts";
import { PORTAL_PREFIX } from "./portal-prefix.ts";

const YEAR_MS = 31_536_000_000;
const HOUR_MS = 3_600_000;
const hidden = { config: { isProbe: true }, schema: { hide: true } } as const;

/**
 * Scripts come from here alone. Styles may be inline: the components place what floats by `style`. Nothing may frame the pages, so that nobody
 * can be led to click in them unawares.
 */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

export type PortalFiles = { readonly portal: string; readonly snippet: string };

/** Where `npm run build` puts what is served. */
export const BUILT: PortalFiles = { portal: join(ROOT, "portal/dist"), snippet: join(ROOT, "sdk/dist") };

/**
 * The portal and the snippet as files. A file with a hash in its name never changes and is kept for a year; the page is asked for each time. A
 * checkout in which nothing is built serves the API alone, and the bare address leads to its documentation.
 */
export const portalRoutes =
  (files: PortalFiles = BUILT): Routes =>
  (app) => {
    const isBuilt = existsSync(join(files.portal, "index.html"));
    app.get("/", hidden, (_request, reply) => reply.redirect(isBuilt ? `${PORTAL_PREFIX}/` : DOCS_PREFIX, 302));
    if (!isBuilt) return;
    void app.register(async (pages: App) => {
      await pages.register(fastifyStatic, { root: files.portal, serve: false, preCompressed: true });
      pages.get(PORTAL_PREFIX, hidden, (_request, reply) => reply.redirect(`${PORTAL_PREFIX}/`, 302));
      pages.get<{ Params: { "*": string } }>(`${PORTAL_PREFIX}/assets/*`, hidden, (request, reply) =>
        reply.sendFile(`assets/${request.params["*"]}`, { maxAge: YEAR_MS, immutable: true }),
      );
      pages.get(`${PORTAL_PREFIX}/mark.svg`, hidden, (_request, reply) =>
        reply.sendFile("mark.svg", { maxAge: HOUR_MS }),
      );
      pages.get(`${PORTAL_PREFIX}/*`, hidden, (_request, reply) => sendPage(reply));
      pages.get("/tributary.js", hidden, (_request, reply) =>
        reply
          .header("cross-origin-resource-policy", "cross-origin")
          .sendFile("tributary.js", files.snippet, { maxAge: HOUR_MS, cacheControl: true }),
      );
    });
  };

/** Every address below the prefix is the one page; which of its views it shows, its script knows. */
const sendPage = (reply: FastifyReply): FastifyReply =>
  reply
    .headers({ "content-security-policy": CSP, "cache-control": "no-cache" })
    .sendFile("index.html", { cacheControl: false });

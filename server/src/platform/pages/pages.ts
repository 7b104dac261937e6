import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Ctx } from "../context.ts";
import { asLanguage, DEFAULT_LANGUAGE, type Language } from "../language/index.ts";
import { type Page, type PageLook, renderPage, SHOW_PASSWORD, styleOf } from "./render-page.ts";

/** How the programme of a request looks. Brands lie above most who show pages: handed in by the composition root. */
export type LookOf = (ctx: Ctx) => Promise<PageLook>;

/** Answers with a page in the reader's language, as their programme looks. */
export type SendPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  page: (language: Language) => Page,
) => Promise<FastifyReply>;

/** What an address of a page may name its language by. */
const PARAMETER = "lang";

export const createPages =
  (lookOf: LookOf): SendPage =>
  async (request, reply, page) => {
    const language = languageOf(request);
    const look = await lookOf(request.ctx);
    const inLanguage = request.method === "GET" ? (other: Language) => addressIn(request, other) : null;
    return reply
      .headers(headersOf(styleOf(look), look))
      .type("text/html; charset=utf-8")
      .send(renderPage(page(language), { language, look, inLanguage }));
  };

/** That of the address, since whoever wrote it knew whom they wrote to; else what the browser asks for. */
export function languageOf({ query, ctx }: Pick<FastifyRequest, "query" | "ctx">): Language {
  const named = (query as Readonly<Record<string, unknown>>)[PARAMETER];
  return asLanguage(typeof named === "string" ? named : null) ?? ctx.language ?? DEFAULT_LANGUAGE;
}

/** The address of a page with its token, in the language of whom it is sent to where that is known. */
export const pageUrl = (page: string, { token, language }: { token: string; language: Language | null }): string =>
  `${page}?token=${token}${language === null ? "" : `&${PARAMETER}=${language}`}`;

/** Without what nobody of ours has put there. */
function addressIn({ query }: FastifyRequest, language: Language): string {
  const { token } = query as Readonly<Record<string, unknown>>;
  const named = new URLSearchParams({ ...(typeof token === "string" && { token }), [PARAMETER]: language });
  return `?${named.toString()}`;
}

const sourceOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Nothing runs on these pages but what shows a password, nothing is loaded but the mark where there is one, and no other site frames them. */
const headersOf = (style: string, { logo }: Pick<PageLook, "logo">) => ({
  "content-security-policy": `default-src 'none'; script-src ${sourceOf(SHOW_PASSWORD)}; style-src ${sourceOf(style)}${logo === null ? "" : "; img-src 'self'"}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  "cache-control": "no-store",
  // The link itself is a secret until it is used.
  "referrer-policy": "no-referrer",
});

import { createHash } from "node:crypto";
import { escapeHtml } from "../../kernel/escape-html.ts";
import { PAGE_STYLE } from "../../platform/default-look.ts";
import { DOCS_PREFIX, type Routes } from "../../platform/http/index.ts";
import { type DescribedError, describedErrors } from "./error-reference.ts";

/** Where `type` of every problem document leads. */
export const ERRORS_PATH = `${DOCS_PREFIX}/errors`;

const STYLE = `${PAGE_STYLE}body{padding:32px 24px 30vh}
main{max-width:760px;margin:auto}h1{font-size:24px;margin:0 0 8px}section{padding:14px 16px;margin:12px 0;border:1px solid var(--line);border-radius:8px;background:var(--card)}
section:target{outline:3px solid var(--read)}h2{margin:0;font:600 15px/1.4 ui-monospace,monospace}h2 a{color:inherit}p{margin:6px 0 0}.status{font-weight:400;color:var(--ink-2)}`;

const CSP = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; frame-ancestors 'none'; base-uri 'none'`;

/** The page of all errors: one section for each code. Public, and the same for everybody. */
export const errorPageRoutes: Routes = (app) => {
  let page: string | undefined;
  app.get(ERRORS_PATH, { schema: { hide: true } }, (_request, reply) => {
    page ??= render(describedErrors());
    return reply.headers({ "content-security-policy": CSP }).type("text/html; charset=utf-8").send(page);
  });
};

const render = (errors: readonly DescribedError[]): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Errors of the Tributary API</title><style>${STYLE}</style></head><body><main><h1>Errors</h1><p>A program branches on <code>code</code>, which never changes; titles are for people.</p>${errors.map(section).join("")}</main></body></html>`;

const section = ({ code, status, title, remedy }: DescribedError): string =>
  `<section id="${escapeHtml(code)}"><h2><a href="#${escapeHtml(code)}">${escapeHtml(code)}</a> <span class="status">${status}</span></h2><p>${escapeHtml(title)}</p><p>→ ${codeWords(escapeHtml(remedy))}</p></section>`;

const codeWords = (text: string): string => text.replace(/`([^`]*)`/g, "<code>$1</code>");

import { createHash } from "node:crypto";
import type { FastifyReply } from "fastify";
import { BASE_STYLE } from "./base-style.ts";
import { Html, html } from "./html.ts";

export type Page = {
  readonly title: string;
  readonly body: Html;
  /** Beside the mark at the top. */
  readonly header?: Html;
  /** After everything. */
  readonly footer?: Html;
  /** Style of these pages alone, after the common one. */
  readonly style?: string;
  /** One column of reading width. */
  readonly narrow?: boolean;
  /** Of the main part, in place of what `narrow` decides. */
  readonly className?: string;
};

/** A whole page: no script, no request but itself. */
export function page({ title, body, header, footer, style = "", narrow = false, className }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(BASE_STYLE + style)}</style>
</head>
<body>${header}<main class="${className ?? (narrow ? "narrow" : "wide")}">${body}</main>${footer}</body>
</html>`;
}

const STYLE_ELEMENT = /<style>([\s\S]*?)<\/style>/;

/**
 * Sends a page under a policy that admits nothing but its own style: what escaping let through could still not run. `formTargets` are other
 * origins that a form's answer may redirect to. The pages name themselves to their own server: under `no-referrer` a browser posts a form
 * with the origin `null`.
 */
export function sendPage(
  reply: FastifyReply,
  content: Html,
  options: { formTargets?: string; status?: number } = {},
): FastifyReply {
  const style = STYLE_ELEMENT.exec(content.text)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    `form-action 'self' ${options.formTargets ?? ""}`.trim(),
    "frame-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return reply
    .code(options.status ?? 200)
    .header("content-security-policy", policy.join("; "))
    .header("x-content-type-options", "nosniff")
    .header("referrer-policy", "same-origin")
    .header("cache-control", "no-store")
    .type("text/html; charset=utf-8")
    .send(content.text);
}

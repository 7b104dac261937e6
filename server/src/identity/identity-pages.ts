import { createHash } from "node:crypto";
import { escapeHtml } from "../kernel/escape-html.ts";

/** A field of a form; `value` is shown again after a refusal, and never for a password. */
type Field = {
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "email" | "password";
  readonly autocomplete: string;
  readonly minLength?: number;
  readonly value?: string;
};

export type Page = {
  readonly title: string;
  readonly text: string;
  readonly error?: string;
  /** Where to go on, when all is done. */
  readonly next?: { readonly words: string; readonly path: string };
  readonly form?: { readonly token: string; readonly fields: readonly Field[]; readonly button: string };
};

const STYLE = `:root{color-scheme:light dark}body{margin:0;padding:10vh 24px;font:16px/1.5 system-ui,sans-serif;background:#f6f8f7;color:#17201d}
main{max-width:400px;margin:auto;padding:32px;border:1px solid #d5dcd9;border-radius:8px;background:#fff}h1{margin:0 0 8px;font-size:22px}
label{display:block;margin-top:16px;font-weight:600}input{box-sizing:border-box;width:100%;padding:10px;border:1px solid #8a9691;border-radius:6px;font:inherit;background:inherit;color:inherit}
button{width:100%;margin-top:24px;padding:12px;border:0;border-radius:6px;font:inherit;font-weight:600;background:#1f5c4d;color:#fff;cursor:pointer}
[role=alert]{padding:10px;border-left:4px solid #a5361f}:focus-visible{outline:3px solid #2f8f78;outline-offset:2px}
@media(prefers-color-scheme:dark){body{background:#121816;color:#e4ebe8}main{background:#1a221f;border-color:#34403b}}`;

/** Nothing runs on these pages, nothing is loaded, and no other site frames them. */
export const PAGE_HEADERS = {
  "content-security-policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  "cache-control": "no-store",
  // The link itself is a secret until it is used.
  "referrer-policy": "no-referrer",
} as const;

/** A page as HTML. It works without scripts: whoever comes from a mail may have none. */
export function renderPage({ title, text, error, next, form }: Page): string {
  const alert = error === undefined ? "" : `<p role="alert">${escapeHtml(error)}</p>`;
  const link = next === undefined ? "" : `<p><a href="${escapeHtml(next.path)}">${escapeHtml(next.words)}</a></p>`;
  const body = form
    ? `<form method="post"><input type="hidden" name="token" value="${escapeHtml(form.token)}">${form.fields.map(renderField).join("")}<button>${escapeHtml(form.button)}</button></form>`
    : "";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${alert}${body}${link}</main></body></html>`;
}

function renderField({ name, label, type, autocomplete, minLength, value = "" }: Field): string {
  const length = minLength === undefined ? "" : ` minlength="${minLength}"`;
  return `<label for="${name}">${escapeHtml(label)}</label><input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${escapeHtml(value)}" required${length}>`;
}

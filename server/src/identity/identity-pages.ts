import { createHash } from "node:crypto";
import { escapeHtml } from "../kernel/escape-html.ts";
import { DEFAULT_ACCENT, PAGE_STYLE } from "../platform/default-look.ts";

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

const STYLE = `${PAGE_STYLE}body{padding:10vh 24px}
main{max-width:384px;margin:auto;padding:32px;border:1px solid var(--line);border-radius:8px;background:var(--card)}h1{margin:0 0 8px;font-size:20px;line-height:1.4}p{margin:0}
label{display:block;margin-top:16px;font-size:14px;font-weight:600}input{box-sizing:border-box;width:100%;margin-top:4px;padding:10px;border:1px solid var(--control);border-radius:6px;font:inherit;background:var(--card);color:inherit}
button{margin-top:24px;padding:10px 16px;border:0;border-radius:6px;font:inherit;font-weight:600;background:${DEFAULT_ACCENT};color:#fff;cursor:pointer}
p+p{margin-top:16px}[role=alert]{padding:10px;border-inline-start:4px solid var(--bad)}`;

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

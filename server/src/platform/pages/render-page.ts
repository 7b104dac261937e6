import { escapeHtml } from "../../kernel/escape-html.ts";
import { contrast, EDGE_CONTRAST_MIN, onColour, readableOn } from "../colours.ts";
import { PAGE_GROUNDS, PAGE_STYLE } from "../default-look.ts";
import { LANGUAGE_NAMES, LANGUAGES, type Language, say } from "../language/index.ts";

/** A field of a form; `value` is shown again after a refusal, and never for a password. */
type Field = {
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "email" | "password";
  readonly autocomplete: string;
  readonly minLength?: number;
  readonly value?: string;
};

/** What a page says, in one language. */
export type Page = {
  readonly title: string;
  readonly text: string;
  readonly error?: string;
  /** Where to go on, when all is done. */
  readonly next?: { readonly words: string; readonly path: string };
  readonly form?: { readonly token: string; readonly fields: readonly Field[]; readonly button: string };
};

/**
 * Turns passwords into text and back. Hidden until it runs: without scripts the page works as it is. Named in the policy by its hash, so that nothing
 * else runs.
 */
export const SHOW_PASSWORD =
  'for(const l of document.querySelectorAll("[data-show]")){l.hidden=false;l.firstChild.onchange=(e)=>{for(const i of document.querySelectorAll("[data-password]"))i.type=e.target.checked?"text":"password"}}';

/** How the programme looks whose page it is. */
export type PageLook = {
  readonly name: string;
  /** `#rrggbb`. */
  readonly accent: string;
  /** Of buttons and fields, in pixels. */
  readonly radius: number;
  /** Paths of its mark, for light and for dark grounds; its name stands there without. */
  readonly logo: string | null;
  readonly logoDark: string | null;
};

type Shown = {
  readonly language: Language;
  readonly look: PageLook;
  /** The same page in another language: its address; null where it cannot be asked for again. */
  readonly inLanguage: ((language: Language) => string) | null;
};

/** A brand chooses the colour, never the legibility: what is read or found by it has the contrast of WCAG 2.2. */
export function styleOf({ accent, radius }: Pick<PageLook, "accent" | "radius">): string {
  const { light, dark } = PAGE_GROUNDS;
  const edgeOn = (grounds: readonly string[]): string =>
    grounds.every((ground) => contrast(accent, ground) >= EDGE_CONTRAST_MIN) ? accent : readableOn(accent, grounds);
  return `${PAGE_STYLE}:root{--read:${readableOn(accent, light)};--edge:${edgeOn(light)}}@media(prefers-color-scheme:dark){:root{--read:${readableOn(accent, dark)};--edge:${edgeOn(dark)}}}
body{padding:10vh 24px}header,main,nav{box-sizing:border-box;max-width:448px;margin:auto}header{padding-bottom:16px;font-weight:600;overflow-wrap:anywhere}img{display:block;max-width:100%;height:32px;object-fit:contain;object-position:left}[dir=rtl] img{object-position:right}
main{padding:32px;border:1px solid var(--line);border-radius:${radius + 2}px;background:var(--card)}h1{margin:0 0 8px;font-size:20px;line-height:1.4}p{margin:0}nav{padding-top:16px;font-size:14px}
label{display:block;margin-top:16px;font-size:14px;font-weight:600}input{box-sizing:border-box;width:100%;margin-top:4px;padding:10px;border:1px solid var(--control);border-radius:${radius}px;font:inherit;background:var(--card);color:inherit}
.show{font-weight:400}.show input{width:auto;margin:0;margin-inline-end:8px}[hidden]{display:none}button{margin-top:24px;padding:10px 16px;border:1px solid var(--edge);border-radius:${radius}px;font:inherit;font-weight:600;background:${accent};color:${onColour(accent)};cursor:pointer}
p+p{margin-top:16px}[role=alert]{padding:10px;border-inline-start:4px solid var(--bad)}@media(max-width:480px){body{padding:24px 16px}main{padding:24px 20px}}`;
}

/** A page as HTML. It works without scripts: whoever comes from a mail may have none. */
export function renderPage({ title, text, error, next, form }: Page, { language, look, inLanguage }: Shown): string {
  const alert = error === undefined ? "" : `<p role="alert">${escapeHtml(error)}</p>`;
  const link = next === undefined ? "" : `<p><a href="${escapeHtml(next.path)}">${escapeHtml(next.words)}</a></p>`;
  const body = form
    ? `<form method="post"><input type="hidden" name="token" value="${escapeHtml(form.token)}">${form.fields.map((field) => renderField(field, language)).join("")}<button>${escapeHtml(form.button)}</button></form>${form.fields.some(isPassword) ? `<script>${SHOW_PASSWORD}</script>` : ""}`
    : "";
  const others = LANGUAGE_NAMES.filter((name) => name !== language).map((name) =>
    inLanguage === null
      ? ""
      : `<a href="${escapeHtml(inLanguage(name))}" lang="${name}" hreflang="${name}">${LANGUAGES[name].name}</a>`,
  );
  return `<!doctype html><html lang="${language}" dir="${LANGUAGES[language].direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>${iconOf(look)}<style>${styleOf(look)}</style></head><body><header>${markOf(look)}</header><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${alert}${body}${link}</main><nav>${others.join(" ")}</nav></body></html>`;
}

/** The mark is its icon too, or the browser would ask for one that is not there. */
const iconOf = ({ logo }: PageLook): string => (logo === null ? "" : `<link rel="icon" href="${escapeHtml(logo)}">`);

function markOf({ name, logo, logoDark }: PageLook): string {
  if (logo === null) return `<bdi>${escapeHtml(name)}</bdi>`;
  const dark = logoDark === null ? "" : `<source srcset="${escapeHtml(logoDark)}" media="(prefers-color-scheme:dark)">`;
  return `<picture>${dark}<img src="${escapeHtml(logo)}" alt="${escapeHtml(name)}"></picture>`;
}

const isPassword = ({ type }: Field): boolean => type === "password";

/** An address or a password is written from left to right in every language. */
function renderField(field: Field, language: Language): string {
  const { name, label, type, autocomplete, minLength, value = "" } = field;
  const length = minLength === undefined ? "" : ` minlength="${minLength}"`;
  const direction = type === "text" ? ' dir="auto"' : ' dir="ltr"';
  return `<label for="${name}">${escapeHtml(label)}</label><input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${escapeHtml(value)}" required${length}${direction}${isPassword(field) ? ` data-password>${showing(language)}` : ">"}`;
}

/** A password is written twice as well by who can look at it. */
const showing = (language: Language): string =>
  `<label class="show" data-show hidden><input type="checkbox">${escapeHtml(say(language, "page.showPassword"))}</label>`;

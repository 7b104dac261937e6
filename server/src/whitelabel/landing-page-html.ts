import { createHash } from "node:crypto";
import { escapeHtml } from "../kernel/escape-html.ts";
import { PAGE_STYLE } from "../platform/default-look.ts";
import { BUTTON_TEXT } from "./branding-rules.ts";
import type { LandingPageWords } from "./co-branding.ts";

type Mark = { readonly name: string; readonly logo: string | null };

/** What a landing page is made of. */
export type ShownPage = {
  readonly words: LandingPageWords;
  readonly operator: Mark;
  readonly partner: Mark;
  /** `#rrggbb`. */
  readonly colour: string;
  /** Of the button, in pixels. */
  readonly radius: number;
  /** Where the button leads: a path with a query, as it came. */
  readonly leadsTo: string;
};

/** As long as a change of the page may take to reach everybody. */
const CACHE_SECONDS = 60;

/** A landing page as HTML, with its headers: nothing runs on it, nothing is loaded but the two marks, and no other site frames it. */
export function renderLandingPage({ words, operator, partner, colour, radius, leadsTo }: ShownPage): {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  const style = styleOf(colour, radius);
  const hash = createHash("sha256").update(style).digest("base64");
  const title = escapeHtml(words.title);
  return {
    headers: {
      "content-security-policy": `default-src 'none'; style-src 'sha256-${hash}'; img-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`,
      "cache-control": `public, max-age=${CACHE_SECONDS}`,
    },
    html: `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title dir="auto">${title}</title><style>${style}</style></head><body><header>${markOf(operator)}${markOf(partner)}</header><main><h1 dir="auto">${title}</h1><p dir="auto">${escapeHtml(words.text)}</p><a href="${escapeHtml(leadsTo)}" rel="nofollow" dir="auto">${escapeHtml(words.button)}</a></main></body></html>`,
  };
}

const markOf = ({ name, logo }: Mark): string =>
  logo === null ? `<b dir="auto">${escapeHtml(name)}</b>` : `<img src="${escapeHtml(logo)}" alt="${escapeHtml(name)}">`;

/** The marks stand on white, for which they were drawn, whatever the reader's ground. */
const styleOf = (colour: string, radius: number): string =>
  `${PAGE_STYLE}body{padding:8vh 24px;font-size:18px}header,main{box-sizing:border-box;max-width:640px;margin:auto;border:1px solid var(--line)}
header{display:flex;flex-wrap:wrap;align-items:center;gap:12px 24px;padding:20px 32px;border-radius:${radius + 4}px ${radius + 4}px 0 0;background:#fff;color:#161a1f}img{max-width:200px;height:40px;object-fit:contain}b{font-size:20px;overflow-wrap:anywhere}
main{padding:32px;border-top:0;border-radius:0 0 ${radius + 4}px ${radius + 4}px;background:var(--card)}h1{margin:0 0 16px;font-size:28px;line-height:1.25;overflow-wrap:anywhere;text-wrap:balance}p{margin:0 0 32px;white-space:pre-line;overflow-wrap:anywhere}
a{display:inline-block;padding:12px 24px;border-radius:${radius}px;background:${colour};color:${BUTTON_TEXT};font-weight:600;text-decoration:none}
@media(max-width:480px){body{padding:24px 16px}header{padding:16px 20px}main{padding:24px 20px}a{display:block;text-align:center}}`;

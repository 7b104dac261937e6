import { escapeHtml } from "../kernel/escape-html.ts";

export const MATERIAL_KINDS = ["banner", "text", "file"] as const;
/** `banner`: a picture that leads to the partner's link; `text`: words with the link in them; `file`: something to hand on. */
export type MaterialKind = (typeof MATERIAL_KINDS)[number];

export const MATERIAL_STATUSES = ["active", "archived"] as const;
export type MaterialStatus = (typeof MATERIAL_STATUSES)[number];

/** What fills the places of a text. */
export type Places = { readonly link: string; readonly code: string; readonly company: string };
const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g;
const NAMES = ["link", "code", "company"] as const satisfies readonly (keyof Places)[];
const isPlace = (name: string): name is keyof Places => NAMES.some((known) => known === name);

/** What is wrong with a text that partners are to publish. */
export function checkText(
  body: string,
):
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "link_missing" | "place_unknown"; readonly place?: string } {
  const names = [...body.matchAll(PLACE)].map(([, name = ""]) => name);
  const unknown = names.find((name) => !isPlace(name));
  if (unknown !== undefined) return { ok: false, reason: "place_unknown", place: unknown };
  return names.includes("link") ? { ok: true } : { ok: false, reason: "link_missing" };
}

/** The mark that search engines ask for on links that are paid for (Google Search Central, "Qualify your outbound links"). */
const REL = "sponsored noopener";

/** A banner in a page: whatever its words and addresses hold, they stay text. */
export function bannerCode(banner: {
  readonly link: string;
  readonly image: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
}): string {
  const { link, image, alt, width, height } = banner;
  const picture = `<img src="${escapeHtml(image)}" alt="${escapeHtml(alt)}" width="${width}" height="${height}">`;
  return `<a href="${escapeHtml(link)}" rel="${REL}">${picture}</a>`;
}

/** A text with its places filled: as plain text for a mail or a post, and as HTML in which the link can be followed. */
export function fillText(body: string, places: Places): { readonly text: string; readonly code: string } {
  const text = body.replaceAll(PLACE, (whole, name: string) => (isPlace(name) ? places[name] : whole));
  const anchor = `<a href="${escapeHtml(places.link)}" rel="${REL}">${escapeHtml(places.link)}</a>`;
  // Parts between places stand at even indexes, names of places at odd ones.
  const code = body
    .split(PLACE)
    .map((part, index) =>
      index % 2 === 0 || !isPlace(part) ? escapeHtml(part) : part === "link" ? anchor : escapeHtml(places[part]),
    )
    .join("")
    .replaceAll(/\r?\n/g, "<br>\n");
  return { text, code };
}

/** A partner's link, leading where the material says instead of where the link itself does. */
export function materialLink(linkUrl: string, destination: string | null): string {
  if (destination === null) return linkUrl;
  const url = new URL(linkUrl);
  url.searchParams.set("to", destination);
  return url.href;
}

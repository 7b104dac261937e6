/** As long as browsers and proxies reliably carry. */
export const DESTINATION_LENGTH_MAX = 2_000;
/** The query parameter that carries the click id to the destination. */
export const CLICK_ID_PARAMETER = "tid";

/**
 * The destination in its normal form, if it is an http or https address on one of `hosts` (a host, with its port where that is not the
 * default); undefined otherwise. What is compared and what is sent to the browser are the same parse of the same text (WHATWG), so no way of
 * writing an address means one host here and another there. No wildcards: a host names itself.
 */
export function allowedDestination(text: string, hosts: readonly string[]): string | undefined {
  if (text.length > DESTINATION_LENGTH_MAX || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  // Credentials in an address serve to make one host look like another.
  if (url.username !== "" || url.password !== "") return undefined;
  return hosts.some((host) => host.toLowerCase() === url.host) ? url.href : undefined;
}

/** A destination cut where the click id goes, so that a redirect only joins three texts. */
export type PreparedDestination = { readonly beforeId: string; readonly afterId: string; readonly plain: string };

export function prepareDestination(href: string): PreparedDestination {
  const url = new URL(href);
  // What a link's maker wrote there is no click of ours.
  url.searchParams.delete(CLICK_ID_PARAMETER);
  const { hash } = url;
  const plain = url.href;
  url.hash = "";
  const base = url.href.replace(/[?#]+$/, "");
  return { beforeId: `${base}${base.includes("?") ? "&" : "?"}${CLICK_ID_PARAMETER}=`, afterId: hash, plain };
}

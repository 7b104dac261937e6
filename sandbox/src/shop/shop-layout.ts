import { type Html, html } from "../pages/html.ts";
import { page } from "../pages/page.ts";
import { BRAND } from "./catalogue.ts";
import type { Customer } from "./shop-records.ts";
import { SHOP_STYLE } from "./shop-style.ts";

/** What every page of the shop needs to know. */
export type Frame = {
  readonly customer: Customer | undefined;
  readonly docsUrl: string | undefined;
  readonly mailboxUrl: string | undefined;
  /** The visitor came through a partner's link. */
  readonly isReferred?: boolean;
};

const LEAF = html`<svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M12 22V8"></path><path d="M12 12c-5 0-7-3-7-7 5 0 7 3 7 7Z"></path><path d="M12 16c5 0 7-3 7-7-5 0-7 3-7 7Z"></path></svg>`;

export function shopPage(
  frame: Frame,
  content: { readonly title: string; readonly body: Html; readonly className?: string },
): Html {
  const { customer, docsUrl, mailboxUrl, isReferred } = frame;
  const account = customer
    ? html`<a href="/account">${customer.name.split(" ")[0]}</a><form method="post" action="/signout"><button class="quiet">Sign out</button></form>`
    : html`<a href="/signin">Sign in</a><a class="button" href="/signup">Start free</a>`;
  return page({
    title: content.title === BRAND ? `${BRAND}: invoices for small studios` : `${content.title} · ${BRAND}`,
    style: SHOP_STYLE,
    className: content.className ?? "wide",
    header: html`<div class="strip"><div><span>${isReferred === true ? html`You came through a partner's link. <a href="#tributary">What Tributary did</a>` : "A demo shop: no card is charged."}</span><nav aria-label="Demo">
        ${docsUrl !== undefined && html`<a href="${docsUrl}">Tributary's API</a>`}
        ${mailboxUrl !== undefined && html`<a href="${mailboxUrl}">Mailbox</a>`}</nav></div></div>
      <header class="top"><div><a class="mark" href="/">${LEAF}${BRAND}</a><nav aria-label="Shop"><a class="wide-only" href="/#prices">Prices</a>${account}</nav></div></header>`,
    footer: html`<footer class="site-foot"><div>${BRAND} is made up. It shows how a shop reports to Tributary: one call at sign-up, one for each payment and refund.</div></footer>`,
    body: content.body,
  });
}

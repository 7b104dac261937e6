import { type Html, html } from "../pages/html.ts";
import { amountWords } from "../pages/money-words.ts";
import { BRAND, PRODUCTS, type Product } from "./catalogue.ts";
import type { FoundPartner } from "./findings.ts";
import { type Frame, shopPage } from "./shop-layout.ts";
import { tributaryPanel, visitWords } from "./tributary-panel.ts";

const ICON = (path: string): Html =>
  html`<svg width="26" height="26" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${path}"></path></svg>`;

const FEATURES = [
  {
    icon: ICON("M4 4h16v12H9l-5 4V4ZM8 9h8M8 12h5"),
    title: "Reminders that stay polite",
    text: "A nudge before the due date, one on it, one after. In your words, and it stops by itself when the money is there.",
  },
  {
    icon: ICON("M3 7h18v12H3zM3 11h18M7 15h3"),
    title: "Paid by card or transfer",
    text: "Clients pay from the invoice. Part payments and deposits are matched to it, to the cent.",
  },
  {
    icon: ICON("M5 3h10l4 4v14H5zM15 3v4h4M9 12h6M9 16h6"),
    title: "Books your bookkeeper likes",
    text: "Numbers without gaps, tax by country, and one export a month that needs no explaining.",
  },
];

/** The front door. */
export function landingPage(
  frame: Frame,
  { clickId, partner }: { readonly clickId: string | undefined; readonly partner: FoundPartner | undefined },
): Html {
  return shopPage(
    { ...frame, isReferred: clickId !== undefined },
    {
      title: BRAND,
      className: "landing",
      body: html`
      <section class="hero"><div class="band">
        <div>
          <h1>Invoices that leave on time</h1>
          <p class="lead">${BRAND} writes, sends and follows up the invoices of small studios, so that Friday afternoon is yours again.</p>
          <div class="row">${frame.customer === undefined ? html`<a class="button" href="/signup">Start free</a>` : html`<a class="button" href="/account">Your account</a>`}<a class="button quiet" href="#prices">See prices</a></div>
        </div>
        ${SHEET}
      </div></section>
      <section class="band features">${FEATURES.map(({ icon, title, text }) => html`<div>${icon}<h3>${title}</h3><p>${text}</p></div>`)}</section>
      <section class="band" id="prices">
        <div class="heading"><h2>Prices</h2><p class="muted">By the month, and you may leave whenever you like.</p></div>
        <div class="prices">${PRODUCTS.map(priceCard)}</div>
        ${tributaryPanel({ docs: frame.docsUrl }, visitWords(clickId, partner))}
      </section>`,
    },
  );
}

const SHEET = html`<div class="sheet" role="img" aria-label="An invoice of 2,480.00 USD, paid">
  <p class="muted small">Invoice 2026-0117 to Kestrel &amp; Sons</p>
  <div class="line"><span>Website, second half</span><span class="number">1,900.00</span></div>
  <div class="line"><span>Photographs, one day</span><span class="number">580.00</span></div>
  <div class="line"><span>Total</span><span class="number">2,480.00 USD</span></div>
  <span class="paid">Paid, two days early</span>
</div>`;

const priceCard = (product: Product): Html => html`<article class="card price${product.id === "studio" && " best"}">
  <h3>${product.name}</h3><p class="muted small">${product.pitch}</p>
  <p class="amount">${amountWords(product.amount, product.currency)} <span>${product.currency}${product.isMonthly ? " a month" : " once"}</span></p>
  <ul>${product.points.map((point) => html`<li>${point}</li>`)}</ul>
  <a class="button${product.id === "studio" ? "" : " quiet"}" href="/checkout/${product.id}">Choose ${product.name}</a>
</article>`;

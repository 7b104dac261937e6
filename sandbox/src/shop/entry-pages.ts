import { type Html, html } from "../pages/html.ts";
import { dayWords, moneyWords } from "../pages/money-words.ts";
import { BRAND, type Product } from "./catalogue.ts";
import { type Frame, shopPage } from "./shop-layout.ts";
import { tributaryPanel, visitWords } from "./tributary-panel.ts";

/** A form as it was filled in, with what is wrong about it. */
export type Filled = { readonly values: Readonly<Record<string, string>>; readonly wrong?: string };

const wrongNote = (wrong: string | undefined): Html =>
  wrong === undefined ? html`` : html`<p class="note bad" role="alert" id="wrong">${wrong}</p>`;

export const signUpPage = (
  frame: Frame,
  { values, wrong }: Filled,
  { product, clickId }: { readonly product: Product | undefined; readonly clickId: string | undefined },
): Html =>
  shopPage(frame, {
    title: "Start free",
    body: html`<div class="split"><section>
        <h1>${product === undefined ? "Start free" : `Start with ${product.name}`}</h1>
        <p class="muted">${product === undefined ? "An account first. You choose a plan when you are ready." : "An account first, then you pay."}</p>
        ${wrongNote(wrong)}
        <form class="card stack" method="post" action="/signup">
          <input type="hidden" name="next" value="${product?.id}">
          <label>Your name<input name="name" autocomplete="name" required maxlength="80" value="${values["name"]}"></label>
          <label>E-mail<input name="email" type="email" autocomplete="email" required maxlength="200" value="${values["email"]}"></label>
          <label>Code <span class="hint">If somebody gave you one</span><input name="code" maxlength="60" autocomplete="off" spellcheck="false" value="${values["code"]}"></label>
          <button>Create account</button>
        </form>
        <p class="muted small">Already with ${BRAND}? <a href="${product === undefined ? "/signin" : `/signin?next=${product.id}`}">Sign in</a></p>
      </section>${tributaryPanel({ docs: frame.docsUrl }, visitWords(clickId))}</div>`,
  });

export const signInPage = (frame: Frame, { values, wrong }: Filled, product: Product | undefined): Html =>
  shopPage(frame, {
    title: "Sign in",
    className: "narrow",
    body: html`<h1>Sign in</h1>
      <p class="muted">In this demo your e-mail address is enough.</p>
      ${wrongNote(wrong)}
      <form class="card stack" method="post" action="/signin">
        <input type="hidden" name="next" value="${product?.id}">
        <label>E-mail<input name="email" type="email" autocomplete="email" required value="${values["email"]}"></label>
        <button>Sign in</button>
      </form>
      <p class="muted small">New here? <a href="${product === undefined ? "/signup" : `/signup?next=${product.id}`}">Create an account</a></p>`,
  });

export const checkoutPage = (
  frame: Frame,
  product: Product,
  at: { readonly mayGiveCode: boolean; readonly now: string; readonly formId: string; readonly wrong?: string },
): Html =>
  shopPage(frame, {
    title: `Buy ${product.name}`,
    className: "narrow",
    body: html`<h1>${product.name}</h1>
      <p class="muted">${product.pitch}</p>
      ${wrongNote(at.wrong)}
      <form class="card stack" method="post" action="/checkout/${product.id}">
        <input type="hidden" name="form" value="${at.formId}">
        <div class="row spread"><span>${product.name}${product.isMonthly ? `, first month from ${dayWords(at.now)}` : ", once"}</span><span class="number">${moneyWords(product.amount, product.currency)}</span></div>
        ${at.mayGiveCode && html`<label>Code <span class="hint">If somebody gave you one</span><input name="code" maxlength="60" autocomplete="off" spellcheck="false"></label>`}
        <div class="total"><span>Today</span><span class="number">${moneyWords(product.amount, product.currency)}</span></div>
        <dl class="facts"><dt>Card</dt><dd>Test card ending in 4242</dd></dl>
        <button>Pay ${moneyWords(product.amount, product.currency)}</button>
      </form>`,
  });

export const messagePage = (frame: Frame, title: string, text: string): Html =>
  shopPage(frame, {
    title,
    className: "narrow",
    body: html`<h1>${title}</h1><p class="muted">${text}</p><p><a class="button quiet" href="/">To the front page</a></p>`,
  });

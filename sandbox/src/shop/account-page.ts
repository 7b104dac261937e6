import { type Html, html } from "../pages/html.ts";
import { amountWords, dayWords, moneyWords } from "../pages/money-words.ts";
import { findProduct } from "./catalogue.ts";
import type { Findings, FoundPartner } from "./findings.ts";
import { type Frame, shopPage } from "./shop-layout.ts";
import type { Act, Customer, Report } from "./shop-records.ts";
import { actWords, conversionWords, tributaryPanel } from "./tributary-panel.ts";

export type AccountPage = {
  readonly customer: Customer;
  readonly acts: readonly (Act & { readonly left: number })[];
  /** What the panel tells about: an act, or the sign-up where there is none. */
  readonly shown: {
    readonly act: Act | undefined;
    readonly report: Report | undefined;
    readonly findings: Findings | undefined;
    readonly partner: FoundPartner | undefined;
  };
  /** What has just been done, in a sentence. */
  readonly notice: string | undefined;
  readonly wrong: string | undefined;
  /** Makes a form sent twice one act. */
  readonly newForm: () => string;
};

export function accountPage(frame: Frame, at: AccountPage): Html {
  const { act, report, findings, partner } = at.shown;
  const words = act === undefined ? conversionWords(report, partner) : actWords(act, report, findings);
  const about = act === undefined ? "At your sign-up" : `${KINDS[act.kind]} ${act.id}`;
  return shopPage(frame, {
    title: "Your account",
    body: html`<div class="split account"><div class="head stack">
        <h1>${at.customer.name}</h1>
        <p class="muted small">${at.customer.email} · customer <span class="mono">${at.customer.id}</span></p>
        ${at.notice !== undefined && html`<p class="note good" role="status">${at.notice}</p>`}
        ${at.wrong !== undefined && html`<p class="note bad" role="alert">${at.wrong}</p>`}
      </div>${tributaryPanel({ docs: frame.docsUrl }, words, about)}
      <div class="rest stack">${plan(at)}<section class="card"><h2>Payments</h2>${payments(at)}</section></div></div>`,
  });
}

const KINDS = { purchase: "Payment", renewal: "Payment", refund: "Refund" } as const;

function plan({ customer, newForm }: AccountPage): Html {
  const product = customer.plan && findProduct(customer.plan.productId);
  if (!customer.plan || !product) {
    return html`<section class="card stack"><h2>No plan yet</h2><p class="muted">Choose one and you can send your first invoice today.</p><p><a class="button" href="/#prices">Choose a plan</a></p></section>`;
  }
  return html`<section class="card stack"><h2>${product.name}</h2>
    <p>${moneyWords(product.amount, product.currency)} a month. <span class="muted">Renews ${dayWords(customer.plan.renewsAt)}.</span></p>
    <form method="post" action="/plan/renew" class="row"><input type="hidden" name="form" value="${newForm()}"><button>Make it next month</button>
      <span class="muted small">Pays the renewal of ${dayWords(customer.plan.renewsAt)} now.</span></form></section>`;
}

function payments(at: AccountPage): Html {
  if (at.acts.length === 0) return html`<p class="muted">Nothing yet.</p>`;
  return html`<ul class="purchases">${at.acts.map(
    (act) => html`<li>
      <div class="row spread"><span>${act.label}</span><b class="number">${moneyWords(act.kind === "refund" ? -act.amount : act.amount, act.currency)}</b></div>
      <div class="row small muted"><span>${dayWords(act.occurredAt)}</span><span class="mono">${act.id}</span>
        ${act.kind !== "refund" && act.left < act.amount && html`<span>${act.left === 0 ? "Refunded" : `${amountWords(act.amount - act.left, act.currency)} refunded`}</span>`}
        ${act.id === at.shown.act?.id ? html`<span>Shown in the box</span>` : html`<a href="/account?act=${act.id}#tributary">What Tributary did</a>`}</div>
      ${act.kind !== "refund" && act.left > 0 && refundForm(act, at.newForm)}</li>`,
  )}</ul>`;
}

const refundForm = (
  act: Act & { readonly left: number },
  newForm: () => string,
): Html => html`<details><summary>Refund</summary>
  <form method="post" action="/acts/${act.id}/refund" class="refund"><input type="hidden" name="form" value="${newForm()}">
    <label>Amount, ${act.currency}<input name="amount" inputmode="decimal" value="${amountWords(Math.max(1, Math.floor(act.left / 2)), act.currency).replaceAll(",", "")}"></label>
    <button class="quiet" name="part" value="some">Refund this amount</button>
    <button class="quiet" name="part" value="all">Refund all ${moneyWords(act.left, act.currency)}</button>
  </form></details>`;

import { type Html, html } from "../pages/html.ts";
import { moneyWords } from "../pages/money-words.ts";
import type { Findings, FoundPartner } from "./findings.ts";
import { receiptWords } from "./receipt-words.ts";
import type { Act, Report } from "./shop-records.ts";

/** Where the panel points to; none before Tributary is connected. */
export type PanelLinks = { readonly docs: string | undefined };

/** The sources of a stream: Tributary's mark. */
const MARK = html`<svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="M5 3c0 7 7 6 7 12v6M19 3c0 7-7 6-7 12M12 3v6"></path></svg>`;

/** A quiet box beside the shop's own content, for who wants to see what happens behind it. */
export const tributaryPanel = (links: PanelLinks, content: Html, about?: string): Html => html`
  <aside class="tributary" id="tributary" aria-labelledby="tributary-heading">
    <h2 id="tributary-heading">${MARK}What Tributary did</h2>
    ${about !== undefined && html`<p class="about">${about}</p>`}
    <div class="stack">${content}</div>
    <p class="foot">Only in this demo: a shop's customers never see this.${links.docs !== undefined && html` <a href="${links.docs}">API documentation</a>`}</p>
  </aside>`;

/** A partner by name, and by the code of its links where that says more. */
const partnerWords = ({ name, code }: FoundPartner): Html =>
  html`<b>${name}</b>${code !== undefined && code !== name && html` <span class="muted">(code ${code})</span>`}`;

/** Before there is an account: what the visit alone has done. */
export const visitWords = (clickId: string | undefined, partner?: FoundPartner): Html =>
  clickId === undefined
    ? html`<p>Nothing: nobody sent you here. Open a partner's link first, and Tributary counts the click, leads you here, and adds the click's id to the address.</p>
        <p>You can also sign up with a partner's code.</p>`
    : html`<p>You came through a link of ${partner === undefined ? "a partner" : partnerWords(partner)}. Tributary counted the click and added its id to the address:</p>
        <p class="mono">?tid=${clickId}</p>
        <p>The shop keeps it in a cookie of its own. Nobody has a commission yet: that takes a sign-up and a purchase.</p>`;

/** After a sign-up: how the customer was tied to a partner, or why not. */
export function conversionWords(report: Report | undefined, partner: FoundPartner | undefined): Html {
  if (report === undefined) {
    return html`<p>Nothing: you came without a partner's link or code, so there was nothing to tell. What you buy is reported all the same, tied to nobody.</p>`;
  }
  if (report.state !== "done") return trouble(report, "Nobody is tied to you; your account is not affected.");
  const whom = partner === undefined ? html`<b>the partner who sent you</b>` : partnerWords(partner);
  return html`<p>The shop told Tributary about you. You are now tied to ${whom}, for good.</p>
    <p>The first payment makes you a paying referral.</p>${call(report)}`;
}

/** After money has moved: the partner, each commission, and how its figure comes about. */
export function actWords(act: Act, report: Report | undefined, findings: Findings | undefined): Html {
  if (report === undefined) return html`<p>Nothing was reported.</p>`;
  if (report.state !== "done") return trouble(report, "Your purchase is not affected.");
  if (findings === undefined) {
    return html`<p>It has recorded the ${act.kind} and worked out the commissions. What came of it cannot be looked up right now; reload to try again.</p>${call(report)}`;
  }
  const { partner, commissions } = findings;
  const recorded = html`It recorded the ${act.kind} of ${moneyWords(act.amount, act.currency)}`;
  if (findings.isWaiting)
    return html`<p>${recorded}, which waits for the payment that it belongs to.</p>${call(report)}`;
  if (partner === undefined) {
    return html`<p>${recorded}. You are tied to no partner, so <b>nobody has a commission on it</b>.</p>${call(report)}`;
  }
  if (commissions.length === 0) {
    const why =
      act.kind === "refund" ? "There was nothing to take back" : "Under the partner's terms nothing came of it";
    return html`<p>${recorded}. You came through ${partnerWords(partner)}. ${why}.</p>${receiptWords(findings)}${call(report)}`;
  }
  return html`<p>${recorded} and worked this out for ${partnerWords(partner)}, who sent you:</p>
    ${receiptWords(findings)}${call(report)}`;
}

/** Why a report is not done, and what the shop does about it. */
function trouble(report: Report, comfort: string): Html {
  if (report.state === "refused") {
    return html`<p class="note wait">Tributary refused it: ${sentence(report.trouble ?? "no reason given")} ${comfort}</p>${call(report)}`;
  }
  const why = report.trouble === null ? "It has not been told yet." : sentence(report.trouble);
  return html`<p class="note wait">${why} ${comfort}</p>
    <p>The shop goes on trying by itself, under the same <i>Idempotency-Key</i>, so that nothing is counted twice.</p>
    <form method="post" action="/reports/retry"><button class="quiet">Tell Tributary now</button></form>${call(report)}`;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** The call behind it, for who is about to write the same. */
const call = (report: Report): Html => html`<details><summary>The call the shop made</summary>
  <pre class="mono">POST ${report.path}
Idempotency-Key: shop-${report.id}-${report.wording + 1}

${JSON.stringify(report.bodies[report.wording], null, 2)}</pre></details>`;

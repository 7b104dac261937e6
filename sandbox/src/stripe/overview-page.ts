import { type Html, html } from "../pages/html.ts";
import { amountWords, moneyWords } from "../pages/money-words.ts";
import { page } from "../pages/page.ts";
import { PLATFORM } from "./balances.ts";
import { balanceOf } from "./funds.ts";
import type { StandingName } from "./standings.ts";
import type { StripeWorld } from "./stripe-world.ts";

/** How many of a kind are shown, the newest. */
const SHOWN_MAX = 25;

const STYLE = `
h2 { margin: 32px 0 12px; } h2 .muted { font-weight: 400; font-size: .875rem; margin-left: 6px; }
.balances { display: flex; flex-wrap: wrap; gap: 16px; margin-top: 20px; }
.balances .card { min-width: 180px; padding: 16px 20px; } .balances b { display: block; font-size: 1.5rem; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.frame { overflow-x: auto; padding: 4px 8px; } td, th { white-space: nowrap; } .frame p { padding: 12px; margin: 0; }
.state { display: inline-block; border-radius: 99px; padding: 1px 10px; font-size: .8125rem; background: var(--hover); color: var(--ink-2); }
.state.good { background: var(--good-ground); color: var(--good); } .state.bad { background: var(--bad-ground); color: var(--bad); } .state.wait { background: var(--wait-ground); color: var(--wait); }
`;

type State = readonly [tone: "" | "good" | "bad" | "wait", words: string];

const STANDINGS: Readonly<Record<StandingName, State>> = {
  new: ["wait", "Not onboarded"],
  active: ["good", "Can be paid"],
  verifying: ["", "Being verified"],
  restricted: ["wait", "Restricted"],
  bank_refused: ["bad", "Bank refused"],
  rejected: ["bad", "Rejected"],
};

const PAYOUTS: Readonly<Record<string, State>> = {
  pending: ["", "Pending"],
  in_transit: ["", "On its way"],
  paid: ["good", "Arrived"],
  failed: ["bad", "Failed"],
  canceled: ["", "Cancelled"],
};

/** What is at Stripe, for people: the platform's balance, its accounts, and the way of the money. */
export function overviewPage(world: StripeWorld): Html {
  const { records } = world;
  const accounts = records.accounts.all();
  const emails = new Map(accounts.map(({ id, account }) => [id, account.email ?? id]));
  const payouts = records.payouts.all();
  return page({
    title: "Stripe stand-in",
    style: STYLE,
    header: html`<header class="top"><div><span class="mark">Stripe stand-in</span> <span class="muted small">No money moves; nothing leaves this machine.</span></div></header>`,
    body: html`
      <h1>The platform's balance</h1>
      <p class="muted">Payouts to partners are transfers from here to their accounts. It is ${moment(world.now())} here.</p>
      <div class="balances">${balanceOf(world, PLATFORM).available.map(
        ({ amount, currency }) =>
          html`<div class="card"><span class="muted small">Available</span><b>${moneyWords(amount, currency.toUpperCase())}</b></div>`,
      )}</div>
      ${section(
        "Connected accounts",
        accounts,
        ["Account", "Who", "Country", "State", "Balance"],
        ({ id, account, standing, isDisconnected }) => [
          html`<span class="mono">${id}</span>`,
          account.email ?? "",
          account.country ?? "",
          isDisconnected ? state(["bad", "Disconnected"]) : state(STANDINGS[standing]),
          balancesOf(world, id),
        ],
      )}
      ${section(
        "Transfers to accounts",
        records.transfers.all(),
        ["When", "To", "Transfer", "State", "Amount"],
        (transfer) => [
          moment(new Date(transfer.created * 1000)),
          emails.get(typeof transfer.destination === "string" ? transfer.destination : "") ?? "",
          html`<span class="mono">${transfer.id}</span>`,
          transfer.amount_reversed === 0
            ? state(["good", "Made"])
            : state([
                "wait",
                transfer.reversed
                  ? "Reversed"
                  : `${amountWords(transfer.amount_reversed, transfer.currency.toUpperCase())} reversed`,
              ]),
          moneyWords(transfer.amount, transfer.currency.toUpperCase()),
        ],
      )}
      ${section("Payouts to banks", payouts, ["When", "From", "Payout", "State", "Amount"], ({ accountId, payout }) => [
        moment(new Date(payout.created * 1000)),
        emails.get(accountId) ?? "",
        html`<span class="mono">${payout.id}</span>`,
        html`${state(PAYOUTS[payout.status] ?? ["", payout.status])}${payout.failure_code !== null && html` <span class="muted small">${payout.failure_code.replaceAll("_", " ")}</span>`}`,
        moneyWords(payout.amount, payout.currency.toUpperCase()),
      ])}`,
  });
}

type Cell = Html | string;

/** A table of the newest; the last column is a number. */
function section<T>(
  title: string,
  all: readonly T[],
  heads: readonly string[],
  cells: (item: T) => readonly Cell[],
): Html {
  const shown = all.slice(-SHOWN_MAX).toReversed();
  const count = all.length > shown.length ? `the newest ${shown.length} of ${all.length}` : String(all.length);
  const last = heads.length - 1;
  return html`<h2>${title}<span class="muted">${count}</span></h2><div class="card frame">${
    shown.length === 0
      ? html`<p class="muted">None yet.</p>`
      : html`<table><thead><tr>${heads.map((head, index) => html`<th scope="col" class="${index === last && "number"}">${head}</th>`)}</tr></thead>
    <tbody>${shown.map((item) => html`<tr>${cells(item).map((cell, index) => html`<td class="${index === last && "number"}">${cell}</td>`)}</tr>`)}</tbody></table>`
  }</div>`;
}

const state = ([tone, words]: State): Html => html`<span class="state ${tone}">${words}</span>`;

/** Zero is not worth a line, unless it is all there is. */
function balancesOf(world: StripeWorld, accountId: string): string {
  const { available, pending } = balanceOf(world, accountId);
  const words = available.map(({ amount, currency }, index) => {
    const later = pending[index]?.amount ?? 0;
    return (
      moneyWords(amount, currency.toUpperCase()) +
      (later === 0 ? "" : ` (+ ${amountWords(later, currency.toUpperCase())} pending)`)
    );
  });
  return words.join(", ");
}

const moment = (instant: Date): string =>
  instant.toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "UTC",
  });

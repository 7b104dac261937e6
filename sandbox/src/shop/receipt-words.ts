import { type Html, html } from "../pages/html.ts";
import { amountWords, dayWords, exactWords, moneyWords, percentWords } from "../pages/money-words.ts";
import type { Findings, FoundCommission } from "./findings.ts";
import { type Clause, clauseWords } from "./receipt-clauses.ts";

const TYPES: Readonly<Record<string, string>> = {
  recurring: "Commission on this payment",
  transaction: "Share of the volume",
  signup: "Sign-up bonus, once for each customer",
  bonus: "Bonus",
};

const TAKEN: Readonly<Record<string, string>> = {
  recurring: "Taken back from the commission",
  transaction: "Taken back from the share of volume",
  signup: "Taken back: the sign-up bonus",
};

/** Every commission of an act as a sum on paper, what was cancelled by it, and the rules that were tried. */
export function receiptWords({ commissions, clauses, base }: Findings): Html {
  const cancelled = clauses.filter(({ outcome }) => outcome === "cancelled");
  return html`${commissions.map((commission) =>
    sheet(commission, { base, clause: clauses.find(({ commissionId }) => commissionId === commission.id) }),
  )}${cancelled.map(cancelledSheet)}${
    clauses.length > 0 &&
    html`<details><summary>Rules tried (${clauses.length})</summary><ul>${clauses.map((clause) => html`<li>${clauseWords(clause)}</li>`)}</ul></details>`
  }`;
}

type Line = readonly [label: string, figure: string];

function sheet(commission: FoundCommission, at: { readonly base: number; readonly clause: Clause | undefined }): Html {
  const { amount, currency, type, isReversal } = commission;
  const title = isReversal ? (TAKEN[type] ?? "Taken back") : (TYPES[type] ?? "Commission");
  const lines = isReversal ? reversalLines(at.clause, currency) : earningLines(commission, at);
  return paper(
    title,
    lines,
    [isReversal ? "Taken back" : "Commission", moneyWords(amount, currency)],
    statusWords(commission),
  );
}

/** Factors of one are left out. */
function earningLines(
  { amount, currency, rate }: FoundCommission,
  { base, clause }: { readonly base: number; readonly clause: Clause | undefined },
): Line[] {
  if (rate === null) return [];
  const lines: Line[] = [
    ["Paid, less tax", amountWords(clause?.rate === undefined ? base : clause.base, currency)],
    ["× the partner's rate", percentWords(rate)],
  ];
  if (clause === undefined) return lines;
  if (clause.volumeBonus > 0) {
    lines.push([`+ volume bonus, ${clause.clients} paying referrals`, percentWords(clause.volumeBonus)]);
  }
  if (clause.tierMultiplier !== 1) lines.push(["× tier", String(clause.tierMultiplier)]);
  if (clause.product !== undefined && clause.product !== String(amount)) {
    const exact = exactWords(clause.product, currency);
    if (exact !== undefined) lines.push(["Exactly, before rounding", exact]);
  }
  return lines;
}

function reversalLines(clause: Clause | undefined, currency: string): Line[] {
  if (clause === undefined || clause.eventAmount === 0) return [];
  const lines: Line[] = [
    [
      "Refunded so far",
      `${amountWords(clause.refundedSoFar, currency)} of ${amountWords(clause.eventAmount, currency)}`,
    ],
    [
      clause.onOtherRows === undefined ? "× the commission" : "× all commissions of the sale",
      amountWords(clause.commission, currency),
    ],
  ];
  if (clause.alreadyReversed > 0) lines.push(["− taken back before", amountWords(clause.alreadyReversed, currency)]);
  const others = clause.onOtherRows ?? 0;
  if (others !== 0)
    lines.push([`${others > 0 ? "−" : "+"} on the sale's other commissions`, amountWords(Math.abs(others), currency)]);
  return lines;
}

const cancelledSheet = ({ rule, amount, currency }: Clause): Html =>
  paper(
    rule === "signup" ? "Sign-up bonus" : "Commission",
    [],
    ["Cancelled", moneyWords(-amount, currency ?? "USD")],
    "Nothing is left of the payment that earned it. It was still pending, so it ends here.",
  );

const paper = (
  title: string,
  lines: readonly Line[],
  [label, figure]: Line,
  note: string,
): Html => html`<div class="receipt">
  <table><caption>${title}</caption><tbody>
    ${lines.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}
    <tr class="sum"><th scope="row">${label}</th><td>${figure}</td></tr>
  </tbody></table><p class="small">${note}</p></div>`;

const STATUSES: Readonly<Record<string, string>> = {
  approved: "Approved: the partner's, not yet paid.",
  paid: "Paid.",
  disputed: "Disputed.",
  cancelled: "Cancelled.",
};

function statusWords({ status, holdUntil, isReversal }: FoundCommission): string {
  if (isReversal) return "A row of its own: what was booked before stays as it was.";
  if (status !== "pending") return STATUSES[status] ?? status;
  return holdUntil === undefined
    ? "Pending."
    : `Pending, clears ${dayWords(holdUntil)}: until then a refund takes it back.`;
}

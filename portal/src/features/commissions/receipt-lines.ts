import { t } from "../../i18n/messages.ts";
import { formatDay } from "../../ui/dates.ts";
import { exponentOf, formatMoney } from "../../ui/money.ts";
import { formatPercent } from "../../ui/numbers.ts";
import type { Clause, Receipt } from "./receipt-type.ts";
import { capWords, clauseWords } from "./rule-words.ts";

/** A line of a sum on paper: the operator left, the reason in words, the number right. A rule is drawn above a result. */
export type ReceiptLine = {
  readonly sign: "" | "−" | "×" | "+" | "≈" | "=";
  readonly words: string;
  readonly note?: string;
  readonly value: string;
  readonly rule?: "single" | "double";
};

type Input = {
  readonly receipt: Receipt;
  readonly commissionId: string;
  readonly amount: number;
  readonly currency: string;
};

/** The calculation of one commission as a person would write it down. Factors of one are left out. */
export function receiptLines({ receipt, commissionId, amount, currency }: Input): ReceiptLine[] {
  const clause = receipt.clauses.find((one) => one.commissionId === commissionId);
  const money = (minor: number): string => formatMoney(minor, currency);
  const result: ReceiptLine = {
    sign: "",
    words: t("receipt.commission"),
    value: `${money(amount)} ${currency}`,
    rule: "double",
  };
  if (clause === undefined) return [result];
  if (clause.eventAmount !== undefined) return [...reversalLines(clause, money), result];
  if (clause.due !== undefined) {
    return [
      { sign: "", words: t("receipt.due"), value: money(clause.due) },
      { sign: "−", words: t("receipt.already"), value: money(clause.already ?? 0) },
      result,
    ];
  }
  if (clause.base === undefined)
    return [flatLine(receipt, clause, money(clause.uncapped ?? amount)), ...capLines(clause, amount, money), result];
  return [
    ...baseLines(receipt, clause, money),
    ...factorLines(receipt, clause),
    ...roundingLines(clause, currency),
    ...capLines(clause, amount, money),
    result,
  ];
}

/** What was paid, less the tax in it, is the base; a card's own revenue is it at once. */
function baseLines(
  { kind, amount, tax }: Receipt,
  { base = 0 }: Clause,
  money: (minor: number) => string,
): ReceiptLine[] {
  const isPayment = kind === "payment" && amount != null && amount - (tax ?? 0) === base;
  if (!isPayment || !tax) return [{ sign: "", words: t("receipt.base"), value: money(base) }];
  return [
    { sign: "", words: t("receipt.payment"), value: money(amount) },
    { sign: "−", words: t("receipt.tax"), value: money(tax) },
    { sign: "", words: t("receipt.base"), value: money(base), rule: "single" },
  ];
}

/** By which terms it was earned. */
const planWords = ({ terms }: Receipt): string =>
  terms ? t("receipt.plan", { version: terms.planVersion, tier: terms.tier.replace("tier", "") }) : "";

/** An amount that the plan names as it is. */
function flatLine(receipt: Receipt, clause: Clause, value: string): ReceiptLine {
  const note = planWords(receipt);
  return { sign: "", words: clauseWords(clause.clause), value, ...(note ? { note } : {}) };
}

function factorLines(receipt: Receipt, clause: Clause): ReceiptLine[] {
  const plan = planWords(receipt);
  const until = clause.endsOn ? t("receipt.until", { day: formatDay(clause.endsOn) }) : "";
  const rule = clause.rateRule ? t("receipt.byRule", { name: clause.rateRule }) : "";
  const note = [plan, rule, until].filter(Boolean).join(", ");
  const lines: ReceiptLine[] = [];
  if (clause.rate !== undefined) {
    lines.push({ sign: "×", words: t("receipt.rate"), value: formatPercent(clause.rate), ...(note ? { note } : {}) });
  }
  if (clause.volumeBonus) {
    const clients = t("receipt.clients", { count: clause.clients ?? 0 });
    lines.push({ sign: "+", words: t("receipt.volumeBonus"), note: clients, value: formatPercent(clause.volumeBonus) });
  }
  if (clause.tierMultiplier !== undefined && clause.tierMultiplier !== 1) {
    lines.push({ sign: "×", words: t("receipt.multiplier"), value: String(clause.tierMultiplier) });
  }
  return lines;
}

/** Only where something was rounded: the exact product, and what was done to it. */
function roundingLines({ product }: Clause, currency: string): ReceiptLine[] {
  if (product === undefined || /^-?\d+$/.test(product)) return [];
  return [
    { sign: "=", words: t("receipt.exactly"), value: exactText(product, currency), rule: "single" },
    { sign: "≈", words: t("receipt.rounded"), value: "" },
  ];
}

/** A decimal of minor units as one of whole ones, no digit lost; a fraction stays as it is. */
function exactText(product: string, currency: string): string {
  const match = /^(-?)(\d+)\.(\d+)$/.exec(product);
  if (match === null) return product;
  const [, sign = "", whole = "", part = ""] = match;
  const exponent = exponentOf(currency);
  const digits = whole.padStart(exponent + 1, "0");
  const at = digits.length - exponent;
  return `${sign ? "−" : ""}${digits.slice(0, at)}.${digits.slice(at)}${part}`;
}

/** Only where something was cut: what it would have been, and what cut it. */
function capLines(
  { uncapped, caps = [], spendLimit, reason }: Clause,
  amount: number,
  money: (minor: number) => string,
): ReceiptLine[] {
  if (uncapped === undefined || uncapped === amount) return [];
  const room = caps.map(
    ({ cap, limit, earned, left }): ReceiptLine => ({
      sign: "",
      words: capWords(cap),
      note: t("receipt.capNote", { limit: money(limit), earned: money(earned) }),
      value: money(left),
    }),
  );
  const words = t("cap.programme");
  const ofProgramme: ReceiptLine[] = spendLimit
    ? [
        {
          sign: "",
          words,
          note: t("receipt.limitNote", { limit: money(spendLimit.limit), spent: money(spendLimit.spent) }),
          value: money(spendLimit.left),
        },
      ]
    : // A partner is not told what all may earn together: what the limit left of this is what it came to.
      reason === "spend_limited"
      ? [{ sign: "", words, value: money(amount) }]
      : [];
  return [
    { sign: "", words: t("receipt.uncapped"), value: money(uncapped), rule: "single" },
    ...room,
    ...ofProgramme,
    { sign: "−", words: t("receipt.cut"), value: money(uncapped - amount) },
  ];
}

/** A sale that was corrected has several commissions, of which a refund takes its part together. */
const otherRows = (amount: number, money: (minor: number) => string): ReceiptLine[] =>
  amount === 0
    ? []
    : [{ sign: amount > 0 ? "−" : "+", words: t("receipt.onOtherRows"), value: money(Math.abs(amount)) }];

function reversalLines(clause: Clause, money: (minor: number) => string): ReceiptLine[] {
  return [
    {
      sign: "",
      words: t(clause.onOtherRows === undefined ? "receipt.original" : "receipt.originals"),
      value: money(clause.commission ?? 0),
    },
    {
      sign: "×",
      words: t("receipt.refunded"),
      value: `${money(clause.refundedSoFar ?? 0)} / ${money(clause.eventAmount ?? 0)}`,
    },
    ...(clause.alreadyReversed
      ? [{ sign: "−" as const, words: t("receipt.alreadyReversed"), value: money(clause.alreadyReversed) }]
      : []),
    ...otherRows(clause.onOtherRows ?? 0, money),
  ];
}

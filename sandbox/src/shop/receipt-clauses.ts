import { fieldsOf, listOf, numberOf, textOf } from "./tributary-client.ts";

/** One clause of a receipt: a rule that was tried, with what went into its figure. */
export type Clause = {
  readonly clause: string;
  readonly outcome: string;
  readonly reason: string;
  /** Of what a reversal takes back. */
  readonly rule: string | undefined;
  readonly commissionId: string | undefined;
  readonly amount: number;
  readonly currency: string | undefined;
  readonly base: number;
  readonly rate: number | undefined;
  readonly volumeBonus: number;
  readonly clients: number;
  readonly tierMultiplier: number;
  /** In minor units, before rounding. */
  readonly product: string | undefined;
  readonly eventAmount: number;
  readonly refundedSoFar: number;
  readonly commission: number;
  readonly alreadyReversed: number;
  /** The figures are of several commissions of one sale: what of it the others bear; below zero where they were given back. */
  readonly onOtherRows: number | undefined;
};

/** The clauses of a receipt; none where it has another shape than is known here. */
export const readClauses = (receipt: unknown): readonly Clause[] =>
  listOf(fieldsOf(receipt)["clauses"]).flatMap((row) => {
    const clause = textOf(row["clause"]);
    if (clause === undefined) return [];
    return [
      {
        clause,
        outcome: textOf(row["outcome"]) ?? "",
        reason: textOf(row["reason"]) ?? "",
        rule: textOf(row["rule"]),
        commissionId: textOf(row["commissionId"]),
        amount: numberOf(row["amount"]),
        currency: textOf(row["currency"]),
        base: numberOf(row["base"]),
        rate: typeof row["rate"] === "number" ? row["rate"] : undefined,
        volumeBonus: numberOf(row["volumeBonus"]),
        clients: numberOf(row["clients"]),
        tierMultiplier: row["tierMultiplier"] === undefined ? 1 : numberOf(row["tierMultiplier"]),
        product: textOf(row["product"]),
        eventAmount: numberOf(row["eventAmount"]),
        refundedSoFar: numberOf(row["refundedSoFar"]),
        commission: numberOf(row["commission"]),
        alreadyReversed: numberOf(row["alreadyReversed"]),
        onOtherRows: row["onOtherRows"] === undefined ? undefined : numberOf(row["onOtherRows"]),
      },
    ];
  });

const CLAUSES: Readonly<Record<string, string>> = {
  window: "In time",
  qualification: "Qualifying payment",
  recurring: "Commission on payments",
  signup: "Sign-up bonus",
  transaction: "Share of volume",
  share: "Share of revenue",
  reversal: "Taking back",
};

const REASONS: Readonly<Record<string, string>> = {
  not_converted: "tied to nobody",
  rejected: "the referral was rejected",
  before_conversion: "dated before you were tied to the partner",
  before_approval: "dated before the partner was approved",
  after_termination: "dated after the partner had left",
  active: "the partner is active",
  suspended: "the partner is suspended, so it is held",
  no_rate: "the terms have no rate for this",
  not_qualified: "no payment has qualified yet",
  months_are_over: "the months that earn are over",
  rounds_to_zero: "it rounds to zero",
  licence_mode: "a licence shares nothing",
  rate: "",
  already_qualified: "an earlier payment was the one",
  base_not_above_zero: "nothing was paid",
  below_minimum: "less than the least first payment",
  minimum_in_another_currency: "the least first payment is in another currency",
  qualified: "this payment makes you a paying referral",
  verification_open: "until your address is confirmed",
  fraud_hold_open: "until a review is over",
  no_bonus: "the terms have none",
  taken_back: "in proportion to the refund",
  given_back: "in proportion",
  nothing_left_of_payment: "nothing is left of the payment that qualified",
  in_hold: "it was still pending",
  approved: "it was approved before",
  closed: "settled before",
  unchanged: "nothing more to take back",
  nothing_left: "nothing more to take back",
};

const OUTCOMES: Readonly<Record<string, string>> = {
  applies: "yes",
  nothing: "no",
  waits: "waits",
  earned: "yes",
  reversed: "taken back",
  restored: "given back",
  cancelled: "cancelled",
  corrected: "corrected",
};

/** A clause as a line: `Sign-up bonus: no, the terms have none`. */
export function clauseWords({ clause, outcome, reason, rule }: Clause): string {
  const name = CLAUSES[clause] ?? spaced(clause);
  const of = rule === undefined ? "" : ` (${(CLAUSES[rule] ?? spaced(rule)).toLowerCase()})`;
  const why = REASONS[reason] ?? spaced(reason);
  return `${name}${of}: ${OUTCOMES[outcome] ?? spaced(outcome)}${why === "" ? "" : `, ${why}`}`;
}

/** A code that has no words here is still readable. */
const spaced = (code: string): string => code.replaceAll("_", " ");

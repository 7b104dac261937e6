import { addMonths, dateInZone } from "../../kernel/calendar.ts";
import { fractionFromPpm } from "../../kernel/rate.ts";
import type { Terms } from "../../programs/index.ts";
import { holdEnd } from "../commission-rules.ts";
import { actOf, type TransactionEvent } from "./engine-event.ts";
import { earn, type Fold } from "./fold.ts";
import { exactText, type Product, plainProduct, recurringProduct, rounded } from "./product.ts";
import type { Clause } from "./receipt.ts";
import type { EarningRule, Qualification } from "./standing.ts";
import { volumeBonusPpm } from "./volume-bonus.ts";

/** The event that earns, and the terms under which it does. */
export type Earning = { readonly fold: Fold; readonly event: TransactionEvent; readonly terms: Terms };

/** A share of each payment while the customer's months run (clause 3), raised by the bonus for volume (clauses 6 and 7). */
export function earnRecurring(earning: Earning, qualification: Qualification | null, clients: number): Clause {
  const { event, terms } = earning;
  if (terms.recurringRatePpm === 0n) return nothing("recurring", "no_rate");
  if (qualification === null) return nothing("recurring", "not_qualified");
  const endsOn = recurringEnd(qualification, terms);
  if (endsOn !== undefined && dateInZone(event.occurredAt, terms.timeZone) >= endsOn) {
    return { ...nothing("recurring", "months_are_over"), endsOn };
  }
  const base = event.amount - event.tax;
  const bonusPpm = volumeBonusPpm(terms, clients);
  const clause = earnProduct(earning, {
    rule: "recurring",
    base,
    ratePpm: terms.recurringRatePpm,
    product: recurringProduct(base, terms, bonusPpm),
  });
  return {
    ...clause,
    clients,
    volumeBonus: fractionFromPpm(bonusPpm),
    volumeBonusMode: terms.volumeBonusMode,
    ...(endsOn === undefined ? {} : { endsOn }),
  };
}

/** The first day that earns nothing, in the programme's time zone; undefined where there is no end. */
export function recurringEnd(
  { at }: Pick<Qualification, "at">,
  { recurringDuration, timeZone }: Pick<Terms, "recurringDuration" | "timeZone">,
): string | undefined {
  return recurringDuration === null ? undefined : addMonths(dateInZone(at, timeZone), recurringDuration);
}

/** A rate of card volume (clause 4), qualified or not, without end. */
export const earnVolume = (earning: Earning): Clause =>
  earnPlain(earning, "transaction", earning.event.amount, earning.terms.transactionRatePpm);

/** A share of revenue (clause 5) where the plan shares instead of licensing. */
export const earnShare = (earning: Earning, revenue: bigint): Clause =>
  earning.terms.mode === "share"
    ? earnPlain(earning, "share", revenue, earning.terms.revenueSharePpm)
    : nothing("share", "licence_mode");

function earnPlain(earning: Earning, rule: EarningRule, base: bigint, ratePpm: bigint): Clause {
  if (ratePpm === 0n) return nothing(rule, "no_rate");
  const product = plainProduct(base, ratePpm, earning.terms.tierMultiplierPpm);
  return earnProduct(earning, { rule, base, ratePpm, product });
}

/** Rounds a product, once, and books what it comes to (clause 6); zero is not stored. */
function earnProduct(
  { fold, event, terms }: Earning,
  earned: {
    readonly rule: EarningRule;
    readonly base: bigint;
    readonly ratePpm: bigint;
    readonly product: Product;
  },
): Clause {
  const { rule, base, ratePpm, product } = earned;
  const amount = rounded(product);
  const figures = {
    base,
    rate: fractionFromPpm(ratePpm),
    tierMultiplier: fractionFromPpm(terms.tierMultiplierPpm),
    product: exactText(product),
    rounding: "half_away_from_zero",
    amount,
    currency: event.currency,
  } as const;
  if (amount === 0n) return { ...nothing(rule, "rounds_to_zero"), ...figures };
  const { id } = earn(fold, {
    eventId: event.id,
    partnerId: event.partnerId,
    referralId: event.referralId,
    transactionId: event.id,
    number: event.number,
    rule,
    type: rule === "transaction" ? "transaction" : "recurring",
    act: actOf(event),
    amount,
    currency: event.currency,
    ratePpm,
    occurredAt: event.occurredAt,
    holdUntil: holdEnd(event.occurredAt, terms.holdDays),
  });
  return { clause: rule, outcome: "earned", reason: "rate", commissionId: id, ...figures };
}

const nothing = (clause: EarningRule, reason: string): Clause => ({ clause, outcome: "nothing", reason });

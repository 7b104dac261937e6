import { addMonths, dateInZone } from "../../kernel/calendar.ts";
import { fractionFromPpm } from "../../kernel/rate.ts";
import { chooseRate, type RatedSale, type RateRule, type Terms } from "../../programs/index.ts";
import { holdEnd } from "../commission-rules.ts";
import { countEarned, cutToCaps } from "./caps.ts";
import { earningKey } from "./earning-key.ts";
import { actOf, type TransactionEvent } from "./engine-event.ts";
import { commissionIdOf, earn, type Fold } from "./fold.ts";
import { exactText, type Product, plainProduct, recurringProduct, rounded } from "./product.ts";
import type { Clause } from "./receipt.ts";
import { cutToSpendLimit } from "./spend-limit.ts";
import type { EarningRule, Qualification, ReferralStanding } from "./standing.ts";
import { volumeBonusPpm } from "./volume-bonus.ts";

/** The event that earns, and the terms under which it does. */
export type Earning = { readonly fold: Fold; readonly event: TransactionEvent; readonly terms: Terms };

/** A share of each payment while the customer's months run (clause 3), raised by the bonus for volume (clauses 6 and 7); or what a rule of the plan says. */
export function earnRecurring(earning: Earning, customer: ReferralStanding, clients: number): Clause {
  const { event, terms } = earning;
  const { qualification } = customer;
  if (terms.recurringRatePpm === 0n && terms.rateRules.length === 0) return nothing("recurring", "no_rate");
  if (qualification === null) return nothing("recurring", "not_qualified");
  const endsOn = recurringEnd(qualification, terms);
  if (endsOn !== undefined && dateInZone(event.occurredAt, terms.timeZone) >= endsOn) {
    return { ...nothing("recurring", "months_are_over"), endsOn };
  }
  const { chosen, figures } = chooseRule(earning, customer, qualification);
  return { ...earnChosen(earning, chosen, clients), ...figures, ...(endsOn === undefined ? {} : { endsOn }) };
}

function earnChosen(earning: Earning, chosen: RateRule | undefined, clients: number): Clause {
  const { event, terms } = earning;
  const base = event.amount - event.tax;
  const pays = chosen?.pays ?? { ratePpm: terms.recurringRatePpm };
  if ("amount" in pays) {
    if (base === 0n) return nothing("recurring", "base_not_above_zero");
    const product = { numerator: pays.amount, denominator: 1n };
    return earnProduct(earning, { rule: "recurring", base, ratePpm: null, product });
  }
  const { ratePpm } = pays;
  if (ratePpm === 0n) return nothing("recurring", "no_rate");
  const bonusPpm = volumeBonusPpm(terms, clients);
  const product = recurringProduct(base, { ...terms, recurringRatePpm: ratePpm }, bonusPpm);
  return {
    ...earnProduct(earning, { rule: "recurring", base, ratePpm, product }),
    clients,
    volumeBonus: fractionFromPpm(bonusPpm),
    volumeBonusMode: terms.volumeBonusMode,
  };
}

type Choice = { readonly chosen: RateRule | undefined; readonly figures: Partial<Clause> };

/** The rule that decides a payment, with every rule that was tried; nothing is said where the plan has none. */
function chooseRule({ event, terms }: Earning, customer: ReferralStanding, qualification: Qualification): Choice {
  if (terms.rateRules.length === 0) return { chosen: undefined, figures: {} };
  const sale = ratedSale(event, customer, qualification);
  const { chosen, tried } = chooseRate(terms.rateRules, sale);
  const rateRules = tried.map(({ name, misfit, isChosen }) => ({
    name,
    outcome: isChosen ? ("chosen" as const) : ("passed_over" as const),
    reason: isChosen ? "narrowest_that_fits" : misfit === null ? "narrower_rule_fits" : `${misfit}_does_not_fit`,
  }));
  const figures = { sale: { ...sale.facts, ageDays: sale.ageDays }, rateRules };
  return { chosen, figures: chosen === undefined ? figures : { ...figures, rateRule: chosen.name } };
}

const DAY_MS = 86_400_000;

const ratedSale = (event: TransactionEvent, customer: ReferralStanding, { paymentId }: Qualification): RatedSale => ({
  facts: {
    product: event.product,
    planCode: event.planCode,
    country: event.country,
    currency: event.currency,
    payment: paymentId === event.id ? "first" : "renewal",
  },
  ageDays: Math.floor((event.occurredAt.getTime() - customer.convertedAt.getTime()) / DAY_MS),
});

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

/** Rounds a product, once, cuts it to the caps of the plan and the limit of the programme, and books what it comes to (clause 6); zero is not stored. */
function earnProduct(
  earning: Earning,
  earned: {
    readonly rule: EarningRule;
    readonly base: bigint;
    /** Null where the amount is flat. */
    readonly ratePpm: bigint | null;
    readonly product: Product;
  },
): Clause {
  const { fold, event, terms } = earning;
  const { rule, base, ratePpm, product } = earned;
  const uncapped = rounded(product);
  const capped = cutToCaps(earning, uncapped);
  const named = { eventId: event.id, partnerId: event.partnerId, rule, act: actOf(event) };
  const kept = fold.kept.get(earningKey(event.id, rule));
  const { amount, tried: limit } =
    kept === undefined
      ? cutToSpendLimit(fold, {
          commissionId: commissionIdOf(fold, named),
          event,
          saleId: event.id,
          rule,
          at: event.occurredAt,
          timeZone: terms.timeZone,
          currency: event.currency,
          wanted: capped.amount,
        })
      : { amount: kept, tried: undefined };
  if (kept === undefined) countEarned(fold, capped.counted, amount);
  const figures = {
    base,
    ...(ratePpm === null
      ? {}
      : { rate: fractionFromPpm(ratePpm), tierMultiplier: fractionFromPpm(terms.tierMultiplierPpm) }),
    product: exactText(product),
    rounding: "half_away_from_zero",
    ...(amount < uncapped || capped.tried.length > 0 ? { uncapped } : {}),
    ...(capped.tried.length > 0 ? { caps: capped.tried } : {}),
    ...(limit === undefined ? {} : { spendLimit: limit }),
    amount,
    currency: event.currency,
  } as const;
  const cutBy = amount < capped.amount ? "spend_limit_reached" : "cap_reached";
  if (amount === 0n) return { ...nothing(rule, uncapped === 0n ? "rounds_to_zero" : cutBy), ...figures };
  const { id } = earn(fold, {
    ...named,
    referralId: event.referralId,
    transactionId: event.id,
    number: event.number,
    type: rule === "transaction" ? "transaction" : "recurring",
    amount,
    currency: event.currency,
    ratePpm,
    occurredAt: event.occurredAt,
    holdUntil: holdEnd(event.occurredAt, terms.holdDays),
  });
  const reason =
    amount < capped.amount ? "spend_limited" : amount < uncapped ? "capped" : ratePpm === null ? "flat" : "rate";
  return { clause: rule, outcome: "earned", reason, commissionId: id, ...figures };
}

const nothing = (clause: EarningRule, reason: string): Clause => ({ clause, outcome: "nothing", reason });

import { type Static, Type } from "typebox";
import { isCountry } from "../kernel/country.ts";
import { isCurrency } from "../kernel/currency.ts";
import { EXTERNAL_ID_PATTERN } from "../kernel/external-id.ts";
import { AMOUNT_MAX_MINOR } from "../kernel/money.ts";
import { fractionFromPpm, ppmFromFraction } from "../kernel/rate.ts";
import { planErrors } from "./program-errors.ts";

/** The payment that qualified its customer, or any other. */
export const PAYMENT_TURNS = ["first", "renewal"] as const;

/** What a payment is told apart by, beside the age of its customer. */
const FACTS = ["product", "planCode", "country", "currency", "payment"] as const;
type Fact = (typeof FACTS)[number];

/** What a rule asks of a payment: each fact is one of these; null asks nothing. Days of the customer's age, `toDays` excluded and null without end. */
export type RateCondition = {
  readonly facts: Readonly<Record<Fact, ReadonlySet<string> | null>>;
  readonly fromDays: number;
  readonly toDays: number | null;
};

/** A payment as rules see it. A fact that was not reported is null, and no condition on it holds. */
export type RatedSale = {
  readonly facts: Readonly<Record<Fact, string | null>>;
  /** Whole days of 24 hours since the conversion. */
  readonly ageDays: number;
};

/** Takes the place of `recurringRate` for the payments that it fits: with a rate, or with an amount that is paid as it stands. */
export type RateRule = {
  readonly name: string;
  readonly when: RateCondition;
  readonly pays: { readonly ratePpm: bigint } | { readonly amount: bigint };
};

/** What a rule came to for a payment: `misfit` names the first fact that did not fit; null where the rule fits. */
export type TriedRule = {
  readonly name: string;
  readonly misfit: Fact | "ageDays" | null;
  readonly isChosen: boolean;
};

const DAYS_MAX = 36_500;
const Name = (description: string) => Type.String({ pattern: EXTERNAL_ID_PATTERN, description });
const anyOf = (schema: ReturnType<typeof Name>, description: string) =>
  Type.Optional(Type.Array(schema, { minItems: 1, maxItems: 200, uniqueItems: true, description }));

export const RateRuleDocument = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: "How receipts name it; once in a tier" }),
    when: Type.Object(
      {
        products: anyOf(Name("A product"), "The sale's `product` is one of these"),
        planCodes: anyOf(Name("A plan of the operator's"), "The sale's `planCode` is one of these"),
        countries: anyOf(Name("ISO 3166-1 alpha-2"), "The sale's `country` is one of these"),
        currency: Type.Optional(Name("The sale's currency; a rule that pays an `amount` names it")),
        payment: Type.Optional(
          Type.Enum([...PAYMENT_TURNS], {
            description: "`first`: the payment that qualified the customer; `renewal`: any other",
          }),
        ),
        customerAge: Type.Optional(
          Type.Object(
            {
              fromDays: Type.Optional(Type.Integer({ minimum: 0, maximum: DAYS_MAX, description: "At least" })),
              toDays: Type.Optional(Type.Integer({ minimum: 1, maximum: DAYS_MAX, description: "Less than" })),
            },
            { additionalProperties: false, description: "Whole days of 24 hours from the conversion to the payment" },
          ),
        ),
      },
      { additionalProperties: false, description: "All that is named holds; at least one thing is named" },
    ),
    rate: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description: "In place of `recurringRate`, with its bonus and multiplier",
      }),
    ),
    amount: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: Number(AMOUNT_MAX_MINOR),
        description: "In place of a rate: paid as it stands, in minor units of the `currency` that the rule names",
      }),
    ),
  },
  { additionalProperties: false, description: "Either a `rate` or an `amount` for the payments that it fits" },
);
export type RateRuleDocument = Static<typeof RateRuleDocument>;

/**
 * Reads the rules of a tier. Throws the catalogue error of the first field that cannot be. Where two rules fit one payment the narrower decides,
 * so two that overlap without one being inside the other are refused, unless a third says exactly what holds where they meet.
 */
export function readRateRules(field: string, given: readonly RateRuleDocument[]): RateRule[] {
  const rules = given.map((rule, index) => readRule(`${field}.${index}`, rule));
  for (const [index, rule] of rules.entries()) {
    for (const [before, other] of rules.slice(0, index).entries()) {
      const place = { field: `${field}.${index}`, other: `${field}.${before}` };
      if (rule.name === other.name) throw planErrors.rule_name_taken({ ...place, field: `${place.field}.name` });
      const shared = intersectionOf(rule.when, other.when);
      if (shared === undefined || isDecided(rule.when, other.when, shared, rules)) continue;
      throw planErrors.rules_overlap({ ...place, field: `${place.field}.when`, where: conditionView(shared) });
    }
  }
  return rules;
}

const isDecided = (a: RateCondition, b: RateCondition, shared: RateCondition, rules: readonly RateRule[]): boolean =>
  !isEqual(a, b) && rules.some(({ when }) => isEqual(when, shared));

/**
 * Which rule decides a payment, and why the others do not: of those that fit, the one inside all others. There is one, since wherever two rules
 * meet a rule says what holds there; undefined where none fits.
 */
export function chooseRate(
  rules: readonly RateRule[],
  sale: RatedSale,
): { readonly chosen: RateRule | undefined; readonly tried: readonly TriedRule[] } {
  const misfits = new Map(rules.map((rule) => [rule, misfitOf(rule.when, sale)]));
  const fitting = rules.filter((rule) => misfits.get(rule) === null);
  const chosen = fitting.find((rule) => fitting.every((other) => isInside(rule.when, other.when)));
  const tried = rules.map((rule) => ({
    name: rule.name,
    misfit: misfits.get(rule) ?? null,
    isChosen: rule === chosen,
  }));
  return { chosen, tried };
}

function misfitOf({ facts, fromDays, toDays }: RateCondition, sale: RatedSale): TriedRule["misfit"] {
  const wrong = FACTS.find((fact) => {
    const value = sale.facts[fact];
    return facts[fact] !== null && !(value !== null && facts[fact].has(value));
  });
  if (wrong !== undefined) return wrong;
  return sale.ageDays >= fromDays && (toDays === null || sale.ageDays < toDays) ? null : "ageDays";
}

const endOf = ({ toDays }: RateCondition): number => toDays ?? Number.POSITIVE_INFINITY;

/** Whether every payment that `inner` fits, `outer` fits. */
const isInside = (inner: RateCondition, outer: RateCondition): boolean =>
  inner.fromDays >= outer.fromDays &&
  endOf(inner) <= endOf(outer) &&
  FACTS.every((fact) => {
    const [few, many] = [inner.facts[fact], outer.facts[fact]];
    return many === null || (few !== null && [...few].every((value) => many.has(value)));
  });

const isEqual = (a: RateCondition, b: RateCondition): boolean => isInside(a, b) && isInside(b, a);

/** What both fit; undefined where no payment can fit both. */
function intersectionOf(a: RateCondition, b: RateCondition): RateCondition | undefined {
  const fromDays = Math.max(a.fromDays, b.fromDays);
  const end = Math.min(endOf(a), endOf(b));
  const facts = Object.fromEntries(
    FACTS.map((fact) => {
      const [one, other] = [a.facts[fact], b.facts[fact]];
      return [
        fact,
        one === null ? other : other === null ? one : new Set([...one].filter((value) => other.has(value))),
      ];
    }),
  ) as RateCondition["facts"];
  const isEmpty = fromDays >= end || FACTS.some((fact) => facts[fact]?.size === 0);
  return isEmpty ? undefined : { facts, fromDays, toDays: Number.isFinite(end) ? end : null };
}

/** A rule as a plan writes it. */
export const rateRuleView = ({ name, when, pays }: RateRule): RateRuleDocument => ({
  name,
  when: conditionView(when),
  ...("amount" in pays ? { amount: Number(pays.amount) } : { rate: fractionFromPpm(pays.ratePpm) }),
});

function conditionView({ facts, fromDays, toDays }: RateCondition): RateRuleDocument["when"] {
  const { product, planCode, country } = facts;
  const [currency] = facts.currency ?? [];
  const payment = PAYMENT_TURNS.find((turn) => facts.payment?.has(turn));
  const isAged = fromDays > 0 || toDays !== null;
  return {
    ...(product === null ? {} : { products: [...product] }),
    ...(planCode === null ? {} : { planCodes: [...planCode] }),
    ...(country === null ? {} : { countries: [...country] }),
    ...(currency === undefined ? {} : { currency }),
    ...(payment === undefined ? {} : { payment }),
    ...(isAged ? { customerAge: { fromDays, ...(toDays === null ? {} : { toDays }) } } : {}),
  };
}

function readRule(field: string, { name, when, rate, amount }: RateRuleDocument): RateRule {
  const condition = readCondition(`${field}.when`, when);
  if ((rate === undefined) === (amount === undefined)) throw planErrors.rule_pays_one({ field });
  if (rate !== undefined) return { name, when: condition, pays: { ratePpm: readRate(`${field}.rate`, rate) } };
  if (amount === undefined || !Number.isSafeInteger(amount) || amount < 0 || BigInt(amount) > AMOUNT_MAX_MINOR)
    throw planErrors.amount_invalid({ field: `${field}.amount`, value: amount, maximum: Number(AMOUNT_MAX_MINOR) });
  if (when.currency === undefined) throw planErrors.rule_currency_missing({ field: `${field}.when.currency` });
  return { name, when: condition, pays: { amount: BigInt(amount) } };
}

function readCondition(field: string, when: RateRuleDocument["when"]): RateCondition {
  const { products, planCodes, countries, currency, payment, customerAge } = when;
  const lists = { products, planCodes, countries };
  for (const [name, values] of Object.entries(lists))
    if (values?.length === 0) throw planErrors.condition_empty({ field: `${field}.${name}` });
  for (const [index, country] of (countries ?? []).entries())
    if (!isCountry(country)) throw planErrors.country_unknown({ field: `${field}.countries.${index}`, value: country });
  if (currency !== undefined && !isCurrency(currency))
    throw planErrors.currency_unknown({ field: `${field}.currency`, value: currency });
  const { fromDays = 0, toDays = null } = customerAge ?? {};
  if (toDays !== null && fromDays >= toDays)
    throw planErrors.range_inverted({ field: `${field}.customerAge`, fromDays, toDays });
  const setOf = (values: readonly string[] | undefined) => (values === undefined ? null : new Set(values));
  const facts = {
    product: setOf(products),
    planCode: setOf(planCodes),
    country: setOf(countries),
    currency: setOf(currency === undefined ? undefined : [currency]),
    payment: setOf(payment === undefined ? undefined : [payment]),
  };
  const asksNothing = FACTS.every((fact) => facts[fact] === null) && fromDays === 0 && toDays === null;
  if (asksNothing) throw planErrors.condition_empty({ field });
  return { facts, fromDays, toDays };
}

function readRate(field: string, fraction: number): bigint {
  try {
    return ppmFromFraction(fraction);
  } catch (error) {
    throw planErrors.rate_invalid({ field, value: fraction }, error);
  }
}

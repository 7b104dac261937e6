import type { Parsed } from "../../ui/parsed-field.tsx";

/** A rule as the API has it. */
export type RateRule = {
  readonly name: string;
  readonly when: {
    readonly products?: readonly string[];
    readonly planCodes?: readonly string[];
    readonly countries?: readonly string[];
    readonly currency?: string;
    readonly payment?: "first" | "renewal";
    readonly customerAge?: { readonly fromDays?: number; readonly toDays?: number };
  };
  readonly rate?: number;
  readonly amount?: number;
};

/** The same as it is typed; lists are parted by commas. */
export type TypedRule = {
  readonly key: number;
  readonly name: string;
  readonly pays: "rate" | "amount";
  readonly rate: Parsed;
  readonly amount: Parsed;
  readonly products: string;
  readonly planCodes: string;
  readonly countries: string;
  readonly currency: string | undefined;
  readonly payment: "" | "first" | "renewal";
  readonly fromDays: Parsed;
  readonly toDays: Parsed;
};

export const typedRule = ({ name, when, rate, amount }: RateRule, key: number): TypedRule => ({
  key,
  name,
  pays: amount === undefined ? "rate" : "amount",
  rate,
  amount,
  products: (when.products ?? []).join(", "),
  planCodes: (when.planCodes ?? []).join(", "),
  countries: (when.countries ?? []).join(", "),
  currency: when.currency,
  payment: when.payment ?? "",
  fromDays: when.customerAge?.fromDays ?? null,
  toDays: when.customerAge?.toDays ?? null,
});

const listOf = (text: string): string[] => [...new Set(text.split(",").map((one) => one.trim()))].filter(Boolean);

type RuleProblem = "name" | "twice" | "pays" | "when" | "age";

/** What keeps a rule from being one: no name or another's, nothing that it pays, nothing that it asks, an age that ends before it begins. */
export function ruleProblem(rule: TypedRule, all: readonly TypedRule[]): RuleProblem | null {
  const name = rule.name.trim();
  if (name === "") return "name";
  if (all.some((other) => other.key !== rule.key && other.name.trim() === name)) return "twice";
  if ((rule.pays === "rate" ? rule.rate : rule.amount) == null) return "pays";
  const { fromDays, toDays } = rule;
  if (fromDays === undefined || toDays === undefined) return "age";
  if (fromDays !== null && toDays !== null && fromDays >= toDays) return "age";
  const asks =
    [rule.products, rule.planCodes, rule.countries].some((list) => listOf(list).length > 0) ||
    rule.payment !== "" ||
    rule.currency !== undefined ||
    // An amount is of a currency, which it then asks for.
    rule.pays === "amount" ||
    fromDays !== null ||
    toDays !== null;
  return asks ? null : "when";
}

/** A rule that has no problem, as the API takes it. What pays an amount names the currency that it is in. */
export function readRule(rule: TypedRule, planCurrency: string): RateRule {
  const [products, planCodes] = [listOf(rule.products), listOf(rule.planCodes)];
  const countries = listOf(rule.countries).map((code) => code.toUpperCase());
  const currency = rule.currency ?? (rule.pays === "amount" ? planCurrency : undefined);
  const customerAge = {
    ...(rule.fromDays == null ? {} : { fromDays: rule.fromDays }),
    ...(rule.toDays == null ? {} : { toDays: rule.toDays }),
  };
  return {
    name: rule.name.trim(),
    when: {
      ...(products.length > 0 ? { products } : {}),
      ...(planCodes.length > 0 ? { planCodes } : {}),
      ...(countries.length > 0 ? { countries } : {}),
      ...(currency === undefined ? {} : { currency }),
      ...(rule.payment === "" ? {} : { payment: rule.payment }),
      ...(Object.keys(customerAge).length > 0 ? { customerAge } : {}),
    },
    ...(rule.pays === "rate" ? { rate: rule.rate ?? 0 } : { amount: rule.amount ?? 0 }),
  };
}

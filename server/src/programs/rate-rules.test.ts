import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_TIERS } from "./default-tiers.ts";
import { earningCapsView } from "./earning-caps.ts";
import { parsePlan } from "./plan-rules.ts";
import type { TierDocument } from "./plan-schema.ts";
import { chooseRate, type RatedSale, type RateRuleDocument, rateRuleView } from "./rate-rules.ts";

const parse = (change: Partial<TierDocument>) =>
  parsePlan({ tiers: { ...DEFAULT_TIERS, tier2: { ...DEFAULT_TIERS.tier2, ...change } } }).tier2;
const rule = (name: string, when: RateRuleDocument["when"], rate = 0.2): RateRuleDocument => ({ name, when, rate });
const refusal = (change: Partial<TierDocument>): { code?: string; facts?: Record<string, unknown> } => {
  try {
    parse(change);
  } catch (error) {
    return error as { code: string; facts: Record<string, unknown> };
  }
  return {};
};

const SALE: RatedSale = {
  facts: { product: "cloud", planCode: "pro", country: "DE", currency: "USD", payment: "renewal" },
  ageDays: 40,
};
const choose = (rules: readonly RateRuleDocument[], sale: RatedSale = SALE) =>
  chooseRate(parse({ rateRules: [...rules] }).rateRules, sale);

const CLOUD = rule("cloud", { products: ["cloud", "edge"] });
const GERMANY = rule("germany", { countries: ["DE"] });
const CLOUD_IN_GERMANY = rule("cloud in germany", { products: ["cloud", "edge"], countries: ["DE"] });

describe("of the rules that fit a payment", () => {
  it("the narrowest decides, in whatever order they are written, and each other one says why not", () => {
    const rules = [
      CLOUD,
      GERMANY,
      CLOUD_IN_GERMANY,
      rule("first", { payment: "first", products: ["desk"], countries: ["FR"] }),
    ];
    for (const order of [rules, rules.toReversed()]) {
      const { chosen, tried } = choose(order);
      expect(chosen?.name).toBe("cloud in germany");
      expect(Object.fromEntries(tried.map(({ name, misfit, isChosen }) => [name, [misfit, isChosen]]))).toEqual({
        cloud: [null, false],
        germany: [null, false],
        "cloud in germany": [null, true],
        first: ["product", false],
      });
    }
  });

  it("one asks for a fact that was not reported, and does not fit", () => {
    const unknown: RatedSale = { ...SALE, facts: { ...SALE.facts, product: null, country: null } };
    expect(choose([CLOUD, GERMANY, CLOUD_IN_GERMANY], unknown)).toEqual({
      chosen: undefined,
      tried: [
        { name: "cloud", misfit: "product", isChosen: false },
        { name: "germany", misfit: "country", isChosen: false },
        { name: "cloud in germany", misfit: "product", isChosen: false },
      ],
    });
  });

  it.each<[string, RateRuleDocument["when"], boolean]>([
    ["its plan", { planCodes: ["pro"] }, true],
    ["another plan", { planCodes: ["free"] }, false],
    ["its turn", { payment: "renewal" }, true],
    ["the other turn", { payment: "first" }, false],
    ["its currency", { currency: "USD" }, true],
    ["another currency", { currency: "EUR" }, false],
    ["the age that begins now", { customerAge: { fromDays: 40 } }, true],
    ["the age that begins tomorrow", { customerAge: { fromDays: 41 } }, false],
    ["the age that ends tomorrow", { customerAge: { toDays: 41 } }, true],
    ["the age that has ended", { customerAge: { toDays: 40 } }, false],
  ])("one that asks for %s fits or does not", (_what, when, fits) => {
    expect(choose([rule("one", when)]).chosen !== undefined).toBe(fits);
  });

  it("there is always exactly one that is inside all others, or the plan is refused", () => {
    const some = (values: string[]) => fc.option(fc.subarray(values, { minLength: 1 }), { nil: undefined });
    const condition = fc.record({
      products: some(["cloud", "desk"]),
      countries: some(["DE", "FR"]),
      from: fc.constantFrom(0, 30),
      to: fc.constantFrom(undefined, 30, 60),
    });
    const document = ({
      products,
      countries,
      from,
      to,
    }: typeof condition extends fc.Arbitrary<infer One> ? One : never) => ({
      ...(products ? { products } : {}),
      ...(countries ? { countries } : {}),
      ...(from > 0 || to !== undefined
        ? { customerAge: { fromDays: from, ...(to === undefined ? {} : { toDays: to }) } }
        : {}),
    });
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 6 }), fc.constantFrom(0, 29, 30, 59, 60), (conditions, ageDays) => {
        const rateRules = conditions.map((one, index) => rule(`rule ${index}`, document(one)));
        if (refusal({ rateRules }).code !== undefined) return;
        accepted += 1;
        for (const product of ["cloud", "desk", null])
          for (const country of ["DE", "FR", null]) {
            const { chosen, tried } = choose(rateRules, { facts: { ...SALE.facts, product, country }, ageDays });
            expect(chosen !== undefined).toBe(tried.some(({ misfit }) => misfit === null));
          }
      }),
      { numRuns: 400 },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});

describe("a plan is refused, with its field, for", () => {
  it.each<[string, Partial<TierDocument>, string, string]>([
    ["a rule that asks nothing", { rateRules: [rule("all", {})] }, "plan.condition_empty", "rateRules.0.when"],
    [
      "an age from the start without end",
      { rateRules: [rule("all", { customerAge: { fromDays: 0 } })] },
      "plan.condition_empty",
      "rateRules.0.when",
    ],
    [
      "a list of no products",
      { rateRules: [rule("none", { products: [] })] },
      "plan.condition_empty",
      "rateRules.0.when.products",
    ],
    [
      "an unknown country",
      { rateRules: [rule("eu", { countries: ["DE", "EU"] })] },
      "plan.country_unknown",
      "rateRules.0.when.countries.1",
    ],
    [
      "an unknown currency",
      { rateRules: [rule("q", { currency: "QQQ" })] },
      "plan.currency_unknown",
      "rateRules.0.when.currency",
    ],
    [
      "an age that ends before it begins",
      { rateRules: [rule("old", { customerAge: { fromDays: 30, toDays: 30 } })] },
      "plan.range_inverted",
      "rateRules.0.when.customerAge",
    ],
    [
      "two rules for one thing",
      { rateRules: [CLOUD, { ...CLOUD, name: "again" }] },
      "plan.rules_overlap",
      "rateRules.1.when",
    ],
    ["rules that cross", { rateRules: [CLOUD, GERMANY] }, "plan.rules_overlap", "rateRules.1.when"],
    [
      "rules that cross in time",
      {
        rateRules: [rule("young", { customerAge: { toDays: 60 } }), rule("first", { payment: "first" })],
      },
      "plan.rules_overlap",
      "rateRules.1.when",
    ],
    [
      "two rules of one name",
      { rateRules: [CLOUD, rule("cloud", { products: ["desk"] })] },
      "plan.rule_name_taken",
      "rateRules.1.name",
    ],
    [
      "a rule that pays nothing at all",
      { rateRules: [{ name: "x", when: { payment: "first" } }] },
      "plan.rule_pays_one",
      "rateRules.0",
    ],
    ["a rule that pays twice", { rateRules: [{ ...CLOUD, amount: 1 }] }, "plan.rule_pays_one", "rateRules.0"],
    [
      "a rate of seven places",
      { rateRules: [rule("x", { payment: "first" }, 0.0000001)] },
      "plan.rate_invalid",
      "rateRules.0.rate",
    ],
    [
      "an amount in no currency",
      { rateRules: [{ name: "x", when: { payment: "first" }, amount: 500 }] },
      "plan.rule_currency_missing",
      "rateRules.0.when.currency",
    ],
    [
      "an amount beyond any sale",
      { rateRules: [{ name: "x", when: { currency: "USD" }, amount: 100_000_000_000_001 }] },
      "plan.amount_invalid",
      "rateRules.0.amount",
    ],
    ...[-1, 0.5, Number.MAX_SAFE_INTEGER + 1].map((amount): [string, Partial<TierDocument>, string, string] => [
      `an amount of ${amount}`,
      { rateRules: [{ name: "x", when: { currency: "USD" }, amount }] },
      "plan.amount_invalid",
      "rateRules.0.amount",
    ]),
    [
      "a rule that multiplies past ten",
      { rateRules: [CLOUD, rule("x", { products: ["desk"] }, 1)], tierMultiplier: 10 },
      "plan.rate_too_high",
      "rateRules.1.rate",
    ],
    ["a cap below zero", { caps: { month: { USD: -1 } } }, "plan.amount_invalid", "caps.month.USD"],
    ["a cap of half a cent", { caps: { commission: { USD: 0.5 } } }, "plan.amount_invalid", "caps.commission.USD"],
    ["a cap in no currency", { caps: { customer: { QQQ: 1 } } }, "plan.currency_unknown", "caps.customer.QQQ"],
  ])("%s", (_what, change, code, field) => {
    expect(refusal(change)).toMatchObject({ code, facts: { field: `tiers.tier2.${field}` } });
  });

  it("rules that cross, with where they meet: a rule that says what holds there makes them good", () => {
    const { facts } = refusal({ rateRules: [CLOUD, GERMANY] });
    expect(facts).toMatchObject({ other: "tiers.tier2.rateRules.0", where: CLOUD_IN_GERMANY.when });
    expect(refusal({ rateRules: [CLOUD, GERMANY, CLOUD_IN_GERMANY] })).toEqual({});
  });
});

describe("a plan may", () => {
  it("pay an amount of nothing, or as much as any sale", () => {
    const pays = (amount: number) => parse({ rateRules: [{ name: "x", when: { currency: "USD" }, amount }] }).rateRules;
    expect(pays(0)).toMatchObject([{ pays: { amount: 0n } }]);
    expect(pays(100_000_000_000_000)).toMatchObject([{ pays: { amount: 100_000_000_000_000n } }]);
  });

  it("have rules of which one ends on the day on which the other begins: they meet nowhere", () => {
    const young = rule("young", { products: ["cloud"], customerAge: { toDays: 60 } });
    const old = rule("old", { countries: ["DE"], customerAge: { fromDays: 60 } });
    expect(refusal({ rateRules: [young, old] })).toEqual({});
    expect(choose([young, old], { ...SALE, ageDays: 59 }).tried).toMatchObject([
      { name: "young", misfit: null, isChosen: true },
      { name: "old", misfit: "ageDays", isChosen: false },
    ]);
    expect(choose([young, old], { ...SALE, ageDays: 60 }).chosen?.name).toBe("old");
  });

  it("have rules beside and inside each other, and be shown as it was written", () => {
    const rateRules: RateRuleDocument[] = [
      CLOUD,
      rule("young cloud", { products: ["edge"], customerAge: { fromDays: 0, toDays: 30 } }, 0.3),
      rule("old", { products: ["desk"], customerAge: { fromDays: 365 } }, 0),
      {
        name: "welcome",
        when: { products: ["desk"], currency: "USD", payment: "first", customerAge: { toDays: 9, fromDays: 0 } },
        amount: 500,
      },
      rule("plan", { products: ["paper"], planCodes: ["a", "b"], countries: ["FR"] }),
    ];
    const caps = { commission: { USD: 0 }, month: { USD: 100_000, EUR: 90_000 } };
    const read = parse({ rateRules, caps });
    expect(read.rateRules.map(rateRuleView)).toEqual(rateRules);
    expect(earningCapsView(read.caps)).toEqual(caps);
    expect(earningCapsView(parse({}).caps)).toEqual({});
  });
});

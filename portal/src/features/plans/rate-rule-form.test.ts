import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RateRule, readRule, ruleProblem, typedRule } from "./rate-rule-form.ts";

const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,9}$/);
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 3 });
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const given = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const rule: fc.Arbitrary<RateRule> = fc
  .record({
    name: word,
    products: words,
    countries: optional(fc.uniqueArray(fc.constantFrom("DE", "IL", "US"), { minLength: 1 })),
    payment: optional(fc.constantFrom("first" as const, "renewal" as const)),
    age: optional(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 100, max: 999 }))),
    rate: fc.integer({ min: 0, max: 10_000 }),
  })
  .map(({ name, products, countries, payment, age, rate }) => ({
    name,
    when: given({ products, countries, payment, customerAge: age && { fromDays: age[0], toDays: age[1] } }),
    rate: rate / 10_000,
  }));

describe("a rule that is edited", () => {
  it("comes back as it was where nobody changed it", () => {
    fc.assert(
      fc.property(rule, (one) => {
        const typed = typedRule(one, 0);
        expect(ruleProblem(typed, [typed])).toBeNull();
        expect(readRule(typed, "USD")).toEqual(one);
      }),
    );
  });

  it("that pays an amount names its currency", () => {
    const typed = { ...typedRule({ name: "flat", when: {} }, 0), pays: "amount" as const, amount: 500 };
    expect(readRule(typed, "EUR")).toEqual({ name: "flat", when: { currency: "EUR" }, amount: 500 });
  });

  it.each([
    ["name", { name: " " }],
    ["pays", { rate: undefined }],
    ["when", { products: " , " }],
    ["age", { fromDays: 30, toDays: 30 }],
  ] as const)("is refused for its %s in words", (problem, changed) => {
    const typed = { ...typedRule({ name: "a", when: { products: ["x"] }, rate: 0.1 }, 0), ...changed };
    expect(ruleProblem(typed, [typed])).toBe(problem);
  });

  it("has a name of its own", () => {
    const [one, other] = [0, 1].map((key) => typedRule({ name: "a", when: { products: ["x"] }, rate: 0.1 }, key));
    expect(one && other && ruleProblem(one, [one, other])).toBe("twice");
  });
});

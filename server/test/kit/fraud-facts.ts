import fc from "fast-check";
import type { ConversionFacts, PayoutFacts, Profile } from "../../src/fraud/fraud-facts.ts";
import { DEFAULT_RULES, type RuleSet } from "../../src/fraud/fraud-rules.ts";
import { RULE_NAMES, type RuleName, type RuleSetting } from "../../src/fraud/rule-catalogue.ts";

export const PROFILE: Profile = {
  clicks: 1_000,
  conversions: 20,
  timed: 20,
  quick: 0,
  sales: 100,
  refunds: 2,
  chargebacks: 0,
  days: 20,
  dailyMean: 1,
  dailyDeviation: 1,
};
export const PLAIN: ConversionFacts = {
  subject: "conversion",
  source: "click",
  clickAgeSeconds: 600,
  rivalClickAgeSeconds: null,
  hasOwnClick: true,
  referrerHost: null,
  paidBy: null,
  browser: "browser",
  network: null,
  isHosting: false,
  isPartnersNetwork: false,
  mailDomain: "example.com",
  isDisposable: false,
  shared: {},
  lastHour: 0,
  lastDay: 0,
  profile: PROFILE,
  ring: 1,
};
export const PAYOUT: PayoutFacts = {
  subject: "payout",
  amount: "5000",
  currency: "USD",
  isFirst: false,
  accountPartners: 0,
  heldBefore: 0,
  profile: PROFILE,
  ring: 1,
};

/** Every rule on, each weighing the same. */
export const allOn = (more: Partial<Record<RuleName, Partial<RuleSetting>>> = {}): RuleSet => ({
  ...DEFAULT_RULES,
  rules: Object.fromEntries(
    RULE_NAMES.map((name) => [name, { ...DEFAULT_RULES.rules[name], mode: "active", ...more[name] }]),
  ) as RuleSet["rules"],
});

export const fact = fc.record({
  clickAgeSeconds: fc.option(fc.nat(100)),
  lastDay: fc.nat(100),
  isHosting: fc.boolean(),
  ring: fc.integer({ min: 1, max: 9 }),
});
export const anyFacts = fact.map((some): ConversionFacts => ({ ...PLAIN, ...some }));

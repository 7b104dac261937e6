import type {
  ConversionFacts,
  Evidence,
  Facts,
  FactsOf,
  PayoutFacts,
  Profile,
  SignalKind,
  Subject,
} from "./fraud-facts.ts";

/** `off`: not asked. `shadow`: what it finds is written down and does nothing. `active`: its points count. */
export const RULE_MODES = ["off", "shadow", "active"] as const;
export type RuleMode = (typeof RULE_MODES)[number];

/** How a programme has set one rule. What a rule does not use is left out. */
export type RuleSetting = {
  readonly mode: RuleMode;
  /** How much a finding weighs, 0 to 100. */
  readonly points: number;
  readonly limit?: number;
  /** Fewer than that say nothing. */
  readonly minimum?: number;
  /** From which amount on, in minor units, by currency. */
  readonly amounts?: Readonly<Record<string, number>>;
  /** Host names. */
  readonly names?: string[];
};

/** What a partner is told of a finding: the kind, and no more. */
export const REASONS = [
  "same_person",
  "unusual_traffic",
  "unusual_figures",
  "amount",
  "shared_details",
  "earlier_doubt",
] as const;
export type Reason = (typeof REASONS)[number];

type Bounds = { readonly min: number; readonly max: number };

type RuleOf<S extends Subject> = {
  readonly subjects: readonly S[];
  readonly reason: Reason;
  readonly defaults: RuleSetting;
  /** What `limit` and `minimum` may be. */
  readonly bounds?: { readonly limit?: Bounds; readonly minimum?: Bounds };
  /** What the rule sees in some facts; null where there is nothing to see, or too little to say. */
  readonly find: (facts: FactsOf<S>, setting: RuleSetting) => Evidence | null;
};

/** The share of a part in a whole; null where the whole is nothing, or less than the minimum: there is no share of it. */
export const shareOf = (part: number, whole: number, minimum = 1): number | null =>
  whole < Math.max(1, minimum) ? null : part / whole;

const rule = <S extends Subject>(subjects: readonly S[], of: Omit<RuleOf<S>, "subjects">): RuleOf<S> => ({
  ...of,
  subjects,
});

/** A device and a browser's cookie name the same thing: the worse of them counts. */
const worst = (facts: ConversionFacts, kinds: readonly SignalKind[], figure: "lastDay" | "conversions"): number =>
  Math.max(0, ...kinds.map((kind) => facts.shared[kind]?.[figure] ?? 0));

const above = (share: number | null, limit = Number.POSITIVE_INFINITY): share is number =>
  share !== null && share > limit;

const percent = (share: number): string => `${Math.round(share * 1_000) / 10} %`;

/** The share of what was sold that came back. */
const reversals = (profile: Profile | null, { limit, minimum }: RuleSetting, what: "refunds" | "chargebacks") => {
  if (profile === null) return null;
  const share = shareOf(profile[what], profile.sales, minimum);
  return above(share, limit) ? { share: percent(share), [what]: profile[what], sales: profile.sales } : null;
};

const isAtLeast = ({ amount, currency }: { amount: string; currency: string }, { amounts }: RuleSetting): boolean => {
  const from = amounts?.[currency];
  return from !== undefined && BigInt(amount) >= BigInt(from);
};

const money = ({ amount, currency }: { amount: string; currency: string }): Evidence => ({ amount, currency });
const ring = ({ ring: partners }: ConversionFacts | PayoutFacts, { limit = 3 }: RuleSetting): Evidence | null =>
  partners >= limit ? { partners } : null;

const SHARE: Bounds = { min: 0, max: 1 };
const COUNT: Bounds = { min: 1, max: 100_000 };
const shadow = (points: number, more: Omit<RuleSetting, "mode" | "points"> = {}): RuleSetting => ({
  mode: "shadow",
  points,
  ...more,
});

/**
 * Every rule. Those that state a fact (an account is somebody else's) act from the start; those that guess begin in the shadow, until a
 * programme has seen what they would do.
 */
export const RULES = {
  self_payment: rule(["conversion"], {
    reason: "same_person",
    defaults: { mode: "active", points: 90 },
    find: ({ shared }) => (shared.payment?.isPartners ? { customers: shared.payment.conversions + 1 } : null),
  }),
  self_network: rule(["conversion"], {
    reason: "same_person",
    defaults: shadow(20),
    find: ({ isPartnersNetwork, network }) => (isPartnersNetwork ? { network: network ?? "" } : null),
  }),
  duplicate_device: rule(["conversion"], {
    reason: "same_person",
    defaults: shadow(40, { limit: 3 }),
    bounds: { limit: COUNT },
    find: (facts, { limit = 3 }) => {
      const conversions = worst(facts, ["device", "visitor"], "lastDay");
      return conversions >= limit ? { conversions, hours: 24 } : null;
    },
  }),
  duplicate_mailbox: rule(["conversion"], {
    reason: "same_person",
    defaults: shadow(40),
    find: (facts) => {
      const customers = worst(facts, ["mailbox"], "conversions");
      return customers > 0 ? { customers } : null;
    },
  }),
  duplicate_payment: rule(["conversion"], {
    reason: "same_person",
    defaults: shadow(40, { limit: 2 }),
    bounds: { limit: COUNT },
    find: (facts, { limit = 2 }) => {
      const customers = worst(facts, ["payment"], "conversions");
      return customers >= limit ? { customers } : null;
    },
  }),
  velocity_hour: rule(["conversion"], {
    reason: "unusual_figures",
    defaults: shadow(25, { limit: 30 }),
    bounds: { limit: COUNT },
    find: ({ lastHour }, { limit = 30 }) => (lastHour >= limit ? { conversions: lastHour, hours: 1 } : null),
  }),
  velocity_usual: rule(["conversion"], {
    reason: "unusual_figures",
    defaults: shadow(25, { limit: 4, minimum: 14 }),
    bounds: { limit: { min: 1, max: 100 }, minimum: COUNT },
    find: ({ lastDay, profile }, { limit = 4, minimum = 14 }) => {
      if (profile === null || profile.days < minimum) return null;
      const usual = profile.dailyMean + limit * profile.dailyDeviation;
      return lastDay > usual ? { conversions: lastDay, usualAtMost: Math.round(usual), hours: 24 } : null;
    },
  }),
  instant_conversion: rule(["conversion"], {
    reason: "unusual_traffic",
    defaults: shadow(50, { limit: 5 }),
    bounds: { limit: { min: 0, max: 3_600 } },
    find: ({ clickAgeSeconds }, { limit = 5 }) =>
      clickAgeSeconds !== null && clickAgeSeconds < limit ? { secondsAfterClick: clickAgeSeconds } : null,
  }),
  quick_share: rule(["conversion"], {
    reason: "unusual_traffic",
    defaults: shadow(30, { limit: 0.2, minimum: 20 }),
    bounds: { limit: SHARE, minimum: COUNT },
    find: ({ profile }, { limit, minimum }) => {
      if (profile === null) return null;
      const share = shareOf(profile.quick, profile.timed, minimum);
      return above(share, limit) ? { share: percent(share), within: "30 s", conversions: profile.timed } : null;
    },
  }),
  conversion_rate: rule(["conversion"], {
    reason: "unusual_figures",
    defaults: shadow(30, { limit: 0.3, minimum: 50 }),
    bounds: { limit: SHARE, minimum: COUNT },
    find: ({ profile }, { limit, minimum }) => {
      if (profile === null) return null;
      const rate = shareOf(profile.conversions, profile.clicks, minimum);
      return above(rate, limit)
        ? { rate: percent(rate), clicks: profile.clicks, conversions: profile.conversions }
        : null;
    },
  }),
  data_center: rule(["conversion"], {
    reason: "unusual_traffic",
    defaults: shadow(25),
    find: ({ isHosting, network }) => (isHosting ? { network: network ?? "" } : null),
  }),
  bot_traffic: rule(["conversion"], {
    reason: "unusual_traffic",
    defaults: shadow(20),
    find: ({ browser }) => (browser === "absent" || browser === "bot" ? { browser } : null),
  }),
  disposable_mail: rule(["conversion"], {
    reason: "unusual_traffic",
    defaults: shadow(30),
    find: ({ isDisposable, mailDomain }) => (isDisposable ? { domain: mailDomain ?? "" } : null),
  }),
  paid_click: rule(["conversion"], {
    reason: "unusual_traffic",
    defaults: { mode: "off", points: 60 },
    find: ({ paidBy }) => (paidBy === null ? null : { parameter: paidBy }),
  }),
  coupon_leak: rule(["conversion"], {
    reason: "unusual_traffic",
    defaults: shadow(30, { names: [] }),
    find: ({ source, hasOwnClick, rivalClickAgeSeconds, referrerHost }, { names = [] }) => {
      if (source !== "coupon") return null;
      const site =
        referrerHost !== null && names.some((name) => referrerHost === name || referrerHost.endsWith(`.${name}`));
      if (site) return { couponSite: referrerHost };
      return !hasOwnClick && rivalClickAgeSeconds !== null
        ? { clickOfAnotherPartnerBefore: rivalClickAgeSeconds }
        : null;
    },
  }),
  late_touch: rule(["conversion"], {
    reason: "unusual_traffic",
    defaults: shadow(30, { limit: 60 }),
    bounds: { limit: { min: 1, max: 3_600 } },
    find: ({ clickAgeSeconds, rivalClickAgeSeconds }, { limit = 60 }) =>
      clickAgeSeconds !== null &&
      rivalClickAgeSeconds !== null &&
      clickAgeSeconds < limit &&
      rivalClickAgeSeconds >= limit
        ? { secondsAfterClick: clickAgeSeconds, clickOfAnotherPartnerBefore: rivalClickAgeSeconds }
        : null,
  }),
  refund_ratio: rule(["conversion", "payout"], {
    reason: "unusual_figures",
    defaults: shadow(50, { limit: 0.15, minimum: 20 }),
    bounds: { limit: SHARE, minimum: COUNT },
    find: ({ profile }, setting) => reversals(profile, setting, "refunds"),
  }),
  chargeback_ratio: rule(["conversion", "payout"], {
    reason: "unusual_figures",
    defaults: shadow(50, { limit: 0.01, minimum: 20 }),
    bounds: { limit: SHARE, minimum: COUNT },
    find: ({ profile }, setting) => reversals(profile, setting, "chargebacks"),
  }),
  ring: rule(["conversion", "payout"], {
    reason: "shared_details",
    defaults: shadow(60, { limit: 3 }),
    bounds: { limit: { min: 2, max: 50 } },
    find: ring,
  }),
  high_value_sale: rule(["sale"], {
    reason: "amount",
    defaults: { mode: "off", points: 60, amounts: {} },
    find: (facts, setting) => (isAtLeast(facts, setting) ? money(facts) : null),
  }),
  high_value_payout: rule(["payout"], {
    reason: "amount",
    defaults: { mode: "off", points: 60, amounts: {} },
    find: (facts, setting) => (isAtLeast(facts, setting) ? money(facts) : null),
  }),
  first_payout: rule(["payout"], {
    reason: "amount",
    defaults: { mode: "off", points: 60, amounts: {} },
    find: (facts, setting) => (facts.isFirst && isAtLeast(facts, setting) ? money(facts) : null),
  }),
  shared_account: rule(["payout"], {
    reason: "shared_details",
    defaults: { mode: "active", points: 60 },
    find: ({ accountPartners }) => (accountPartners > 0 ? { otherPartners: accountPartners } : null),
  }),
  held_before: rule(["payout"], {
    reason: "earlier_doubt",
    defaults: { mode: "active", points: 100 },
    find: ({ heldBefore = 0 }) => (heldBefore > 0 ? { earlierPayouts: heldBefore } : null),
  }),
};

export type RuleName = keyof typeof RULES;
export const RULE_NAMES = Object.keys(RULES) as RuleName[];

/** A rule as whoever does not know its subject sees it. */
export const ruleOf = (name: RuleName): RuleOf<Subject> => RULES[name] as unknown as RuleOf<Subject>;

/** What a rule sees in facts of whichever subject; null for a subject that it is not about. */
export const findIn = (name: RuleName, facts: Facts, setting: RuleSetting): Evidence | null => {
  const rule = ruleOf(name);
  return rule.subjects.includes(facts.subject) ? rule.find(facts, setting) : null;
};

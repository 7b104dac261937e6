import type { ConversionFacts, Evidence, Facts, PayoutFacts, Subject } from "./fraud-facts.ts";
import {
  findIn,
  type Reason,
  RULE_NAMES,
  type RuleMode,
  type RuleName,
  type RuleSetting,
  ruleOf,
} from "./rule-catalogue.ts";

/** A programme's rules, as one version of them. */
export type RuleSet = {
  readonly version: number;
  /** From which score on a person is asked, and from which on it waits until that person has decided. */
  readonly reviewAt: number;
  readonly holdAt: number;
  /** Days in which a partner may appeal against a refusal, before it is final. */
  readonly appealDays: number;
  /** Partners of whom findings are written down and nothing is held. */
  readonly trusted: string[];
  readonly rules: Readonly<Record<RuleName, RuleSetting>>;
};

export type Finding = {
  readonly rule: RuleName;
  readonly mode: Exclude<RuleMode, "off">;
  readonly points: number;
  readonly evidence: Evidence;
};

export const VERDICTS = ["pass", "review", "hold"] as const;
export type Verdict = (typeof VERDICTS)[number];

export type Judgement = {
  readonly findings: Finding[];
  readonly score: number;
  /** With the rules in shadow mode. */
  readonly shadowScore: number;
  readonly verdict: Verdict;
};

/** What a programme has that has chosen nothing. */
export const DEFAULT_RULES: RuleSet = {
  version: 0,
  reviewAt: 30,
  holdAt: 60,
  appealDays: 14,
  trusted: [],
  rules: Object.fromEntries(RULE_NAMES.map((name) => [name, ruleOf(name).defaults])) as RuleSet["rules"],
};

/**
 * Several findings as one score, 0 to 100: each takes its share of what the others have left (noisy-or), so that two of 50 make 75, and many
 * small ones never outweigh one that is certain by much.
 */
export function combine(points: readonly number[]): number {
  const left = points.reduce((rest, one) => (rest * (100 - Math.min(100, Math.max(0, one)))) / 100, 100);
  return Math.min(100, Math.max(0, Math.round(100 - left)));
}

/** The verdict on a score. */
export const verdictOf = ({ reviewAt, holdAt }: Pick<RuleSet, "reviewAt" | "holdAt">, score: number): Verdict =>
  score >= holdAt ? "hold" : score >= reviewAt ? "review" : "pass";

/** Asks every rule about some facts of a partner. Deterministic: the same rules say the same of the same facts, in a back-test too. */
export function judge(set: RuleSet, facts: Facts, partnerId: string): Judgement {
  const findings = RULE_NAMES.flatMap((rule): Finding[] => {
    const setting = set.rules[rule];
    if (setting.mode === "off") return [];
    const evidence = findIn(rule, facts, setting);
    return evidence === null ? [] : [{ rule, mode: setting.mode, points: setting.points, evidence }];
  });
  const pointsOf = (those: readonly Finding[]) => combine(those.map(({ points }) => points));
  const score = pointsOf(findings.filter(({ mode }) => mode === "active"));
  return {
    findings,
    score,
    shadowScore: Math.max(score, pointsOf(findings)),
    verdict: set.trusted.includes(partnerId) ? "pass" : verdictOf(set, score),
  };
}

/**
 * Whether whoever has cleared a payout by some findings has seen all that acts now: each rule, and as many partners as there are. Figures that only
 * move are not asked about again.
 */
export function coversFindings(
  seen: { readonly facts: Facts | Readonly<Record<string, never>>; readonly findings: readonly Finding[] },
  now: { readonly facts: PayoutFacts; readonly findings: readonly Finding[] },
): boolean {
  const { facts } = seen;
  if (!("subject" in facts) || facts.subject !== "payout") return false;
  const rules = new Set(seen.findings.map(({ rule }) => rule));
  return (
    now.findings.every(({ rule, mode }) => mode !== "active" || rules.has(rule)) &&
    now.facts.accountPartners <= facts.accountPartners &&
    now.facts.ring <= facts.ring &&
    (now.facts.heldBefore ?? 0) <= (facts.heldBefore ?? 0)
  );
}

/** Whether any rule about a subject is on: where none is, nothing is gathered. */
export const asksAbout = (set: RuleSet, subject: Subject): boolean =>
  RULE_NAMES.some((name) => set.rules[name].mode !== "off" && ruleOf(name).subjects.includes(subject));

/** The same rules as they would be if those in the shadow acted. */
export const withShadow = (set: RuleSet): RuleSet => ({
  ...set,
  rules: Object.fromEntries(
    RULE_NAMES.map((name) => {
      const setting = set.rules[name];
      return [name, setting.mode === "shadow" ? { ...setting, mode: "active" } : setting];
    }),
  ) as RuleSet["rules"],
});

/** What is to be other than it is; what is left out stays. */
export type RuleChange = {
  readonly reviewAt?: number;
  readonly holdAt?: number;
  readonly appealDays?: number;
  readonly trusted?: string[];
  readonly rules?: Readonly<Partial<Record<RuleName, Partial<RuleSetting>>>>;
};

/** The rules with a change made to them, as the next version. Whether that makes sense, `flawOf` says. */
export const withChange = (set: RuleSet, { rules, ...rest }: RuleChange): RuleSet => ({
  ...set,
  ...rest,
  version: set.version + 1,
  rules: Object.fromEntries(
    RULE_NAMES.map((name) => [name, { ...set.rules[name], ...rules?.[name] }]),
  ) as RuleSet["rules"],
});

/** The reasons of what counted, as a partner may be told them. */
export const reasonsOf = (findings: readonly Finding[]): Reason[] => [
  ...new Set(findings.filter(({ mode }) => mode === "active").map(({ rule }) => ruleOf(rule).reason)),
];

/** A field that cannot be so, and why: for whoever set it. */
export type Flaw = { readonly field: string; readonly problem: string };

/** What of a rule set makes no sense by itself. */
export function flawOf(set: RuleSet): Flaw | undefined {
  if (set.reviewAt > set.holdAt)
    return { field: "reviewAt", problem: "what is held is to be reviewed too: not above holdAt" };
  for (const name of RULE_NAMES) {
    const setting = set.rules[name];
    const { defaults, bounds } = ruleOf(name);
    for (const part of ["limit", "minimum"] as const) {
      const value = setting[part];
      const within = bounds?.[part];
      if (value === undefined) continue;
      if (within === undefined) return { field: `rules.${name}.${part}`, problem: "the rule has none" };
      if (!(value >= within.min && value <= within.max))
        return { field: `rules.${name}.${part}`, problem: `between ${within.min} and ${within.max}` };
    }
    for (const part of ["amounts", "names"] as const)
      if (setting[part] !== undefined && defaults[part] === undefined)
        return { field: `rules.${name}.${part}`, problem: "the rule has none" };
  }
  return undefined;
}

const ORDINARY_CONVERSION: ConversionFacts = {
  subject: "conversion",
  source: "click",
  clickAgeSeconds: 3_600,
  rivalClickAgeSeconds: null,
  hasOwnClick: true,
  referrerHost: "news.example",
  paidBy: null,
  browser: "browser",
  network: "203.0.113.0/24",
  isHosting: false,
  isPartnersNetwork: false,
  mailDomain: "example.com",
  isDisposable: false,
  shared: {},
  lastHour: 1,
  lastDay: 3,
  profile: {
    clicks: 1_000,
    conversions: 30,
    timed: 30,
    quick: 1,
    sales: 40,
    refunds: 1,
    chargebacks: 0,
    days: 20,
    dailyMean: 2,
    dailyDeviation: 1,
  },
  ring: 1,
};

const ORDINARY_PAYOUT: PayoutFacts = {
  subject: "payout",
  amount: "0",
  currency: "USD",
  isFirst: false,
  accountPartners: 0,
  heldBefore: 0,
  profile: ORDINARY_CONVERSION.profile,
  ring: 1,
};

/** What an honest partner of every programme brings: rules that hold this hold everyone. The first of it that would be held. */
export const heldOfOrdinary = (set: RuleSet): Subject | undefined =>
  [ORDINARY_CONVERSION, ORDINARY_PAYOUT].find((facts) => judge(set, facts, "").verdict === "hold")?.subject;

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allOn, PAYOUT, PLAIN, PROFILE } from "../../test/kit/fraud-facts.ts";
import type { Facts, Profile } from "./fraud-facts.ts";
import {
  asksAbout,
  combine,
  coversFindings,
  DEFAULT_RULES,
  flawOf,
  heldOfOrdinary,
  judge,
  reasonsOf,
  verdictOf,
  withChange,
  withShadow,
} from "./fraud-rules.ts";
import { isDisposable, isHosting, readNetworks } from "./known-addresses.ts";
import { usualOf } from "./refresh-profiles.ts";
import { RULE_NAMES, type RuleName, type RuleSetting } from "./rule-catalogue.ts";

const shared = (more: object) => ({ lastDay: 0, conversions: 0, partners: 0, isPartners: false, ...more });
const profile = (more: Partial<Profile>) => ({ profile: { ...PROFILE, ...more } });

const AMOUNTS = { amounts: { USD: 5_000 } };
const rules = allOn({
  coupon_leak: { names: ["coupons.test"] },
  high_value_sale: AMOUNTS,
  high_value_payout: AMOUNTS,
  first_payout: AMOUNTS,
});
const found = (facts: Facts, set = rules): RuleName[] => judge(set, facts, "p").findings.map(({ rule }) => rule);

/** What each rule is for, just over its limit; and the same just under. */
const SEEN: Record<RuleName, readonly [yes: Facts, no: Facts]> = {
  self_payment: [
    { ...PLAIN, shared: { payment: shared({ isPartners: true }) } },
    { ...PLAIN, shared: { payment: shared({ partners: 1 }) } },
  ],
  self_network: [
    { ...PLAIN, isPartnersNetwork: true, network: "203.0.113.0/24" },
    { ...PLAIN, network: "203.0.113.0/24" },
  ],
  duplicate_device: [
    { ...PLAIN, shared: { device: shared({ lastDay: 3 }) } },
    { ...PLAIN, shared: { device: shared({ lastDay: 2, conversions: 9 }) } },
  ],
  duplicate_mailbox: [
    { ...PLAIN, shared: { mailbox: shared({ conversions: 1 }) } },
    { ...PLAIN, shared: { mailbox: shared({}) } },
  ],
  duplicate_payment: [
    { ...PLAIN, shared: { payment: shared({ conversions: 2 }) } },
    { ...PLAIN, shared: { payment: shared({ conversions: 1 }) } },
  ],
  velocity_hour: [
    { ...PLAIN, lastHour: 30 },
    { ...PLAIN, lastHour: 29 },
  ],
  velocity_usual: [
    { ...PLAIN, lastDay: 6 },
    { ...PLAIN, lastDay: 5 },
  ],
  instant_conversion: [
    { ...PLAIN, clickAgeSeconds: 4 },
    { ...PLAIN, clickAgeSeconds: 5 },
  ],
  quick_share: [
    { ...PLAIN, ...profile({ quick: 5 }) },
    { ...PLAIN, ...profile({ quick: 4 }) },
  ],
  conversion_rate: [
    { ...PLAIN, ...profile({ clicks: 50 }) },
    { ...PLAIN, ...profile({ clicks: 49 }) },
  ],
  data_center: [
    { ...PLAIN, isHosting: true },
    { ...PLAIN, network: "198.51.100.0/24" },
  ],
  bot_traffic: [
    { ...PLAIN, browser: "absent" },
    { ...PLAIN, browser: null },
  ],
  disposable_mail: [
    { ...PLAIN, isDisposable: true },
    { ...PLAIN, mailDomain: null },
  ],
  paid_click: [
    { ...PLAIN, paidBy: "gclid" },
    { ...PLAIN, paidBy: null },
  ],
  coupon_leak: [
    { ...PLAIN, source: "coupon", referrerHost: "www.coupons.test" },
    { ...PLAIN, source: "coupon", referrerHost: "notcoupons.test", rivalClickAgeSeconds: 90 },
  ],
  late_touch: [
    { ...PLAIN, clickAgeSeconds: 59, rivalClickAgeSeconds: 60 },
    { ...PLAIN, clickAgeSeconds: 60, rivalClickAgeSeconds: 90 },
  ],
  refund_ratio: [
    { ...PAYOUT, ...profile({ refunds: 16 }) },
    { ...PAYOUT, ...profile({ refunds: 15 }) },
  ],
  chargeback_ratio: [
    { ...PLAIN, ...profile({ chargebacks: 2 }) },
    { ...PLAIN, ...profile({ chargebacks: 1 }) },
  ],
  ring: [
    { ...PAYOUT, ring: 3 },
    { ...PAYOUT, ring: 2 },
  ],
  high_value_sale: [
    { subject: "sale", amount: "5000", currency: "USD" },
    { subject: "sale", amount: "9999", currency: "EUR" },
  ],
  high_value_payout: [PAYOUT, { ...PAYOUT, amount: "4999" }],
  first_payout: [{ ...PAYOUT, isFirst: true }, PAYOUT],
  shared_account: [{ ...PAYOUT, accountPartners: 1 }, PAYOUT],
  held_before: [{ ...PAYOUT, heldBefore: 1 }, PAYOUT],
};

describe("a rule", () => {
  it.each(RULE_NAMES)("finds what it is for and nothing just under that: %s", (name) => {
    const [yes, no] = SEEN[name];
    expect(found(yes)).toContain(name);
    expect(found(no)).not.toContain(name);
  });

  it("says nothing of a share of nothing, however small its minimum", () => {
    const none = profile({
      clicks: 0,
      timed: 0,
      sales: 0,
      days: 0,
      dailyMean: 0,
      dailyDeviation: 0,
      refunds: 1,
      quick: 1,
    });
    const set = allOn({
      conversion_rate: { minimum: 0, limit: 0 },
      quick_share: { minimum: 0, limit: 0 },
      refund_ratio: { minimum: 0, limit: 0 },
      chargeback_ratio: { minimum: 0, limit: 0 },
    });
    expect(found({ ...PLAIN, ...none }, set)).toEqual([]);
    expect(found({ ...PLAIN, profile: null }, set)).toEqual([]);
    expect(usualOf([])).toEqual({ conversions: 0, timed: 0, quick: 0, days: 0, dailyMean: 0, dailyDeviation: 0 });
  });

  it("that is off finds nothing; in the shadow it finds and does not count", () => {
    const facts: Facts = { ...PLAIN, isHosting: true };
    const as = (mode: RuleSetting["mode"]) => judge(allOn({ data_center: { mode, points: 90 } }), facts, "p");
    expect(as("off")).toMatchObject({ findings: [], score: 0, shadowScore: 0 });
    expect(as("shadow")).toMatchObject({ score: 0, shadowScore: 90, verdict: "pass" });
    expect(as("active")).toMatchObject({ score: 90, shadowScore: 90, verdict: "hold" });
    expect(judge(withShadow(allOn({ data_center: { mode: "shadow", points: 90 } })), facts, "p").score).toBe(90);
  });

  it("tells a partner of which kind its doubt is, and of the shadow nothing", () => {
    const { findings } = judge(allOn({ data_center: { mode: "shadow" } }), { ...PLAIN, isHosting: true, ring: 3 }, "p");
    expect(reasonsOf(findings)).toEqual(["shared_details"]);
  });
});

describe("scores", () => {
  it("combine to no less than the worst, no more than 100, in any order, and never fall by a finding more", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 100 }),
        (points, one) => {
          const score = combine(points);
          expect(score).toBeGreaterThanOrEqual(Math.max(0, ...points));
          expect(score).toBeLessThanOrEqual(100);
          expect(combine(points.toReversed())).toBe(score);
          expect(combine([...points, one])).toBeGreaterThanOrEqual(score);
        },
      ),
    );
    expect(combine([50, 50])).toBe(75);
  });

  it("are reviewed from the one limit on and held from the other", () => {
    const at = (score: number) => verdictOf({ reviewAt: 30, holdAt: 60 }, score);
    expect([0, 29, 30, 59, 60, 100].map(at)).toEqual(["pass", "pass", "review", "review", "hold", "hold"]);
    expect([59, 60].map((score) => verdictOf({ reviewAt: 60, holdAt: 60 }, score))).toEqual(["pass", "hold"]);
  });

  it("hold nothing of a trusted partner", () => {
    const facts: Facts = { ...PLAIN, shared: { payment: shared({ isPartners: true }) } };
    expect(judge(DEFAULT_RULES, facts, "p").verdict).toBe("hold");
    expect(judge({ ...DEFAULT_RULES, trusted: ["p"] }, facts, "p")).toMatchObject({ verdict: "pass", score: 90 });
  });
});

describe("a rule set", () => {
  it("of the defaults is sound, holds nothing of an honest partner, and acts on facts alone", () => {
    expect(flawOf(DEFAULT_RULES)).toBeUndefined();
    expect(heldOfOrdinary(DEFAULT_RULES)).toBeUndefined();
    expect(heldOfOrdinary(allOn())).toBeUndefined();
    const active = RULE_NAMES.filter((name) => DEFAULT_RULES.rules[name].mode === "active");
    expect(active).toEqual(["self_payment", "shared_account", "held_before"]);
  });

  it("that holds what every honest partner brings is seen through", () => {
    expect(heldOfOrdinary(allOn({ instant_conversion: { limit: 3_600, points: 100 } }))).toBeUndefined();
    expect(heldOfOrdinary(allOn({ velocity_hour: { limit: 1, points: 100 } }))).toBe("conversion");
    expect(heldOfOrdinary(allOn({ refund_ratio: { limit: 0, points: 100 } }))).toBe("conversion");
  });

  it.each([
    ["reviewAt", "what is held is to be reviewed too: not above holdAt", { ...DEFAULT_RULES, reviewAt: 61 }],
    ["rules.ring.limit", "between 2 and 50", allOn({ ring: { limit: 1 } })],
    ["rules.ring.limit", "between 2 and 50", allOn({ ring: { limit: 51 } })],
    ["rules.quick_share.limit", "between 0 and 1", allOn({ quick_share: { limit: Number.NaN } })],
    ["rules.quick_share.minimum", "between 1 and 100000", allOn({ quick_share: { minimum: 0 } })],
    ["rules.bot_traffic.limit", "the rule has none", allOn({ bot_traffic: { limit: 1 } })],
    ["rules.ring.minimum", "the rule has none", allOn({ ring: { minimum: 20 } })],
    ["rules.ring.amounts", "the rule has none", allOn({ ring: { amounts: {} } })],
    ["rules.ring.names", "the rule has none", allOn({ ring: { names: [] } })],
  ] as const)("with a field that makes no sense names it, and why: %s, %s", (field, problem, set) => {
    expect(flawOf(set)).toEqual({ field, problem });
  });

  it("may be set to the bounds of each field, and may hold all that it has reviewed", () => {
    for (const limit of [2, 50]) expect(flawOf(allOn({ ring: { limit } }))).toBeUndefined();
    for (const minimum of [1, 100_000]) expect(flawOf(allOn({ quick_share: { minimum } }))).toBeUndefined();
    expect(flawOf({ ...DEFAULT_RULES, reviewAt: 60 })).toBeUndefined();
  });

  it("that is changed is the next version, and keeps whatever the change does not name", () => {
    const before = { ...allOn(), version: 7, trusted: ["p"] };
    expect(withChange(before, {})).toEqual({ ...before, version: 8 });
    expect(withChange(before, { holdAt: 80, trusted: [], rules: { ring: { limit: 5 } } })).toEqual({
      ...before,
      version: 8,
      holdAt: 80,
      trusted: [],
      rules: { ...before.rules, ring: { ...before.rules.ring, limit: 5 } },
    });
  });

  it("asks about a subject where any rule of it is on", () => {
    const off = {
      ...DEFAULT_RULES,
      rules: { ...DEFAULT_RULES.rules, high_value_sale: { mode: "off", points: 1 } as const },
    };
    expect([asksAbout(off, "sale"), asksAbout(rules, "sale"), asksAbout(DEFAULT_RULES, "payout")]).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe("an address", () => {
  it("is of servers for rent between the first and the last of a block, and of nobody's otherwise", () => {
    expect([isHosting("3.5.140.2"), isHosting("::ffff:3.5.140.2")]).toEqual([true, true]);
    expect(["203.0.113.9", "192.168.0.1", "0.0.0.0", "255.255.255.255", "2001:db8::1", "", "x"].map(isHosting)).toEqual(
      Array(7).fill(false),
    );
    expect(readNetworks("# a note\n1.2.3 4\n0.0.1 2\n")).toEqual({
      first: Uint32Array.of(1, 66_051),
      count: Uint32Array.of(2, 4),
    });
  });

  it("of mail is thrown away where its domain, or one above it, gives such out", () => {
    expect([isDisposable("mailinator.com"), isDisposable("Sub.Mailinator.com")]).toEqual([true, true]);
    expect([isDisposable("example.com"), isDisposable("com"), isDisposable("")]).toEqual([false, false, false]);
  });
});

describe("a clearing", () => {
  const finding = (rule: "ring" | "shared_account", mode: "active" | "shadow" = "active") =>
    ({ rule, mode, points: 60, evidence: {} }) as const;
  const seen = { facts: { ...PAYOUT, accountPartners: 1, ring: 3, heldBefore: 1 }, findings: [finding("ring")] };

  it.each([
    ["of just that", seen, true],
    ["where nothing is left of it", { facts: PAYOUT, findings: [] }, true],
    ["where another rule acts", { ...seen, findings: [finding("ring"), finding("shared_account")] }, false],
    ["where another finds something in the shadow", { ...seen, findings: [finding("shared_account", "shadow")] }, true],
    ["where more partners have the account", { ...seen, facts: { ...seen.facts, accountPartners: 2 } }, false],
    ["where more partners hang together", { ...seen, facts: { ...seen.facts, ring: 4 } }, false],
    ["where another payout was refused", { ...seen, facts: { ...seen.facts, heldBefore: 2 } }, false],
  ] as const)("covers what was found, %s", (_what, now, covers) => {
    expect(coversFindings(seen, now)).toBe(covers);
  });

  it("covers nothing where what it was given on has been forgotten", () => {
    expect(coversFindings({ facts: {}, findings: seen.findings }, seen)).toBe(false);
  });
});

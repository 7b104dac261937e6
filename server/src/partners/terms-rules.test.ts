import { describe, expect, it } from "vitest";
import { DEFAULT_TIERS, type PublishedHead, parsePlan, type Terms, type VolumeTrueUp } from "../programs/index.ts";
import { commissionRateOf, followingTerms, termsView, tiersSince } from "./terms-rules.ts";

const day = (number: number): Date => new Date(Date.UTC(2026, 0, number));
const head = (version: number, effectiveFrom: Date | null): PublishedHead =>
  ({ id: `plan${version}`, version, effectiveFrom }) as PublishedHead;
const plans = parsePlan({ tiers: DEFAULT_TIERS });

describe("a partner who follows the plan", () => {
  it("has terms of the version in force from its own first day, and of each that is to come from that one's", () => {
    const following = { partnerId: "p", tier: "tier2", from: day(12), reason: "upgrade" } as const;
    const heads = [head(1, null), head(2, day(10)), head(3, day(20)), head(4, day(30))];
    expect(followingTerms(following, { heads, since: day(12) })).toEqual(
      [
        { planId: "plan2", effectiveFrom: day(12) },
        { planId: "plan3", effectiveFrom: day(20) },
        { planId: "plan4", effectiveFrom: day(30) },
      ].map((terms) => ({
        partnerId: "p",
        tier: "tier2",
        overrides: {},
        reason: "upgrade",
        isRetroactive: false,
        ...terms,
      })),
    );
  });

  it("may have them from the beginning of time", () => {
    const following = { partnerId: "p", tier: "tier1", from: null, reason: null } as const;
    expect(followingTerms(following, { heads: [head(1, null)], since: day(1) })).toMatchObject([
      { planId: "plan1", effectiveFrom: null, reason: null },
    ]);
  });
});

describe("the tiers that a partner had since a version from the past began", () => {
  type Row = Parameters<typeof tiersSince>[0][number];
  const row = (number: number, tier: Row["tier"], effectiveFrom: Date | null, overrides: object = {}): Row => ({
    number: BigInt(number),
    tier,
    effectiveFrom,
    overrides,
  });
  const since = (...rows: readonly Row[]) => tiersSince(rows, day(10), day(20));

  it("are none where it had no terms", () => {
    expect(since()).toEqual([]);
  });

  it("begin with the one in force on the first day, from that day on, however long it had it", () => {
    const from = day(10);
    expect(since(row(1, "tier1", null))).toEqual([{ tier: "tier1", from }]);
    expect(since(row(1, "tier1", day(3)))).toEqual([{ tier: "tier1", from }]);
    expect(since(row(1, "tier1", day(10)))).toEqual([{ tier: "tier1", from }]);
    expect(since(row(1, "tier1", null), row(2, "tier2", day(5)))).toEqual([{ tier: "tier2", from }]);
    expect(since(row(1, "tier1", day(3)), row(2, "tier2", day(5)))).toEqual([{ tier: "tier2", from }]);
  });

  it("begin with its first terms where those came later, up to now and not after", () => {
    expect(since(row(1, "tier1", day(12)))).toEqual([{ tier: "tier1", from: day(12) }]);
    expect(since(row(1, "tier1", day(20)))).toEqual([{ tier: "tier1", from: day(20) }]);
    expect(since(row(1, "tier1", day(21)))).toEqual([]);
  });

  it("change where the tier does, in the order of time, and terms of the same tier change nothing", () => {
    const rows = [row(1, "tier1", null), row(4, "tier2", day(16)), row(2, "tier1", day(12)), row(3, "tier3", day(14))];
    const [first, third] = [
      { tier: "tier1", from: day(10) },
      { tier: "tier3", from: day(14) },
    ];
    expect(since(...rows)).toEqual([first, third, { tier: "tier2", from: day(16) }]);
    expect(since(...rows.toReversed())).toEqual([first, third, { tier: "tier2", from: day(16) }]);
  });

  it("are those of the row that was written last, where several are in force", () => {
    const [earlier, later] = [row(1, "tier1", day(12)), row(2, "tier2", day(12))];
    for (const rows of [
      [earlier, later],
      [later, earlier],
    ])
      expect(since(...rows)).toEqual([{ tier: "tier2", from: day(12) }]);
    expect(since(row(3, "tier3", null), row(2, "tier2", day(12)))).toEqual([{ tier: "tier3", from: day(10) }]);
  });

  it("begin where it followed the plan again after terms of its own", () => {
    const own = { recurringRatePpm: 1n };
    const before = row(1, "tier1", null);
    expect(since(before, row(2, "tier1", day(12), own))).toEqual([]);
    expect(since(row(1, "tier1", null, own), row(2, "tier1", day(12)))).toEqual([{ tier: "tier1", from: day(12) }]);
    expect(since(before, row(2, "tier2", day(12), own), row(3, "tier1", day(14)))).toEqual([
      { tier: "tier1", from: day(14) },
    ]);
  });
});

describe("the rate that is shown", () => {
  it("is that of payments, or the share of revenue where payments earn nothing, in per cent", () => {
    expect(Object.values(plans).map(commissionRateOf)).toEqual(["10.00", "25.00", "50.00", "15.00"]);
    expect(commissionRateOf({ ...plans.tier3, mode: "licence" })).toBe("0.00");
    expect(commissionRateOf({ ...plans.tier3, mode: "licence", recurringRatePpm: 1n })).toBe("0.00");
    expect(commissionRateOf({ ...plans.tier1, recurringRatePpm: 0n, revenueSharePpm: 50_000n })).toBe("5.00");
  });

  it("has two places, and a third is cut off", () => {
    expect(commissionRateOf({ ...plans.tier2, recurringRatePpm: 123_456n })).toBe("12.34");
    expect(commissionRateOf({ ...plans.tier2, recurringRatePpm: 10_999n })).toBe("1.09");
    expect(commissionRateOf({ ...plans.tier2, recurringRatePpm: 1_000_000n })).toBe("100.00");
  });
});

describe("terms as the API shows them", () => {
  const terms = {
    ...plans.tier2,
    id: "t",
    planId: "plan2",
    planVersion: 2,
    tier: "tier2",
    currency: "USD",
    timeZone: "Europe/Berlin",
    tierMultiplierPpm: 1_250_000n,
  } as Terms;

  it("have a true-up's steps as numbers and fractions, and a window only where it has one", () => {
    const steps = [
      { from: 0n, ratePpm: 100_000n },
      { from: 1_000_000n, ratePpm: 150_000n },
    ];
    const shown = (period: VolumeTrueUp["period"], windowDays: number | null) =>
      termsView({ ...terms, volumeTrueUp: { period, windowDays, mode: "graduated", steps } }).volumeTrueUp;
    const common = {
      mode: "graduated",
      steps: [
        { from: 0, rate: 0.1 },
        { from: 1_000_000, rate: 0.15 },
      ],
    };
    expect(shown("month", null)).toStrictEqual({ period: "month", ...common });
    expect(shown("rolling", 90)).toStrictEqual({ period: "rolling", windowDays: 90, ...common });
  });

  it("have the plan's names, rates as decimal fractions, and amounts in minor units", () => {
    expect(termsView(terms)).toEqual({
      id: "t",
      planId: "plan2",
      rateRules: [],
      caps: {},
      planVersion: 2,
      tier: "tier2",
      currency: "USD",
      timeZone: "Europe/Berlin",
      signupBonus: 10_000n,
      recurringRate: 0.25,
      recurringDuration: null,
      transactionRate: 0.001,
      volumeBonuses: [
        { threshold: 50, bonus: 0.05 },
        { threshold: 100, bonus: 0.1 },
      ],
      volumeBonusMode: "multiplicative",
      volumeTrueUp: null,
      revenueShare: 0,
      mode: "share",
      tierMultiplier: 1.25,
      qualifyingMinimum: 0n,
      holdDays: 30,
      attributionWindowDays: 60,
      minimumPayout: { USD: 10_000n },
      features: ["links", "basic_dashboard", "co_branding", "leads", "marketing_tools"],
    });
  });
});

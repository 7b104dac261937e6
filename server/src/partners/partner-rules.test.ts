import { describe, expect, it } from "vitest";
import { DEFAULT_TIERS, parsePlan } from "../programs/index.ts";
import { eligibilityFor } from "./eligibility.ts";
import { decideAct, PARTNER_STATUSES, type PartnerAct } from "./partner-rules.ts";
import { newReferralCode, normalReferralCode } from "./referral-code.ts";

const plans = parsePlan({ tiers: DEFAULT_TIERS });

describe("a partner", () => {
  const ACTS: readonly PartnerAct[] = ["approve", "reject", "reapply", "suspend", "reinstate", "terminate"];
  it("goes from state to state as the table says, and nowhere else", () => {
    const table = Object.fromEntries(
      PARTNER_STATUSES.map((status) => [
        status,
        ACTS.map((act) => {
          const decision = decideAct(status, act);
          return decision.allowed ? decision.to : "-";
        }).join(" "),
      ]),
    );
    expect(table).toEqual({
      //          approve reject reapply suspend reinstate terminate
      pending: "active rejected - - - terminated",
      active: "- - - suspended - terminated",
      suspended: "- - - - active terminated",
      rejected: "active - pending - - terminated",
      terminated: "- - - - - -",
    });
  });

  it("who may not go there is told where it stands and what was asked", () => {
    expect(decideAct("terminated", "reinstate")).toEqual({
      allowed: false,
      facts: { status: "terminated", act: "reinstate" },
    });
    expect(decideAct("pending", "approve")).toEqual({ allowed: true, to: "active" });
  });
});

describe("a referral code", () => {
  it("has no character that is read for another", () => {
    const codes = Array.from({ length: 500 }, newReferralCode);
    expect(new Set(codes).size).toBe(500);
    for (const code of codes) expect(code).toMatch(/^[2-9a-hjkmnp-tv-z]{8}$/);
  });

  it("is the same in either case", () => expect(normalReferralCode(" Ada_Codes-1 ")).toBe("ada_codes-1"));

  it.each(["", "ab", "-ab", "a b", "ä-b", "a".repeat(51), "a/b", "a\0b", "ａｂｃ"])("is refused: %j", (code) =>
    expect(() => normalReferralCode(code)).toThrow(expect.objectContaining({ code: "partner.code_invalid" })),
  );
});

describe("eligibility", () => {
  it("for resellers is ten qualified referrals in a year", () => {
    const standing = (qualifiedReferrals: number) => eligibilityFor(plans.tier2.eligibility, { qualifiedReferrals });
    expect(standing(9)).toMatchObject({ isEligible: false, criteria: [{ minimum: 10, actual: 9, isMet: false }] });
    expect(standing(10)).toMatchObject({ isEligible: true, criteria: [{ actual: 10, isMet: true }] });
  });

  it("is for the operator to tell where it is an agreement or a fee, and given where nothing is asked", () => {
    const names = (tier: keyof typeof plans) => {
      const { isEligible, criteria } = eligibilityFor(plans[tier].eligibility, { qualifiedReferrals: 0 });
      return [isEligible, ...criteria.map(({ name, minimum, maximum }) => [name, minimum, maximum])];
    };
    expect(names("tier1")).toEqual([true]);
    expect(names("tier3")).toEqual([null, ["monthlyLicense", 500_000, 1_500_000], ["setupFee", 5_000_000, 10_000_000]]);
    expect(names("tier4")).toEqual([null, ["partnershipAgreement", null, null]]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { termsOfTier } from "../../../test/kit/engine.ts";
import { commissionsOf, type Facts, NO_FACTS, openFold, partnerOf, termsAt, termsOf } from "./fold.ts";
import type { CommissionStanding, ReferralStanding } from "./standing.ts";

const at = new Date("2024-01-01T00:00:00Z");
const commission = (fields: Partial<CommissionStanding>): CommissionStanding => ({
  id: "a",
  partnerId: "partner",
  referralId: "ann",
  transactionId: "p",
  eventId: "p",
  number: 1n,
  rule: "recurring",
  type: "recurring",
  act: "",
  amount: 100n,
  currency: "USD",
  ratePpm: 100_000n,
  occurredAt: at,
  holdUntil: at,
  reversed: 0n,
  closedBy: null,
  ...fields,
});
const referral: ReferralStanding = {
  referralId: "ann",
  partnerId: "partner",
  convertedAt: at,
  agreedAt: at,
  conversionNumber: 3n,
  termsId: "terms of tier1",
  isVerificationOpen: false,
  isHeld: false,
  isRejected: false,
  qualification: null,
  lostPaymentId: null,
  lostSignup: null,
  isSignupTaken: false,
};
const foldOf = (facts: Partial<Facts>, terms = [termsOfTier("tier1"), termsOfTier("tier2")]) =>
  openFold(new Map(terms.map((one) => [one.id, one])), {
    ...NO_FACTS,
    tenantId: "t",
    isApproved: () => false,
    ...facts,
  });

describe("a fold", () => {
  it("gives commissions as they were earned, whatever the order of the facts; what was added by an act comes after", () => {
    const unsorted = [
      commission({ id: "d", number: 2n }),
      commission({ id: "c", number: 1n, act: "x" }),
      commission({ id: "b", number: 1n }),
      commission({ id: "a", number: 10n }),
      commission({ id: "e", number: 1n }),
    ];
    const fold = foldOf({ commissions: new Map(unsorted.map((one) => [one.id, one])) });
    for (const key of ["p", "ann"]) {
      expect(commissionsOf(fold, key).map(({ id }) => id)).toEqual(["b", "e", "c", "d", "a"]);
    }
    expect(commissionsOf(fold, "other")).toEqual([]);
  });

  it("orders the same in whatever order the facts come", () => {
    const inOrder = [
      commission({ id: "b", number: 1n }),
      commission({ id: "e", number: 1n }),
      commission({ id: "c", number: 1n, act: "x" }),
      commission({ id: "a", number: 1n, act: "y" }),
      commission({ id: "d", number: 2n }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(inOrder, { minLength: inOrder.length }), (shuffled) => {
        const fold = foldOf({ commissions: new Map(shuffled.map((one) => [one.id, one])) });
        expect(commissionsOf(fold, "p")).toEqual(inOrder);
      }),
    );
  });

  it("leaves the facts as they were", () => {
    const facts = { commissions: new Map([["a", commission({})]]), partners: new Map(), referrals: new Map() };
    const fold = foldOf(facts);
    fold.partners.set("partner", partnerOf(fold, "partner"));
    fold.commissions.delete("a");
    expect([facts.partners.size, facts.commissions.size]).toEqual([0, 1]);
  });

  it("knows a partner of whom nothing was recorded as one who has nothing", () => {
    expect(partnerOf(foldOf({}), "partner")).toEqual({
      partnerId: "partner",
      approvedAt: null,
      terminatedAt: null,
      suspendedBy: null,
      clients: 0,
      roundsSales: false,
      retroactive: [],
    });
  });

  it("reads terms by date and by place; a re-assessment's terms stand above both", () => {
    const partner = {
      ...partnerOf(foldOf({}), "partner"),
      retroactive: [
        { number: 2n, at: new Date(0), termsId: "terms of tier2" },
        { number: 4n, at, termsId: "terms of tier2" },
      ],
    };
    const partners = new Map([["partner", partner]]);
    const moment = (offset: number) => new Date(at.getTime() + offset);
    expect(termsAt(foldOf({ partners }), referral, moment(-1)).tier).toBe("tier1");
    expect(termsAt(foldOf({ partners }), referral, moment(0)).tier).toBe("tier2");
    expect(termsAt(foldOf({ partners, termsOverride: "terms of tier1" }), referral, moment(0)).tier).toBe("tier1");
  });

  it("takes terms that were not loaded for our own mistake", () => {
    expect(() => termsOf(foldOf({}), "other")).toThrow("the terms of every touched customer are loaded");
  });
});

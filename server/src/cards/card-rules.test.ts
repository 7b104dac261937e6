import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AuthorizationFacts,
  allot,
  canBecome,
  declineOf,
  effectiveLimits,
  heldAfter,
  isKeptBack,
  LIMIT_NAMES,
  releasable,
  stateAfterNews,
  windowsAt,
} from "./card-rules.ts";

const FACTS: AuthorizationFacts = {
  cardState: "active",
  userStatus: "active",
  productStatus: "active",
  programStatus: "active",
  partnerStatus: "active",
  currency: "USD",
  limits: { perAuthorization: 100n, daily: 200n, monthly: 300n },
  spent: { day: 0n, month: 0n },
};
const ask = (amount = 50n, currency = "USD") => ({ amount, currency });

describe("a purchase", () => {
  it.each<[string, Partial<AuthorizationFacts>]>([
    ["program_inactive", { programStatus: "disabled" }],
    ["product_inactive", { productStatus: "closed" }],
    ["partner_inactive", { partnerStatus: "suspended" }],
    ["partner_inactive", { partnerStatus: null }],
    ["user_inactive", { userStatus: "suspended" }],
    ["card_inactive", { cardState: "unactivated" }],
    ["currency_mismatch", { currency: "EUR" }],
    ["over_daily_limit", { spent: { day: 151n, month: 151n } }],
    ["over_monthly_limit", { spent: { day: 0n, month: 251n } }],
  ])("is declined as %s", (reason, change) => {
    expect(declineOf(ask(), { ...FACTS, ...change })).toBe(reason);
  });

  it("of exactly what is left is funded, and of a unit more is not", () => {
    expect(declineOf(ask(100n), { ...FACTS, spent: { day: 100n, month: 200n } })).toBeNull();
    expect(declineOf(ask(101n), FACTS)).toBe("over_authorization_limit");
    expect(declineOf(ask(100n), { ...FACTS, spent: { day: 101n, month: 101n } })).toBe("over_daily_limit");
  });

  it("of any size is funded where there is no limit", () => {
    const limits = { perAuthorization: null, daily: null, monthly: null };
    expect(declineOf(ask(10n ** 15n), { ...FACTS, limits })).toBeNull();
  });

  it("never takes a card beyond any of its limits, whatever is asked in whatever order", () => {
    const amounts = fc.array(fc.bigInt({ min: 0n, max: 150n }), { maxLength: 30 });
    const limit = fc.option(fc.bigInt({ min: 1n, max: 400n }));
    const limits = fc.record({ perAuthorization: limit, daily: limit, monthly: limit });
    fc.assert(
      fc.property(amounts, limits, (asked, own) => {
        let spent = 0n;
        const funded = asked.filter((amount) => {
          const facts = { ...FACTS, limits: own, spent: { day: spent, month: spent } };
          if (declineOf(ask(amount), facts) !== null) return false;
          spent += amount;
          return true;
        });
        const isWithin = (amount: bigint, limit: bigint | null) => limit === null || amount <= limit;
        expect([own.daily, own.monthly].every((limit) => isWithin(spent, limit))).toBe(true);
        expect(funded.every((amount) => isWithin(amount, own.perAuthorization))).toBe(true);
      }),
    );
  });
});

describe("the limits of a card", () => {
  it("are the narrower of its own and its product's", () => {
    const limit = fc.option(fc.bigInt({ min: 1n, max: 10n }));
    const limits = fc.record({ perAuthorization: limit, daily: limit, monthly: limit });
    fc.assert(
      fc.property(limits, limits, (product, card) => {
        const both = effectiveLimits(product, card);
        for (const name of LIMIT_NAMES) {
          const given = [product[name], card[name]].filter((one) => one !== null);
          expect(both[name]).toBe(given.length === 0 ? null : given.reduce((a, b) => (a < b ? a : b)));
        }
      }),
    );
  });

  it("count by days and months of UTC", () => {
    const { day, month } = windowsAt(new Date("2026-03-31T23:59:59.999Z"));
    expect([day, month].map((at) => at.toISOString())).toEqual([
      "2026-03-31T00:00:00.000Z",
      "2026-03-01T00:00:00.000Z",
    ]);
  });

  it("get back no more of a hold than is left of it", () => {
    expect(releasable({ approved: 10n, released: 4n }, 3n)).toBe(3n);
    expect(releasable({ approved: 10n, released: 4n }, 9n)).toBe(6n);
    expect(releasable({ approved: 10n, released: 10n }, 1n)).toBe(0n);
  });
});

describe("what the operator holds", () => {
  it("no partner makes active again, and may make stricter", () => {
    expect(isKeptBack("partner", "active", true)).toBe(true);
    expect(isKeptBack("partner", "suspended", true)).toBe(false);
    expect(isKeptBack("partner", "terminated", true)).toBe(false);
    expect(isKeptBack("partner", undefined, true)).toBe(false);
    expect(isKeptBack("partner", "active", false)).toBe(false);
    expect(isKeptBack("operator", "active", true)).toBe(false);
  });

  it("is what it suspends, until it makes that active", () => {
    for (const before of [true, false]) {
      expect(heldAfter(before, "operator", { state: "suspended" })).toBe(true);
      expect(heldAfter(before, "operator", { state: "active" })).toBe(false);
      expect(heldAfter(before, "operator", { state: "terminated" })).toBe(before);
      expect(heldAfter(before, "operator", {})).toBe(before);
    }
  });

  it("is what it says, whatever it does to the card", () => {
    expect(heldAfter(true, "operator", { state: "suspended", isHeld: false })).toBe(false);
    expect(heldAfter(false, "operator", { state: "active", isHeld: true })).toBe(true);
    expect(heldAfter(false, "operator", { isHeld: true })).toBe(true);
  });

  it("is nothing that a partner changes, whatever it says", () => {
    for (const before of [true, false])
      for (const state of ["active", "suspended", "terminated"] as const)
        for (const isHeld of [true, false]) expect(heldAfter(before, "partner", { state, isHeld })).toBe(before);
  });
});

describe("a reversal", () => {
  const target = (room: bigint, isNamed = false) => ({ room, isNamed });

  it("falls whole on what it names, and otherwise on each as far as that goes, the first first", () => {
    expect(allot(9n, [target(5n, true)])).toEqual([9n]);
    expect(allot(9n, [target(5n), target(7n)])).toEqual([5n, 4n]);
    expect(allot(9n, [target(5n, true), target(7n, true)])).toEqual([5n, 4n]);
    expect(allot(9n, [target(5n), target(0n), target(-3n), target(2n)])).toEqual([5n, 0n, 0n, 2n]);
    expect(allot(9n, [])).toEqual([]);
  });
});

describe("the state of a card", () => {
  const told = (state: "active" | "suspended" | "terminated", at = "2026-03-01T12:00:00Z") => ({
    state,
    at,
    lastFour: null,
    expiresOn: null,
  });
  const card = { state: "active" as const, toldAt: new Date("2026-03-01T11:00:00Z"), isChanging: false };

  it("follows the latest that was told, and nothing older", () => {
    expect(stateAfterNews(card, told("suspended"))).toBe("suspended");
    expect(stateAfterNews(card, told("suspended", "2026-03-01T10:00:00Z"))).toBeNull();
  });

  it("is not what was told at the same instant as what is known already", () => {
    expect(stateAfterNews(card, told("suspended", "2026-03-01T11:00:00Z"))).toBeNull();
    expect(stateAfterNews(card, told("suspended", "2026-03-01T11:00:00.001Z"))).toBe("suspended");
  });

  it("is what is told where nothing was told before, or where the issuer names no time", () => {
    expect(stateAfterNews({ ...card, toldAt: null }, told("suspended", "1960-01-01T00:00:00Z"))).toBe("suspended");
    expect(stateAfterNews(card, { ...told("suspended"), at: null })).toBe("suspended");
    expect(stateAfterNews({ ...card, toldAt: null }, { ...told("suspended"), at: null })).toBe("suspended");
  });

  it("is what we want while a change of ours is on its way, unless the card has ended there", () => {
    expect(stateAfterNews({ ...card, isChanging: true }, told("suspended"))).toBeNull();
    expect(stateAfterNews({ ...card, isChanging: true }, told("terminated"))).toBe("terminated");
  });

  it("that has ended is final, for news and for callers", () => {
    expect(stateAfterNews({ ...card, state: "terminated" }, told("active"))).toBeNull();
    expect(stateAfterNews({ ...card, state: "refused" }, told("active"))).toBeNull();
    for (const to of ["active", "suspended", "terminated"] as const) {
      expect(canBecome("terminated", to)).toBe(false);
      expect(canBecome("refused", to)).toBe(false);
      expect(canBecome("requested", to)).toBe(false);
    }
  });
});

import { describe, expect, it } from "vitest";
import { decideBackdating, decidePublication, planInForce, planState, plansFrom, plansSince } from "./version-rules.ts";

const day = (number: number): Date => new Date(Date.UTC(2026, 0, number));
const plan = (version: number, from: number | null) => ({ version, effectiveFrom: from === null ? null : day(from) });
const numbers = (plans: readonly { version: number }[]): number[] => plans.map(({ version }) => version);

describe("the version in force", () => {
  it("is the highest of those whose day has come, its first instant included", () => {
    const plans = [plan(3, 20), plan(1, null), plan(2, 10)];
    expect(planInForce(plans, new Date(day(10).getTime() - 1))?.version).toBe(1);
    expect(planInForce(plans, day(10))?.version).toBe(2);
    expect(planInForce(plans, day(20))?.version).toBe(3);
    expect(planInForce([...plans].reverse(), day(20))?.version).toBe(3);
  });

  it("is the higher number, though the lower came into force later", () => {
    expect(planInForce([plan(2, 15), plan(3, 10)], day(16))?.version).toBe(3);
  });

  it("is none before the first", () => expect(planInForce([plan(1, 5)], day(4))).toBeUndefined());
});

describe("the versions from an instant on", () => {
  it("are the one in force and those to come, by number", () => {
    expect(numbers(plansFrom([plan(4, 30), plan(1, null), plan(3, 20), plan(2, 10)], day(10)))).toEqual([2, 3, 4]);
  });

  it("leave out one that a higher one overtakes before its day, or on it", () => {
    expect(numbers(plansFrom([plan(1, null), plan(2, 20), plan(3, 15)], day(10)))).toEqual([1, 3]);
    expect(numbers(plansFrom([plan(1, null), plan(2, 20), plan(3, 20)], day(10)))).toEqual([1, 3]);
    expect(numbers(plansFrom([plan(1, null), plan(2, 20), plan(3, 21)], day(10)))).toEqual([1, 2, 3]);
  });

  it("are those to come alone, where none is in force", () => {
    expect(numbers(plansFrom([plan(1, 5), plan(2, 6)], day(1)))).toEqual([1, 2]);
  });
});

describe("the versions since an instant", () => {
  const plans = [plan(1, null), plan(2, 10), plan(3, 20), plan(4, 30)];
  it("are the one that was in force then, and each that came into force until the end, its first instant included", () => {
    expect(numbers(plansSince(plans, day(5), day(25)))).toEqual([1, 2, 3]);
    expect(numbers(plansSince(plans, day(5), day(20)))).toEqual([1, 2, 3]);
    expect(numbers(plansSince(plans, day(5), new Date(day(20).getTime() - 1)))).toEqual([1, 2]);
    expect(numbers(plansSince(plans, day(10), day(15)))).toEqual([2]);
  });

  it("are each named once, and none that a higher one overtook", () => {
    expect(numbers(plansSince([plan(1, null), plan(3, 10), plan(2, 20)], day(5), day(25)))).toEqual([1, 3]);
  });

  it("are none before the first", () => {
    expect(plansSince([plan(1, 20)], day(5), day(10))).toEqual([]);
    expect(numbers(plansSince([plan(1, 20)], day(5), day(20)))).toEqual([1]);
  });
});

describe("a version", () => {
  const published = [plan(1, null), plan(2, 10), plan(3, 30), plan(4, 25)];
  it.each<[number | null, string]>([
    [null, "draft"],
    [1, "superseded"],
    [2, "in_force"],
    [3, "superseded"],
    [4, "scheduled"],
  ])("numbered %s is %s", (version, state) => expect(planState({ version }, published, day(15))).toBe(state));
});

describe("a draft", () => {
  const question = {
    draft: { version: null as number | null, currency: "USD" },
    program: { currency: "USD", timeZone: "Europe/Berlin" },
    highestVersion: 4,
    effectiveFrom: day(10),
    isRetroactive: false,
    at: day(10),
  };
  const code = (change: Partial<typeof question>) => {
    try {
      decidePublication({ ...question, ...change });
      return "published";
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it("is published under the next number, in the programme's time zone, from now or later", () => {
    expect(decidePublication(question)).toEqual({
      version: 5,
      timeZone: "Europe/Berlin",
      effectiveFrom: day(10),
      isRetroactive: false,
    });
    expect(code({ effectiveFrom: day(11) })).toBe("published");
  });

  it("is published once, in the programme's currency, and from no day that has passed", () => {
    expect(code({ draft: { version: 3, currency: "USD" } })).toBe("plan.already_published");
    expect(code({ draft: { version: null, currency: "EUR" } })).toBe("plan.currency_mismatch");
    expect(code({ effectiveFrom: day(9) })).toBe("plan.effective_in_past");
  });

  it("that is refused for its date names the field", () => {
    const refused = (change: Partial<typeof question>) =>
      expect(() => decidePublication({ ...question, ...change })).toThrow(
        expect.objectContaining({ facts: { field: "effectiveFrom" } }),
      );
    refused({ effectiveFrom: day(9) });
    refused({ isRetroactive: true, effectiveFrom: day(11) });
    expect(code({ effectiveFrom: new Date(day(10).getTime() - 1) })).toBe("plan.effective_in_past");
  });

  it("reaches back at once or not at all", () => {
    expect(code({ isRetroactive: true })).toBe("published");
    expect(code({ isRetroactive: true, effectiveFrom: day(11) })).toBe("plan.retroactive_is_immediate");
  });

  it("is put in the past under the next number, and only there", () => {
    const past = { ...question, effectiveFrom: new Date(day(10).getTime() - 1) };
    expect(decideBackdating(past)).toEqual({ version: 5 });
    const refused = expect.objectContaining({ code: "plan.not_backdated", facts: { field: "effectiveFrom" } });
    expect(() => decideBackdating(question)).toThrow(refused);
    expect(() => decideBackdating({ ...question, effectiveFrom: day(11) })).toThrow(refused);
    expect(() => decideBackdating({ ...past, draft: { version: 3, currency: "USD" } })).toThrow(
      expect.objectContaining({ code: "plan.already_published" }),
    );
    expect(() => decideBackdating({ ...past, draft: { version: null, currency: "EUR" } })).toThrow(
      expect.objectContaining({ code: "plan.currency_mismatch", facts: { draft: "EUR", program: "USD" } }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { batchStatesBefore, isSecondToRelease, needsApproval, refuseApprover } from "./batch-rules.ts";

describe("the states of a batch", () => {
  it("let money leave only once nobody's word is awaited, and end for good", () => {
    expect(batchStatesBefore("released")).toEqual(["ready"]);
    expect(batchStatesBefore("ready")).toEqual(["waiting", "ready"]);
    expect(batchStatesBefore("expired")).toEqual(["waiting"]);
    expect(batchStatesBefore("refused")).toEqual(["waiting", "ready"]);
    expect(batchStatesBefore("cancelled")).toEqual(["waiting", "ready"]);
    expect(batchStatesBefore("waiting")).toEqual([]);
  });
});

describe("a second person", () => {
  it.each([
    ["for what is the limit by itself: no", { limit: 100n, leftUnapproved: 0n, amount: 100n }, false],
    ["for a unit more: yes", { limit: 100n, leftUnapproved: 0n, amount: 101n }, true],
    ["for parts that make the limit together: no", { limit: 100n, leftUnapproved: 60n, amount: 40n }, false],
    ["for parts that make more of it together: yes", { limit: 100n, leftUnapproved: 60n, amount: 41n }, true],
    ["for anything, where one person may let nothing go: yes", { limit: 0n, leftUnapproved: 0n, amount: 1n }, true],
    ["where no limit is set: no", { limit: null, leftUnapproved: 10n, amount: 10n ** 15n }, false],
    ["where nothing is set of the currency: no", { limit: undefined, leftUnapproved: 10n, amount: 10n ** 15n }, false],
  ])("is needed %s", (_when, of, isNeeded) => {
    expect(needsApproval(of)).toBe(isNeeded);
  });

  it("is a person, not a key, and not who made the batch", () => {
    expect(refuseApprover({ madeBy: "ada", userId: null })).toBe("person_required");
    expect(refuseApprover({ madeBy: null, userId: null })).toBe("person_required");
    expect(refuseApprover({ madeBy: "ada", userId: "ada" })).toBe("same_person");
    expect(refuseApprover({ madeBy: "ada", userId: "ben" })).toBeUndefined();
    expect(refuseApprover({ madeBy: null, userId: "ada" })).toBeUndefined();
  });

  it.each([
    ["where nobody made it and who approved it releases it: no", null, "ada", "ada", false],
    ["where nobody made it and a key releases what somebody approved: no", null, "ada", null, false],
    ["where nobody made it and another releases it: yes", null, "ada", "ben", true],
    ["where somebody made it and another approved it, whoever releases it: yes", "ada", "ben", "ben", true],
    ["where somebody made it, by a key too: yes", "ada", "ben", null, true],
    ["where none was needed: yes", null, null, null, true],
    ["where none was needed and the same releases it: yes", "ada", null, "ada", true],
  ])("has had their hands on a batch once it is released, %s", (_when, madeBy, approvedBy, releasedBy, isSecond) => {
    expect(isSecondToRelease({ madeBy, approvedBy, releasedBy })).toBe(isSecond);
  });
});

import { describe, expect, it } from "vitest";
import { acceptBy, decideAgreements, mayBeEffective, textHash, type VersionDuty } from "./agreement-rules.ts";

const at = (day: number): Date => new Date(Date.UTC(2026, 2, day));
const justBefore = (instant: Date): Date => new Date(instant.getTime() - 1);
const justAfter = (instant: Date): Date => new Date(instant.getTime() + 1);

describe("an agreement in force", () => {
  const duty: VersionDuty = {
    name: "Rules",
    number: 2,
    effectiveFrom: at(1),
    graceDays: 10,
    blocksPayouts: true,
    blocksApproval: true,
    isAccepted: false,
    hasAcceptedBefore: true,
  };
  const joined = new Date(0);

  it.each<[string, "approval" | "payout", Partial<VersionDuty>, { joinedAt?: Date; now?: Date }, boolean]>([
    ["lets money go to the last moment of the grace", "payout", {}, { now: justBefore(at(11)) }, true],
    ["holds money from the end of the grace on", "payout", {}, { now: at(11) }, false],
    ["holds money at once without a grace", "payout", { graceDays: 0 }, { now: at(1) }, false],
    ["counts the grace from joining where that was later", "payout", {}, { joinedAt: at(5), now: at(11) }, true],
    ["holds money after a grace from joining, too", "payout", {}, { joinedAt: at(5), now: at(15) }, false],
    ["gives who has accepted nothing the same grace for money", "payout", { hasAcceptedBefore: false }, {}, true],
    ["holds no money where it does not say so", "payout", { blocksPayouts: false }, { now: at(20) }, true],
    ["holds money whether or not it keeps applicants", "payout", { blocksApproval: false }, { now: at(20) }, false],
    ["holds no money of who has accepted it", "payout", { isAccepted: true }, { now: at(20) }, true],
    ["keeps an applicant who has accepted nothing, grace or not", "approval", { hasAcceptedBefore: false }, {}, false],
    ["lets one in who has accepted an earlier version, in the grace", "approval", {}, {}, true],
    ["keeps one after the grace", "approval", {}, { now: at(12) }, false],
    ["lets one in who has accepted it", "approval", { isAccepted: true, hasAcceptedBefore: false }, {}, true],
    [
      "keeps nobody where it does not say so",
      "approval",
      { blocksApproval: false, hasAcceptedBefore: false },
      { now: at(20) },
      true,
    ],
    [
      "keeps an applicant whether or not it holds money",
      "approval",
      { blocksPayouts: false, hasAcceptedBefore: false },
      {},
      false,
    ],
  ])("%s", (_what, what, change, { joinedAt = joined, now = at(2) }, allowed) => {
    expect(decideAgreements(what, [{ ...duty, ...change }], { joinedAt, now }).allowed).toBe(allowed);
  });

  it("is named in the refusal, the first of those that are missing; where none is, nothing stands in the way", () => {
    const accepted = { ...duty, name: "Privacy", isAccepted: true };
    const when = { joinedAt: joined, now: at(20) };
    expect(decideAgreements("payout", [accepted, duty, { ...duty, name: "Brand" }], when)).toEqual({
      allowed: false,
      reason: "Agreement: 'Rules', version 2, is not accepted",
    });
    expect(decideAgreements("payout", [accepted], when)).toEqual({ allowed: true });
    expect(decideAgreements("approval", [], when)).toEqual({ allowed: true });
  });

  it("is to be accepted by the end of as many days of 24 hours after its first, or after joining", () => {
    expect(acceptBy(duty, joined)).toEqual(at(11));
    expect(acceptBy(duty, at(3))).toEqual(at(13));
    expect(acceptBy({ ...duty, graceDays: 0 }, joined)).toEqual(at(1));
  });
});

describe("a version", () => {
  it("comes into force now or later, never in the past", () => {
    expect(mayBeEffective(at(2), undefined, at(2))).toBe(true);
    expect(mayBeEffective(at(3), undefined, at(2))).toBe(true);
    expect(mayBeEffective(justBefore(at(2)), undefined, at(2))).toBe(false);
  });

  it("comes into force after the one before it, not with it", () => {
    expect(mayBeEffective(justAfter(at(5)), at(5), at(2))).toBe(true);
    expect(mayBeEffective(at(5), at(5), at(2))).toBe(false);
    expect(mayBeEffective(at(4), at(5), at(2))).toBe(false);
    expect(mayBeEffective(at(4), at(1), at(5))).toBe(false);
  });

  it("is accepted by the SHA-256 of its title, a line feed and its text, which anybody can compute again", () => {
    expect(textHash({ title: "Programme rules", body: "Be kind." })).toBe(
      "2236f3e5770108de5065d3ec372e3434db025a2e1422c2b872470c902bfd11c7",
    );
  });
});

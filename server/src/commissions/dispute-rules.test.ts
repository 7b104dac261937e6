import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "../kernel/clock.ts";
import {
  clockStep,
  DISPUTE_STATUSES,
  type DisputeStatus,
  disputeStatesBefore,
  isAboveLimit,
  isUnsettled,
  refuseReviewer,
  timeLeft,
  UNSETTLED,
} from "./dispute-rules.ts";

const DUE = new Date("2026-03-20T12:00:00Z");
const REMINDER = { reminderDays: 2 };
/** So many days, and milliseconds, from when the dispute is due. */
const due = (days: number, ms = 0): Date => new Date(DUE.getTime() + days * DAY_MS + ms);
const step = (status: DisputeStatus, remindedAt: Date | null, now: Date, dueAt: Date | null = DUE) =>
  clockStep({ status, dueAt, remindedAt }, REMINDER, now);

describe("the states of a dispute", () => {
  it("are open to an act exactly where the dispute is not settled", () => {
    expect(DISPUTE_STATUSES.filter(isUnsettled)).toEqual([...UNSETTLED]);
  });

  it("lead to a settlement from each that is not settled, and back to us only from the partner", () => {
    for (const settled of ["upheld", "adjusted", "cancelled", "withdrawn"] as const)
      expect(disputeStatesBefore(settled)).toEqual(["open", "waiting", "escalated"]);
    expect(disputeStatesBefore("open")).toEqual(["waiting"]);
    expect(disputeStatesBefore("waiting")).toEqual(["open", "escalated"]);
    expect(disputeStatesBefore("escalated")).toEqual(["open", "waiting"]);
  });
});

describe("the clock of a dispute", () => {
  it("that stops keeps what is left of our time, to the millisecond, and nothing where it was over", () => {
    expect(timeLeft(DUE, due(-1, -1))).toBe(BigInt(DAY_MS + 1));
    expect(timeLeft(DUE, due(0, -1))).toBe(1n);
    expect(timeLeft(DUE, DUE)).toBe(0n);
    expect(timeLeft(DUE, due(3))).toBe(0n);
  });

  it("that stands asks for nothing, however late it is", () => {
    expect(step("open", null, due(100), null)).toBe("nothing");
    expect(step("waiting", due(-2), due(100), null)).toBe("nothing");
  });

  it.each(UNSETTLED)("reminds of one that is %s as many days before it is due as is set, and not before", (status) => {
    expect(step(status, null, due(-2, -1))).toBe("nothing");
    expect(step(status, null, due(-2))).toBe("remind");
    expect(step(status, null, due(5))).toBe("remind");
  });

  it("reminds again where the reminder is still to come: the clock was set back", () => {
    expect(step("open", due(-1, 1), due(-1))).toBe("remind");
    expect(step("open", due(-1), due(-1))).toBe("nothing");
    expect(step("open", due(-1), due(-3))).toBe("nothing");
  });

  it.each([
    ["open", "escalate"],
    ["waiting", "uphold"],
    ["escalated", "nothing"],
    ["upheld", "nothing"],
  ] as const)("of one that is %s, once it is due, says: %s", (status, then) => {
    expect(step(status, due(-2), due(0, -1))).toBe("nothing");
    expect(step(status, due(-2), DUE)).toBe(then);
    expect(step(status, due(-2), due(9))).toBe(then);
  });

  it("lets a whole day pass after a reminder that came late", () => {
    expect(step("open", due(-1, 1), DUE)).toBe("nothing");
    expect(step("open", due(-1, 1), due(0, 1))).toBe("escalate");
    expect(step("waiting", due(4), due(5, -1))).toBe("nothing");
    expect(step("waiting", due(4), due(5))).toBe("uphold");
  });

  it("never lets anything follow from silence that no reminder a day before preceded", () => {
    const hours = fc.option(fc.integer({ min: -240, max: 240 }));
    fc.assert(
      fc.property(fc.constantFrom(...UNSETTLED), hours, fc.integer({ min: -240, max: 240 }), (status, told, now) => {
        const at = (hour: number) => due(hour / 24);
        const told24 = told !== null && now - told >= 24;
        const said = step(status, told === null ? null : at(told), at(now));
        expect(said === "nothing" || said === "remind" || (told24 && now >= 0)).toBe(true);
      }),
    );
  });
});

describe("who decides a dispute", () => {
  const of = (firstReviewer: string | null, userId: string | null, isAbove = false) =>
    refuseReviewer({ firstReviewer, userId, isAboveLimit: isAbove });

  it("is anybody, and a key, of one that was not escalated, up to what one person may let go", () => {
    expect([of(null, "ada"), of(null, null)]).toEqual([undefined, undefined]);
  });

  it("is nobody, of one above that limit, before a person has escalated it", () => {
    expect([of(null, "ada", true), of(null, null, true)]).toEqual(["second_required", "second_required"]);
    expect(of("ada", "ben", true)).toBeUndefined();
  });

  it("is another person than the first reviewer, and no key, once it was escalated", () => {
    expect(of("ada", null)).toBe("person_required");
    expect(of("ada", "ada")).toBe("same_person");
    expect(of("ada", "ben")).toBeUndefined();
  });

  it.each([
    [100n, 100n, false],
    [101n, 100n, true],
    [-100n, 100n, false],
    [-101n, 100n, true],
    [0n, 0n, false],
    [1n, 0n, true],
    [1_000_000n, null, false],
  ])("is more than one person for a change of %d above a limit of %d: %s", (by, limit, isAbove) => {
    expect(isAboveLimit(by, limit)).toBe(isAbove);
  });
});

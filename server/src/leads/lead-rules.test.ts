import { describe, expect, it } from "vitest";
import {
  canMove,
  decideRegistration,
  type Holder,
  isEnded,
  isHeld,
  isProtected,
  isSettled,
  LEAD_STATUSES,
  LEAD_TRANSITIONS,
  protectedUntil,
} from "./lead-rules.ts";

const holder = (partnerId: string, by: Holder["by"]): Holder => ({
  leadId: `lead of ${partnerId} by ${by}`,
  partnerId,
  by,
});
const decide = (holders: readonly Holder[], customers: readonly (string | null)[] = []) =>
  decideRegistration("ada", { holders, customers: customers.map((partnerId) => ({ partnerId })) });

describe("a deal that a partner registers", () => {
  it("is free where nobody holds anything of it and nobody of it is a customer", () => {
    expect(decide([])).toEqual({ outcome: "free" });
  });

  it("is in conflict with another's deal, by whatever they meet, the surest first", () => {
    expect(decide([holder("ben", "company")])).toMatchObject({ outcome: "conflict", kind: "company" });
    expect(decide([holder("ben", "company"), holder("eve", "domain"), holder("joe", "email")])).toMatchObject({
      outcome: "conflict",
      kind: "email",
      leadId: "lead of joe by email",
    });
  });

  it("is in conflict with a customer of anybody else, or of nobody", () => {
    expect(decide([], [null])).toEqual({ outcome: "conflict", kind: "customer", leadId: null });
    expect(decide([], ["ada", "ben"])).toMatchObject({ outcome: "conflict", kind: "customer" });
    expect(decide([], ["ada"])).toEqual({ outcome: "yours", leadId: null });
  });

  it("is the partner's own by address or domain whatever else stands there, and by a name alone only where nothing does", () => {
    expect(decide([holder("ben", "email"), holder("ada", "domain")], ["ben"])).toMatchObject({ outcome: "yours" });
    expect(decide([holder("ada", "company"), holder("ben", "company")])).toMatchObject({ outcome: "conflict" });
    expect(decide([holder("ada", "company")], ["ben"])).toMatchObject({ outcome: "conflict", kind: "customer" });
    expect(decide([holder("ada", "company")])).toEqual({ outcome: "yours", leadId: "lead of ada by company" });
  });
});

describe("a lead's life", () => {
  it("ends in states that lead nowhere, and only those", () => {
    for (const status of LEAD_STATUSES)
      expect([status, Object.keys(LEAD_TRANSITIONS[status]).length === 0]).toEqual([status, isEnded(status)]);
  });

  it("is protected only where it is held, and a conflict holds nothing", () => {
    expect(LEAD_STATUSES.filter((status) => isProtected(status) && !isHeld(status))).toEqual([]);
    expect([isHeld("conflict"), isHeld("submitted"), isProtected("submitted")]).toEqual([false, true, false]);
    expect(LEAD_STATUSES.filter(isProtected)).toEqual(["accepted", "contacted", "qualified", "proposal", "won"]);
  });

  it("is protected for days of 24 hours, from when that begins or goes on", () => {
    const end = protectedUntil(new Date("2026-03-28T12:00:00Z"), { protectionDays: 2 });
    expect(end).toEqual(new Date("2026-03-30T12:00:00Z"));
  });

  it("is over for good only once it was won and its customer came through its partner", () => {
    expect(isSettled({ status: "won", tie: "own" })).toBe(true);
    expect(isSettled({ status: "won", tie: "elsewhere" })).toBe(false);
    expect(isSettled({ status: "won", tie: null })).toBe(false);
    expect(LEAD_STATUSES.filter((status) => isSettled({ status, tie: "own" }))).toEqual(["won"]);
  });

  it("is decided by the operator alone and driven on by the partner alone, once it was accepted", () => {
    expect(canMove("submitted", "accepted", "partner")).toBe(false);
    expect(canMove("submitted", "accepted", "operator")).toBe(true);
    expect(canMove("submitted", "won", "partner")).toBe(false);
    expect(canMove("proposal", "contacted", "partner")).toBe(true);
    expect(canMove("proposal", "contacted", "operator")).toBe(false);
    expect(canMove("contacted", "contacted", "partner")).toBe(false);
    expect(canMove("accepted", "expired", "partner")).toBe(false);
  });
});

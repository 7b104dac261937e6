import { describe, expect, it } from "vitest";
import { canBeAttributed, isSelfReferral, mailboxOf, mayBecome } from "./referral-rules.ts";

const STATUSES = ["pending", "converted", "qualified", "rejected"] as const;

describe("a referral", () => {
  it("goes from state to state as the table says, and nowhere else", () => {
    const table = Object.fromEntries(
      STATUSES.map((from) => [from, STATUSES.filter((to) => mayBecome(from, to)).join(" ")]),
    );
    expect(table).toEqual({
      pending: "converted rejected",
      converted: "qualified rejected",
      qualified: "converted rejected",
      rejected: "",
    });
  });

  it("comes through a partner who works, is held, or waits; not through one who was refused or has gone", () => {
    const may = ["active", "suspended", "pending", "rejected", "terminated", ""].filter(canBeAttributed);
    expect(may).toEqual(["active", "suspended", "pending"]);
  });
});

describe("the mailbox behind an address", () => {
  it.each([
    ["Ada@Example.com", "ada@example.com"],
    ["  ada@example.com ", "ada@example.com"],
    ["ada+shop@example.com", "ada@example.com"],
    ["ada+a+b@example.com", "ada@example.com"],
    ["a.d.a@example.com", "a.d.a@example.com"],
    ["A.d.a+x@gmail.com", "ada@gmail.com"],
    ["a.da@GoogleMail.com", "ada@gmail.com"],
    ["ada@sub.gmail.com", "ada@sub.gmail.com"],
    ['"a@b"@example.com', '"a@b"@example.com'],
    ["+only@example.com", "@example.com"],
    ["no address", "no address"],
    ["@example.com", "@example.com"],
    ["", ""],
  ])("of %j is %j", (address, mailbox) => expect(mailboxOf(address)).toBe(mailbox));
});

describe("a partner never earns on itself", () => {
  const partner = { userId: "u1", email: "ada.l+partner@gmail.com" };
  it.each([
    [true, "is the same person", partner, { id: "u1", emails: [] }],
    [true, "is the same person without an address", { ...partner, email: null }, { id: "u1", emails: [] }],
    [true, "has one address at the same mailbox", partner, { id: "u2", emails: ["x@example.com", "adal@gmail.com"] }],
    [false, "is somebody else", partner, { id: "u2", emails: ["x@example.com"] }],
    [false, "has no address", partner, { id: "u2", emails: [] }],
    [false, "cannot be compared by mail", { ...partner, email: null }, { id: "u2", emails: ["x@example.com"] }],
  ])("%s: the customer %s", (isSelf, _, who, customer) => expect(isSelfReferral(who, customer)).toBe(isSelf));
});

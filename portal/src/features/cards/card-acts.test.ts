import { expect, it } from "vitest";
import { cardActs } from "./card-acts.ts";

it("a card that pays may be stopped, one that is stopped or new may be let pay; a partner does not undo what the operator has stopped", () => {
  expect(cardActs({ state: "active", isHeld: false }, true).to).toBe("suspended");
  expect(cardActs({ state: "unactivated", isHeld: false }, true).to).toBe("active");
  expect(cardActs({ state: "suspended", isHeld: true }, true).to).toBeUndefined();
  expect(cardActs({ state: "suspended", isHeld: true }, false).to).toBe("active");
});

it("what has ended, was refused or is not made yet is left alone; what is there can be limited and ended", () => {
  const nothing = { to: undefined, mayLimit: false, mayEnd: false };
  for (const state of ["terminated", "refused", "requested"] as const)
    expect(cardActs({ state, isHeld: false }, false)).toEqual(nothing);
  expect(cardActs({ state: "suspended", isHeld: true }, true)).toEqual({ ...nothing, mayLimit: true, mayEnd: true });
});

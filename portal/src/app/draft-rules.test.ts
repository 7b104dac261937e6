import { expect, it } from "vitest";
import { keptOf, restored } from "./draft-rules.ts";

const EMPTY = { name: "", tin: "", isAgreed: false };

it("what was typed comes back, and what may not be kept does not", () => {
  const kept = keptOf({ name: "Ada", tin: "123-45-6789", isAgreed: true }, EMPTY, ["tin", "isAgreed"]);
  expect(kept).toBe('{"name":"Ada"}');
  expect(restored(kept, EMPTY)).toEqual({ name: "Ada", tin: "", isAgreed: false });
});

it("nothing is kept of an empty form, nor of one in which only a secret was typed", () => {
  expect(keptOf(EMPTY, EMPTY, [])).toBeNull();
  expect(keptOf({ ...EMPTY, tin: "123-45-6789" }, EMPTY, ["tin"])).toBeNull();
});

it("what another release or a person has written is taken as far as it fits", () => {
  expect(restored('{"name":1,"tin":"x","gone":"y"}', EMPTY)).toEqual({ ...EMPTY, tin: "x" });
  expect(restored("{", EMPTY)).toEqual(EMPTY);
  expect(restored("7", EMPTY)).toEqual(EMPTY);
  expect(restored(null, EMPTY)).toEqual(EMPTY);
});

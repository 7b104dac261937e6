import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { createSealer } from "./seal.ts";

const sealer = createSealer(randomBytes(32));

it("what is sealed opens again, in its own place alone", () => {
  const sealed = sealer.seal("DE89 3704 0044 0532 0130 00", "payout_methods:1");
  expect(sealer.open(sealed, "payout_methods:1")).toBe("DE89 3704 0044 0532 0130 00");
  expect(() => sealer.open(sealed, "payout_methods:2")).toThrow("Unsupported state or unable to authenticate data");
  expect(sealed.includes("DE89")).toBe(false);
});

it("a changed byte or another key does not open", () => {
  const sealed = sealer.seal("secret", "a");
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  expect(() => sealer.open(sealed, "a")).toThrow("Unsupported state or unable to authenticate data");
  expect(() => createSealer(randomBytes(32)).open(sealer.seal("x", "a"), "a")).toThrow(
    "Unsupported state or unable to authenticate data",
  );
});

it("the same text is sealed differently each time", () => {
  expect(sealer.seal("x", "a").equals(sealer.seal("x", "a"))).toBe(false);
});

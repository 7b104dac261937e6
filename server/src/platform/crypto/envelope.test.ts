import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { createEnvelope } from "./envelope.ts";
import { createSealer } from "./seal.ts";

const envelope = createEnvelope(createSealer(randomBytes(32)));

it("what is put into an envelope opens with its own key and in its own place alone", () => {
  const [one, two] = [envelope.seal("123-45-6789", "tax_forms:1"), envelope.seal("123-45-6789", "tax_forms:1")];
  expect(envelope.open(one, "tax_forms:1")).toBe("123-45-6789");
  for (const [sealed, context] of [
    [one, "tax_forms:2"],
    [{ ...one, key: two.key }, "tax_forms:1"],
  ] as const)
    expect(() => envelope.open(sealed, context)).toThrow("Unsupported state or unable to authenticate data");
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { maskEmail } from "./mask-email.ts";

it.each([
  ["ada@example.com", "a…@e….com"],
  ["a@b.co", "a…@b….co"],
  ["ada.lovelace@mail.example.co.uk", "a…@m….uk"],
  ['"a@b"@example.com', '"…@e….com'],
  ["ada@localhost", "a…@l…"],
  ["😀x@example.com", "😀…@e….com"],
  ["@example.com", "…"],
  ["no address", "…"],
  ["", "…"],
])("%s is shown as %s", (email, masked) => {
  expect(maskEmail(email)).toBe(masked);
});

it("of two addresses that begin alike partners see the same, however long they are", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,30}$/), fc.stringMatching(/^[a-z]{1,30}$/), (mailbox, domain) => {
      expect(maskEmail(`x${mailbox}@y${domain}.com`)).toBe("x…@y….com");
    }),
  );
});

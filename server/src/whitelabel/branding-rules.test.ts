import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrast } from "../platform/colours.ts";
import { plainBranding } from "./branding.ts";
import { unreadableButton, unreadablePairs } from "./branding-rules.ts";

const mail = plainBranding("Acme").mail;

describe("the contrast of two colours", () => {
  it("is what WCAG's own examples say", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
    expect(contrast("#ff0000", "#ffffff")).toBeCloseTo(4, 2);
  });

  it("is the same both ways, and one of a colour on itself", () => {
    const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, "0")}`);
    fc.assert(
      fc.property(colour, colour, (one, other) => {
        expect(contrast(one, other)).toBe(contrast(other, one));
        expect(contrast(one, one)).toBe(1);
      }),
    );
  });
});

describe("a brand", () => {
  it("that can be read has nothing against it", () => {
    expect(unreadablePairs({ mail })).toEqual([]);
  });

  it("that cannot be read names each pair that fails, and by how much", () => {
    expect(unreadablePairs({ mail: { ...mail, text: "#777777", button: "#ffff00" } })).toEqual([
      { pair: ["mail.text", "mail.ground"], contrast: 4.47, minimum: 4.5 },
      { pair: ["mail.buttonText", "mail.button"], contrast: 1.07, minimum: 4.5 },
    ]);
  });

  it("of a partner bears the white words of a button, or is told by how much it does not", () => {
    expect(unreadableButton("#767676")).toEqual([]);
    expect(unreadableButton("#777777")).toEqual([{ pair: ["buttonText", "colour"], contrast: 4.47, minimum: 4.5 }]);
  });
});

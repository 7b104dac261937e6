import fc from "fast-check";
import { expect, it } from "vitest";
import { accentOf } from "./accent.ts";
import { contrast } from "./oklch.ts";

const GROUNDS = { light: ["#ffffff", "#f6f7f8"], dark: ["#161a1e", "#0f1115"] } as const;
const hex = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, "0")}`);

it("whatever the brand, its texts, its buttons and their edges can be read", () => {
  const brands = fc.oneof(hex, fc.constantFrom("#ffd400", "#c8102e", "#777777", "#101010", "#ffffff", "#4453d6"));
  fc.assert(
    fc.property(brands, fc.constantFrom("light" as const, "dark" as const), (brand, scheme) => {
      const accent = accentOf(brand, scheme);
      for (const ground of [...GROUNDS[scheme], accent.tint])
        expect(contrast(accent.text, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(accent.onFill, accent.fill)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(accent.edge, GROUNDS[scheme][0])).toBeGreaterThanOrEqual(3);
    }),
  );
});

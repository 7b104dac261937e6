import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PPM } from "../../kernel/rate.ts";
import { exactText, plainProduct, proRata, recurringProduct, rounded } from "./product.ts";
import { volumeBonusPpm } from "./volume-bonus.ts";

describe("a product as text", () => {
  it.each<[bigint, bigint, string]>([
    [1_177n, 10n, "117.7"],
    [1_000n, 10n, "100"],
    [5n, 1_000n, "0.005"],
    [0n, 1_000_000n, "0"],
    [7n, 1n, "7"],
    [1_050n, 100n, "10.5"],
    [59_000n, 1_177n, "59000/1177"],
    [2_354n, 1_177n, "2"],
    [1n, 20n, "1/20"],
    [1n, 110n, "1/110"],
    [0n, 7n, "0"],
    [8n, 7n, "8/7"],
  ])("%d / %d is %s", (numerator, denominator, text) => {
    expect(exactText({ numerator, denominator })).toBe(text);
  });
});

describe("a product", () => {
  const terms = { recurringRatePpm: 250_000n, tierMultiplierPpm: 1_200_000n } as const;

  it("multiplies the bonus, or adds it as points", () => {
    const multiplied = recurringProduct(2_000n, { ...terms, volumeBonusMode: "multiplicative" }, 50_000n);
    const added = recurringProduct(2_000n, { ...terms, volumeBonusMode: "points" }, 50_000n);
    expect([exactText(multiplied), exactText(added)]).toEqual(["630", "720"]);
    expect(exactText(plainProduct(2_000n, 1_000n, 1_200_000n))).toBe("2.4");
  });

  it("rounds once: in both modes within half a unit of base × rate", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.bigInt({ min: 0n, max: PPM }),
        fc.bigInt({ min: 0n, max: PPM }),
        (base, rate, bonus) => {
          const product = recurringProduct(
            base,
            { recurringRatePpm: rate, tierMultiplierPpm: PPM, volumeBonusMode: "multiplicative" },
            bonus,
          );
          const twiceError = 2n * (rounded(product) * PPM * PPM - base * rate * (PPM + bonus));
          expect(twiceError <= PPM * PPM && twiceError >= -PPM * PPM).toBe(true);
        },
      ),
    );
  });

  it("of the largest sale at the highest rates is exact, and so is what a refund takes of it", () => {
    const base = 100_000_000_000_000n;
    const highest = {
      recurringRatePpm: 1_000_000n,
      tierMultiplierPpm: 100_000_000n,
      volumeBonusMode: "multiplicative",
    } as const;
    const amount = rounded(recurringProduct(base - 1n, highest, 10_000_000n));
    expect(amount).toBe((base - 1n) * 1_100n);
    expect(rounded(proRata(amount, base - 2n, base - 1n))).toBe((base - 2n) * 1_100n);
  });

  it("of no amount takes back nothing", () => {
    expect(rounded(proRata(500n, 0n, 0n))).toBe(0n);
    expect(exactText(proRata(500n, 0n, 0n))).toBe("0");
  });

  it("pro rata of all is all, and of nothing nothing", () => {
    expect(rounded(proRata(118n, 1_177n, 1_177n))).toBe(118n);
    expect(rounded(proRata(118n, 0n, 1_177n))).toBe(0n);
    expect(rounded(proRata(118n, 500n, 1_177n))).toBe(50n);
  });
});

describe("the bonus for volume", () => {
  const volumeBonuses = [
    { threshold: 50, bonusPpm: 50_000n },
    { threshold: 100, bonusPpm: 100_000n },
  ];
  it.each<[number, bigint]>([
    [0, 0n],
    [49, 0n],
    [50, 50_000n],
    [99, 50_000n],
    [100, 100_000n],
    [5_000, 100_000n],
  ])("of %d clients is %d parts per million", (clients, bonus) => {
    expect(volumeBonusPpm({ volumeBonuses }, clients)).toBe(bonus);
  });
});
